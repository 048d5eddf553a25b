"""Commands that only the timekeeper sends."""

from dataclasses import dataclass
from datetime import datetime

from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class MarkNoShow(Command):
    """The booked time and its grace have passed."""

    job: str


@dataclass(frozen=True, kw_only=True)
class MarkUnclaimed(Command):
    """A ready car has waited longer than the shop's limit."""

    job: str


@dataclass(frozen=True, kw_only=True)
class RemindHold(Command):
    """A hold's expected time has passed: remind its owner."""

    job: str


@dataclass(frozen=True, kw_only=True)
class CloseClock(Command):
    """Shift end: stop a forgotten clock and mark it as corrected."""

    job: str
    line: str
    technician: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CloseBreak(Command):
    """Shift end: end a forgotten break and mark its end as corrected."""

    job: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ForgetJob(Command):
    """72 hours after closing, a job leaves live state (the journal keeps it)."""

    job: str
