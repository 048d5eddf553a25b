"""Dahua: pushes in JSON (ITSAPI, events alone or listed) and in lines of names and values. Pure.

Times come without a zone and are not believed; the moment of receipt is.
"""

import re
from collections.abc import Sequence

from devices.cameras.reads import device_of, score_of
from devices.cameras.reads import read as made
from devices.families.message import Message
from devices.families.values import moment, number, text_of, whole
from devices.payloads import BadPayload, Json, read_json, read_text
from devices.readings import Alive, Observation

MOST_BYTES = 256 * 1024
MOST_LINES = 2000
MOST_EVENTS = 20
CODED = re.compile(
    r"Code=(\w{1,60});action=\w{1,20}(?:;index=\d{1,3})?;data=(\{.*\})\s*\Z", re.DOTALL
)
LINE = re.compile(r"Events\[(\d{1,3})\]\.([A-Za-z0-9_.\[\]]{1,100})=(.{0,500})\Z")
CODES = ("TrafficJunction", "TrafficManualSnap", "TrafficTollGate", "TrafficParking", "ANPR")


def read(
    value: dict[str, Json], message: Message, camera: str
) -> Sequence[Observation] | BadPayload | None:
    """A snapshot, a list of events or a sign of life; None if it is not of this maker."""
    if "Picture" in value:
        return _snapshot(value, message, camera)
    if isinstance(value.get("Events"), list):
        return _listed(value["Events"], message, camera)
    if "Code" in value and isinstance(value.get("Data"), dict):
        return _listed([value], message, camera)
    if text_of(value.get("Active")).lower() == "keepalive":
        return [message.alive(device_of(value.get("DeviceID"), camera=camera), Alive.online)]
    return None


def read_lines(text: bytes, message: Message, camera: str) -> Sequence[Observation] | BadPayload:
    """Events as lines `Events[0].TrafficCar.PlateNumber=...`."""
    plain = read_text(text, MOST_BYTES)
    if isinstance(plain, BadPayload):
        return plain
    if plain.strip().lower() == "heartbeat":
        return [message.alive(device_of(camera=camera), Alive.online)]
    if coded := CODED.match(plain.strip()):
        return _coded(coded[1], coded[2], message, camera)
    events: dict[str, dict[str, Json]] = {}
    for line in plain.splitlines()[:MOST_LINES]:
        if (found := LINE.match(line.strip())) and "\0" not in line:
            events.setdefault(found[1], {})[found[2]] = found[3]
    if not events:
        return BadPayload("no message of a known camera")
    read_of: list[Observation] = []
    for fields in list(events.values())[:MOST_EVENTS]:
        read_of += _event(fields, message, camera)
    return read_of


def _coded(
    code: str, packed: str, message: Message, camera: str
) -> Sequence[Observation] | BadPayload:
    """One event as a line `Code=...;action=...;data={...}`."""
    data = read_json(packed.encode(), MOST_BYTES)
    if isinstance(data, BadPayload):
        return data
    return _listed([{"Code": code, "Data": data}], message, camera)


def _snapshot(
    value: dict[str, Json], message: Message, camera: str
) -> Sequence[Observation] | BadPayload:
    picture = value["Picture"]
    if not isinstance(picture, dict):
        return BadPayload("Picture is no object")
    told, snap = _object(picture.get("Plate")), _object(picture.get("SnapInfo"))
    if told.get("IsExist") is False:
        return []
    return made(
        message,
        device_of(snap.get("DeviceID"), camera=camera),
        told.get("PlateNumber"),
        _score(told.get("Confidence")),
        number_of_it=text_of(snap.get("AccurateTime")),
    )


def _listed(events: Json, message: Message, camera: str) -> Sequence[Observation]:
    """Events as objects: flattened, they are what the lines say."""
    found: list[Observation] = []
    for one in events[:MOST_EVENTS] if isinstance(events, list) else []:
        told = _object(one)
        inner = _object(told.get("Data")) or told
        fields: dict[str, Json] = dict(inner)
        fields["EventBaseInfo.Code"] = inner.get("Code", told.get("Code"))
        for name in ("TrafficCar", "Object"):
            fields |= {f"{name}.{key}": part for key, part in _object(inner.get(name)).items()}
        found += _event(fields, message, camera)
    return found


def _event(fields: dict[str, Json], message: Message, camera: str) -> list[Observation]:
    """A plate of a car; the pictures of one car share a group."""
    code = fields.get("EventBaseInfo.Code", fields.get("Code"))
    if code is not None and code not in CODES:
        return []
    group = fields.get("GroupID")
    seconds = number(fields.get("UTC"))
    device = device_of(
        fields.get("TrafficCar.MachineName"), fields.get("MachineName"), camera=camera
    )
    return made(
        message,
        device,
        fields.get("TrafficCar.PlateNumber") or fields.get("Object.Text"),
        _score(fields.get("Object.Confidence", fields.get("TrafficCar.Confidence"))),
        at=None if seconds is None else moment(seconds),
        track=_track(group, message),
    )


def _track(group: Json, message: Message) -> str:
    """Groups are counted from one on after each start: the hour tells one count from the next."""
    told = str(group) if whole(group) or text_of(group) else ""
    return f"{told}/{message.received_at:%Y-%m-%dT%H}" if told else ""


def _score(value: Json) -> float | None:
    """Some firmware counts to 100, some to 255."""
    return score_of(value, 100) if (number(value) or 0) <= 100 else score_of(value, 255)


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
