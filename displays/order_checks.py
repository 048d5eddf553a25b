"""The checks of an order as a page: the points that are due, the road test, and what comes next."""

from dataclasses import dataclass

from board.core import commands as c
from board.core.check_points import Mark, Verdict
from board.core.check_templates import Point, points_of, wants_road_test
from board.core.check_templates_shipped import template_for
from board.core.job import Job
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules import decide
from board.core.rules.case import Case
from board.core.rules.points import level_due, needs_record
from board.core.rules.road_testing import has_road_test
from board.core.workflow import CheckLevel, State
from displays.check_words import Looked, drives, looked, rounds
from displays.defect_words import defect_word
from displays.dialog_asks import GONE, Ask, Sheet, needs_why
from displays.order_comeback import comeback_facts

_DRIVERS = (Role.inspector, Role.technician, Role.team_leader)


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point and its answer so far. `bounds`: what its value may be; `plain`: a look is enough."""

    id: str
    text: str
    unit: str
    bounds: str
    photo: bool
    plain: bool
    found: Looked | None


@dataclass(frozen=True, slots=True)
class Due:
    """The check the job waits for, and what the asker may do with it.

    `refused`: why it cannot be passed now; `why`: it can, with a reason. `all_ok`: a pass answers
    what is open. `closed`: why the asker cannot answer points; `why_mark`: they can, with a reason.
    """

    level: str
    answered: int
    points: tuple[PointRow, ...]
    closed: Refused | None
    refused: Refused | None
    why: bool
    all_ok: bool
    may_fail: bool
    why_mark: bool


@dataclass(frozen=True, slots=True)
class Road:
    """The road test: whether the car is out, whether one is needed, who may drive, last km."""

    is_out: bool
    is_needed: bool
    may_move: bool
    drivers: tuple[tuple[str, str], ...]
    me: str
    km: int | None


def checks_section(ask: Ask) -> Sheet:
    """The section of an order's page about its checks."""
    job = ask.job
    if job is None:
        return GONE
    context: dict[str, object] = {
        "due": _due(ask, job),
        "road": _road(ask, job),
        "drives": drives(ask, job),
        "rounds": rounds(ask, job),
        "times_back": job.times_back,
        "comeback": comeback_facts(ask, job),
        "proposals": (),
        "defects": defect_word(ask.shop),
    }
    return Sheet("checks/section.html", context)


def level_of(ask: Ask, job: Job) -> CheckLevel | None:
    """The level whose points can be answered now."""
    if job.is_closed or job.state not in ask.shop.workflow.steps:
        return None
    return level_due(job, Case(ask.shop, ask.actor, ask.now))


def asked_points(ask: Ask, job: Job) -> tuple[Point, ...]:
    """The points of the check that is due; none where none is."""
    level = level_of(ask, job)
    return points_of(template_for(ask.shop.check_book, job, level), job) if level else ()


def _due(ask: Ask, job: Job) -> Due | None:
    level = level_of(ask, job)
    if level is None:
        return None
    points = asked_points(ask, job)
    marks = {mark.answered.point: mark for mark in job.marks}
    rows = tuple(_row(ask, job, point, marks.get(point.id)) for point in points)
    refused = _refusal(ask, c.PassCheck(job=job.id))
    told = _refusal(ask, c.PassCheck(job=job.id, reason=_REASON))
    failing = c.FailCheck(job=job.id, defect=_any_defect(ask), reason=_REASON)
    return Due(
        level=level.value,
        answered=sum(row.found is not None for row in rows),
        points=rows,
        closed=_closed(ask, job, points),
        refused=told if job.state != State.road_test else None,
        why=refused is not None and told is None,
        all_ok=any(row.found is None for row in rows),
        may_fail=_refusal(ask, failing) is None,
        why_mark=needs_why(ask.actor, c.MarkPoint),
    )


_REASON = "asked by a page"


def _any_defect(ask: Ask) -> str:
    return next(iter(defect_word(ask.shop)), "")


def _closed(ask: Ask, job: Job, points: tuple[Point, ...]) -> Refused | None:
    if not points:
        return None
    defect = _any_defect(ask)
    bad = Verdict.not_ok
    trial = c.MarkPoint(job=job.id, point=points[0].id, verdict=bad, defect=defect, reason=_REASON)
    return _refusal(ask, trial)


def _refusal(ask: Ask, command: c.Command) -> Refused | None:
    answer = decide(ask.shop, command, ask.actor, ask.now)
    return answer if isinstance(answer, Refused) else None


def _row(ask: Ask, job: Job, point: Point, mark: Mark | None) -> PointRow:
    return PointRow(
        id=point.id,
        text=point.text,
        unit=point.unit,
        bounds=_bounds(point),
        photo=point.photo,
        plain=not needs_record(point),
        found=looked(ask, mark) if mark else None,
    )


def _bounds(point: Point) -> str:
    least, most = ("" if end is None else f"{end:g}" for end in (point.least, point.most))
    return f"{least}–{most}" if least and most else f"≥ {least}" if least else most and f"≤ {most}"


def _road(ask: Ask, job: Job) -> Road | None:
    """None where the workflow knows no road test now."""
    is_out = job.state == State.road_test
    leads = job.state in ask.shop.workflow.steps
    if not is_out and (not leads or ask.shop.workflow.way(job.state, State.road_test) is None):
        return None
    template = template_for(ask.shop.check_book, job, CheckLevel.final)
    known = [test.in_km or test.out_km for test in job.road_tests]
    last = next((km for km in reversed(known) if km is not None), job.car.mileage)
    kind = c.EndRoadTest if is_out else c.StartRoadTest
    trial = kind(job=job.id, km=last or 0)
    return Road(
        is_out=is_out,
        is_needed=wants_road_test(template, job) and not has_road_test(job),
        may_move=_refusal(ask, trial) is None,
        drivers=_drivers(ask),
        me=ask.actor.id,
        km=last,
    )


def _drivers(ask: Ask) -> tuple[tuple[str, str], ...]:
    people = ask.shop.people.values()
    known = [who for who in people if not who.removed and not who.roles.isdisjoint(_DRIVERS)]
    return tuple((who.id, who.name) for who in known)
