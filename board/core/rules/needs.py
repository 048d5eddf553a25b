"""What a way of the shop's workflow asks for before a job may take it, whatever the deed.

Free of cost where no way asks for anything, as in the shipped workflow.
"""

from collections.abc import Callable, Iterable, Mapping

from board.core import events as e
from board.core.events import Event, Fact
from board.core.history import evolve
from board.core.job import Job
from board.core.lines import LineState, Parts
from board.core.needs import Need
from board.core.reckoning import is_settled
from board.core.refusals import Refused
from board.core.rules.case import Case

_MISSING = frozenset({Parts.requested, Parts.picked, Parts.ordered})


def need_unmet(events: Iterable[Event], case: Case) -> Refused | None:
    """None unless one of `events` takes a job along a way whose needs are not met by then."""
    before: list[Event] = []
    for event in events:
        if isinstance(event, e.JobMoved) and event.source in case.shop.workflow.steps:
            way = case.shop.workflow.way(event.source, event.to)
            if way is not None and way.needs:
                refused = _unmet(way.needs, event, before, case)
                if refused is not None:
                    return refused
        before.append(event)
    return None


def _unmet(
    needs: frozenset[Need], event: e.JobMoved, before: list[Event], case: Case
) -> Refused | None:
    job = _as_of(event, before, case)
    for need in Need:
        if need in needs and not MET[need](job):
            params = {"to": event.to, "need": need.value}
            return Refused("needs_first", params, job=job.id)
    return None


def _as_of(event: e.JobMoved, before: list[Event], case: Case) -> Job:
    """The job with what the same command has brought about before it moves."""
    shop = case.shop
    for each in before:
        shop = evolve(shop, Fact(shop.seq + 1, case.now, case.actor.label, "", each))
    return shop.jobs[event.job]


def _check_passed(job: Job) -> bool:
    return bool(job.checks) and job.checks[-1].passed


def _road_tested(job: Job) -> bool:
    """A road test came back, and no check failed since."""
    failed = max((check.at for check in job.checks if not check.passed), default=job.opened_at)
    return any(test.in_at is not None and test.in_at >= failed for test in job.road_tests)


MET: Mapping[Need, Callable[[Job], bool]] = {
    Need.lines_done: lambda job: not job.open_lines,
    Need.lines_decided: lambda job: all(ln.state != LineState.proposed for ln in job.lines),
    Need.parts_issued: lambda job: all(line.parts not in _MISSING for line in job.lines),
    Need.check_passed: _check_passed,
    Need.road_tested: _road_tested,
    Need.signed: lambda job: job.signature is not None or job.signed_at is not None,
    Need.promised: lambda job: job.promise is not None,
    Need.mileage: lambda job: job.car.mileage is not None,
    Need.washed: lambda job: any(wash.ended_at is not None for wash in job.washes),
    Need.settled: lambda job: job.statement is not None,
    Need.paid: is_settled,
    Need.gate_pass: lambda job: job.gate_pass is not None,
}
"""Whether a job has what a need asks for."""
