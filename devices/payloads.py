"""Bytes to JSON values with hard limits. Pure; every input gives a value or a reason."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeAlias, TypeVar

import msgspec

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
Shape = TypeVar("Shape", bound=msgspec.Struct)

MOST_BYTES = 64 * 1024
MOST_BYTES_OF_A_LIST = 1024 * 1024
MOST_DEPTH = 16
MOST_KEYS = 500
MOST_ITEMS = 5000
NUL = rb"\u0000"
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class BadPayload:
    """Why bytes were not taken."""

    reason: str


def read_json(payload: bytes, most_bytes: int = MOST_BYTES) -> Json | BadPayload:
    """The JSON value in UTF-8 (a byte order mark is tolerated), or why not."""
    value = _parsed(payload, most_bytes)
    if isinstance(value, BadPayload) or _is_plain(payload):
        return value
    return _within_limits(value)


def _is_plain(payload: bytes) -> bool:
    """Whether JSON cannot go beyond the limits, by its signs alone: most messages are so short.

    Without a backslash a text holds no NUL and no lone surrogate, which JSON and UTF-8 refuse.
    """
    if b"\\" in payload or payload.count(b",") >= MOST_KEYS:
        return False
    return payload.count(b"{") + payload.count(b"[") <= MOST_DEPTH


def read_list(payload: bytes, most_bytes: int, shape: type[Shape]) -> list[Shape] | BadPayload:
    """What a JSON list of many devices says of each; one of another shape is left out alone.

    What the shape does not name is passed over unread: such lists are long.
    """
    entries = _entries(payload, most_bytes)
    if isinstance(entries, BadPayload):
        return entries
    if len(entries) > MOST_ITEMS:
        return BadPayload(f"more than {MOST_ITEMS} items")
    found = (shaped(entry, shape) for entry in entries)
    return [one for one in found if one is not None]


def _entries(payload: bytes, most_bytes: int) -> Sequence[bytes | msgspec.Raw] | BadPayload:
    if len(payload) > most_bytes:
        return BadPayload(f"more than {most_bytes} bytes")
    try:
        return msgspec.json.decode(payload.removeprefix(BOM), type=list[msgspec.Raw])
    except (ValueError, RecursionError):
        # What takes long to read to find its fault is not read for that.
        is_long = len(payload) > MOST_BYTES
        value = (
            BadPayload("not JSON, or cut off") if is_long else _parsed_slowly(payload, MOST_BYTES)
        )
    if isinstance(value, BadPayload):
        return value
    return list(map(written, value)) if isinstance(value, list) else BadPayload("not a JSON list")


def written(value: Json) -> bytes:
    """A value as JSON; nothing when it says what cannot be written."""
    try:
        return msgspec.json.encode(value)
    except (ValueError, RecursionError):
        return b""


def shaped(value: bytes | msgspec.Raw, shape: type[Shape]) -> Shape | None:
    """What JSON says in a shape; none when it has another, or says what cannot be stored."""
    try:
        return None if NUL in bytes(value) else msgspec.json.decode(value, type=shape)
    except (ValueError, RecursionError):
        return None


def members_of(value: msgspec.Raw) -> dict[str, msgspec.Raw]:
    """The members of a JSON object, each unread; of anything else there are none."""
    try:
        return msgspec.json.decode(value, type=dict[str, msgspec.Raw])
    except (ValueError, RecursionError):
        return {}


def _parsed(payload: bytes, most_bytes: int) -> Json | BadPayload:
    if len(payload) > most_bytes:
        return BadPayload(f"more than {most_bytes} bytes")
    try:
        plain: Json = msgspec.json.decode(payload)
    except (ValueError, RecursionError):
        return _parsed_slowly(payload, most_bytes)
    return plain


def _parsed_slowly(payload: bytes, most_bytes: int) -> Json | BadPayload:
    """The same, of what the strict reader refuses: with a byte order mark, or with half a sign
    somewhere, which costs only what it stands in; else why not.
    """
    text = read_text(payload, most_bytes)
    if isinstance(text, BadPayload):
        return text
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError:
        return BadPayload("not JSON, or cut off")
    except (ValueError, RecursionError):
        return BadPayload("not JSON: a number or a nesting beyond all limits")
    return value


def read_text(payload: bytes, most_bytes: int = MOST_BYTES) -> str | BadPayload:
    """The text in UTF-8, or why not. A NUL passes no database and no log file."""
    if len(payload) > most_bytes:
        return BadPayload(f"more than {most_bytes} bytes")
    if b"\0" in payload:
        return BadPayload("text that cannot be stored")
    try:
        return payload.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        return BadPayload("not UTF-8")


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("number out of range")
    return number


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)


def _within_limits(value: Json) -> Json | BadPayload:
    level: list[Json] = [value]
    for _ in range(MOST_DEPTH):
        fault = next(filter(None, map(_fault, level)), "")
        if fault:
            return BadPayload(fault)
        level = [member for item in level for member in _members(item)]
        if not level:
            return value
    if any(isinstance(item, dict | list) for item in level):
        return BadPayload(f"nested deeper than {MOST_DEPTH}")
    fault = next(filter(None, map(_fault, level)), "")
    return BadPayload(fault) if fault else value


def _members(item: Json) -> list[Json]:
    if isinstance(item, dict):
        return [*item.keys(), *item.values()]
    return item if isinstance(item, list) else []


def _fault(item: Json) -> str:
    match item:
        case dict() if len(item) > MOST_KEYS:
            return f"more than {MOST_KEYS} keys"
        case list() if len(item) > MOST_ITEMS:
            return f"more than {MOST_ITEMS} items"
        case str() if not _storable(item):
            return "text that cannot be stored"
    return ""


def _storable(text: str) -> bool:
    """Lone surrogates and NUL pass JSON but no database and no log file."""
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
