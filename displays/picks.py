"""Times offered at one press: half hours inside opening hours, as form values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from board.core.days import local
from board.core.shop import Settings
from displays.views.moments import Moment, moment

HALF_HOUR = timedelta(minutes=30)
_LOOK_AHEAD = 96
_TOMORROW_AFTER_OPENING = timedelta(minutes=90)


@dataclass(frozen=True, slots=True)
class Pick:
    """A time that can be chosen: `value` as the forms send it, `at` as it is shown."""

    value: str
    at: Moment


def picks(now: datetime, settings: Settings, count: int = 4, first: int = 2) -> tuple[Pick, ...]:
    """The next `count` half hours inside opening hours, from `first` half hours on.

    If all are of today, a morning time of tomorrow follows.
    """
    found = [at for at, _ in zip(_half_hours(now, settings, first), range(count), strict=False)]
    if found and all(at.date() == local(now, settings).date() for at in found):
        found.append(_tomorrow(now, settings))
    return tuple(pick(at, now, settings) for at in found)


def pick(at: datetime, now: datetime, settings: Settings) -> Pick:
    """One time as a choice."""
    return Pick(f"{local(at, settings):%Y-%m-%dT%H:%M}", moment(at, now, settings))


def _half_hours(now: datetime, settings: Settings, first: int) -> Iterator[datetime]:
    here = local(now, settings)
    at = here.replace(minute=here.minute // 30 * 30, second=0, microsecond=0)
    at += HALF_HOUR * first
    for _ in range(_LOOK_AHEAD):
        if settings.hours.opens < at.time() <= settings.hours.closes:
            yield at
        at += HALF_HOUR


def _tomorrow(now: datetime, settings: Settings) -> datetime:
    day = local(now, settings).date() + timedelta(days=1)
    opens = datetime.combine(day, settings.hours.opens, ZoneInfo(settings.time_zone))
    return opens + _TOMORROW_AFTER_OPENING
