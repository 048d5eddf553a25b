"""Values of the shop's day: its book, what is decided for each car at closing, and who is absent.

Values only; what is counted and what may be done is written in `closing.py` and the rules.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from board.core.personal import Personal


class Choice(StrEnum):
    """What becomes of a car that is still here at closing."""

    tomorrow = "tomorrow"
    moved_out = "moved_out"
    finished = "finished"


@dataclass(frozen=True, slots=True)
class CarryDecision:
    """What was decided for a job at the closing of `day`."""

    day: date
    choice: Choice
    by: str
    at: datetime
    note: Personal = ""


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A car that stays: the business day it came, and its nights once this one is over."""

    job: str
    choice: Choice
    origin: date
    nights: int


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """Cars of one day: here before and come since; delivered, cancelled and kept."""

    carried_in: int = 0
    arrived: int = 0
    delivered: int = 0
    cancelled: int = 0
    carried_over: int = 0

    def counted(self, names: Iterable[str]) -> "DayNumbers":
        """With one more for each of `names`."""
        count = Counter(asdict(self))
        count.update(names)
        return DayNumbers(**count)


@dataclass(frozen=True, slots=True)
class DayBook:
    """The business day that was opened last. `since`: when the one before it was closed.

    `closed_at` None: it is open (or, without `day`, none was ever opened). Of cars that have left
    live state only the count is kept: `gone` of those since `since`, `gone_after` of those since
    the closing.
    """

    day: date | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    since: datetime | None = None
    numbers: DayNumbers = DayNumbers()
    carried: tuple[CarriedOver, ...] = ()
    gone: DayNumbers = DayNumbers()
    gone_after: DayNumbers = DayNumbers()

    @property
    def is_open(self) -> bool:
        """Whether a day is open now."""
        return self.day is not None and self.closed_at is None


NO_DAY = DayBook()
"""The book of a shop that never opened a day."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who works here is away from `start` to `end`."""

    person: str
    start: datetime
    end: datetime
