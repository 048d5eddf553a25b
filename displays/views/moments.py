"""Times of day as a board prints them: on the shop's clock, with their distance in days."""

from dataclasses import dataclass
from datetime import datetime

from board.core.days import business_day, local
from board.core.shop import Settings


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` in epoch seconds, `clock` as HH:MM, `days` from today, `date` as MM-DD."""

    at: int
    clock: str
    days: int
    date: str

    @property
    def time(self) -> str:
        """The time of day, as the `clock` filter asks for it."""
        return self.clock


def moment(at: datetime, now: datetime, settings: Settings) -> Moment:
    """`at` as it is printed on the business day of `now`."""
    there = local(at, settings)
    days = (business_day(at, settings) - business_day(now, settings)).days
    return Moment(int(at.timestamp()), there.strftime("%H:%M"), days, there.strftime("%m-%d"))


def seconds(at: datetime | None) -> int | None:
    """Epoch seconds of `at`, for the texts that run in the page."""
    return None if at is None else int(at.timestamp())
