"""From how far a wall can be read, and how many rows a television carries for that. Pure.

Sizes of type are in vh, hundredths of the picture's height; pictures are 16 by 9. `static/tv.css`
draws with these numbers as classes; tests/displays/test_legibility.py compares the two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, hypot, radians, tan

_HIGH = 9 / hypot(16, 9)
_INCH_M = 0.0254

LATIN_EM, LATIN_ARC = 0.73, 20.0
"""Height of capitals in an em of Noto Sans CJK SC Bold (digits 0.77), and the minutes of arc they
need: 20 to 22 by NUREG-0700 (distance x 0.006), the FAA (1/200 of it) and ISO 9241-3."""

HAN_EM, HAN_ARC = 0.90, 25.0
"""Height of a Han body in an em of the same font (0.90 to 0.95), and the minutes of arc it needs:
a quarter of one more than Latin for every stroke above the simplest signs."""


def needed_vh(diagonal_inches: float, distance_m: float) -> float:
    """The smallest type whose capitals and Han signs are both readable from that far.

    A sign of height h at distance d fills 2 atan(h / 2d), for such small angles atan(h / d).
    The picture is d / sqrt(16^2 + 9^2) x 9 high: 0.81 m at 65 inches. From 8 m Han needs
    8 m x tan 25' = 58.2 mm, an em of 58.2 / 0.90 = 64.6 mm, 8.0 vh; capitals 7.9 vh.
    """
    return distance_m / readable_m(1.0, diagonal_inches)


def readable_m(type_vh: float, diagonal_inches: float) -> float:
    """From how far type of this size can be read on a screen of this diagonal, in metres."""
    em_m = type_vh / 100 * diagonal_inches * _HIGH * _INCH_M
    return min(latin_m(em_m), han_m(em_m))


def latin_m(em_m: float, arc: float = LATIN_ARC) -> float:
    """From how far capitals and digits of an em this high fill so many minutes of arc."""
    return LATIN_EM * em_m / tan(radians(arc / 60))


def han_m(em_m: float, arc: float = HAN_ARC) -> float:
    """From how far Han signs of an em this high fill so many minutes of arc."""
    return HAN_EM * em_m / tan(radians(arc / 60))


@dataclass(frozen=True, slots=True)
class Writing:
    """What decides how broad a row is: its language, short plates, and broad names of bays."""

    latin: bool = False
    tails: bool = False
    broad: bool = False


@dataclass(frozen=True, slots=True)
class Size:
    """How a television is set: rows per page, type of plate, bay and time, type of the state."""

    rows: int
    fact_vh: float
    state_vh: float

    @property
    def smallest_vh(self) -> float:
        """The type that decides from how far the whole row is readable."""
        return min(self.fact_vh, self.state_vh)


TALL_VH: dict[int, float] = {5: 11.0, 6: 9.6, 7: 8.1, 8: 6.9, 9: 6.1}
"""The largest type by rows on a page. Beside margins of 5, a head of 8.5, a foot of 5.5 and 0.7 for
the shift against burning in, 75.3 vh stay for the rows, each with a gap of 1.1; a row is at least
1.18 times as high as its type, or tails of Q and g are cut: (75.3 / 6 - 1.1) / 1.18 = 9.7. Measured
in Chromium with one row per bay.
"""

USUAL_ROWS = 6
"""Rows where nobody measured."""

STATE_OF_FACT = {False: 0.92, True: 1.0}
"""Type of the state as a part of that of the facts, by whether the words are Latin: those are
longer, so that width decides and all are of one size."""

_WIDE_VH = 160.0
_BAY_EM = {False: 1.35, True: 2.3}
_PLATE_EM = {False: 6.2, True: 4.45}
_TIME_EM, _ICON_EM = 2.7, 0.65
_STATE_EM = {False: 3.0, True: 5.0}
_BESIDE_VH = {False: 24.7, True: 27.6}


def widest_vh(writing: Writing) -> float:
    """The largest type with which one row holds the broadest of each fact.

    90 % of a picture's breadth are 160 vh. In ems of the bold font (its own measures: a digit
    0.59, D 0.71, Q 0.77, W 0.92, a Han sign 1, the drawn dot 0.32): a bay of two digits 1.35
    with its gap (2.3 for two Han signs), an eight-sign plate 6.2, its tail 4.45, "20:08" 2.7,
    a sign before the state 0.65, and in the state's own type three Han signs, or "Next shop" 5.0.
    Beside them stand bar, gaps, padding and the caption of the time: 24.7 vh, in Latin 27.6.
    Han: (160 - 24.7) / (1.35 + 6.2 + 2.7 + 0.65 + 0.92 x 3.0) = 9.9; with tails 11.3.
    Latin: (160 - 27.6) / (10.9 + 5.0) = 8.3; with tails 9.3.
    """
    facts = _BAY_EM[writing.broad] + _PLATE_EM[writing.tails] + _TIME_EM + _ICON_EM
    state = STATE_OF_FACT[writing.latin] * _STATE_EM[writing.latin]
    return floor((_WIDE_VH - _BESIDE_VH[writing.latin]) / (facts + state) * 10) / 10


def sizes(writing: Writing) -> tuple[Size, ...]:
    """Every way to set a television, the most rows first; fewer rows never have smaller type."""
    widest = widest_vh(writing)
    types = {rows: min(tall, widest) for rows, tall in sorted(TALL_VH.items(), reverse=True)}
    part = STATE_OF_FACT[writing.latin]
    return tuple(Size(rows, fact, round(fact * part, 3)) for rows, fact in types.items())


def fitting(
    writing: Writing, diagonal_inches: float | None, distance_m: float | None, bays: int
) -> Size:
    """How a television is set that is read from so far: as many rows as there are bays if they
    are readable, else the most that are. The largest type where even that is too small,
    `USUAL_ROWS` where nobody measured.
    """
    found = sizes(writing)
    if diagonal_inches is None or distance_m is None:
        return next(size for size in found if size.rows == USUAL_ROWS)
    needed = needed_vh(diagonal_inches, distance_m)
    readable = [size for size in found if size.smallest_vh >= needed]
    enough = [size for size in readable if size.rows >= max(bays, USUAL_ROWS)]
    return (enough[-1:] or readable[:1] or [_largest(found)])[0]


LOUNGE: dict[bool, tuple[Size, Size]] = {
    False: (Size(7, 6.7, 6.7), Size(5, 8.0, 8.0)),
    True: (Size(7, 6.7, 6.5), Size(5, 7.6, 7.6)),
}
"""The two ways to set a lounge, the usual first, by whether it has Latin words; rows without the
panel of cars that can be fetched. Of 89.6 vw a row's widest facts take 10.7 times its type in Han
words, 11.6 in Latin ones, and the steps 17 and 12: 6.7 vh. Below the state, in rows of half again
the height, the steps take none: 8.0 and 7.6. Measured in Chromium.
"""


def fitting_lounge(latin: bool, diagonal_inches: float | None, distance_m: float | None) -> Size:
    """How a lounge is set that is read from so far: as usual while that is readable."""
    usual, far = LOUNGE[latin]
    if diagonal_inches is None or distance_m is None:
        return usual
    return usual if usual.smallest_vh >= needed_vh(diagonal_inches, distance_m) else far


def _largest(found: Iterable[Size]) -> Size:
    return max(found, key=lambda size: (size.smallest_vh, size.rows))


def is_latin(language: str) -> bool:
    """Whether a wall's words in this language are Latin ones, or as long as those."""
    return not language.startswith("zh")


SMALLEST_VH: dict[str, tuple[float, float]] = {"overview": (3.3, 3.3)}
"""The smallest type that has to be read from afar on walls of one size: in Han, in Latin words."""


def steps(audience: str, writing: Writing) -> tuple[tuple[int, float], ...]:
    """Rows on a page, and the metres that each inch of the diagonal carries with so many of them;
    0 rows on walls of one size. () where nothing is known.
    """
    if known := SMALLEST_VH.get(audience):
        return ((0, readable_m(known[writing.latin], 1.0)),)
    found = {"tv": sizes(writing), "lounge": LOUNGE[writing.latin]}.get(audience, ())
    return tuple((size.rows, readable_m(size.smallest_vh, 1.0)) for size in found)


def farthest_m(audience: str, writing: Writing, diagonal_inches: float | None) -> float | None:
    """From how far a screen can be read at most; None where that is not known."""
    found = steps(audience, writing)
    if not found or diagonal_inches is None:
        return None
    return max(per_inch for _, per_inch in found) * diagonal_inches


def told_m(metres: float) -> float:
    """Metres as people are told them: never more than can be read (`static/screens.js` too)."""
    return floor(metres * 10) / 10
