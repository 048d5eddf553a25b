"""Undo: one's own last command on a job, within 30 seconds, if nothing else happened since."""

from datetime import timedelta

from board.core import commands as c
from board.core import events as e
from board.core.job import Job
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule

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
    touched = _touched(last.command_id, case)
    if any(_cannot_return(other, case) for other in touched):
        return Refused("undo_changed", job=job.id)
    return (e.MoveUndone(tuple(other.id for other in touched)),)


def _touched(command_id: str, case: Case) -> tuple[Job, ...]:
    """Every job that the command changed: pausing a clock may have touched a second one."""
    jobs = case.shop.jobs.values()
    return tuple(job for job in jobs if job.last and job.last.command_id == command_id)


def _cannot_return(job: Job, case: Case) -> bool:
    """Whether going back would put two cars in a bay or a technician on two lines."""
    before = job.last.before if job.last else None
    if before is None:
        return True
    other = case.shop.car_in(before.in_bay) if before.in_bay else None
    if other is not None and other.id != job.id:
        return True
    return any(_is_elsewhere(who, job, case) for who in _clocked(before))


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
