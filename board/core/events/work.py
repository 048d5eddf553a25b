"""Events about the work: lines, clocks, checks, road tests."""

from dataclasses import dataclass
from datetime import datetime

from board.core.check_points import Answered
from board.core.lines import Parts
from board.core.personal import Personal
from board.core.workflow import CheckLevel


@dataclass(frozen=True)
class LineSupplied:
    """The parts of a line are somewhere else now."""

    job: str
    line: str
    parts: Parts
    expected: datetime | None = None


@dataclass(frozen=True)
class LineStarted:
    """A technician's clock on a line began; `at`: by a tap that arrived later, None: just now."""

    job: str
    line: str
    technician: str
    at: datetime | None = None


@dataclass(frozen=True)
class LinePaused:
    """A technician's clock on a line stopped; the line is not finished. `at`: as for starts."""

    job: str
    line: str
    technician: str
    reason: Personal = ""
    at: datetime | None = None


@dataclass(frozen=True)
class LineFinished:
    """A line is done; every clock on it stopped. `at`: as for starts."""

    job: str
    line: str
    at: datetime | None = None


@dataclass(frozen=True)
class LineRejected:
    """A finished line must be worked on again."""

    job: str
    line: str


@dataclass(frozen=True)
class ClockClosed:
    """A clock was given another end than the technician's; marked as corrected."""

    job: str
    line: str
    technician: str
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class ClockCorrected:
    """A clock on a line, named by its start, was given other ends; marked as corrected."""

    job: str
    line: str
    technician: str
    started_at: datetime
    begins_at: datetime
    ended_at: datetime | None
    reason: Personal = ""


@dataclass(frozen=True)
class CheckPassed:
    """A check was passed; `points` are those answered with the pass itself.

    `reason`: why somebody passed it who otherwise may not.
    """

    job: str
    level: CheckLevel
    note: Personal = ""
    points: tuple[Answered, ...] = ()
    reason: Personal = ""


@dataclass(frozen=True)
class CheckFailed:
    """A check was failed with a defect code (no level: on the road test); which lines go back."""

    job: str
    level: CheckLevel | None
    defect: str
    note: Personal = ""
    points: tuple[Answered, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoadTestStarted:
    """The car left for a road test; `driver` where it was not who noted it."""

    job: str
    km: int | None = None
    driver: str = ""


@dataclass(frozen=True)
class RoadTestEnded:
    """The car came back from a road test; what was found."""

    job: str
    km: int | None = None
    findings: Personal = ""
