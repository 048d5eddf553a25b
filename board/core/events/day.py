"""Events about the shop's day and about who is absent."""

from dataclasses import dataclass
from datetime import date, datetime

from board.core.day_book import CarriedOver, Choice, DayNumbers
from board.core.personal import Personal


@dataclass(frozen=True)
class DayOpened:
    """A business day was opened, with so many cars carried over from before."""

    day: date
    carried_over: int


@dataclass(frozen=True)
class CarryDecided:
    """What becomes of a car that is still here at the closing of `day`."""

    job: str
    day: date
    choice: Choice
    note: Personal = ""


@dataclass(frozen=True)
class DayClosed:
    """A business day was closed: cars carried in and arrived are those delivered, cancelled and
    carried over.
    """

    day: date
    numbers: DayNumbers
    carried: tuple[CarriedOver, ...] = ()


@dataclass(frozen=True)
class DayReopened:
    """The closed day was opened again."""

    day: date
    reason: Personal = ""


@dataclass(frozen=True)
class AbsenceMarked:
    """Somebody is away for that time."""

    person: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class AbsenceEnded:
    """Somebody is back."""

    person: str
