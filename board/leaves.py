"""Which values of an event or a job are personal: takes them out of plain JSON, puts them back.

Reads the marks of the core's types; knows no keys and no cipher.
"""

from collections.abc import Mapping

from board.core.personal import ERASED, MARK
from board.marked import Shape, parts_in, shape_of

Leaves = Mapping[str, str]
"""Personal values by their path, e.g. `car/plate`; in a list the item's number is a step."""


_PERSONAL = frozenset({MARK})


def taken(kind: type | None, value: object) -> tuple[object, Leaves]:
    """The plain JSON value of a `kind` without its personal values, and those."""
    shape = shape_of(kind, _PERSONAL) if kind is not None else None
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
        elif isinstance(place, list) and int(last) < len(place):
            place[int(last)] = text


def _inside(place: object, step: str) -> object:
    if isinstance(place, dict):
        return place.get(step)
    return place[int(step)] if isinstance(place, list) and int(step) < len(place) else None


def _bared(value: object, shape: Shape, path: str, leaves: dict[str, str]) -> object:
    if shape.here:
        if not isinstance(value, str) or value in ("", ERASED):
            return value
        leaves[path] = value
        return ERASED
    before = path + "/" if path else ""
    if isinstance(value, dict):
        parts = parts_in(value, shape)
        return value | {k: _bared(value[k], part, before + k, leaves) for k, part in parts.items()}
    if shape.each is not None and isinstance(value, list | tuple):
        return [_bared(v, shape.each, f"{before}{n}", leaves) for n, v in enumerate(value)]
    return value
