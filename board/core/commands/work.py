"""Commands about the work itself: lines, labour clocks, checks."""

from dataclasses import dataclass
from datetime import datetime

from board.core.commands.asked import Command
from board.core.commands.checks import PointAnswer
from board.core.holds import HoldReason
from board.core.lines import Parts


@dataclass(frozen=True, kw_only=True)
class SupplyLine(Command):
    """Say where the parts of a line are; ordered parts need an expected time."""

    job: str
    line: str
    parts: Parts
    expected: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StartLine(Command):
    """Clock a technician on a line. Empty `line`: the next open one; empty `technician`: me.

    `tapped_at`: when it was pressed on a tablet without connection; the clock follows it within
    the bounds of docs/decisions/0023, here and in the two that follow.
    """

    job: str
    line: str = ""
    technician: str = ""
    tapped_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PauseLine(Command):
    """Stop one's clock on a line; with a hold reason on the last one the job is held."""

    job: str
    line: str = ""
    technician: str = ""
    hold: HoldReason | None = None
    note: str = ""
    expected: datetime | None = None
    tapped_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FinishLine(Command):
    """A line is done; the last one sends the job to the self-check.

    A helper's part is done while others work on: only the helper's own clock stops.
    """

    job: str
    line: str = ""
    technician: str = ""
    tapped_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ShowBadge(Command):
    """My badge was held before the reader of a bay: start my clock on its car, or stop it.

    It stops where it runs on a car of that bay; else it starts on the car that stands there, or
    on the next one of mine that is planned there. Shown again within a minute changes nothing.
    """

    bay: str


@dataclass(frozen=True, kw_only=True)
class CorrectClock(Command):
    """Set a clock right, with the reason; `started_at` names the clock.

    `begins_at` and `ended_at` are its ends from now on; None keeps an end.
    """

    job: str
    line: str
    technician: str
    started_at: datetime
    ended_at: datetime | None = None
    begins_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PassCheck(Command):
    """Pass the check the job waits for; `points` answers some of its points in one go.

    `all_ok` says that what is not answered is in order, where a point needs no value and no photo.
    """

    job: str
    note: str = ""
    points: tuple[PointAnswer, ...] = ()
    all_ok: bool = True
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class FailCheck(Command):
    """Send the job to rework with a defect code; `lines`: which ones, else all finished.

    Without a code, that of the first point that is not in order; `points` may name such ones.
    """

    job: str
    defect: str = ""
    note: str = ""
    lines: tuple[str, ...] = ()
    points: tuple[PointAnswer, ...] = ()
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class StartRoadTest(Command):
    """Drive out for a road test; `km` is the odometer, `driver` a person (empty: me)."""

    job: str
    km: int | None = None
    driver: str = ""
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class EndRoadTest(Command):
    """Back from the road test; the final check goes on. `findings`: what was heard and felt."""

    job: str
    km: int | None = None
    findings: str = ""
    version: int | None = None
