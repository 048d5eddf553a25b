"""Bodies that cameras post mean plates with their score; what is no plate is none."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.cameras.reading import MOST_BYTES, PlateCameras
from devices.readings import Alive, Availability, Event, Malformed, Observation
from tests.devices.moments import NOON

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20 + b"\r\n\r\n\xff\xd9"
PLATES = st.sampled_from(["京AD12345", "粤B12345", "JD6085B", "WA 123-45", "9jub11"])
PERCENT = st.integers(0, 100)
Said = tuple[str, str, float | None]


def posted(body: object, kind: str = "application/json") -> list[Observation]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return list(PlateCameras("gate").parse(kind, raw, False, NOON))


def reads(found: list[Observation]) -> list[Said]:
    return [(one.device, one.value, one.score) for one in found if isinstance(one, Event)]


def multipart(*parts: tuple[str, bytes]) -> tuple[str, bytes]:
    """Content type and body of parts with these headers."""
    told = [f"--7e13971310878\r\n{head}\r\n\r\n".encode() + body for head, body in parts]
    body = b"\r\n".join(told) + b"\r\n--7e13971310878--\r\n"
    return "multipart/form-data; boundary=7e13971310878", body


def hikvision(plate: str, sure: object = 87, kind: str = "ANPR", **more: str) -> bytes:
    other = "".join(f"<{name}>{text}</{name}>" for name, text in more.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">
<ipAddress>192.168.1.64</ipAddress><channelID>1</channelID>
<macAddress>c0:56:e3:00:11:22</macAddress><dateTime>2026-03-02T19:59:58+08:00</dateTime>
<eventType>{kind}</eventType><eventState>active</eventState>{other}
<ANPR><country>9</country><licensePlate>{plate}</licensePlate>
<confidenceLevel>{sure}</confidenceLevel><vehicleInfo><color>white</color></vehicleInfo>
</ANPR></EventNotificationAlert>""".encode()


def with_pictures(xml: bytes) -> tuple[str, bytes]:
    name = 'Content-Disposition: form-data; name="{0}"; filename="{0}"\r\nContent-Type: {1}'
    return multipart(
        (name.format("licensePlatePicture.jpg", "image/jpeg"), JPEG),
        (name.format("anpr.xml", "text/xml"), xml),
        (name.format("detectionPicture.jpg", "image/jpeg"), JPEG),
    )


def dahua_lines(plate: str, sure: int, group: int = 7) -> bytes:
    return (
        "Events[0].EventBaseInfo.Code=TrafficJunction\r\n"
        "Events[0].EventBaseInfo.Action=Pulse\r\n"
        f"Events[0].GroupID={group}\r\nEvents[0].UTC={round(NOON.timestamp())}\r\n"
        f"Events[0].Object.Confidence={sure}\r\nEvents[0].TrafficCar.MachineName=gate-2\r\n"
        f"Events[0].TrafficCar.PlateNumber={plate}\r\n"
    ).encode()


def dahua_events(plate: str, sure: int) -> dict[str, object]:
    car, seen = {"PlateNumber": plate, "MachineName": "gate-2"}, {"Confidence": sure}
    data = {"TrafficCar": car, "Object": seen, "GroupID": 7}
    return {"Events": [{"Code": "TrafficJunction", "Action": "Pulse", "Data": data}]}


def dahua_snapshot(plate: str, sure: int) -> dict[str, object]:
    snap = {"DeviceID": "gate-2", "AccurateTime": "2026-03-02 20:00:00.123"}
    picture = {"Plate": {"PlateNumber": plate, "Confidence": sure, "IsExist": True}}
    return {"Picture": picture | {"SnapInfo": snap, "NormalPic": {"Content": "/9j/" * 40_000}}}


def recognizer(plate: str, sure: int) -> dict[str, object]:
    result = {"plate": plate.lower(), "score": sure / 100, "candidates": [{"plate": plate}]}
    data = {"camera_id": "gate-2", "results": [result], "timestamp": "2026-03-02T12:00:00Z"}
    return {"hook": {"event": "recognition"}, "data": data}


def recognizer_later(plate: str, sure: int) -> dict[str, object]:
    props = {"plate": [{"value": plate, "score": sure / 100}, {"value": "X1", "score": 0.1}]}
    data = {"camera_id": "gate-2", "results": [{"plate": {"type": "Plate", "props": props}}]}
    return {"hook": {"event": "recognition"}, "data": data}


def openalpr(plate: str, sure: int) -> dict[str, object]:
    return {
        "data_type": "alpr_group", "camera_id": "gate-2", "best_plate_number": plate,
        "best_confidence": sure, "best_uuid": "u-1", "epoch_start": NOON.timestamp() * 1000,
    }  # fmt: skip


MAKERS: list[Callable[[str, int], object]] = [
    dahua_lines, dahua_events, dahua_snapshot, recognizer, recognizer_later, openalpr,
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(MAKERS), PLATES, PERCENT)
def test_every_makers_plate_and_score_are_read(
    maker: Callable[[str, int], object], plate: str, sure: int
) -> None:
    plain = plate.upper().replace(" ", "").replace("-", "")
    assert reads(posted(maker(plate, sure))) == [("alpr:gate-2", plain, sure / 100)]


@settings(max_examples=20, deadline=None)
@given(PLATES, PERCENT)
def test_a_hikvision_camera_is_read_with_and_without_pictures(plate: str, sure: int) -> None:
    xml = hikvision(plate, sure)
    plain = plate.upper().replace(" ", "").replace("-", "")
    wanted = [("alpr:c0:56:e3:00:11:22", plain, sure / 100)]
    assert reads(posted(xml, "application/xml")) == wanted
    kind, body = with_pictures(xml)
    [read] = posted(body, kind)
    assert reads([read]) == wanted
    assert isinstance(read, Event)
    assert read.device_time is not None
    assert (NOON - read.device_time).total_seconds() == 2


