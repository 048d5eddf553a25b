"""Lines of an order: adding, supplying with parts."""

import math

from board.core import commands as c
from board.core import events as e
from board.core.job import Job
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule, no_way
from board.core.rules.dispatching import technicians_fault
from board.core.rules.limits import text_fault
from board.core.workflow import Lane, State

MOST_HOURS = 1000.0
_MOST_SIGNS = 200
_MOST_LINES = 60


def next_line_id(job: Job) -> str:
    """Lines are numbered from 1 in the order they were added."""
    return str(len(job.lines) + 1)


def implicit_line(job: Job) -> e.LineAdded:
    """The one line of an order on which nobody typed any: what the customer asked for."""
    text = job.asked.splitlines()[0][:_MOST_SIGNS] if job.asked else ""
    return e.LineAdded(job.id, next_line_id(job), text, implicit=True)


def work_is_over(job: Job, case: Case) -> Refused | None:
    """After the checks nothing leads back to work: a line could never be finished."""
    state = job.hold.from_state if job.hold else job.state
    over = case.shop.workflow.lane_of(state) in {Lane.wash, Lane.handover}
    return no_way(job, State.working) if over else None


def lines_fault(job: Job) -> Refused | None:
    """None when the job has room for one more; a journal may hold jobs that have even more."""
    full = len(job.lines) >= _MOST_LINES
    return Refused("lines_full", {"limit": _MOST_LINES}, ("text",)) if full else None


@job_rule.register
def _add(command: c.AddLine, job: Job, case: Case) -> Outcome:
    if not command.text.strip():
        return Refused("text_needed", fields=("text",))
    refused = text_fault(command.text, _MOST_SIGNS, "text")
    if refused is not None:
        return refused
    hours = command.standard_hours
    if not math.isfinite(hours) or not 0 <= hours <= MOST_HOURS:
        return Refused("number_wrong", fields=("standard_hours",))
    refused = lines_fault(job) or technicians_fault(command.technicians, case)
    if refused is None and not command.proposed:
        refused = work_is_over(job, case)
    return refused or (
        e.LineAdded(
            job.id,
            next_line_id(job),
            command.text.strip(),
            hours,
            tuple(dict.fromkeys(command.technicians)),
            command.proposed,
        ),
    )
