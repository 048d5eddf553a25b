"""What time does: no-show, unclaimed, reminders, forgotten clocks, leaving live state."""

from datetime import timedelta

from board.core import commands as c
from board.core import events as e
from board.core.holds import HoldReason
from board.core.job import Job
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule, moved
from board.core.supply import late_parts
from board.core.workflow import State, Workflow

KEPT_AFTER_CLOSING = timedelta(hours=72)


def _by_time(job: Job, to: State, flow: Workflow) -> Outcome:
    return (moved(job, to),) if flow.by_time(job.state, to) else ()


@job_rule.register
def _no_show(command: c.MarkNoShow, job: Job, case: Case) -> Outcome:
    grace = timedelta(seconds=case.shop.settings.no_show_seconds)
    if job.booked_for is None or case.now - job.booked_for < grace:
        return Refused("not_due", job=job.id)
    return _by_time(job, State.no_show, case.shop.workflow)


@job_rule.register
def _unclaimed(command: c.MarkUnclaimed, job: Job, case: Case) -> Outcome:
    limit = timedelta(seconds=case.shop.settings.unclaimed_seconds)
    waits = case.shop.workflow.by_time(job.state, State.unclaimed)
    if waits and case.now < job.state_since + limit:
        return Refused("not_due", job=job.id)
    return _by_time(job, State.unclaimed, case.shop.workflow)


@job_rule.register
def _remind(command: c.RemindHold, job: Job, case: Case) -> Outcome:
    hold = job.hold
    if hold is None or hold.expected is None or hold.reminded_at is not None:
        return ()
    if case.now < hold.expected:
        return Refused("not_due", job=job.id)
    return (e.HoldReminded(job.id),)


@job_rule.register
def _close_clock(command: c.CloseClock, job: Job, case: Case) -> Outcome:
    line = job.line(command.line)
    clocks = line.running_clocks if line else ()
    mine = [clock for clock in clocks if clock.technician == command.technician]
    if not mine:
        return ()
    started = mine[0].started_at
    if not started < command.at <= case.now:
        return Refused("clock_wrong", job=job.id)
    return (e.ClockClosed(job.id, command.line, command.technician, started, command.at),)


@job_rule.register
def _close_break(command: c.CloseBreak, job: Job, case: Case) -> Outcome:
    hold = job.hold
    if hold is None or hold.reason != HoldReason.pause:
        return ()
    if not hold.at < command.at <= case.now:
        return Refused("clock_wrong", job=job.id)
    return (e.HoldEnded(job.id, at=command.at),)


@job_rule.register
def _forget(command: c.ForgetJob, job: Job, case: Case) -> Outcome:
    if job.closed_at is None or case.now < job.closed_at + KEPT_AFTER_CLOSING:
        return Refused("not_due", job=job.id)
    return (e.JobForgotten(job.id),)


@job_rule.register
def _note_late(command: c.NoteLateParts, job: Job, case: Case) -> Outcome:
    for late in late_parts(job, case.now):
        if (late.line, late.part) == (command.line, command.part) and not late.noted:
            return (e.PartsLate(job.id, late.line, late.part, late.expected),)
    return ()