def test_a_recorders_cameras_are_told_apart_and_chinese_writing_is_read() -> None:
    xml = hikvision("京AD12345").replace(b"<channelID>1<", b"<channelID>3<")
    chinese = xml.decode().replace("UTF-8", "GB2312").encode("gb18030")
    for body in (xml, chinese):
        [(device, plate, _)] = reads(posted(body, "application/xml"))
        assert (device, plate) == ("alpr:c0:56:e3:00:11:22/3", "京AD12345")


def test_a_form_may_carry_the_json_beside_a_picture() -> None:
    told = json.dumps(recognizer("JD60", 90)).encode()
    kind, body = multipart(
        ('Content-Disposition: form-data; name="upload"; filename="a.jpg"', JPEG),
        ('Content-Disposition: form-data; name="json"', told),
    )
    assert reads(posted(body, kind)) == [("alpr:gate-2", "JD60", 0.9)]


def test_dahua_counts_to_255_where_it_does() -> None:
    assert reads(posted(dahua_lines("JD60", 255)))[0][2] == 1
    assert reads(posted(dahua_lines("JD60", 999)))[0][2] is None


def test_a_body_sent_twice_has_one_key_and_the_next_car_another() -> None:
    for first, other in (
        (hikvision("JD60", UUID="u1"), hikvision("JD60", UUID="u2")),
        (dahua_lines("JD60", 9), dahua_lines("JD61", 9, 8)),
    ):
        [one], [copy], [next_one] = (posted(body) for body in (first, first, other))
        assert isinstance(one, Event)
        assert isinstance(copy, Event)
        assert isinstance(next_one, Event)
        assert one.key == copy.key != next_one.key


def test_several_cars_in_one_picture_are_several_reads() -> None:
    body = recognizer("JD60", 90)
    both = [{"plate": "jd60", "score": 0.9}, {"plate": "jd61", "score": 0.4}]
    body["data"] = {"camera_id": "gate-2", "results": both}
    assert [plate for _, plate, _ in reads(posted(body))] == ["JD60", "JD61"]


@pytest.mark.parametrize("word", ["unknown", "无牌车", "", "No Plate", "noplate"])
def test_a_car_without_a_plate_is_no_read(word: str) -> None:
    for body in (hikvision(word), dahua_lines(word, 50), openalpr(word, 50), recognizer(word, 50)):
        assert posted(body) == []


@pytest.mark.parametrize(
    "body",
    [
        {"data_type": "alpr_results", "results": [{"plate": "JD60", "confidence": 90}]},
        {"Events": [{"Code": "VideoMotion", "Data": {"TrafficCar": {"PlateNumber": "JD60"}}}]},
        {"hook": {}, "data": {"results": []}},
        {"Picture": {"Plate": {"IsExist": False, "PlateNumber": "JD60"}}},
        hikvision("JD60", kind="linedetection"),
    ],
)
def test_other_events_of_a_camera_mean_nothing(body: object) -> None:
    assert posted(body) == []


@pytest.mark.parametrize(
    ("body", "device"),
    [
        ({"data_type": "heartbeat", "site_id": "north"}, "alpr:north"),
        ({"Active": "keepAlive", "DeviceID": "gate-2"}, "alpr:gate-2"),
        (hikvision("", kind="heartBeat"), "alpr:c0:56:e3:00:11:22"),
        (b"Heartbeat", "alpr:gate"),
    ],
)
def test_a_sign_of_life_is_no_read(body: object, device: str) -> None:
    found = posted(body)[0]
    assert found == Availability(device, Alive.online, NOON, False)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">
<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><EventNotificationAlert><eventType>&c;</eventType>
</EventNotificationAlert>"""


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b""),
        ("application/json", b'{"data_type":"alpr_group"'),
        ("application/json", b"[]"),
        ("application/json", b'{"x":1}'),
        ("application/json", b'{"hook":{},"data":{"results":7}}'),
        ("application/json", b'{"Picture":7}'),
        ("application/json", b'{"x":' * 200 + b"1" + b"}" * 200),
        ("application/json", b'{"data_type":"alpr_group","best_confidence":NaN}'),
        ("application/json", b'{"data_type":"alpr_group","best_plate_number":7}'),
        ("application/xml", b"<a><b>" * 20),
        ("application/xml", b"<a>" * 50_000),
        ("application/xml", b"<EventNotificationAlert/>"),
        ("application/xml", BOMB),
        ("application/xml", b"<a>\xff</a>"),
        ("application/xml", b"<a>" + b"x" * 300_000 + b"</a>"),
        ("multipart/form-data", b"--x\r\n\r\n{}"),
        ("multipart/form-data; boundary=x", b"no parts in it"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n{}\r\n" * 40),
        ("text/plain", b"\xff\xfe" * 50),
        ("application/json", b'{"hook":"' + b"x" * MOST_BYTES + b'"}'),
    ],
)
def test_what_cannot_be_read_is_malformed(kind: str, body: bytes) -> None:
    [found] = posted(body, kind)
    assert isinstance(found, Malformed)
    assert found.device == "alpr:gate"


def test_what_comes_marked_as_a_replay_is_no_plate() -> None:
    raw = json.dumps(openalpr("JD60", 90)).encode()
    assert list(PlateCameras().parse("application/json", raw, True, NOON)) == []
