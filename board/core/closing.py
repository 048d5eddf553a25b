"""The shop's day, counted: which cars stay, which are undecided, what the morning begins with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from board.core.day_book import Absence, CarriedOver, CarryDecision, Choice, DayBook, DayNumbers
from board.core.days import business_day, nights_kept
from board.core.job import Job, Where
from board.core.lines import Clock, Line
from board.core.promises import Tone, tone
from board.core.shop import Shop
from board.core.workflow import BOARD_LANES, Lane, State

AWAY = frozenset({Where.parking, Where.outside})
"""Where a car stands that was moved out."""
_AT_RISK = frozenset({Tone.soon, Tone.late})
_FINISHED = frozenset({Lane.wash, Lane.handover})


def day_of(shop: Shop, now: datetime) -> date:
    """The day that decisions are made for: the one that is open, else today's."""
    book = shop.day
    return book.day if book.is_open and book.day is not None else business_day(now, shop.settings)


def on_the_board(shop: Shop) -> list[Job]:
    """The cars that are here with an open job, those that came first before the others."""
    here = [job for job in shop.jobs.values() if shop.workflow.lane_of(job.state) in BOARD_LANES]
    return sorted(here, key=lambda job: (job.arrived_at or job.opened_at, job.id))


def is_finished(shop: Shop, job: Job) -> bool:
    """Whether work and checks are over, so that the car only waits to be taken."""
    return shop.workflow.lane_of(job.state) in _FINISHED and not job.open_lines


def decision_on(shop: Shop, job: Job, day: date) -> CarryDecision | None:
    """What was decided for `day`, as long as it is so: finished work, a car that is away."""
    last = next((each for each in job.decisions if each.day == day), None)
    if last is None or (last.choice == Choice.finished and not is_finished(shop, job)):
        return None
    stays = job.place.where not in AWAY or job.running_lines
    return None if last.choice == Choice.moved_out and stays else last


def undecided(shop: Shop, day: date) -> list[Job]:
    """The cars that are here and for which nothing was decided for `day`."""
    return [job for job in on_the_board(shop) if decision_on(shop, job, day) is None]


def running_clocks(shop: Shop) -> Iterator[tuple[Job, Line, Clock]]:
    """Every clock that runs now."""
    for job_id in dict.fromkeys(what.job for what in shop.running.values()):
        job = shop.jobs[job_id]
        for line in job.running_lines:
            yield from ((job, line, clock) for clock in line.running_clocks)


def begun_at(shop: Shop) -> datetime | None:
    """Since when cars count as this day's: the last closing; None when none was ever closed."""
    return shop.day.since if shop.day.is_open else shop.day.closed_at


def numbers(shop: Shop, day: date) -> DayNumbers:
    """The cars of `day` so far, counted once each."""
    begin, book = begun_at(shop), shop.day
    gone = book.gone if book.is_open else book.gone_after
    jobs = shop.jobs.values()
    return gone.counted(name for job in jobs for name in _counts(job, begin, day, shop))


def _counts(job: Job, begin: datetime | None, day: date, shop: Shop) -> tuple[str, ...]:
    """As what a car counts on a day that began at `begin`: how it came, what became of it."""
    if job.arrived_at is None or _left_before(job, begin, day, shop):
        return ()
    came = "carried_in" if _came_before(job, begin, day, shop) else "arrived"
    return came, _outcome(job)


def without(shop: Shop, job: Job) -> DayBook:
    """The book of the day once a closed job leaves live state: its car stays counted."""
    book = shop.day
    if book.day is None:
        return book
    gone = book.gone.counted(_counts(job, book.since, book.day, shop))
    if book.is_open:
        return replace(book, gone=gone)
    after = book.gone_after.counted(_counts(job, book.closed_at, book.day, shop))
    return replace(book, gone=gone, gone_after=after)


def _outcome(job: Job) -> str:
    if not job.is_closed:
        return "carried_over"
    return "delivered" if job.state == State.delivered else "cancelled"


def _left_before(job: Job, begin: datetime | None, day: date, shop: Shop) -> bool:
    return job.closed_at is not None and _is_before(job.closed_at, begin, day, shop)


def _came_before(job: Job, begin: datetime | None, day: date, shop: Shop) -> bool:
    return job.arrived_at is not None and _is_before(job.arrived_at, begin, day, shop)


def _is_before(at: datetime, begin: datetime | None, day: date, shop: Shop) -> bool:
    """Whether something lies before the last closing or, without one, before the day began."""
    return at <= begin if begin is not None else business_day(at, shop.settings) < day


def carried(shop: Shop, day: date) -> tuple[CarriedOver, ...]:
    """The cars that stay when `day` is closed, with their nights by the next morning."""
    return tuple(_carried(shop, job, day) for job in on_the_board(shop))


def _carried(shop: Shop, job: Job, day: date) -> CarriedOver:
    decision = decision_on(shop, job, day)
    origin = business_day(job.arrived_at or job.opened_at, shop.settings)
    nights = (day + timedelta(days=1) - origin).days
    return CarriedOver(job.id, decision.choice if decision else Choice.tomorrow, origin, nights)


@dataclass(frozen=True, slots=True)
class Morning:
    """What a day begins with. `at_risk`: promises soon or already broken, in their order."""

    carried: tuple[Job, ...]
    appointments: tuple[Job, ...]
    at_risk: tuple[Job, ...]
    absent: tuple[Absence, ...]


def morning(shop: Shop, now: datetime) -> Morning:
    """What today begins with."""
    here = on_the_board(shop)
    risky = ((job.promise.at, job.id) for job in here if job.promise and tone(job, now) in _AT_RISK)
    return Morning(
        carried=tuple(job for job in here if _stayed(shop, job, now)),
        appointments=_appointments(shop, now),
        at_risk=tuple(shop.jobs[job_id] for _, job_id in sorted(risky)),
        absent=tuple(each for each in shop.absences if is_today(each, shop, now)),
    )


def _stayed(shop: Shop, job: Job, now: datetime) -> bool:
    """Whether a car was carried over: what came when its day was closed is the next day's."""
    came, begin, book = job.arrived_at, begun_at(shop), shop.day
    if came is None or nights_kept(job, now, shop.settings) == 0:
        return False
    if begin is None or book.day is None or came <= begin:
        return True
    day = business_day(came, shop.settings)
    return day >= book.day if book.is_open else day > book.day


def came_since_closing(shop: Shop) -> list[Job]:
    """The cars that are here and came after the day was closed; none while it is open."""
    closed = shop.day.closed_at
    here = on_the_board(shop)
    return [job for job in here if closed and job.arrived_at and job.arrived_at > closed]


def _appointments(shop: Shop, now: datetime) -> tuple[Job, ...]:
    today = business_day(now, shop.settings)
    booked = [
        (job.booked_for, job.id, job)
        for job in shop.jobs.values()
        if job.booked_for is not None
        and shop.workflow.lane_of(job.state) == Lane.arrivals
        and business_day(job.booked_for, shop.settings) == today
    ]
    return tuple(job for _, _, job in sorted(booked, key=lambda row: row[:2]))


def is_today(absence: Absence, shop: Shop, now: datetime) -> bool:
    """Whether somebody is away for some of today."""
    first, last = (business_day(at, shop.settings) for at in (absence.start, absence.end))
    return first <= business_day(now, shop.settings) <= last


def absent_at(shop: Shop, person: str, at: datetime) -> Absence | None:
    """The absence of somebody at a moment, None when they are here."""
    mine = (each for each in shop.absences if each.person == person)
    return next((each for each in mine if each.start <= at < each.end), None)
