"""What the arrivals page says of each appointment: when, who, what is expected, what is ready."""

from dataclasses import dataclass
from datetime import datetime

from board.core.appointments import Prepared, Task
from board.core.days import business_day
from board.core.job import Flag, Job
from board.core.plates import split_plate
from board.core.preparation import Stage, is_prepared, stage, tasks
from board.core.roles import Actor
from board.core.shop import Shop
from board.core.who_sees import sees_phones
from board.core.workflow import Lane, State
from displays.appointment_words import WORD_OF_KIND
from displays.dialog_order import by_name
from displays.views.expected import STAGE_WORDS
from displays.views.moments import Moment, moment

_KNOWN = frozenset({Flag.appointment, Flag.new_energy})
"""Flags that say nothing here: every row is an appointment, and the plate shows the other."""


@dataclass(frozen=True, slots=True)
class TaskBox:
    """One task of the preparation; who ticked it and when, `at` None while it is open."""

    task: Task
    by: str = ""
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One appointment. `kind` is a message id or the shop's own word; `seen`: a plate read waits
    for its answer.
    """

    id: str
    version: int
    region: str
    tail: str
    at: Moment
    stage: Stage
    stage_word: str
    kind: str
    customer: str
    phone: str
    model: str
    work: str
    codes: tuple[str, ...]
    hours: float | None
    technician: str
    bay_kind: str
    flags: tuple[str, ...]
    boxes: tuple[TaskBox, ...]
    prepared: bool
    state: str
    state_name: str
    ticket: str
    arrived: Moment | None
    seen: Moment | None


def booking_row(shop: Shop, job: Job, now: datetime, actor: Actor) -> BookingRow:
    """The row of an appointment, as far as `actor` is told it."""
    wishes, settings, how = job.appointment, shop.settings, stage(job, now)
    region, tail = split_plate(job.car.plate)
    ticked = {one.task: one for one in job.prepared}
    proposal = job.proposal if how == Stage.seen else None
    return BookingRow(
        id=job.id,
        version=job.version,
        region=region,
        tail=tail,
        at=moment(job.booked_for or job.opened_at, now, settings),
        stage=how,
        stage_word=STAGE_WORDS[how],
        kind=WORD_OF_KIND.get(job.kind, job.kind),
        customer=job.customer.name,
        phone=job.customer.phone if sees_phones(actor) else "",
        model=job.car.model,
        work=wishes.work or job.asked,
        codes=wishes.codes,
        hours=wishes.hours,
        technician=shop.name_of(wishes.technician) if wishes.technician else "",
        bay_kind=wishes.bay_kind.value if wishes.bay_kind else "",
        flags=tuple(sorted(flag.value for flag in job.flags - _KNOWN)),
        boxes=tuple(_box(task, ticked.get(task), shop, now) for task in tasks(job)),
        prepared=is_prepared(job),
        state=job.state,
        state_name=shop.workflow.steps[job.state].name,
        ticket=job.ticket,
        arrived=moment(job.arrived_at, now, settings) if job.arrived_at else None,
        seen=moment(proposal.seen, now, settings) if proposal else None,
    )


def _box(task: Task, ticked: Prepared | None, shop: Shop, now: datetime) -> TaskBox:
    if ticked is None:
        return TaskBox(task)
    return TaskBox(task, by_name(shop, ticked.by), moment(ticked.at, now, shop.settings))


@dataclass(frozen=True, slots=True)
class Bookings:
    """Appointments by time: awaited today (and earlier), no-shows, arrived today, tomorrow; and
    how many come later.
    """

    today: tuple[BookingRow, ...]
    no_shows: tuple[BookingRow, ...]
    arrived: tuple[BookingRow, ...]
    tomorrow: tuple[BookingRow, ...]
    later: int


def bookings(shop: Shop, now: datetime, actor: Actor) -> Bookings:
    """Every appointment that the arrivals page shows, where it shows it."""
    found: dict[str, list[BookingRow]] = {"today": [], "no_shows": [], "arrived": []}
    found |= {"tomorrow": [], "later": []}
    by_time = sorted(shop.jobs.values(), key=lambda job: (job.booked_for or job.opened_at, job.id))
    for job in by_time:
        place = _place(shop, job, now)
        if place:
            found[place].append(booking_row(shop, job, now, actor))
    later = len(found.pop("later"))
    return Bookings(**{name: tuple(rows) for name, rows in found.items()}, later=later)


def _place(shop: Shop, job: Job, now: datetime) -> str:
    """Where a job stands on the page; '' for nowhere."""
    if job.booked_for is None or job.state == State.cancelled:
        return ""
    today = business_day(now, shop.settings)
    if shop.workflow.lane_of(job.state) != Lane.arrivals:
        arrived = job.arrived_at is not None and business_day(job.arrived_at, shop.settings)
        return "arrived" if arrived == today else ""
    if job.state == State.no_show:
        return "no_shows"
    days = (business_day(job.booked_for, shop.settings) - today).days
    return "today" if days <= 0 else "tomorrow" if days == 1 else "later"
