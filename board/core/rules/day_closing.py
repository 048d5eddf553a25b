"""The shop's day: opened, every car decided, closed, and opened again with a reason."""

from collections.abc import Iterator
from datetime import date, datetime

from board.core import closing
from board.core import commands as c
from board.core import events as e
from board.core.day_book import Choice
from board.core.days import business_day
from board.core.events import Event
from board.core.indirect import running_indirect
from board.core.job import OUTSIDE, Job, Place
from board.core.reception import line
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule, shop_rule
from board.core.rules.holding import clocks_stopped
from board.core.rules.limits import text_fault
from board.core.workflow import BOARD_LANES


@shop_rule.register
def _open(command: c.OpenDay, case: Case) -> Outcome:
    book, today = case.shop.day, business_day(case.now, case.shop.settings)
    if book.is_open and book.day is not None:
        same = book.day == today
        return () if same else Refused("day_open", {"day": f"{book.day:%Y-%m-%d}"})
    if book.day is not None and book.day >= today:
        return Refused("day_closed", {"day": f"{book.day:%Y-%m-%d}"})
    opened = e.DayOpened(today, len(closing.on_the_board(case.shop)))
    return (opened, *(e.TicketPassed(job.id) for job in _left_overnight(case, today)))


def _left_overnight(case: Case, today: date) -> Iterator[Job]:
    """Cars in the line before reception whose customers went home: they wait beside it now."""
    for job in line(case.shop.jobs.values()):
        if business_day(job.arrived_at or job.opened_at, case.shop.settings) < today:
            yield job


@shop_rule.register
def _close(command: c.CloseDay, case: Case) -> Outcome:
    shop, day = case.shop, closing.day_of(case.shop, case.now)
    if (closed := _is_closed(day, case)) is not None:
        return closed
    left = closing.undecided(shop, day)
    if left:
        return Refused("day_undecided", {"count": len(left)})
    numbers, carried = closing.numbers(shop, day), closing.carried(shop, day)
    return (*_forgotten_clocks(case), e.DayClosed(day, numbers, carried))


def _is_closed(day: date, case: Case) -> Refused | None:
    """None while `day` can still be decided and closed."""
    book = case.shop.day
    if book.is_open or book.day is None or book.day < day:
        return None
    return Refused("day_closed", {"day": f"{book.day:%Y-%m-%d}"})


def _forgotten_clocks(case: Case) -> tuple[Event, ...]:
    """Whoever still is clocked when the day is over has forgotten it: marked as corrected."""
    now = case.now
    off_the_cars = (running_indirect(case.shop.indirect, who) for who in case.shop.indirect)
    return (
        *(
            e.ClockClosed(job.id, line.id, clock.technician, clock.started_at, now)
            for job, line, clock in closing.running_clocks(case.shop)
            if clock.started_at < now
        ),
        *(
            e.IndirectCorrected(one.clock.technician, began, began, now)
            for one in off_the_cars
            if one is not None and (began := one.clock.started_at) < now
        ),
    )


@shop_rule.register
def _reopen(command: c.ReopenDay, case: Case) -> Outcome:
    book = case.shop.day
    if book.day is None or book.is_open:
        return Refused("day_not_closed")
    if not command.reason.strip():
        return Refused("reason_needed", fields=("reason",))
    return (e.DayReopened(book.day, command.reason.strip()),)


@job_rule.register
def _decide(command: c.DecideCarryOver, job: Job, case: Case) -> Outcome:
    day = closing.day_of(case.shop, case.now)
    refused = _is_closed(day, case) or _not_theirs(job, case) or _not_here(job, case)
    refused = refused or text_fault(command.spot, 40, "spot")
    if refused is None and command.choice == Choice.finished:
        refused = None if closing.is_finished(case.shop, job) else Refused("not_finished")
    if refused is None and command.choice == Choice.tomorrow:
        refused = _promise_fault(command.promise, job, case)
    if refused is None and command.where is not None and command.where not in closing.AWAY:
        refused = Refused("not_moved_out", fields=("where",))
    if refused is not None:
        return refused
    known = closing.decision_on(case.shop, job, day)
    same = known is not None and (known.choice, known.note) == (command.choice, command.note)
    said = () if same else (e.CarryDecided(job.id, day, command.choice, command.note.strip()),)
    return (*said, *_promised(command, job), *_moved_out(command, job))


def _not_theirs(job: Job, case: Case) -> Refused | None:
    """Advisors decide for the cars they look after."""
    over_all = case.actor.has(Role.controller, Role.manager)
    return None if over_all or job.advisor == case.actor.id else Refused("not_your_car", job=job.id)


def _not_here(job: Job, case: Case) -> Refused | None:
    here = case.shop.workflow.lane_of(job.state) in BOARD_LANES
    return None if here else Refused("not_here", job=job.id)


def _promise_fault(new: datetime | None, job: Job, case: Case) -> Refused | None:
    """A car that stays is promised for a day to come."""
    held = job.promise.at if job.promise else None
    told = new or held
    if told is None:
        return Refused("time_needed", fields=("promise",))
    day = closing.day_of(case.shop, case.now)
    if told <= case.now or business_day(told, case.shop.settings) <= day:
        return Refused("promise_too_soon", fields=("promise",))
    return None


def _promised(command: c.DecideCarryOver, job: Job) -> tuple[Event, ...]:
    held = job.promise.at if job.promise else None
    if command.choice != Choice.tomorrow or command.promise in (None, held):
        return ()
    assert command.promise is not None
    return (e.PromiseMade(job.id, command.promise, command.note.strip()),)


def _moved_out(command: c.DecideCarryOver, job: Job) -> tuple[Event, ...]:
    if command.choice != Choice.moved_out:
        return ()
    place = Place(command.where, command.spot.strip()) if command.where else _away(job.place)
    # Nobody works on a car that is away.
    return (*clocks_stopped(job), *((e.CarPlaced(job.id, place),) if place != job.place else ()))


def _away(place: Place) -> Place:
    return place if place.where in closing.AWAY else OUTSIDE
