"""What events mean for the lines of a job and the clocks on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from board.core import events as e
from board.core.clocks import corrected
from board.core.events import Fact
from board.core.extra import Extra
from board.core.job import Job
from board.core.lines import Clock, Line, LineState, find_clock
from board.core.workflow import CheckLevel


@singledispatch
def line_meaning(event: object, job: Job, fact: Fact) -> Job:
    """The job after `event`; an event that means nothing here changes nothing."""
    return job


@line_meaning.register
def _added(event: e.LineAdded, job: Job, fact: Fact) -> Job:
    line = Line(
        id=event.line,
        text=event.text,
        standard_hours=event.standard_hours,
        state=LineState.proposed if event.proposed else LineState.approved,
        technicians=event.technicians,
        implicit=event.implicit,
        extra=_extra(event, fact),
        code=event.code,
        kind=event.kind,
        price=event.price,
        parts_price=event.parts_price,
        skill=event.skill,
        bay_kind=event.bay_kind,
    )
    return replace(job, lines=(*job.lines, line))


def _extra(event: e.LineAdded, fact: Fact) -> Extra | None:
    """What is proposed at a price of the catalogue is priced: no parts are parts for nothing."""
    if not event.proposed:
        return None
    priced = event.price > 0 or event.parts_price > 0
    return Extra(fact.by, fact.at, labour_priced=priced, parts_priced=priced)


@line_meaning.register
def _changed(event: e.LineChanged, job: Job, fact: Fact) -> Job:
    def change(line: Line) -> Line:
        changed = replace(
            line,
            text=event.text,
            standard_hours=event.standard_hours,
            technicians=event.technicians,
            kind=event.kind,
            price=event.price,
            parts_price=event.parts_price,
            skill=event.skill,
            bay_kind=event.bay_kind,
            implicit=line.implicit and event.text == line.text,
            state=LineState.proposed if event.asks_again else line.state,
            extra=_priced_anew(line, event, fact),
            agreed_price=_signed_price(line) if event.asks_again else line.agreed_price,
        )
        return agreed_again(changed) if event.agreed_again else changed

    return _change(job, event.line, change)


def _signed_price(line: Line) -> int:
    return line.whole_price if line.agreed_price is None else line.agreed_price


def agreed_again(line: Line) -> Line:
    """The line whose dearer price is no question any more; ordered work is no extra work again."""
    decided = line.extra is not None and bool(line.extra.decisions)
    return replace(
        line,
        state=LineState.approved,
        extra=line.extra if decided else None,
        agreed_price=None,
    )


def _priced_anew(line: Line, event: e.LineChanged, fact: Fact) -> Extra | None:
    if event.asks_again:
        known = line.extra or Extra(fact.by, fact.at)
        return replace(known, labour_priced=True, parts_priced=True, asked_at=None)
    extra = line.extra
    return extra and replace(
        extra,
        labour_priced=extra.labour_priced or event.price != line.price,
        parts_priced=extra.parts_priced or event.parts_price != line.parts_price,
    )


@line_meaning.register
def _withdrawn(event: e.LineWithdrawn, job: Job, fact: Fact) -> Job:
    kept = tuple(line for line in job.lines if line.id != event.line)
    return replace(job, lines=kept, lines_numbered=job.highest_line)


def _change(job: Job, line_id: str, change: Callable[[Line], Line]) -> Job:
    line = job.line(line_id)
    return job if line is None else job.with_line(change(line))


@line_meaning.register
def _supplied(event: e.LineSupplied, job: Job, fact: Fact) -> Job:
    return _change(
        job,
        event.line,
        lambda line: replace(
            line, parts=event.parts, parts_expected=event.expected, parts_late_at=None
        ),
    )


@line_meaning.register
def _started(event: e.LineStarted, job: Job, fact: Fact) -> Job:
    def start(line: Line) -> Line:
        known = event.technician in line.technicians
        technicians = line.technicians if known else (*line.technicians, event.technician)
        # A clock is named by its start: one that was stopped in the same moment gives way.
        at = event.at or fact.at
        empty = Clock(event.technician, at, at)
        kept = tuple(clock for clock in line.clocks if clock != empty)
        clocks = (*kept, Clock(event.technician, at))
        return replace(line, state=LineState.running, technicians=technicians, clocks=clocks)

    return _change(job, event.line, start)


@line_meaning.register
def _paused(event: e.LinePaused, job: Job, fact: Fact) -> Job:
    def pause(line: Line) -> Line:
        return _resting(_stopped(line, event.technician, event.at or fact.at))

    return _change(job, event.line, pause)


def _stopped(line: Line, technician: str, at: datetime) -> Line:
    clocks = tuple(
        replace(clock, ended_at=max(at, clock.started_at))
        if clock.ended_at is None and technician in ("", clock.technician)
        else clock
        for clock in line.clocks
    )
    return replace(line, clocks=clocks)


def _resting(line: Line) -> Line:
    if line.running_clocks or line.state != LineState.running:
        return line
    return replace(line, state=LineState.paused)


@line_meaning.register
def _finished(event: e.LineFinished, job: Job, fact: Fact) -> Job:
    return _change(
        job,
        event.line,
        lambda line: replace(_stopped(line, "", event.at or fact.at), state=LineState.done),
    )


@line_meaning.register
def _rejected(event: e.LineRejected, job: Job, fact: Fact) -> Job:
    return _change(job, event.line, lambda line: replace(line, state=LineState.rework))


@line_meaning.register
def _clock_closed(event: e.ClockClosed, job: Job, fact: Fact) -> Job:
    return _set_right(job, event, event.started_at, (fact.by, fact.at, ""))


@line_meaning.register
def _clock_corrected(event: e.ClockCorrected, job: Job, fact: Fact) -> Job:
    return _set_right(job, event, event.begins_at, (fact.by, fact.at, event.reason))


def _set_right(
    job: Job,
    event: e.ClockClosed | e.ClockCorrected,
    begins_at: datetime,
    mark: tuple[str, datetime, str],
) -> Job:
    def change(line: Line) -> Line:
        old = find_clock(line, event.technician, event.started_at)
        clocks = tuple(
            corrected(clock, begins_at, event.ended_at, mark) if clock is old else clock
            for clock in line.clocks
        )
        return _resting(replace(line, clocks=clocks))

    return _change(job, event.line, change)


def checked(job: Job, level: CheckLevel) -> Job:
    """After the final check every finished line counts as checked."""
    if level != CheckLevel.final:
        return job
    lines = tuple(
        replace(line, state=LineState.checked) if line.state == LineState.done else line
        for line in job.lines
    )
    return replace(job, lines=lines)
