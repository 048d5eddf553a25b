"""Brings one car from wherever it stands to delivery, by what its people may ask and nothing else.

No command of a manager, no undo, no line that nobody wanted: what the usher cannot do from the
present shop, nobody could do on the floor either.
"""

from collections.abc import Iterable, Iterator

from board.core import commands as c
from board.core.check_points import Verdict
from board.core.check_templates import points_of, wants_road_test
from board.core.check_templates_shipped import template_for
from board.core.closing import absent_at
from board.core.extra_work import is_undecided
from board.core.handover import Means
from board.core.holds import CALENDAR
from board.core.job import Job
from board.core.lines import Line, LineState, Parts
from board.core.reckoning import is_outdated, unpaid
from board.core.roles import Actor, Role
from board.core.rules.delivering import unticked
from board.core.rules.road_testing import has_road_test
from board.core.supply import MISSING
from board.core.workflow import State
from tests.builders import ANNA, CARL, EVERY_ROLE, INES, LEE, PIA, TOM, WILLY, Trial, answered
from tests.core.handed_over import tick_of

Asked = tuple[c.Command, Actor]

MOST_STEPS = 120
CASS = EVERY_ROLE[Role.cashier]
LEO = EVERY_ROLE[Role.team_leader]
_CODES = [f"{first}{second}2345" for first in "ABCDEFGH" for second in "KLMNPQRS"]


def usher(trial: Trial, job_id: str) -> Trial:
    """Take the car to its end; stops where it is over, where nothing goes, or after many steps."""
    for _ in range(MOST_STEPS):
        job = trial.job(job_id)
        if job.is_closed or not _step(trial, (*_cleared(job), *usual_deeds(trial, job))):
            break
        trial.later(minutes=1)
    return trial


def goes_on(trial: Trial, job_id: str, steps: int) -> None:
    """Take up to `steps` usual steps; what holds the car or is not answered stays as it is."""
    for _ in range(steps):
        job = trial.job(job_id)
        if job.is_closed or job.hold is not None:
            break
        _step(trial, usual_deeds(trial, job))


def _step(trial: Trial, deeds: Iterable[Asked]) -> bool:
    """Ask for one after the other until something is granted that changes the shop."""
    for command, actor in deeds:
        trial.when(command, actor)
        if trial.events:
            return True
    return False


def _cleared(job: Job) -> Iterator[Asked]:
    """What takes away whatever the car waits for."""
    if job.hold is not None:
        owner = job.hold.owner
        yield c.ResumeJob(job=job.id), CARL if owner == CALENDAR else EVERY_ROLE[Role(owner)]
    yield from _parts(job)
    yield from _answers(job)


def usual_deeds(trial: Trial, job: Job) -> Iterator[Asked]:
    """What would bring the car on from here, the most useful first."""
    match job.state:
        case State.booked | State.preparing | State.no_show:
            yield c.ArriveJob(job=job.id), ANNA
        case State.arrived:
            yield c.MoveJob(job=job.id, to=State.receiving), ANNA
        case State.receiving:
            yield c.SignOrder(job=job.id, on_paper=True, paper="P-1"), ANNA
        case State.awaiting_dispatch:
            yield from _dispatched(trial, job)
        case State.dispatched | State.working | State.rework:
            yield from _worked(job)
        case State.self_check | State.team_check | State.final_check | State.road_test:
            yield from _checked(trial, job)
        case State.awaiting_wash:
            yield c.MoveJob(job=job.id, to=State.washing), WILLY
        case State.washing:
            yield c.MoveJob(job=job.id, to=State.awaiting_settlement), WILLY
        case _:
            yield from _handed_over(trial, job)


def _parts(job: Job) -> Iterator[Asked]:
    """What is asked for is handed out; what was said without a request is said again."""
    for line in job.lines:
        if line.parts in MISSING and line.requests:
            yield c.PickPart(job=job.id, line=line.id), PIA
            yield c.IssuePart(job=job.id, line=line.id, receiver="tom"), PIA
        elif line.parts in MISSING:
            yield c.SupplyLine(job=job.id, line=line.id, parts=Parts.issued), PIA


def _answers(job: Job) -> Iterator[Asked]:
    """Nobody waits for ever for an answer: without one it is a no."""
    for line in job.lines:
        if is_undecided(line):
            yield answered(approved=False, line=line.id, job_id=job.id), ANNA


def _dispatched(trial: Trial, job: Job) -> Iterator[Asked]:
    here = [who for who in ("tom", "tina", "lee") if absent_at(trial.shop, who, trial.now) is None]
    yield c.DispatchJob(job=job.id, bay="1", technicians=tuple(here[:1])), CARL


def _worked(job: Job) -> Iterator[Asked]:
    """The next open line is begun, what was begun is finished; without work there is no order."""
    for line in job.lines:
        if line.state in {LineState.running, LineState.paused}:
            yield c.FinishLine(job=job.id, line=line.id, technician=_who_works(line)), CARL
    yield c.StartLine(job=job.id, technician=job.technicians[0]), CARL
    if not job.open_lines:
        yield c.FinishLine(job=job.id, technician=job.technicians[0]), CARL
    if not any(line.clocks for line in job.lines):
        yield c.CancelJob(job=job.id, reason="nothing to do"), ANNA


def _who_works(line: Line) -> str:
    return (line.running_clocks or line.clocks)[-1].technician


def _checked(trial: Trial, job: Job) -> Iterator[Asked]:
    if job.state == State.road_test:
        yield c.EndRoadTest(job=job.id, km=_km_out(job)), INES
        return
    level = trial.shop.workflow.steps[job.state].check
    assert level is not None
    template = template_for(trial.shop.check_book, job, level)
    if job.state == State.final_check and wants_road_test(template, job) and not has_road_test(job):
        yield c.StartRoadTest(job=job.id, km=100), INES
    points = tuple(
        c.PointAnswer(
            point=point.id,
            verdict=Verdict.ok,
            value=(point.least or 1) if point.unit else None,
            photos=("0" * 64,) if point.photo else (),
        )
        for point in points_of(template, job)
    )
    for who in _CHECKERS[job.state]:
        yield c.PassCheck(job=job.id, points=points), who
        yield c.FailCheck(job=job.id, defect="torque"), who


_CHECKERS: dict[str, tuple[Actor, ...]] = {
    State.self_check: (TOM, LEE),
    # Who worked on the car does not check it: there is a second leader for that.
    State.team_check: (LEO,),
    State.final_check: (INES,),
}


def _km_out(job: Job) -> int:
    return (job.road_tests[-1].out_km or 0) + 3


def _handed_over(trial: Trial, job: Job) -> Iterator[Asked]:
    if job.statement is None or is_outdated(job):
        yield c.SettleJob(job=job.id, reason="as it is now"), CASS
    if job.state == State.awaiting_settlement:
        yield c.MoveJob(job=job.id, to=State.ready), ANNA
    owed, why = unpaid(job), "too much was paid"
    if owed:
        back = owed < 0
        yield (
            c.PayJob(job=job.id, means=Means.cash, amount=abs(owed), back=back, reason=why),
            CASS,
        )
    for point in unticked(job, trial.shop):
        yield tick_of(job, point, trial.now), ANNA
    if job.gate_pass is None:
        taken = {each.gate_pass.code for each in trial.shop.jobs.values() if each.gate_pass}
        code = next(code for code in _CODES if code not in taken)
        yield c.IssueGatePass(job=job.id, code=code), CASS
    yield c.MoveJob(job=job.id, to=State.delivered), ANNA
