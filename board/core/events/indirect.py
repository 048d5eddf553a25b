"""Events about indirect time: clocks of technicians that run on no line."""

from dataclasses import dataclass
from datetime import datetime

from board.core.personal import Personal


@dataclass(frozen=True)
class IndirectStarted:
    """A technician's clock on indirect time began."""

    technician: str
    code: str


@dataclass(frozen=True)
class IndirectStopped:
    """A technician's clock on indirect time stopped; `at`: by a tap that arrived later."""

    technician: str
    at: datetime | None = None


@dataclass(frozen=True)
class IndirectCorrected:
    """An indirect clock, named by its start, was given other ends; marked as corrected."""

    technician: str
    started_at: datetime
    begins_at: datetime
    ended_at: datetime | None
    reason: Personal = ""


@dataclass(frozen=True)
class IndirectUndone:
    """With a command that was taken back an indirect clock began or ended.

    `runs_on`: it goes on as if it had not been stopped; else it never was.
    """

    technician: str
    started_at: datetime
    runs_on: bool
