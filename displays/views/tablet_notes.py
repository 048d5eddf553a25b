"""What a tablet notes of a car: its plate, its hold, what a check found, its hours.

Values only, shared by the views of single regions.
"""

from dataclasses import dataclass

from displays.views.moments import Moment

Plate = tuple[str, str]
"""Region part and tail, as `split_plate` gives them."""


@dataclass(frozen=True, slots=True)
class HoldNote:
    """Why a job stands still, since when (epoch seconds), until when."""

    reason: str
    since: int
    note: str = ""
    expected: Moment | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """The last check when it failed: its defect code, the checker's note and name."""

    defect: str
    note: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Labour:
    """Hours of a job in seconds: standard, already clocked, and the clocks that run."""

    standard: int
    worked: int
    starts: tuple[int, ...] = ()
