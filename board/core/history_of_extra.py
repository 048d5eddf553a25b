"""What events about extra work and notes from the car mean for a job and its lines."""

from dataclasses import replace

from board.core import events as e
from board.core.events import Fact
from board.core.extra import Decision, Extra, PromiseAsk
from board.core.history_of_lines import agreed_again, line_meaning
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.notes import Note


def _extra(line: Line, fact: Fact) -> Extra:
    """What is known of a line beside its text; old journals have lines without."""
    return line.extra or Extra(fact.by, fact.at)


@line_meaning.register
def _proposed(event: e.LineProposed, job: Job, fact: Fact) -> Job:
    line = Line(
        id=event.line,
        text=event.text,
        standard_hours=event.standard_hours,
        state=LineState.proposed,
        technicians=event.technicians,
        extra=Extra(fact.by, fact.at, event.note, event.photos, event.stops_work),
    )
    return replace(job, lines=(*job.lines, line))


@line_meaning.register
def _priced(event: e.LinePriced, job: Job, fact: Fact) -> Job:
    line = job.line(event.line)
    if line is None:
        return job
    extra = replace(
        _extra(line, fact),
        labour_priced=event.labour_priced,
        parts_priced=event.parts_priced,
        asked_at=None,
    )
    priced = replace(
        line,
        price=event.price,
        parts_price=event.parts_price,
        standard_hours=event.standard_hours,
        state=LineState.proposed,
        extra=extra,
    )
    return job.with_line(agreed_again(priced) if event.keeps_yes else priced)


@line_meaning.register
def _asked(event: e.CustomerAsked, job: Job, fact: Fact) -> Job:
    for line_id in event.lines:
        line = job.line(line_id)
        if line is not None:
            extra = replace(_extra(line, fact), asked_at=fact.at)
            job = job.with_line(replace(line, state=LineState.proposed, extra=extra))
    return job


@line_meaning.register
def _decided(event: e.LineDecided, job: Job, fact: Fact) -> Job:
    line = job.line(event.line)
    if line is None:
        return job
    decision = Decision(
        approved=event.approved,
        by=fact.by,
        at=fact.at,
        how=event.how,
        said_by=event.said_by,
        said_at=event.said_at,
        note=event.note,
        price=event.price,
        parts_price=event.parts_price,
    )
    extra = _extra(line, fact)
    extra = replace(extra, decisions=(*extra.decisions, decision))
    state = LineState.approved if event.approved else LineState.declined
    return job.with_line(replace(line, state=state, extra=extra, agreed_price=None))


@line_meaning.register
def _promise_asked(event: e.PromiseAsked, job: Job, fact: Fact) -> Job:
    return replace(job, promise_ask=PromiseAsk(fact.at, event.finish))


@line_meaning.register
def _promise_kept(event: e.PromiseKept, job: Job, fact: Fact) -> Job:
    return replace(job, promise_ask=None)


@line_meaning.register
def _noted(event: e.JobNoted, job: Job, fact: Fact) -> Job:
    note = Note(fact.by, fact.at, event.note, event.photos, event.line)
    return replace(job, notes=(*job.notes, note))


@line_meaning.register
def _code_renewed(event: e.CodeRenewed, job: Job, fact: Fact) -> Job:
    return replace(job, code_round=job.code_round + 1)


@line_meaning.register
def _link_renewed(event: e.LinkRenewed, job: Job, fact: Fact) -> Job:
    return replace(job, link_round=job.link_round + 1)
