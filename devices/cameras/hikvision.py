"""Hikvision: what a camera posts beside its pictures, in XML or with the same names in JSON.

Scores are from 0 to 100. Pure. XML is read as a stream with a limit of depth; a document that
declares types or entities of its own is refused.
"""

import re
from collections.abc import Sequence
from xml.parsers import expat

from board.core.plates import PROVINCES
from devices.cameras.reads import device_of, score_of
from devices.cameras.reads import read as made
from devices.families.message import Message
from devices.families.values import iso_moment, number, text_of
from devices.payloads import BadPayload, Json
from devices.readings import Alive, Observation

MOST_BYTES = 256 * 1024
MOST_DEPTH = 16
MOST_FIELDS = 500
LONGEST_VALUE = 500
CHINESE = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"'](?:gb2312|gbk|gb18030)", re.I)
COLOURED = re.compile(
    rf"\A\s*(?:蓝|黄绿|黄|白|黑|渐变绿|绿)(?:牌|色)?\s*(?=[{PROVINCES}][A-Z])", re.I
)
PLATES = ("ANPR", "vehicleDetection", "vehicleMatchResult")
OWN = frozenset({"ANPR", "macAddress", "ipAddress"})
"""Besides the event's type one of these stands in what it posts in JSON."""
LIFE = ("heartBeat", "heartbeat", "videoloss")


class _Refused(Exception):
    """A document that is not read further."""


class _Fields:
    """The text of each element by its path of local names; of equal paths the first."""

    def __init__(self) -> None:
        self.found: dict[str, Json] = {}
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._path.append(name.rpartition(":")[2])
        self._text, self._length = [], 0
        if len(self._path) > MOST_DEPTH or len(self.found) > MOST_FIELDS:
            raise _Refused("too deep or too long")

    def text(self, data: str) -> None:
        # A document may tell its text in as many pieces as it has signs.
        if self._length < LONGEST_VALUE:
            self._text.append(data)
            self._length += len(data)

    def end(self, _name: str) -> None:
        told = "".join(self._text).strip()
        if told:
            self.found.setdefault("/".join(self._path[1:]), told[:LONGEST_VALUE])
        self._path.pop()
        self._text, self._length = [], 0

    def refuse(self, *_told: object) -> None:
        raise _Refused("it declares a type of its own")


def read(text: bytes, message: Message, camera: str) -> Sequence[Observation] | BadPayload:
    """A plate or a heartbeat in XML."""
    fields = _fields(text)
    return fields if isinstance(fields, BadPayload) else _meaning(fields, message, camera)


def read_json(
    value: dict[str, Json], message: Message, camera: str
) -> Sequence[Observation] | BadPayload | None:
    """The same in JSON; None if it is not of this maker."""
    inside = value.get("EventNotificationAlert")
    told = inside if isinstance(inside, dict) else value
    if not isinstance(told.get("eventType"), str) or OWN.isdisjoint(told):
        return None
    fields = {key: _plain(one) for key, one in told.items() if not isinstance(one, dict | list)}
    for name, part in told.items():
        if isinstance(part, dict):
            fields |= {f"{name}/{key}": _plain(one) for key, one in part.items()}
    return _meaning(fields, message, camera)


def _plain(value: Json) -> Json:
    """XML knows texts alone."""
    return value if isinstance(value, str) else str(value) if number(value) is not None else None


def _meaning(
    fields: dict[str, Json], message: Message, camera: str
) -> Sequence[Observation] | BadPayload:
    """A plate or a heartbeat; other events of the camera mean nothing."""
    kind = text_of(fields.get("eventType"))
    if not kind:
        return BadPayload("XML without an eventType")
    device = _device(fields, camera)
    if kind in LIFE:
        return [message.alive(device, Alive.online)]
    if kind not in PLATES:
        return []
    told = fields.get("ANPR/licensePlate") or fields.get("ANPR/originalLicensePlate")
    return made(
        message,
        device,
        _without_colour(told),
        score_of(fields.get("ANPR/confidenceLevel"), 100),
        at=iso_moment(fields.get("dateTime")),
        number_of_it=text_of(fields.get("UUID")),
    )


def _without_colour(told: Json) -> Json:
    """Some firmware writes the plate's colour before its province."""
    return COLOURED.sub("", told) if isinstance(told, str) else told


def _device(fields: dict[str, Json], camera: str) -> str:
    """The camera by its address on the network's card; a recorder has several by channel."""
    own = device_of(fields.get("macAddress"), fields.get("deviceID"), camera=camera)
    channel = text_of(fields.get("dynChannelID") or fields.get("channelID"))
    return own if channel in ("", "1") else f"{own}/{channel}"


def _fields(text: bytes) -> dict[str, Json] | BadPayload:
    if len(text) > MOST_BYTES:
        return BadPayload(f"more than {MOST_BYTES} bytes of XML")
    try:
        plain = text.decode("gb18030" if CHINESE.match(text.lstrip()) else "utf-8-sig")
    except UnicodeDecodeError:
        return BadPayload("XML that is not UTF-8")
    fields, parser = _Fields(), expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = fields.start
    parser.EndElementHandler = fields.end
    parser.CharacterDataHandler = fields.text
    parser.StartDoctypeDeclHandler = fields.refuse
    try:
        parser.Parse(plain.strip().encode(), True)
    except (expat.ExpatError, _Refused, ValueError) as fault:
        reason = str(fault) if isinstance(fault, _Refused) else "not XML"
        return BadPayload(reason)
    return fields.found
