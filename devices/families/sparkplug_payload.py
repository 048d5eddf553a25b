"""Sparkplug B payloads: the scalars of the published protobuf schema, decoded by hand. Pure.

Data sets, templates, metadata and unknown fields are skipped.
"""

import struct
from functools import lru_cache

from msgspec import Struct

from devices.families.values import whole
from devices.payloads import MOST_BYTES, BadPayload

MOST_METRICS = 500
"""What a message tells beyond is passed over: a controller with thousands of values is no reason
to be deaf to its first ones.
"""
MOST_TOLD = 4000
"""Fields of a payload: who tells more in so few bytes tells nothing, and takes long to read."""
MOST_FIELDS = 40
"""Of one metric or property set; who tells more is refused."""
MOST_PROPERTIES = 1000
PROPERTIES = (b"ngUnit", b"uality")
LONGEST_TEXT = 2000
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
Field = tuple[int, int, int | bytes]
"""Number, wire type and raw value."""
Scalar = bool | int | float | str | None
SIGNED_BITS = {1: 8, 2: 16, 3: 32, 4: 64}
"""Int8 to Int64 travel as unsigned numbers."""
BOOLEAN, DATE_TIME = 11, 13


class Metric(Struct, frozen=True, gc=False):
    """One value; `alias` stands for the name that a birth gave. `unit` and `quality` are
    properties, `value` None with `is_null` or for what is no scalar.
    """

    name: str = ""
    alias: int | None = None
    timestamp: int | None = None
    datatype: int = 0
    historical: bool = False
    is_null: bool = False
    value: Scalar = None
    unit: str = ""
    quality: int | None = None


class Payload(Struct, frozen=True):
    """A message: milliseconds, values, number in the row of its node."""

    timestamp: int | None
    metrics: tuple[Metric, ...]
    seq: int | None


class _Broken(Exception):
    """Bytes that are no payload."""


def read_payload(data: bytes) -> Payload | BadPayload:
    """The payload, or why not; never raises."""
    if len(data) > MOST_BYTES:
        return BadPayload(f"more than {MOST_BYTES} bytes")
    try:
        return _payload(data)
    except _Broken as fault:
        return BadPayload(f"no Sparkplug payload: {fault}")


def rebirth_command() -> bytes:
    """The payload of an NCMD that asks a node for its births (Node Control/Rebirth = true)."""
    name = b"Node Control/Rebirth"
    metric = b"\x0a" + bytes([len(name)]) + name + b"\x20\x0b\x70\x01"
    return b"\x12" + bytes([len(metric)]) + metric


def _payload(data: bytes) -> Payload:
    timestamp: int | None = None
    seq: int | None = None
    metrics: list[Metric] = []
    for number, wire, value in _fields(data, MOST_TOLD):
        if number == 1:
            timestamp = _whole(wire, value)
        elif number == 2:
            if len(metrics) < MOST_METRICS:
                metrics.append(_metric(_inner(wire, value)))
        elif number == 3:
            seq = _whole(wire, value)
    return Payload(timestamp, tuple(metrics), seq)


def _metric(data: bytes) -> Metric:
    name, alias, timestamp, datatype = "", None, None, 0
    historical = is_null = False
    told: Field | None = None
    properties = b""
    for field in _fields(data):
        number, wire, value = field
        match number:
            case 1:
                name = _text(wire, value)
            case 2:
                alias = _whole(wire, value)
            case 3:
                timestamp = _whole(wire, value)
            case 4:
                datatype = _whole(wire, value)
            case 5:
                historical = bool(_whole(wire, value))
            case 7:
                is_null = bool(_whole(wire, value))
            case 9:
                properties = _inner(wire, value)
            case 10 | 11 | 12 | 13 | 14 | 15:
                told = field
    value_of = None if told is None or is_null else _scalar(told[0] - 7, told[1], told[2])
    is_told = len(properties) <= MOST_PROPERTIES and any(name in properties for name in PROPERTIES)
    unit, quality = _properties(properties) if is_told else ("", None)
    return Metric(name, alias, timestamp, datatype, historical, is_null, value_of, unit, quality)


