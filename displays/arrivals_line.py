"""What the arrivals page says of the line before reception: called, waiting, passed over."""

from dataclasses import dataclass

from board.core.days import business_day
from board.core.job import Flag, Job
from board.core.plates import split_plate
from board.core.reception import waits
from board.core.shop import Shop
from board.core.workflow import State
from displays.dialog_asks import Ask
from displays.views.moments import seconds
from displays.views.reception_line import ReceptionLine, Wait


@dataclass(frozen=True, slots=True)
class LineRow:
    """One car before reception; `wait` None for who did not come when called. `since` in epoch
    seconds.
    """

    id: str
    version: int
    ticket: str
    region: str
    tail: str
    since: int | None
    wait: Wait | None
    called_by: str
    booked: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """The line: whose turn it is, who waits, who did not come; who is being received now (id,
    ticket, region and tail of the plate, advisor); the newest ticket; and whether it is the peak.
    """

    called: tuple[LineRow, ...]
    waiting: tuple[LineRow, ...]
    passed: tuple[LineRow, ...]
    receiving: tuple[tuple[str, str, str, str, str], ...]
    newest: LineRow | None
    peak: bool


def line_view(ask: Ask) -> LineView:
    """The line as it is now."""
    shop = ask.shop
    places = ReceptionLine().look(shop, ask.now)
    rows = [_row(shop, shop.jobs[job], wait) for job, wait in places.items()]
    passed = [job for job in shop.jobs.values() if waits(job) and job.id not in places]
    passed.sort(key=lambda job: (job.arrived_at or job.opened_at, job.id))
    return LineView(
        tuple(row for row in rows if row.wait and row.wait.called),
        tuple(row for row in rows if row.wait and not row.wait.called),
        tuple(_row(shop, job, None) for job in passed),
        _receiving(ask),
        _newest(ask),
        shop.peak_since is not None,
    )


def _row(shop: Shop, job: Job, wait: Wait | None) -> LineRow:
    return LineRow(
        job.id,
        job.version,
        job.ticket,
        *split_plate(job.car.plate),
        seconds(job.arrived_at),
        wait,
        shop.name_of(job.called_by) if job.called_by else "",
        Flag.appointment in job.flags,
    )


def _receiving(ask: Ask) -> tuple[tuple[str, str, str, str, str], ...]:
    """Orders in reception, one's own first."""
    jobs = [job for job in ask.shop.jobs.values() if job.state == State.receiving]
    jobs.sort(key=lambda job: (job.advisor != ask.actor.id, job.reception_at or job.opened_at))
    return tuple(
        (job.id, job.ticket, *split_plate(job.car.plate), ask.shop.name_of(job.advisor))
        for job in jobs
    )


def _newest(ask: Ask) -> LineRow | None:
    """The newest ticket of the day, to be told to whom it was given."""
    settings = ask.shop.settings
    today = business_day(ask.now, settings)
    arrived = [
        job
        for job in ask.shop.jobs.values()
        if waits(job) and job.arrived_at and business_day(job.arrived_at, settings) == today
    ]
    newest = max(arrived, key=lambda job: (job.arrived_at, job.ticket), default=None)
    return _row(ask.shop, newest, None) if newest else None
