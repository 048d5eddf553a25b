"""Bodies as plate cameras post them, of each maker, for tests."""

from collections.abc import Callable

from tests.devices.moments import NOON

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20 + b"\r\n\r\n\xff\xd9"


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
