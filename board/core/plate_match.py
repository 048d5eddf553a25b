"""Whose plate a camera read: equal signs, signs that cameras take for each other, other readings.

Values in, a finding out; knows no shop and no rules.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum

from board.core.plates import PROVINCES, normal_plate

_ON_NO_PLATE = str.maketrans("OI", "01")
_ALIKE = str.maketrans("OIBSZ", "01852")
_LEAST_WITHOUT_PROVINCE = 6


class Likeness(IntEnum):
    """How well a read fits a plate: `alike` is enough to ask a person, `same` names the car."""

    none = 0
    alike = 1
    same = 2


@dataclass(frozen=True, slots=True)
class Named:
    """The plate that a read means, and whether it says so by itself."""

    plate: str
    likeness: Likeness


def likeness(read: str, plate: str) -> Likeness:
    """How well what a camera read fits a plate as it is written.

    The letters O and I stand on no Chinese plate: read as one, they are 0 and 1. B and 8, S and 5,
    Z and 2 may both be meant. Cameras of other countries leave out the province.
    """
    seen, known = normal_plate(read), normal_plate(plate)
    if not seen or not known:
        return Likeness.none
    if seen.translate(_ON_NO_PLATE) == known.translate(_ON_NO_PLATE):
        return Likeness.same
    seen, known = seen.translate(_ALIKE), known.translate(_ALIKE)
    if known[0] in PROVINCES and seen[0] not in PROVINCES and len(seen) >= _LEAST_WITHOUT_PROVINCE:
        known = known[1:]
    return Likeness.alike if seen == known else Likeness.none


def named_by(
    read: str, others: Iterable[str], awaited: Collection[str], known: Collection[str]
) -> Named | None:
    """Which of the plates in `awaited` a camera read; `others` are its less likely readings.

    None where the read is the very plate of another car among `known`, or may mean two of them.
    """
    whole = {one for one in awaited if likeness(read, one) == Likeness.same}
    if whole:
        return Named(min(whole), Likeness.same) if len(whole) == 1 else None
    if any(likeness(read, one) == Likeness.same for one in known):
        return None
    near = {one for one in awaited if likeness(read, one)}
    said = list(others)
    near = near or {one for one in awaited for each in said if likeness(each, one) == Likeness.same}
    return Named(near.pop(), Likeness.alike) if len(near) == 1 else None
