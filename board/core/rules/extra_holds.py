"""How the holds “quote” and “approval” follow extra work that stops the rest of an order."""

from board.core import events as e
from board.core.events import Event
from board.core.extra_work import awaits_answer, undecided
from board.core.holds import HoldReason
from board.core.job import Job
from board.core.lines import Line
from board.core.rules.case import Case
from board.core.rules.holding import clocks_stopped, opened
from board.core.workflow import Through

_OURS = frozenset({HoldReason.quote, HoldReason.approval})


def hold_opens(job: Job, note: str, case: Case) -> tuple[Event, ...]:
    """The hold of work that must stop until a price is there; a job held anyway stays so."""
    if job.hold is not None or case.shop.workflow.through(job.state, Through.hold) is None:
        return ()
    held = opened(job, HoldReason.quote, note, None, case)
    return (*clocks_stopped(job, HoldReason.quote), held)


def hold_follows(job: Job, after: Job, case: Case) -> tuple[Event, ...]:
    """The end or change of the hold of `job` now that its lines are as in `after`."""
    hold = job.hold
    if hold is None or hold.reason not in _OURS:
        return ()
    waiting = _what_holds(after)
    if not waiting:
        return (e.HoldEnded(job.id),)
    asked = all(map(awaits_answer, waiting))
    reason = HoldReason.approval if asked else HoldReason.quote
    if reason == hold.reason:
        return ()
    return (e.HoldEnded(job.id), opened(job, reason, hold.note, None, case))


def _what_holds(job: Job) -> tuple[Line, ...]:
    """Undecided work that stops the rest; where none ever did, whatever is undecided."""
    stopping = [line for line in job.lines if line.extra and line.extra.stops_work]
    return undecided(stopping or job.lines)
