"""The labour clock: start, pause and finish a line. One running line per technician."""

from datetime import datetime

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.extra_work import is_undecided
from board.core.job import Job, Place, Where
from board.core.lines import Clock, Line, LineState, find_clock
from board.core.permissions import is_own, permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule, moved, no_way
from board.core.rules.dispatching import bay_fault, technician_fault
from board.core.rules.holding import hold_fault, opened, resumed
from board.core.rules.indirect import clocks_stopped, correction_fault
from board.core.rules.late_taps import moment_of_tap
from board.core.rules.lines import implicit_line
from board.core.workflow import State, Through

_LEADERS = (Role.team_leader, Role.controller)


def _whose(named: str, case: Case) -> str:
    return named or case.actor.id


def _clock_fault(technician: str, job: Job, case: Case, reason: str) -> Refused | None:
    """Only one's own clock on one's own job, unless a leader presses."""
    if technician != case.actor.id:
        return permit(_LEADERS, case.actor, reason) or technician_fault(technician, case)
    if case.actor.has(*_LEADERS) or is_own(job, case.actor):
        return technician_fault(technician, case)
    return Refused("not_your_job", job=job.id)


@job_rule.register
def _start(command: c.StartLine, job: Job, case: Case) -> Outcome:
    technician = _whose(command.technician, case)
    refused = _clock_fault(technician, job, case, command.reason) or _not_startable(job, case)
    if refused is not None:
        return refused
    line = _to_start(job, command.line)
    if isinstance(line, Refused):
        return line
    if any(clock.technician == technician for clock in line.running_clocks):
        return Refused("line_running", {"person": case.shop.name_of(technician)})
    ended = resumed(job, case) if job.hold else ()
    if isinstance(ended, Refused):
        return ended
    at = moment_of_tap(command.tapped_at, technician, job, case)
    return (
        *ended,
        *clocks_stopped(technician, case, at),
        *_line_prepared(job, line),
        e.LineStarted(job.id, line.id, technician, at),
        *_into_work(job, command.reason),
        *_car_comes_in(job, case),
    )


def _state_to_return(job: Job) -> str:
    return job.hold.from_state if job.hold else job.state


def _not_startable(job: Job, case: Case) -> Refused | None:
    state = _state_to_return(job)
    if state == State.working or case.shop.workflow.through(state, Through.start):
        return None
    return Refused("job_held", job=job.id) if job.hold else no_way(job, State.working)


def _to_start(job: Job, line_id: str) -> Line | Refused:
    if line_id:
        line = job.line(line_id)
        return _startable(line, job) if line else Refused("unknown_line", job=job.id)
    agreed = [line for line in job.open_lines if not is_undecided(line)]
    ranked = sorted(agreed, key=lambda line: (line.state == LineState.running, line.id))
    if ranked:
        return ranked[0]
    if not job.lines:
        return Line(id=implicit_line(job).line, text="", implicit=True)
    done = [line for line in job.lines if _is_done_again(line, job)]
    return done[-1] if done else Refused("nothing_to_start", job=job.id)


def _is_done_again(line: Line, job: Job) -> bool:
    """Whether the line was finished but its self-check still lies ahead."""
    return line.state == LineState.done and _state_to_return(job) == State.self_check


def _startable(line: Line, job: Job) -> Line | Refused:
    if is_undecided(line) or line.state == LineState.declined:
        return Refused("line_not_approved", job=job.id)
    startable = line.is_open or _is_done_again(line, job)
    return line if startable else Refused("line_not_open", job=job.id)


def _line_prepared(job: Job, line: Line) -> tuple[Event, ...]:
    if job.line(line.id) is None:
        return (implicit_line(job),)
    return (e.LineRejected(job.id, line.id),) if line.state == LineState.done else ()


def _into_work(job: Job, reason: str) -> tuple[Event, ...]:
    source = _state_to_return(job)
    return () if source == State.working else (e.JobMoved(job.id, source, State.working, reason),)


def _car_comes_in(job: Job, case: Case) -> tuple[Event, ...]:
    """Whoever starts work stands at the car: it is in its bay, if that is free."""
    if not job.bay or job.in_bay or bay_fault(job.bay, job, case):
        return ()
    return (e.CarPlaced(job.id, Place(Where.bay, job.bay)),)


def _running_line(job: Job, line_id: str, technician: str) -> Line | None:
    for line in job.lines:
        clocked = any(clock.technician == technician for clock in line.running_clocks)
        if clocked and line_id in ("", line.id):
            return line
    return None


