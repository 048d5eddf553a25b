"""Undo: one's own last command on a job, within 30 seconds, if nothing else happened since."""

from datetime import timedelta

from board.core import commands as c
from board.core import events as e
from board.core.job import Job
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.receiving import same_car
from board.core.shop import Shop

WINDOW = timedelta(seconds=30)


@job_rule.register
def _undo(command: c.UndoMove, job: Job, case: Case) -> Outcome:
    last = job.last
    if last is None or last.before is None:
        return Refused("undo_nothing", job=job.id)
    if last.by != case.actor.label:
        return Refused("undo_not_yours", job=job.id)
    if case.now - last.at > WINDOW:
        return Refused("undo_late", job=job.id)
    others = (other for other in _touched(last.command_id, case) if other.id != job.id)
    touched = (job, *others)
    if any(_cannot_return(each, case) for each in touched):
        return Refused("undo_changed", job=job.id)
    return tuple(e.MoveUndone((each.id,)) for each in touched)


def _touched(command_id: str, case: Case) -> tuple[Job, ...]:
    """Every job that the command changed: pausing a clock may have touched a second one."""
    jobs = case.shop.jobs.values()
    return tuple(job for job in jobs if job.last and job.last.command_id == command_id)


def _cannot_return(job: Job, case: Case) -> bool:
    """Whether going back would put two cars in a bay or a technician on two lines."""
    before = job.last.before if job.last else None
    if before is None or _is_no_longer(before, case.shop):
        return True
    if job.is_closed and same_car(job.car, case.shop):
        return True
    other = case.shop.car_in(before.in_bay) if before.in_bay else None
    if other is not None and other.id != job.id:
        return True
    return any(_is_elsewhere(who, job, case) for who in _clocked(before))


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


def _is_elsewhere(technician: str, job: Job, case: Case) -> bool:
    running = case.shop.running.get(technician)
    if running is None:
        return False
    now_on = case.shop.jobs[running.job]
    return _command_of(now_on) != _command_of(job)


def _command_of(job: Job) -> str:
    return job.last.command_id if job.last else ""
