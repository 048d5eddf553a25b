"""What events mean for wash, statement, payments, the handover list and the gate pass."""

from dataclasses import replace

from board.core import events as e
from board.core.events import Fact
from board.core.handover import GatePass, Payment, Statement, Ticked, Wash
from board.core.history_of_lines import line_meaning
from board.core.job import Job
from board.core.workflow import State


def washed(job: Job, event: e.JobMoved, fact: Fact) -> Job:
    """The job with the times of its wash, which moves begin and end; a hold between counts in."""
    washes = job.washes
    if washes and event.source == State.washing and washes[-1].ended_at is None:
        washes = (*washes[:-1], replace(washes[-1], ended_at=fact.at))
    if event.to == State.washing:
        washes = (*washes, Wash(fact.by, fact.at))
    return job if washes is job.washes else replace(job, washes=washes)


@line_meaning.register
def _settled(event: e.JobSettled, job: Job, fact: Fact) -> Job:
    statement = Statement(
        labour=event.labour,
        parts=event.parts,
        discount=event.discount,
        charges=event.charges,
        by=fact.by,
        at=fact.at,
        discount_reason=event.discount_reason,
        charges_reason=event.charges_reason,
        reason=event.reason,
    )
    return replace(job, statements=(*job.statements, statement))


@line_meaning.register
def _paid(event: e.JobPaid, job: Job, fact: Fact) -> Job:
    payment = Payment(event.means, event.amount, fact.by, fact.at, event.reason)
    return replace(job, payments=(*job.payments, payment))


@line_meaning.register
def _ticked(event: e.HandoverTicked, job: Job, fact: Fact) -> Job:
    kept = tuple(tick for tick in job.ticked if tick.point != event.point)
    tick = Ticked(event.point, fact.by, fact.at, event.note, event.next_service)
    new = (tick,) if event.done else ()
    return replace(job, ticked=(*kept, *new))


@line_meaning.register
def _issued(event: e.GatePassIssued, job: Job, fact: Fact) -> Job:
    return replace(job, gate_pass=GatePass(event.code, fact.by, fact.at))


@line_meaning.register
def _used(event: e.GatePassUsed, job: Job, fact: Fact) -> Job:
    if job.gate_pass is None:
        return job
    return replace(job, gate_pass=replace(job.gate_pass, used_at=fact.at, used_by=fact.by))
