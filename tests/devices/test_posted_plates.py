"""Bodies that cameras post mean plates with their score; what is no plate is none."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.cameras.reading import MOST_BYTES, PlateCameras
from devices.readings import Alive, Availability, Event, Malformed, Observation
from tests.devices.cameras import (
    JPEG,
    MAKERS,
    dahua_lines,
    hikvision,
    multipart,
    openalpr,
    recognizer,
    with_pictures,
)
from tests.devices.moments import NOON

PLATES = st.sampled_from(["京AD12345", "粤B12345", "JD6085B", "WA 123-45", "9jub11"])
PERCENT = st.integers(0, 100)
Said = tuple[str, str, float | None]


def posted(body: object, kind: str = "application/json") -> list[Observation]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return list(PlateCameras("gate").parse(kind, raw, False, NOON))


def reads(found: list[Observation]) -> list[Said]:
    return [(one.device, one.value, one.score) for one in found if isinstance(one, Event)]


@settings(max_examples=40, deadline=None)
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
