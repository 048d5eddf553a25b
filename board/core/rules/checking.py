"""The three checks, the road test, and the way back to rework."""

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.job import Flag, Job, Place, Where
from board.core.lines import LineState
from board.core.permissions import is_own, permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule, moved, no_way
from board.core.supply import MISSING
from board.core.workflow import CheckLevel, Lane, State, Through, Way

_FINISHED = frozenset({LineState.done, LineState.checked})


@job_rule.register
def _pass(command: c.PassCheck, job: Job, case: Case) -> Outcome:
    level = case.shop.workflow.steps[job.state].check
    way = case.shop.workflow.through(job.state, Through.passed)
    if level is None or way is None:
        return Refused("no_check_due", job=job.id)
    refused = (
        permit(way.by, case.actor, command.reason)
        or _foreign_self_check(job, level, case)
        or _gate(job, level)
    )
    return refused or (
        e.CheckPassed(job.id, level, command.note),
        moved(job, way.to),
        *_wash_declined(job, way, case),
    )


def _foreign_self_check(job: Job, level: CheckLevel, case: Case) -> Refused | None:
    own = case.actor.has(Role.team_leader, Role.manager) or is_own(job, case.actor)
    if level == CheckLevel.self and not own:
        return Refused("not_your_job", job=job.id)
    return None


def _gate(job: Job, level: CheckLevel) -> Refused | None:
    if job.open_lines:
        return Refused("lines_open", {"count": len(job.open_lines)}, job=job.id)
    missing = [line for line in job.lines if line.parts in MISSING and line.state in _FINISHED]
    if level == CheckLevel.final and missing:
        return Refused("parts_missing", {"line": missing[0].text}, job=job.id)
    return None


def _wash_declined(job: Job, way: Way, case: Case) -> tuple[Event, ...]:
    """Whoever wants no wash skips it: the first way that leads out of the wash lane."""
    flow = case.shop.workflow
    if Flag.no_wash not in job.flags or flow.lane_of(way.to) != Lane.wash:
        return ()
    moves = [w.to for w in flow.ways_from(way.to) if w.through == Through.move]
    skips = [to for to in moves if flow.lane_of(to) != Lane.wash]
    return (e.JobMoved(job.id, way.to, skips[0]),) if skips else ()


@job_rule.register
def _fail(command: c.FailCheck, job: Job, case: Case) -> Outcome:
    way = case.shop.workflow.through(job.state, Through.failed)
    if way is None:
        return Refused("no_check_due", job=job.id)
    level = case.shop.workflow.steps[job.state].check
    refused = permit(way.by, case.actor, command.reason)
    if refused is None and level is not None:
        refused = _foreign_self_check(job, level, case)
    if refused is None and not command.defect.strip():
        refused = Refused("defect_needed", fields=("defect",))
    unknown = [line for line in command.lines if job.line(line) is None]
    if refused is None and unknown:
        refused = Refused("unknown_line", job=job.id)
    return refused or (
        e.CheckFailed(job.id, level, command.defect.strip()[:40], command.note[:500]),
        *_rejected(job, command.lines),
        *road_test_events(job, way.to, None),
        moved(job, way.to),
    )


def _rejected(job: Job, named: tuple[str, ...]) -> tuple[Event, ...]:
    finished = [line for line in job.lines if line.state in _FINISHED]
    chosen = [line for line in finished if line.id in named] or finished
    return tuple(e.LineRejected(job.id, line.id) for line in chosen)


def road_test_events(job: Job, to: str, km: int | None) -> tuple[Event, ...]:
    """The record of a road test that begins or ends with a move to `to`."""
    if to == State.road_test:
        return (e.RoadTestStarted(job.id, km), e.CarPlaced(job.id, Place(Where.road)))
    if job.state == State.road_test:
        return (e.RoadTestEnded(job.id, km), e.CarPlaced(job.id, Place(Where.parking)))
    return ()


def _tested(job: Job, to: State, km: int | None, case: Case, reason: str) -> Outcome:
    way = case.shop.workflow.way(job.state, to)
    if way is None or way.through != Through.move:
        return Refused("job_held", job=job.id) if job.hold else no_way(job, to)
    if km is not None and km < 0:
        return Refused("number_wrong", fields=("km",))
    refused = permit(way.by, case.actor, reason)
    return refused or (moved(job, to, reason), *road_test_events(job, to, km))


@job_rule.register
def _start_road_test(command: c.StartRoadTest, job: Job, case: Case) -> Outcome:
    return _tested(job, State.road_test, command.km, case, command.reason)


@job_rule.register
def _end_road_test(command: c.EndRoadTest, job: Job, case: Case) -> Outcome:
    if job.state != State.road_test:
        return Refused("no_road_test", job=job.id)
    return _tested(job, State.final_check, command.km, case, command.reason)
