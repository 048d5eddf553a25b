"""What events mean for the lines of a job and the clocks on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import singledispatch

from board.core import events as e
from board.core.events import Fact
from board.core.extra import Extra
from board.core.job import Job
from board.core.lines import Clock, Line, LineState
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
        extra=Extra(fact.by, fact.at) if event.proposed else None,
    )
    return replace(job, lines=(*job.lines, line))


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
        clocks = (*line.clocks, Clock(event.technician, fact.at))
        return replace(line, state=LineState.running, technicians=technicians, clocks=clocks)

    return _change(job, event.line, start)


@line_meaning.register
def _paused(event: e.LinePaused, job: Job, fact: Fact) -> Job:
    def pause(line: Line) -> Line:
        return _resting(_stopped(line, event.technician, fact.at))

    return _change(job, event.line, pause)


def _stopped(line: Line, technician: str, at: datetime) -> Line:
    clocks = tuple(
        replace(clock, ended_at=at)
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
        lambda line: replace(_stopped(line, "", fact.at), state=LineState.done),
    )


@line_meaning.register
def _rejected(event: e.LineRejected, job: Job, fact: Fact) -> Job:
    return _change(job, event.line, lambda line: replace(line, state=LineState.rework))


@line_meaning.register
def _clock_closed(event: e.ClockClosed, job: Job, fact: Fact) -> Job:
    def close(line: Line) -> Line:
        clocks = tuple(
            replace(clock, ended_at=event.ended_at, corrected=True)
            if (clock.technician, clock.started_at) == (event.technician, event.started_at)
            else clock
            for clock in line.clocks
        )
        return _resting(replace(line, clocks=clocks))

    return _change(job, event.line, close)


def checked(job: Job, level: CheckLevel) -> Job:
    """After the final check every finished line counts as checked."""
    if level != CheckLevel.final:
        return job
    lines = tuple(
        replace(line, state=LineState.checked) if line.state == LineState.done else line
        for line in job.lines
    )
    return replace(job, lines=lines)
