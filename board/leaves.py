"""Which values of an event or a job are personal: takes them out of plain JSON, puts them back.

Reads the marks of the core's types; knows no keys and no cipher.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass

from board.core.personal import ERASED, MARK

Leaves = Mapping[str, str]
"""Personal values by their path, e.g. `car/plate`; in a list the item's number is a step."""


@dataclass(slots=True, eq=False)
class _Shape:
    """Where personal values lie: here, in fields, or in each item."""

    personal: bool = False
    parts: dict[str, "_Shape"] = field(default_factory=dict)
    each: "_Shape | None" = None


_SHAPES: dict[type, _Shape | None] = {}


def taken(kind: type | None, value: object) -> tuple[object, Leaves]:
    """The plain JSON value of a `kind` without its personal values, and those."""
    shape = _class_shape(kind) if kind is not None else None
    if shape is None:
        return value, {}
    leaves: dict[str, str] = {}
    return _bared(value, shape, "", leaves), leaves


def put_back(value: object, leaves: Leaves) -> None:
    """Put personal values where they were taken from; what has gone since is passed over."""
    for path, text in leaves.items():
        *way, last = path.split("/")
        place = value
        for step in way:
            place = _inside(place, step)
        if isinstance(place, dict) and last in place:
            place[last] = text


def _inside(place: object, step: str) -> object:
    if isinstance(place, dict):
        return place.get(step)
    return place[int(step)] if isinstance(place, list) and int(step) < len(place) else None


def _bared(value: object, shape: _Shape, path: str, leaves: dict[str, str]) -> object:
    if shape.personal:
        if not isinstance(value, str) or value in ("", ERASED):
            return value
        leaves[path] = value
        return ERASED
    before = path + "/" if path else ""
    if isinstance(value, dict):
        parts = ((key, value[key], part) for key, part in shape.parts.items() if key in value)
        return value | {k: _bared(inner, part, before + k, leaves) for k, inner, part in parts}
    if shape.each is not None and isinstance(value, list | tuple):
        return [_bared(v, shape.each, f"{before}{n}", leaves) for n, v in enumerate(value)]
    return value


def _class_shape(kind: type) -> _Shape | None:
    if kind in _SHAPES:
        return _SHAPES[kind]
    # Kept before its fields are looked at: a job remembers the job before it.
    shape = _Shape()
    _SHAPES[kind] = shape
    for name, hint in typing.get_type_hints(kind, include_extras=True).items():
        if (part := _shape(hint)) is not None:
            shape.parts[name] = part
    if not shape.parts:
        _SHAPES[kind] = None
    return _SHAPES[kind]


def _shape(hint: object) -> _Shape | None:
    """Where personal values lie in what has this type; None when nowhere."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _Shape(personal=True) if MARK in inner else _shape(inner[0])
    if origin is tuple:
        each = _shape(inner[0])
        return _Shape(each=each) if each else None
    if origin is typing.Union or isinstance(hint, types.UnionType):
        return next((found for found in map(_shape, inner) if found), None)
    return _class_shape(hint) if isinstance(hint, type) and is_dataclass(hint) else None