@job_rule.register
def _pause(command: c.PauseLine, job: Job, case: Case) -> Outcome:
    technician = _whose(command.technician, case)
    refused = _clock_fault(technician, job, case, command.reason)
    if refused is None and command.hold is not None:
        refused = hold_fault(command.hold, command.note, command.expected, case.now)
    if refused is not None:
        return refused
    line = _running_line(job, command.line, technician)
    if line is None:
        return Refused("line_not_running", job=job.id)
    at = moment_of_tap(command.tapped_at, technician, job, case)
    paused = e.LinePaused(job.id, line.id, technician, command.hold or command.reason, at)
    if command.hold is None or _clocks(job) > 1:
        return (paused,)
    return (paused, opened(job, command.hold, command.note, command.expected, case))


def _clocks(job: Job) -> int:
    return sum(len(line.running_clocks) for line in job.lines)


@job_rule.register
def _finish(command: c.FinishLine, job: Job, case: Case) -> Outcome:
    technician = _whose(command.technician, case)
    refused = _clock_fault(technician, job, case, command.reason)
    if refused is not None:
        return refused
    if job.hold is not None:
        return Refused("job_held", job=job.id)
    way = case.shop.workflow.through(job.state, Through.finish)
    line = _to_finish(job, command.line, technician)
    if isinstance(line, Refused):
        # What was left fell away, e.g. by a "no" to its new price: the car goes on to its checks.
        is_over = way is not None and not job.open_lines and line.code == "line_not_running"
        return (moved(job, way.to),) if way is not None and is_over else line
    if way is None:
        return Refused("line_not_running", job=job.id)
    others = [clock for clock in line.running_clocks if clock.technician != technician]
    if others and not _decides_the_end(line, technician, case):
        return _left_to_others(job, line, command, case)
    at = moment_of_tap(command.tapped_at, technician, job, case)
    finished = e.LineFinished(job.id, line.id, at)
    if any(other.id != line.id for other in job.open_lines):
        return (finished,)
    return (finished, moved(job, way.to))


def _decides_the_end(line: Line, technician: str, case: Case) -> bool:
    """Who ends the work of others with their own: the line's lead, or a leader."""
    leads = line.technicians[:1] == (technician,)
    return leads or technician != case.actor.id or case.actor.has(*_LEADERS)


def _left_to_others(job: Job, line: Line, command: c.FinishLine, case: Case) -> Outcome:
    """A helper's part is done: their own clock stops, the others work on."""
    technician = _whose(command.technician, case)
    if any(clock.technician == technician for clock in line.running_clocks):
        at = moment_of_tap(command.tapped_at, technician, job, case)
        return (e.LinePaused(job.id, line.id, technician, at=at),)
    others = case.shop.name_of(line.running_clocks[0].technician)
    return Refused("person_clocked", {"person": others}, job=job.id)


def _to_finish(job: Job, line_id: str, technician: str) -> Line | Refused:
    if line_id and job.line(line_id) is None:
        return Refused("unknown_line", job=job.id)
    line = _running_line(job, line_id, technician) or job.line(line_id)
    if line is None or line.state not in {LineState.running, LineState.paused}:
        return Refused("line_not_running", job=job.id)
    return line


def _early(clock: Clock, begins: datetime, job: Job) -> Refused | None:
    """None when a clock begins no earlier than the car came, or where it began before."""
    if begins == clock.started_at or begins >= (job.arrived_at or job.opened_at):
        return None
    return Refused("clock_early", fields=("begins_at",), job=job.id)


@job_rule.register
def _correct(command: c.CorrectClock, job: Job, case: Case) -> Outcome:
    line = job.line(command.line)
    if line is None:
        return Refused("unknown_line", job=job.id)
    clock = find_clock(line, command.technician, command.started_at)
    if clock is None:
        return Refused("clock_unknown", job=job.id)
    begins, ended = command.begins_at or clock.started_at, command.ended_at or clock.ended_at
    will_be = Clock(command.technician, begins, ended)
    refused = correction_fault(clock, will_be, case, command.reason) or _early(clock, begins, job)
    if refused is not None:
        return refused
    if (begins, ended) == (clock.started_at, clock.ended_at):
        return ()
    who, started, why = command.technician, command.started_at, command.reason.strip()
    return (e.ClockCorrected(job.id, line.id, who, started, begins, ended, why),)
