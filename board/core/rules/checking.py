"""The three checks: their gates, who may pass them, and the way back to rework."""

from board.core import commands as c
from board.core import events as e
from board.core.check_points import Answered, Verdict
from board.core.check_templates import OwnWork, wants_road_test
from board.core.check_templates_shipped import template_for
from board.core.events import Event
from board.core.extra_work import undecided
from board.core.job import Flag, Job
from board.core.lines import LineState
from board.core.permissions import permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule, moved
from board.core.rules.points import (
    answered,
    completed,
    defect_fault,
    foreign_self_check,
    level_due,
)
from board.core.rules.road_testing import has_road_test, road_test_events
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
        or foreign_self_check(job, level, case)
        or _own_work(job, level, command.reason, case)
        or _gate(job, level)
    )
    if refused is not None:
        return refused
    found = _all_points(command, job, level, case)
    if isinstance(found, Refused):
        return found
    return _road_test_missing(job, level, case) or (
        e.CheckPassed(job.id, level, command.note, found, command.reason.strip()),
        moved(job, way.to),
        *_wash_declined(job, way, case),
    )


def _own_work(job: Job, level: CheckLevel, reason: str, case: Case) -> Refused | None:
    """Nobody passes their own work beyond the self-check, unless the shop allows it.

    A manager may with a reason, as everything.
    """
    allowed = case.shop.check_book.own_work
    if level == CheckLevel.self or allowed == OwnWork.allowed or not _worked_on(job, case):
        return None
    if allowed == OwnWork.never and not case.actor.has(Role.manager):
        return Refused("own_work", job=job.id)
    return None if reason.strip() else Refused("reason_needed", fields=("reason",), job=job.id)


def _worked_on(job: Job, case: Case) -> bool:
    clocks = (clock for line in job.lines for clock in line.clocks)
    return any(clock.technician == case.actor.id for clock in clocks)


def _all_points(
    command: c.PassCheck, job: Job, level: CheckLevel, case: Case
) -> tuple[Answered, ...] | Refused:
    given = answered(command.points, job, level, case)
    if isinstance(given, Refused):
        return given
    template = template_for(case.shop.check_book, job, level)
    return completed(template, job, given, command.all_ok)


def _road_test_missing(job: Job, level: CheckLevel, case: Case) -> Refused | None:
    """Where the workflow has no road test, none can be asked for."""
    template = template_for(case.shop.check_book, job, level)
    wanted = wants_road_test(template, job) and case.shop.workflow.way(job.state, State.road_test)
    if not wanted or has_road_test(job):
        return None
    return Refused("road_test_needed", job=job.id)


def _gate(job: Job, level: CheckLevel) -> Refused | None:
    if job.open_lines:
        return Refused("lines_open", {"count": len(job.open_lines)}, job=job.id)
    missing = [line for line in job.lines if line.parts in MISSING and line.state in _FINISHED]
    if level == CheckLevel.final and missing:
        return Refused("parts_missing", {"line": missing[0].text}, job=job.id)
    # Nothing leads back to work after the final check: what is left open now would be forgotten.
    left = undecided(job.lines)
    if level == CheckLevel.final and left:
        return Refused("question_open", {"line": left[0].text}, job=job.id)
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
    # Sent back from a state of the shop's own, a car fails what the final check would have found.
    level = level_due(job, case) or CheckLevel.final
    refused = permit(way.by, case.actor, command.reason) or foreign_self_check(job, level, case)
    if refused is not None:
        return refused
    found = answered(command.points, job, level, case)
    if isinstance(found, Refused):
        return found
    defect = command.defect.strip() or _first_defect(job, found)
    if any(job.line(line) is None for line in command.lines):
        refused = Refused("unknown_line", job=job.id)
    rejected = _rejected(job, command.lines)
    return (
        defect_fault(defect, case)
        or refused
        or (
            e.CheckFailed(
                job.id,
                case.shop.workflow.steps[job.state].check,
                defect,
                command.note,
                found,
                tuple(each.line for each in rejected),
            ),
            *rejected,
            *road_test_events(job, way.to, None),
            moved(job, way.to),
        )
    )


def _first_defect(job: Job, given: tuple[Answered, ...]) -> str:
    answers = (*given, *(mark.answered for mark in job.marks))
    return next((each.defect for each in answers if each.verdict == Verdict.not_ok), "")


def _rejected(job: Job, named: tuple[str, ...]) -> tuple[e.LineRejected, ...]:
    finished = [line for line in job.lines if line.state in _FINISHED]
    chosen = [line for line in finished if line.id in named] or finished
    return tuple(e.LineRejected(job.id, line.id) for line in chosen)
