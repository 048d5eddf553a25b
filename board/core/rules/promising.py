"""Promised times and flags."""

from board.core import commands as c
from board.core import events as e
from board.core.job import Job
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule


@job_rule.register
def _promise(command: c.PromiseJob, job: Job, case: Case) -> Outcome:
    if command.at <= case.now:
        return Refused("promise_past", fields=("at",))
    if job.promise is not None and job.promise.at == command.at:
        return ()
    if job.promise is not None and not command.reason.strip():
        return Refused("reason_needed", fields=("reason",))
    return (e.PromiseMade(job.id, command.at, command.reason),)


@job_rule.register
def _flag(command: c.FlagJob, job: Job, case: Case) -> Outcome:
    added = command.add - job.flags
    removed = command.remove & job.flags
    return (e.FlagsChanged(job.id, added, removed),) if added or removed else ()
