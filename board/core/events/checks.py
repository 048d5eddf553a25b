"""Events about what was looked at, and about cars that came back."""

from dataclasses import dataclass

from board.core.check_points import Answered
from board.core.check_templates import CheckBook
from board.core.comebacks import Comeback
from board.core.workflow import CheckLevel


@dataclass(frozen=True)
class PointMarked:
    """One point of the check that is due was answered."""

    job: str
    level: CheckLevel
    answered: Answered


@dataclass(frozen=True)
class ChecksSetUp:
    """The shop checks by these templates and defect codes from now on."""

    book: CheckBook


@dataclass(frozen=True)
class ComebackLinked:
    """A job was linked to the earlier order it comes back to; without one: it was not one."""

    job: str
    comeback: Comeback | None
