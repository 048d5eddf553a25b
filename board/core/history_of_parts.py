"""What events mean for the parts of a job."""

from collections.abc import Callable

from board.core import events as e
from board.core.events import Fact
from board.core.history_of_lines import line_meaning
from board.core.job import Job
from board.core.lines import Line
from board.core.part_requests import PartMove, PartRequest, PartStep
from board.core.supply import asked, moved, noted_late

_PLAIN: dict[type, PartStep] = {
    e.PartPicked: PartStep.picked,
    e.PartReturned: PartStep.returned,
    e.PartCancelled: PartStep.cancelled,
}


def _on_line(job: Job, line_id: str, change: Callable[[Line], Line]) -> Job:
    line = job.line(line_id)
    return job if line is None else job.with_line(change(line))


@line_meaning.register
def _requested(event: e.PartRequested, job: Job, fact: Fact) -> Job:
    first = PartMove(PartStep.requested, fact.by, fact.at)
    request = PartRequest(event.part, event.text, (first,), event.number, event.quantity)
    return _on_line(job, event.line, lambda line: asked(line, request))


@line_meaning.register(e.PartPicked)
@line_meaning.register(e.PartReturned)
@line_meaning.register(e.PartCancelled)
def _stepped(event: e.PartPicked | e.PartReturned | e.PartCancelled, job: Job, fact: Fact) -> Job:
    move = PartMove(_PLAIN[type(event)], fact.by, fact.at)
    return _on_line(job, event.line, lambda line: moved(line, event.part, move))


@line_meaning.register
def _ordered(event: e.PartOrdered, job: Job, fact: Fact) -> Job:
    move = PartMove(PartStep.ordered, fact.by, fact.at, expected=event.expected)
    return _on_line(job, event.line, lambda line: moved(line, event.part, move))


@line_meaning.register
def _issued(event: e.PartIssued, job: Job, fact: Fact) -> Job:
    move = PartMove(PartStep.issued, fact.by, fact.at, receiver=event.receiver, signed=event.signed)
    return _on_line(job, event.line, lambda line: moved(line, event.part, move))


@line_meaning.register
def _wrong(event: e.PartWrong, job: Job, fact: Fact) -> Job:
    move = PartMove(PartStep.wrong, fact.by, fact.at, why=event.why)
    return _on_line(job, event.line, lambda line: moved(line, event.part, move))


@line_meaning.register
def _late(event: e.PartsLate, job: Job, fact: Fact) -> Job:
    return _on_line(job, event.line, lambda line: noted_late(line, event.part, fact.at))
