"""Commands about the shop's day: opening, decisions, closing, and who is absent."""

from dataclasses import dataclass
from datetime import datetime

from board.core.commands.asked import Command
from board.core.day_book import Choice
from board.core.job import Where


@dataclass(frozen=True, kw_only=True)
class OpenDay(Command):
    """Open today's business day; the one before must be closed."""


@dataclass(frozen=True, kw_only=True)
class DecideCarryOver(Command):
    """Decide what becomes of a car that is still here at closing.

    `tomorrow` needs a promise after today, the one that holds or a new one; `moved_out` says
    where the car is put, outside if nothing is said.
    """

    job: str
    choice: Choice
    promise: datetime | None = None
    where: Where | None = None
    spot: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CloseDay(Command):
    """Close the day; refused while a car is undecided. Clocks that still run are closed."""


@dataclass(frozen=True, kw_only=True)
class ReopenDay(Command):
    """Open the closed day again, with a reason; only until the next one is opened."""


@dataclass(frozen=True, kw_only=True)
class MarkAbsent(Command):
    """Somebody is away from `start` to `end`: they are not dispatched for that time."""

    person: str
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class EndAbsence(Command):
    """Somebody is back: what was marked for now and later falls away."""

    person: str
