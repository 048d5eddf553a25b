"""Where values with certain marks of the core's types lie in plain JSON, found once per type.

Knows no keys, no cipher and nobody who asks.
"""

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass

from board.core.personal import PlainWhere

Marks = frozenset[str]


@dataclass(slots=True, eq=False)
class Shape:
    """Where marked values lie: here (but where it is plain), in fields, or in each item."""

    here: bool = False
    plain_where: PlainWhere | None = None
    parts: dict[str, "Shape"] = field(default_factory=dict)
    each: "Shape | None" = None


_SHAPES: dict[tuple[type, Marks], Shape | None] = {}


def shape_of(kind: type, marks: Marks) -> Shape | None:
    """Where values with any of `marks` lie in a value of this class; None when nowhere."""
    if (kind, marks) in _SHAPES:
        return _SHAPES[kind, marks]
    # Kept before its fields are looked at: a job remembers the job before it.
    shape = Shape()
    _SHAPES[kind, marks] = shape
    for name, hint in typing.get_type_hints(kind, include_extras=True).items():
        if (part := _shape(hint, marks)) is not None:
            shape.parts[name] = part
    if not shape.parts:
        _SHAPES[kind, marks] = None
    return _SHAPES[kind, marks]


def _shape(hint: object, marks: Marks) -> Shape | None:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        is_marked = any(mark in marks for mark in inner[1:])
        plain = next((one for one in inner[1:] if isinstance(one, PlainWhere)), None)
        return Shape(is_marked, plain) if is_marked else _shape(inner[0], marks)
    if origin is tuple:
        each = _shape(inner[0], marks)
        return Shape(each=each) if each else None
    if origin is typing.Union or isinstance(hint, types.UnionType):
        return next((found for one in inner if (found := _shape(one, marks))), None)
    return shape_of(hint, marks) if isinstance(hint, type) and is_dataclass(hint) else None


def parts_in(value: Mapping[str, object], shape: Shape) -> Mapping[str, Shape]:
    """The fields of a plain JSON object in which marked values lie, by name."""
    return {
        key: part
        for key, part in shape.parts.items()
        if key in value and not _is_plain(value, part.plain_where)
    }


def _is_plain(value: Mapping[str, object], where: PlainWhere | None) -> bool:
    return where is not None and value.get(where.beside) == where.says


def without(value: object, shape: Shape | None) -> object:
    """The plain JSON value without the fields that lie there."""
    if shape is None:
        return value
    if isinstance(value, dict):
        parts = parts_in(value, shape)
        return {
            key: without(inner, parts.get(key))
            for key, inner in value.items()
            if key not in parts or not parts[key].here
        }
    if shape.each is not None and isinstance(value, list | tuple):
        return [without(inner, shape.each) for inner in value]
    return value
