"""Days and times on the shop's clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from board.core.job import Job
from board.core.shop import Settings


def local(at: datetime, settings: Settings) -> datetime:
    """`at` on the shop's clock."""
    return at.astimezone(ZoneInfo(settings.time_zone))


def business_day(at: datetime, settings: Settings) -> date:
    """The business day that `at` belongs to: it begins at the shop's `day_start`."""
    start = settings.day_start
    return (local(at, settings) - timedelta(hours=start.hour, minutes=start.minute)).date()


def day_bounds(day: date, settings: Settings) -> tuple[datetime, datetime]:
    """When a business day begins and when the next one does."""
    zone = ZoneInfo(settings.time_zone)
    begins, ends = (
        datetime.combine(each, settings.day_start, zone) for each in (day, day + timedelta(days=1))
    )
    return begins, ends


def opening(day: date, settings: Settings) -> tuple[datetime, datetime]:
    """When the shop opens on that day and when it closes, which may be after midnight; in UTC."""
    zone, hours = ZoneInfo(settings.time_zone), settings.hours
    closing = day if hours.opens < hours.closes else day + timedelta(days=1)
    opens = datetime.combine(day, hours.opens, zone)
    return opens.astimezone(UTC), datetime.combine(closing, hours.closes, zone).astimezone(UTC)


def after_open_time(since: datetime, span: timedelta, settings: Settings) -> datetime:
    """When the shop will have been open for `span`, some time above 0, counted from `since`."""
    # Whoever is open over midnight may still be in the hours of the day before.
    day, left = local(since, settings).date() - timedelta(days=1), span
    while True:
        opens, closes = opening(day, settings)
        begins = max(since, opens)
        if closes - begins >= left:
            return begins + left
        left -= max(closes - begins, timedelta())
        day += timedelta(days=1)


def nights_kept(job: Job, now: datetime, settings: Settings) -> int:
    """How many nights the car has stayed since it arrived; 0 while it has not."""
    if job.arrived_at is None:
        return 0
    end = job.closed_at or now
    return (business_day(end, settings) - business_day(job.arrived_at, settings)).days


def shift_end(started_at: datetime, settings: Settings) -> datetime:
    """When what began then, and nobody ended, is forgotten: the shop's overtime after closing.

    Overtime is common, a whole night is not; what begins after that runs to the next one.
    """
    zone = ZoneInfo(settings.time_zone)
    grace = timedelta(seconds=settings.overtime_seconds)
    end = datetime.combine(started_at.astimezone(zone).date(), settings.hours.closes, zone) + grace
    while end <= started_at:
        end += timedelta(days=1)
    return end


def credited_until(started_at: datetime, settings: Settings) -> datetime:
    """When what began then and was forgotten has ended: at closing, or at shift end where it began
    after closing. Nobody is credited hours that nobody can vouch for.
    """
    end = shift_end(started_at, settings)
    closing = end - timedelta(seconds=settings.overtime_seconds)
    return closing if closing > started_at else end
