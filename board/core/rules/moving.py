"""Plain moves along the workflow, and giving an order up."""

from dataclasses import replace

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.job import OUTSIDE, Job
from board.core.permissions import permit
from board.core.refusals import Refused
from board.core.roles import PEOPLE_ROLES, Role
from board.core.rules.case import Case, Outcome, job_rule, moved, no_way
from board.core.rules.delivering import delivery_fault
from board.core.rules.dispatching import dispatchers
from board.core.rules.expected_work import expected_lines, expected_words
from board.core.rules.holding import resumed
from board.core.rules.lines import implicit_line
from board.core.rules.receiving import ticket_event, time_fault
from board.core.rules.road_testing import road_test_events
from board.core.workflow import Lane, State, Through, Way

_OTHER_DEEDS = {
    Through.dispatch: "needs_dispatch",
    Through.start: "needs_technician",
    Through.finish: "needs_finish",
    Through.passed: "needs_check",
    Through.failed: "needs_check",
    Through.hold: "needs_hold",
    Through.time: "not_due",
}


@job_rule.register
def _move(command: c.MoveJob, job: Job, case: Case) -> Outcome:
    if command.to not in case.shop.workflow.steps:
        return Refused("unknown_state", {"state": command.to})
    way = case.shop.workflow.way(job.state, command.to)
    if way is None:
        return no_way(job, command.to)
    if way.through == Through.cancel:
        return permit(way.by, case.actor, command.reason) or _cancelled(job, command.reason, case)
    if way.through == Through.resume:
        return _out_of_hold(job, way, command.reason, case)
    if way.through != Through.move:
        return Refused(_OTHER_DEEDS[way.through], job=job.id)
    return (
        permit(way.by, case.actor, command.reason)
        or _gate(job, way, case)
        or delivery_fault(job, way, case)
        or _time_fault(command, case)
        or (
            *_before(job, way, case),
            _moved(command, job),
            *_after(job, way, case),
        )
    )


def _out_of_hold(job: Job, way: Way, reason: str, case: Case) -> Outcome:
    """Back to where the job came from, or, out of work, to waiting for its start again."""
    source = job.hold.from_state if job.hold else ""
    if source == way.to:
        return _manager_says_why(case, reason) or resumed(job, case)
    if way.to != State.dispatched or source not in {State.working, State.rework}:
        return no_way(job, way.to)
    return permit(dispatchers(case), case.actor, reason) or (
        e.HoldEnded(job.id),
        e.JobMoved(job.id, source, way.to, reason),
    )


def _manager_says_why(case: Case, reason: str) -> Refused | None:
    others = [role for role in PEOPLE_ROLES if role != Role.manager]
    return permit(others, case.actor, reason)


def _gate(job: Job, way: Way, case: Case) -> Refused | None:
    onward = case.shop.workflow.lane_of(way.to) in {Lane.wash, Lane.handover, Lane.gone}
    if onward and job.open_lines:
        return Refused("lines_open", {"count": len(job.open_lines)}, job=job.id)
    return None


def _time_fault(command: c.MoveJob, case: Case) -> Refused | None:
    """Whoever is booked again needs a time to come, or is a no-show for ever."""
    if command.to != State.booked:
        return None
    if command.booked_for is None:
        return Refused("time_needed", fields=("booked_for",))
    return time_fault(command.booked_for, "booked_for", case)


def _moved(command: c.MoveJob, job: Job) -> Event:
    again = command.booked_for if command.to == State.booked else None
    return replace(moved(job, command.to, command.reason), booked_for=again)


def _before(job: Job, way: Way, case: Case) -> tuple[Event, ...]:
    if way.to == State.arrived and job.arrived_at is None:
        return (ticket_event(job.id, case),)
    if job.state == State.arrived and case.shop.workflow.lane_of(way.to) != Lane.gone:
        return (*expected_words(job), *expected_lines(job, case))
    if job.state == State.receiving and not job.lines:
        return (implicit_line(job),)
    if way.to == State.awaiting_dispatch and job.bay:
        return (*stopped_clocks(job), e.JobRecalled(job.id))
    return ()


def _after(job: Job, way: Way, case: Case) -> tuple[Event, ...]:
    if State.road_test in (job.state, way.to):
        return road_test_events(job, way.to, None)
    if case.shop.workflow.lane_of(way.to) == Lane.gone and job.place != OUTSIDE:
        return (e.CarPlaced(job.id, OUTSIDE),)
    return ()


def stopped_clocks(job: Job) -> tuple[Event, ...]:
    """The events that stop every clock running on the job."""
    return tuple(
        e.LinePaused(job.id, line.id, clock.technician)
        for line in job.lines
        for clock in line.running_clocks
    )


def _cancelled(job: Job, reason: str, case: Case) -> Outcome:
    if job.left_by_pass and not case.actor.has(Role.manager):
        return Refused("car_gone", job=job.id)
    if not reason.strip():
        return Refused("reason_needed", fields=("reason",))
    source = job.hold.from_state if job.hold else job.state
    return (
        *stopped_clocks(job),
        *((e.HoldEnded(job.id),) if job.hold else ()),
        e.JobMoved(job.id, source, State.cancelled, reason),
        *((e.CarPlaced(job.id, OUTSIDE),) if job.place != OUTSIDE else ()),
    )


@job_rule.register
def _cancel(command: c.CancelJob, job: Job, case: Case) -> Outcome:
    way = case.shop.workflow.through(job.state, Through.cancel)
    if way is None:
        return no_way(job, State.cancelled)
    return permit(way.by, case.actor, command.reason) or _cancelled(job, command.reason, case)
