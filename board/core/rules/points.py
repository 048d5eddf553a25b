"""The points of a check: who may answer them, what an answer must hold, what is still open."""

import re
from collections.abc import Iterable
from math import isfinite

from board.core import commands as c
from board.core import events as e
from board.core.check_points import Answered, Verdict
from board.core.check_templates import CheckTemplate, Point, points_of
from board.core.check_templates_shipped import defects_of, template_for
from board.core.job import Job
from board.core.permissions import is_own, permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.limits import length_fault
from board.core.workflow import CheckLevel, State, Through

_PHOTO = re.compile(r"[0-9a-f]{64}")
_MOST_PHOTOS = 10
_MOST_SIGNS = 500


def level_due(job: Job, case: Case) -> CheckLevel | None:
    """The level whose points can be answered now.

    On the road: the final check's. A state of the shop's own has no points.
    """
    on_the_road = CheckLevel.final if job.state == State.road_test else None
    return case.shop.workflow.steps[job.state].check or on_the_road


@job_rule.register
def _mark(command: c.MarkPoint, job: Job, case: Case) -> Outcome:
    level = level_due(job, case)
    way = case.shop.workflow.through(job.state, Through.failed)
    if level is None or way is None:
        return Refused("no_check_due", job=job.id)
    refused = permit(way.by, case.actor, command.reason) or foreign_self_check(job, level, case)
    if refused is not None:
        return refused
    given = c.PointAnswer(
        point=command.point,
        verdict=command.verdict,
        value=command.value,
        note=command.note,
        photos=command.photos,
        defect=command.defect,
    )
    found = answered((given,), job, level, case)
    if isinstance(found, Refused):
        return found
    known = {mark.answered: mark.by for mark in job.marks}
    if known.get(found[0]) == case.actor.label:
        return ()
    return (e.PointMarked(job.id, level, found[0]),)


def foreign_self_check(job: Job, level: CheckLevel, case: Case) -> Refused | None:
    """The self-check is for who works on the job, or leads them."""
    own = case.actor.has(Role.team_leader, Role.manager) or is_own(job, case.actor)
    if level == CheckLevel.self and not own:
        return Refused("not_your_job", job=job.id)
    return None


def answered(
    given: Iterable[c.PointAnswer], job: Job, level: CheckLevel, case: Case
) -> tuple[Answered, ...] | Refused:
    """The answers in the words of the template, or what is wrong with the first wrong one."""
    template = template_for(case.shop.check_book, job, level)
    points = {point.id: point for point in points_of(template, job)}
    found: dict[str, Answered] = {}
    for answer in given:
        point = points.get(answer.point)
        if point is None:
            return Refused("unknown_point", fields=("point",), job=job.id)
        refused = _answer_fault(point, answer, case)
        if refused is not None:
            return refused
        found[point.id] = _in_words(point, answer)
    return tuple(found.values())


def _in_words(point: Point, answer: c.PointAnswer) -> Answered:
    return Answered(
        point.id,
        point.text,
        answer.verdict,
        answer.value,
        point.unit if answer.value is not None else "",
        answer.note.strip(),
        answer.photos,
        answer.defect if answer.verdict == Verdict.not_ok else "",
    )


def _answer_fault(point: Point, answer: c.PointAnswer, case: Case) -> Refused | None:
    refused = length_fault(answer.note, _MOST_SIGNS, "note") or _photos_fault(answer.photos)
    if refused is None and answer.value is not None and not isfinite(answer.value):
        refused = Refused("number_wrong", fields=("value",))
    return refused or _verdict_fault(point, answer, case)


def _verdict_fault(point: Point, answer: c.PointAnswer, case: Case) -> Refused | None:
    match answer.verdict:
        case Verdict.ok:
            return _record_fault(point, answer)
        case Verdict.not_ok:
            return defect_fault(answer.defect, case)
        case Verdict.not_applicable:
            # Who leaves out a record says why.
            silent = needs_record(point) and not answer.note.strip()
            return Refused("note_needed", fields=("note",)) if silent else None


def _record_fault(point: Point, answer: c.PointAnswer) -> Refused | None:
    if point.unit and answer.value is None:
        return Refused("value_needed", {"unit": point.unit}, ("value",))
    if answer.value is not None and not _is_within(point, answer.value):
        bounds = {"least": _bound(point.least), "most": _bound(point.most), "unit": point.unit}
        return Refused("value_bounds", bounds, ("value",))
    if point.photo and not answer.photos:
        return Refused("photo_needed", fields=("photos",))
    return None


def _is_within(point: Point, value: float) -> bool:
    too_small = point.least is not None and value < point.least
    return not too_small and not (point.most is not None and value > point.most)


def _bound(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"


def _photos_fault(photos: tuple[str, ...]) -> Refused | None:
    if len(photos) > _MOST_PHOTOS:
        return Refused("too_many", {"limit": _MOST_PHOTOS}, ("photos",))
    wrong = not all(_PHOTO.fullmatch(photo) for photo in photos)
    return Refused("photo_wrong", fields=("photos",)) if wrong else None


def defect_fault(defect: str, case: Case) -> Refused | None:
    """None when the shop has this defect code."""
    if not defect.strip():
        return Refused("defect_needed", fields=("defect",))
    if defect.strip() not in defects_of(case.shop.check_book):
        return Refused("defect_unknown", {"defect": defect.strip()[:40]}, ("defect",))
    return None


def needs_record(point: Point) -> bool:
    """Whether a mere “in order” is no answer to the point."""
    return point.unit != "" or point.photo


def completed(
    template: CheckTemplate, job: Job, given: tuple[Answered, ...], all_ok: bool
) -> tuple[Answered, ...] | Refused:
    """What a pass answers: what is `given` and, with `all_ok`, every plain point that is open.

    Refused while a point is not in order or a needed one stays open.
    """
    now = {mark.answered.point: mark.answered for mark in job.marks}
    now |= {answer.point: answer for answer in given}
    points = points_of(template, job)
    failed = [p for p in points if p.id in now and now[p.id].verdict == Verdict.not_ok]
    if failed:
        return Refused("point_failed", {"point": failed[0].text}, ("points",), job.id)
    open_points = [point for point in points if point.id not in now]
    plain = [p for p in open_points if all_ok and not template.one_by_one and not needs_record(p)]
    left = [point for point in open_points if point not in plain]
    if left:
        params = {"count": len(left), "point": left[0].text}
        return Refused("point_open", params, ("points",), job.id)
    return (*given, *(Answered(point.id, point.text, Verdict.ok) for point in plain))
