"""The car at hand on a tablet: what it is, its hours and its lines."""

from datetime import datetime

from board.core.holds import Hold
from board.core.job import Flag, Job
from board.core.lines import Line, LineState
from board.core.plates import split_plate
from board.core.promises import tone
from board.core.shop import Settings, Shop
from displays.defect_words import told_defect
from displays.views import tablet_views as v
from displays.views.moments import Moment, moment
from displays.views.tablet_deeds import chosen_line, has_line_deeds, said_of
from displays.views.tablet_notes import Failure, HoldNote, Labour

_SHOWN_FLAGS = (Flag.waiting, Flag.express, Flag.comeback, Flag.vip, Flag.new_energy)


def job_view(shop: Shop, job: Job, now: datetime) -> v.JobView:
    """The car at hand."""
    return v.JobView(
        id=job.id,
        plate=split_plate(job.car.plate),
        model=job.car.model,
        colour=job.car.colour,
        state=job.state,
        step=shop.workflow.steps[job.state].name,
        asked=job.asked or ", ".join(line.text for line in job.lines if not line.implicit),
        flags=tuple(flag for flag in _SHOWN_FLAGS if flag in job.flags),
        keys=job.keys,
        promise=promised(shop, job, now),
        tone=tone(job, now),
        labour=_labour(job),
        hold=hold_note(job.hold, now, shop.settings),
        failure=failure(shop, job),
    )


def promised(shop: Shop, job: Job, now: datetime) -> Moment | None:
    """The promise that holds now, as it is printed."""
    return moment(job.promise.at, now, shop.settings) if job.promise else None


def hold_note(hold: Hold | None, now: datetime, settings: Settings) -> HoldNote | None:
    """An open hold as it is shown."""
    if hold is None:
        return None
    expected = moment(hold.expected, now, settings) if hold.expected else None
    return HoldNote(hold.reason, int(hold.at.timestamp()), hold.note, expected)


def failure(shop: Shop, job: Job) -> Failure | None:
    """The last check of a job if it failed, with the name of whoever failed it."""
    check = job.checks[-1] if job.checks else None
    if check is None or check.passed:
        return None
    by = shop.name_of(check.by.partition(":")[2])
    return Failure(told_defect(shop, check.defect), check.note, by)


def _labour(job: Job) -> Labour:
    """The job's hours; the clocks that run are told by their starts, never by their length.

    After a failed check only what is done again counts, from its first minute.
    """
    lines, since = [line for line in job.lines if line.is_agreed], failed_at(job)
    clocks = [clock for line in job.lines for clock in line.clocks]
    if since is not None:
        clocks = [clock for clock in clocks if clock.ended_at is None or clock.ended_at > since]
        lines = [line for line in lines if line.is_open or not set(clocks).isdisjoint(line.clocks)]
    ended = [
        (clock.ended_at - clock.started_at).total_seconds() for clock in clocks if clock.ended_at
    ]
    starts = tuple(int(clock.started_at.timestamp()) for clock in clocks if not clock.ended_at)
    standard = sum(line.standard_hours for line in lines)
    return Labour(round(standard * 3600), int(sum(ended)), starts)


def failed_at(job: Job) -> datetime | None:
    """When the check failed whose work is done again now; None if the last one passed."""
    check = job.checks[-1] if job.checks else None
    return None if check is None or check.passed else check.at


def line_views(shop: Shop, job: Job, person: str) -> dict[str, v.TabletView]:
    """The line tiles by region id."""
    chosen = chosen_line(job, person) if has_line_deeds(shop, job) else None
    failed = failure(shop, job)
    defect = failed.defect if failed else ""
    return {
        f"line-{line.id}": _line(shop, line, number, person, line is chosen, defect)
        for number, line in enumerate(job.lines, 1)
    }


def _line(
    shop: Shop, line: Line, number: int, person: str, chosen: bool, defect: str
) -> v.LineView:
    mine = [clock for clock in line.running_clocks if clock.technician == person]
    since = int(mine[0].started_at.timestamp()) if mine else 0
    others = (clock.technician for clock in line.running_clocks if clock.technician != person)
    return v.LineView(
        line.id,
        number,
        said_of(line),
        line.state,
        line.parts,
        chosen,
        since,
        tuple(shop.name_of(who) for who in others),
        defect if line.state == LineState.rework else "",
    )
