"""The road test: who drives, kilometres and times out and in, and what was found."""

from board.core import commands as c
from board.core import events as e
from board.core.check_templates import wants_road_test
from board.core.check_templates_shipped import template_for
from board.core.events import Event
from board.core.job import Job, Place, Where
from board.core.permissions import permit
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule, moved, no_way
from board.core.rules.limits import length_fault
from board.core.workflow import CheckLevel, State, Through

_MOST_KM = 9_999_999
_MOST_SIGNS = 500


def road_test_events(job: Job, to: str, km: int | None, told: str = "") -> tuple[Event, ...]:
    """The record of a road test that begins or ends with a move to `to`.

    `told` is the driver of one that begins, the findings of one that ends.
    """
    if to == State.road_test:
        return (e.RoadTestStarted(job.id, km, told), e.CarPlaced(job.id, Place(Where.road)))
    if job.state == State.road_test:
        return (e.RoadTestEnded(job.id, km, told), e.CarPlaced(job.id, Place(Where.parking)))
    return ()


def has_road_test(job: Job) -> bool:
    """Whether a whole record is there since the job last came back to work."""
    failed = [check.at for check in job.checks if not check.passed]
    begun = [clock.started_at for line in job.lines for clock in line.clocks]
    back = max((*failed, *begun), default=job.opened_at)
    return any(test.is_complete and test.out_at >= back for test in job.road_tests)


def _km_fault(job: Job, km: int | None, case: Case) -> Refused | None:
    """A car that may not pass without the record is not driven without kilometres."""
    template = template_for(case.shop.check_book, job, CheckLevel.final)
    if km is not None or not wants_road_test(template, job):
        return None
    return Refused("km_needed", fields=("km",), job=job.id)


def _fault(job: Job, to: str, km: int | None, case: Case, reason: str) -> Refused | None:
    way = case.shop.workflow.way(job.state, to)
    if way is None or way.through != Through.move:
        return Refused("job_held", job=job.id) if job.hold else no_way(job, to)
    if km is not None and not 0 <= km <= _MOST_KM:
        return Refused("number_wrong", fields=("km",))
    return permit(way.by, case.actor, reason)


@job_rule.register
def _start_road_test(command: c.StartRoadTest, job: Job, case: Case) -> Outcome:
    driver = "" if command.driver == case.actor.id else command.driver
    if driver and driver not in case.shop.people:
        return Refused("unknown_person", {"person": driver[:40]}, ("driver",))
    to = State.road_test
    refused = _fault(job, to, command.km, case, command.reason)
    return (
        refused
        or _km_fault(job, command.km, case)
        or (
            moved(job, to, command.reason),
            *road_test_events(job, to, command.km, driver),
        )
    )


@job_rule.register
def _end_road_test(command: c.EndRoadTest, job: Job, case: Case) -> Outcome:
    if job.state != State.road_test:
        return Refused("no_road_test", job=job.id)
    findings = command.findings.strip()
    back = case.shop.workflow.through(job.state, Through.move)
    to = back.to if back is not None else State.final_check
    refused = (
        _fault(job, to, command.km, case, command.reason)
        or (_km_fault(job, command.km, case) if _km_out(job) is not None else None)
        or _backwards(job, command.km)
        or length_fault(findings, _MOST_SIGNS, "findings")
    )
    return refused or (
        moved(job, to, command.reason),
        *road_test_events(job, to, command.km, findings),
    )


def _km_out(job: Job) -> int | None:
    return job.road_tests[-1].out_km if job.road_tests else None


def _backwards(job: Job, km: int | None) -> Refused | None:
    out = _km_out(job)
    if out is None or km is None or km >= out:
        return None
    return Refused("km_backwards", {"km": out}, ("km",), job.id)
