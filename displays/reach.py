"""From how far a wall can be read: a matter of its diagonal and of the size of its type. Pure.

20 minutes of arc for capitals and digits, 25 for Han; a picture of 16 by 9.
"""

from math import hypot, radians, tan

TYPE_VH: dict[str, float] = {"tv": 7.7, "lounge": 6.7}
"""The smallest type that has to be read from afar, in hundredths of the height, by audience: the
state of a bay, the row of a car."""

_HIGH = 9 / hypot(16, 9)
_INCH_M = 0.0254
_CAPITAL, _HAN = (0.73, 20.0), (0.92, 25.0)
"""How much of an em a sign fills, and the minutes of arc it needs."""


def readable_m(type_vh: float, diagonal_inches: float) -> float:
    """From how far type of this size, in hundredths of the height, can be read on a screen."""
    em_m = type_vh / 100 * diagonal_inches * _HIGH * _INCH_M
    return min(fills * em_m / tan(radians(arc / 60)) for fills, arc in (_CAPITAL, _HAN))


def metres_per_inch(audience: str) -> float | None:
    """How many metres each inch of the diagonal carries; None where no size is known."""
    type_vh = TYPE_VH.get(audience)
    return None if type_vh is None else readable_m(type_vh, 1.0)


def farthest_m(audience: str, diagonal_inches: float | None) -> float | None:
    """From how far a screen can be read at most; None where that is not known."""
    per_inch = metres_per_inch(audience)
    return None if per_inch is None or diagonal_inches is None else per_inch * diagonal_inches
