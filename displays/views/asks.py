"""What a card asks its advisor: about extra work, or about a car that has left already."""

from datetime import datetime

from board.core.extra_work import awaits_answer, is_priced, undecided
from board.core.job import Job


def asks(job: Job) -> str:
    """The most urgent thing about a job's extra work, '' when there is nothing to say.

    promise (the advisor must tell another time), price, ask, waits (for the customer), agreed or
    declined: the newest answer, until somebody has clocked on since.
    """
    if job.promise_ask is not None:
        return "promise"
    extras = [line for line in job.lines if line.extra is not None]
    if not extras:
        return ""
    open_ones = undecided(extras)
    if any(not is_priced(line) for line in open_ones):
        return "price"
    if any(not awaits_answer(line) for line in open_ones):
        return "ask"
    return "waits" if open_ones else _answer(job)


def _answer(job: Job) -> str:
    answers = [line.extra.decision for line in job.lines if line.extra and line.extra.decision]
    if not answers:
        return ""
    newest = max(answers, key=lambda decision: decision.at)
    if _worked_since(job, newest.at):
        return ""
    return "agreed" if newest.approved else "declined"


def has_left(job: Job) -> bool:
    """Whether the car of an open job went out through the gate."""
    return not job.is_closed and job.gate_pass is not None and job.gate_pass.used_at is not None


def _worked_since(job: Job, at: datetime) -> bool:
    return any(clock.started_at >= at for line in job.lines for clock in line.clocks)