def signed(value: Scalar, datatype: int) -> Scalar:
    """The number as its type means it: the small ones come without their sign."""
    bits = SIGNED_BITS.get(datatype)
    if bits is None or isinstance(value, bool) or not isinstance(value, int):
        return value
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


@lru_cache(256)
def _properties(data: bytes) -> tuple[str, int | None]:
    """Unit and quality out of a property set; keys and values stand in two lists."""
    keys: list[str] = []
    values: list[Scalar] = []
    for number, wire, value in _fields(data):
        if number == 1:
            keys.append(_text(wire, value))
        elif number == 2:
            values.append(_property(_inner(wire, value)))
    found = dict(zip((key.lower() for key in keys), values, strict=False))
    unit, quality = found.get("engunit"), found.get("quality")
    return unit if isinstance(unit, str) else "", whole(quality)


def _property(data: bytes) -> Scalar:
    told: Scalar = None
    for number, wire, value in _fields(data):
        if 3 <= number <= 8:
            told = _scalar(number, wire, value)
    return told


def _scalar(kind: int, wire: int, value: int | bytes) -> Scalar:
    """`kind` as the schema numbers it in a property: 3 int, 4 long, 5 float ... 8 string."""
    match kind:
        case 3:
            return _whole(wire, value) & 0xFFFFFFFF
        case 4:
            return _whole(wire, value)
        case 5 if wire == FIXED32 and isinstance(value, bytes):
            return float(struct.unpack("<f", value)[0])
        case 6 if wire == FIXED64 and isinstance(value, bytes):
            return float(struct.unpack("<d", value)[0])
        case 7:
            return bool(_whole(wire, value))
        case 8:
            return _text(wire, value)
    raise _Broken("a value of another type than its field")


def _fields(data: bytes, most: int = MOST_FIELDS) -> list[Field]:
    """All fields, in order; most numbers are of one byte, which is what the loop is made for."""
    at, end = 0, len(data)
    found: list[Field] = []
    while at < end:
        if len(found) == most:
            raise _Broken(f"more than {most} fields")
        tag, at = (data[at], at + 1) if data[at] < 0x80 else _varint(data, at)
        if tag & 7 == VARINT:
            whole_number, at = _varint(data, at)
            found.append((tag >> 3, VARINT, whole_number))
        else:
            size, at = _size(data, at, tag & 7)
            if at + size > end:
                raise _Broken("cut off")
            found.append((tag >> 3, tag & 7, data[at : at + size]))
            at += size
    return found


def _size(data: bytes, at: int, wire: int) -> tuple[int, int]:
    if wire == BYTES:
        return _varint(data, at)
    if wire in (FIXED32, FIXED64):
        return (4 if wire == FIXED32 else 8), at
    raise _Broken(f"wire type {wire}")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    if at < len(data) and data[at] < 0x80:
        return data[at], at + 1
    found = shift = 0
    for byte in data[at : at + 10]:
        at += 1
        found |= (byte & 0x7F) << shift
        if byte < 0x80:
            return found & 0xFFFFFFFFFFFFFFFF, at
        shift += 7
    raise _Broken("cut off")


def _whole(wire: int, value: int | bytes) -> int:
    if wire != VARINT or not isinstance(value, int):
        raise _Broken("no number where one belongs")
    return value


def _inner(wire: int, value: int | bytes) -> bytes:
    if wire != BYTES or not isinstance(value, bytes):
        raise _Broken("no bytes where they belong")
    return value


def _text(wire: int, value: int | bytes) -> str:
    try:
        text = _inner(wire, value).decode()
    except UnicodeDecodeError:
        raise _Broken("not UTF-8") from None
    if len(text) > LONGEST_TEXT or "\0" in text:
        raise _Broken("a text that cannot be stored")
    return text
