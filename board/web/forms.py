"""Form fields into the body that a command is made of: nested names, lists, ticks and times.

Judges nothing: what does not fit is left as typed, for the codec to refuse.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime, time, timedelta
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints

from board.core.commands import Command
from board.core.money import Fen, fen_of
from board.web.body import Fields
from board.web.errors import Stopped

OURS = frozenset({"csrf", "command_id", "made_at"})
"""Fields of every form that belong to the door and not to the command."""

_CLOCK_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_TICKED = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
_HALF_A_DAY = timedelta(hours=12)


def command_body(fields: Fields, command: type[Command], local_now: datetime) -> dict[str, object]:
    """Return the fields as the body of a command of that class.

    `car.plate` goes into `car`, `marks.2.x` into one of the values `marks`, in the order of their
    numbers; where the class wants several values one is enough; what it has in fen is typed in
    yuan; `HH:MM` means today on the shop's clock, or tomorrow when it was more than twelve hours
    ago.
    """
    nested: dict[str, object] = {}
    for name, values in fields.items():
        if name not in OURS:
            _put(nested, name, values)
    return {
        name: _shaped(value, _hints(command).get(name), local_now) for name, value in nested.items()
    }


def _put(body: dict[str, object], name: str, values: tuple[str, ...]) -> None:
    *outer, last = name.split(".")
    inner = body
    for part in outer[:4]:
        found = inner.setdefault(part, {})
        if not isinstance(found, dict):
            raise Stopped(422, "not_a_form", fields=(name,))
        inner = found
    if isinstance(inner.get(last), dict):
        raise Stopped(422, "not_a_form", fields=(name,))
    inner[last] = values


def _hints(kind: type) -> Mapping[str, object]:
    return get_type_hints(kind, include_extras=True)


def _shaped(value: object, hint: object, now: datetime) -> object:
    hint = _without_none(hint)
    if isinstance(value, dict) and (each := _item_class(hint)) and all(map(_is_number, value)):
        return [_shaped(value[number], each, now) for number in sorted(value, key=int)]
    if isinstance(value, dict):
        inner = _hints(hint) if isinstance(hint, type) and is_dataclass(hint) else {}
        return {name: _shaped(part, inner.get(name), now) for name, part in value.items()}
    assert isinstance(value, tuple)
    if get_origin(hint) in (tuple, frozenset, set, list):
        of = get_args(hint)[0]
        return [_single(part, of, now) for part in value]
    return _single(value[0], hint, now) if len(value) == 1 else list(value)


def _item_class(hint: object) -> type | None:
    """The value class of which a field wants several, such as the marks of a sheet."""
    of = get_args(hint)[:1] if get_origin(hint) is tuple else ()
    return of[0] if of and isinstance(of[0], type) and is_dataclass(of[0]) else None


def _is_number(name: str) -> bool:
    return re.fullmatch(r"\d{1,4}", name, re.ASCII) is not None


def _without_none(hint: object) -> object:
    if get_origin(hint) in (Union, UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not NoneType]
        return kinds[0] if len(kinds) == 1 else hint
    return hint


def _single(text: str, hint: object, now: datetime) -> object:
    if hint is datetime:
        return _time(text.strip(), now)
    if hint is time and _CLOCK_TIME.fullmatch(text.strip()):
        return f"{text.strip():0>5}:00"
    if hint is bool:
        return _TICKED.get(text.strip().lower(), text)
    if hint in (Fen, int, float):
        return _number(text, hint) if text.strip() else text
    return text


_NO_NUMBER = "?"
"""Instead of what is no number as people write them: the codec would take `1e3` for 1000."""


def _number(text: str, hint: object) -> object:
    # A keyboard for Chinese types digits of full width.
    digits = unicodedata.normalize("NFKC", text).strip()
    if hint == Fen:
        fen = fen_of(digits)
        return _NO_NUMBER if fen is None else fen
    if hint is int:
        return int(digits) if re.fullmatch(r"-?\d{1,15}", digits, re.ASCII) else _NO_NUMBER
    is_decimal = re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", digits, re.ASCII)
    return float(digits) if is_decimal else _NO_NUMBER


def _time(text: str, now: datetime) -> str:
    clock = _CLOCK_TIME.fullmatch(text)
    if clock is None:
        return _with_zone(text, now)
    at = now.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
    if now - at > _HALF_A_DAY:
        at += timedelta(days=1)
    return at.astimezone(UTC).isoformat()


def _with_zone(text: str, now: datetime) -> str:
    try:
        at = datetime.fromisoformat(text)
        zoned = at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
        return zoned.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return text
