"""What is to be made ready for a booked car, and how an expected car stands now. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from board.core.appointments import Task
from board.core.job import Flag, Job
from board.core.workflow import State

SOON = timedelta(minutes=30)
"""So long before the booked time everything should be ready."""


class Stage(StrEnum):
    """How an expected car stands, the most urgent first."""

    seen = "seen"
    no_show = "no_show"
    overdue = "overdue"
    unready = "unready"
    ready = "ready"
    expected = "expected"


def tasks(job: Job) -> tuple[Task, ...]:
    """The tasks of this car's preparation, done or not, always in the same order."""
    asked = {
        Task.parts_picked: True,
        Task.bay_kept: True,
        Task.technician_told: job.appointment.technician != "",
        Task.loaner_ready: Flag.loaner in job.flags,
    }
    done = {one.task for one in job.prepared}
    return tuple(task for task in Task if asked[task] or task in done)


def is_prepared(job: Job) -> bool:
    """Whether every task is done."""
    return {one.task for one in job.prepared}.issuperset(tasks(job))


def stage(job: Job, now: datetime) -> Stage:
    """How the expected car stands at `now`."""
    if job.proposal is not None and job.proposal.is_open(now):
        return Stage.seen
    if job.state == State.no_show:
        return Stage.no_show
    if job.booked_for is not None and job.booked_for <= now:
        return Stage.overdue
    if is_prepared(job):
        return Stage.ready
    soon = job.booked_for is not None and job.booked_for - SOON <= now
    return Stage.unready if soon else Stage.expected


def stage_changes_at(job: Job, now: datetime) -> datetime | None:
    """When time alone changes the stage next; None: never."""
    at = job.booked_for
    moments = (
        job.proposal.until if job.proposal and not job.proposal.answered else None,
        at,
        at - SOON if at else None,
    )
    return min((each for each in moments if each is not None and each > now), default=None)
