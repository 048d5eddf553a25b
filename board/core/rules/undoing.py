"""Undo: one's own last command on a job, within 30 seconds, if nothing else happened since.

What a device did by itself is anybody's to take back who may do it by hand, for longer: nobody
stood there when it happened.
"""

from datetime import datetime, timedelta

from board.core import commands as c
from board.core import events as e
from board.core.clocks import clocks_of, overlap
from board.core.job import Job, LastChange
from board.core.lines import Clock
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.receiving import same_car
from board.core.shop import Shop
from board.core.workflow import Workflow

WINDOW = timedelta(seconds=30)
DEVICE_WINDOW = timedelta(minutes=10)
BY_DEVICE = "device:"


@job_rule.register
def _undo(command: c.UndoMove, job: Job, case: Case) -> Outcome:
    last = job.last
    if last is None or last.before is None:
        return Refused("undo_nothing", job=job.id)
    if code := _not_to_be_undone(last, last.before, job, case):
        return Refused(code, job=job.id)
    others = (other for other in _touched(last.command_id, case) if other.id != job.id)
    touched = (job, *others)
    indirect = _indirect_undone(last.command_id, case.shop)
    stands = any(_cannot_return(each, case) for each in touched)
    if stands or _clocks_cross(touched, indirect, case):
        return Refused("undo_changed", job=job.id)
    return (*(e.MoveUndone((each.id,)) for each in touched), *indirect)


def may_take_back(job: Job, actor: Actor, flow: Workflow) -> datetime | None:
    """Until when the actor may take back the last deed on the job; None: it is not theirs."""
    last = job.last
    if last is None or last.before is None:
        return None
    if last.by == actor.label:
        return last.at + WINDOW
    before = last.before.state
    way = flow.way(before, job.state) if before in flow.steps else None
    if not last.by.startswith(BY_DEVICE) or way is None:
        return None
    return last.at + DEVICE_WINDOW if actor.has(*way.by, Role.controller) else None


def _not_to_be_undone(last: LastChange, before: Job, job: Job, case: Case) -> str:
    """Why the last deed of the job stays as it is, as a code; '' when it may go."""
    until = may_take_back(job, case.actor, case.shop.workflow)
    if until is None:
        return "undo_not_yours"
    if case.now > until:
        return "undo_late"
    # Whoever had the old code or link was shut out: nothing may let them in again.
    if (before.code_round, before.link_round) != (job.code_round, job.link_round):
        return "undo_code"
    if job.left_by_pass and not before.left_by_pass:
        return "undo_gate"
    return "undo_changed" if day_ended_since(last.at, case.shop) else ""


def day_ended_since(at: datetime, shop: Shop) -> bool:
    """Whether a day was closed after `at`; what it has counted and told stays as it was told.

    Once the next day is open, its book says when the one before was closed.
    """
    ends = (shop.day.closed_at, shop.day.since)
    return any(end is not None and at <= end for end in ends)


def _touched(command_id: str, case: Case) -> tuple[Job, ...]:
    """Every job that the command changed: pausing a clock may have touched a second one."""
    jobs = case.shop.jobs.values()
    return tuple(job for job in jobs if job.last and job.last.command_id == command_id)


def _cannot_return(job: Job, case: Case) -> bool:
    """Whether going back would put two cars in a bay, or bring back what the shop has lost."""
    before = job.last.before if job.last else None
    if before is None or _is_no_longer(before, case.shop):
        return True
    if job.is_closed and same_car(job.car, case.shop):
        return True
    other = case.shop.car_in(before.in_bay) if before.in_bay else None
    return other is not None and other.id != job.id


def _is_no_longer(before: Job, shop: Shop) -> bool:
    """Whether the shop has lost what the job was: its state, its bay or who worked on it."""
    states = {before.state, *((before.hold.from_state,) if before.hold else ())}
    bays = {before.bay, before.in_bay} - {""}
    people = {*before.technicians, *_clocked(before)}
    return not (
        states <= shop.workflow.steps.keys()
        and all(bay in shop.bays and not shop.bays[bay].removed for bay in bays)
        and all(_is_technician(who, shop) for who in people)
    )


def _is_technician(person_id: str, shop: Shop) -> bool:
    person = shop.people.get(person_id)
    return person is not None and not person.removed and Role.technician in person.roles


def _clocked(job: Job) -> tuple[str, ...]:
    return tuple(clock.technician for line in job.lines for clock in line.running_clocks)


def _indirect_undone(command_id: str, shop: Shop) -> tuple[e.IndirectUndone, ...]:
    """What the command did to clocks off the cars, backwards."""
    return tuple(
        e.IndirectUndone(who, one.clock.started_at, runs_on=one.ended_by == command_id)
        for who, mine in shop.indirect.items()
        for one in mine
        if command_id in (one.begun_by, one.ended_by)
    )


def _clocks_cross(
    touched: tuple[Job, ...], indirect: tuple[e.IndirectUndone, ...], case: Case
) -> bool:
    """Whether clocks as they were would share a moment with others of the same technician."""
    if any(one.runs_on and not _is_technician(one.technician, case.shop) for one in indirect):
        return True
    ids = [job.id for job in touched]
    moved = {(one.technician, one.started_at) for one in indirect}
    back = {clock for job in touched for clock in _before(job)}
    back -= {clock for job in touched for line in job.lines for clock in line.clocks}
    back |= {Clock(one.technician, one.started_at) for one in indirect if one.runs_on}
    return any(
        overlap(clock, other)
        for clock in back
        for other in clocks_of(clock.technician, case.shop, besides=ids)
        if (other.technician, other.started_at) not in moved
    )


def _before(job: Job) -> tuple[Clock, ...]:
    before = job.last.before if job.last else None
    return tuple(clock for line in before.lines for clock in line.clocks) if before else ()
