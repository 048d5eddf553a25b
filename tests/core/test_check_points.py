"""The points of a check: marked one by one, and no pass before every needed one is answered."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.check_points import Verdict
from board.core.check_templates import CheckBook, CheckTemplate, Point
from board.core.job import Flag
from board.core.roles import Actor
from board.core.workflow import CheckLevel
from tests.builders import ANNA, INES, LEE, MONA, TINA, TOM, Trial, agreed, brought_to

PHOTO = "a1" * 32
POINTS = (
    Point("clean", "Car is clean"),
    Point("bolts", "Torque of the wheel bolts", "N·m", 90, 140),
    Point("picture", "Picture of the repair", photo=True),
    Point("battery", "Battery plug locked", flags=frozenset({Flag.recall})),
)
FINAL = CheckTemplate(CheckLevel.final, POINTS)
OK, NOT_OK, SKIPPED = Verdict.ok, Verdict.not_ok, Verdict.not_applicable


def at_final_check(template: CheckTemplate = FINAL) -> Trial:
    """The job j1 before the inspector, in a shop with that template."""
    book = CheckBook((template,))
    return brought_to("final_check").do(c.SetUpChecks(book=book), MONA)


def mark(point: str, verdict: Verdict = OK, **more: object) -> c.MarkPoint:
    """Answer a point of j1."""
    return replace(c.MarkPoint(job="j1", point=point, verdict=verdict), **more)  # type: ignore[arg-type]


def all_marked(trial: Trial) -> Trial:
    """Every point of the template is answered well."""
    trial.do(mark("clean"), INES).do(mark("bolts", value=120.0), INES)
    return trial.do(mark("picture", photos=(PHOTO,)), INES)


def test_points_are_kept_with_who_answered_them_and_when() -> None:
    trial = at_final_check().later(minutes=3).do(mark("bolts", value=118.5, note="all four"), INES)
    (found,) = trial.job().marks
    assert (found.by, found.at) == ("person:ines", trial.now)
    answer = found.answered
    assert (answer.text, answer.value, answer.unit) == (POINTS[1].text, 118.5, "N·m")
    assert answer.note == "all four"


def test_a_point_answered_again_has_its_newest_answer() -> None:
    trial = at_final_check().do(mark("clean", NOT_OK, defect="dirt"), INES).do(mark("clean"), INES)
    assert [(one.answered.verdict, one.answered.defect) for one in trial.job().marks] == [(OK, "")]
    trial.when(mark("clean"), INES).then_nothing()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (mark("ghost"), "unknown_point"),
        (mark("battery"), "unknown_point"),
        (mark("bolts"), "value_needed"),
        (mark("bolts", value=89.9), "value_bounds"),
        (mark("bolts", value=140.1), "value_bounds"),
        (mark("bolts", value=float("nan")), "number_wrong"),
        (mark("bolts", value=float("inf")), "number_wrong"),
        (mark("picture"), "photo_needed"),
        (mark("picture", photos=("../../etc",)), "photo_wrong"),
        (mark("picture", photos=(PHOTO,) * 11), "too_many"),
        (mark("clean", NOT_OK), "defect_needed"),
        (mark("clean", NOT_OK, defect="B12"), "defect_unknown"),
        (mark("bolts", SKIPPED), "note_needed"),
        (mark("picture", SKIPPED, note=" "), "note_needed"),
        (mark("clean", note="x" * 501), "too_long"),
    ],
)
def test_an_answer_holds_what_its_point_asks_for(command: c.MarkPoint, code: str) -> None:
    at_final_check().when(command, INES).then_refused(code)


def test_a_value_outside_its_bounds_may_stand_beside_a_defect() -> None:
    trial = at_final_check().do(mark("bolts", NOT_OK, value=40.0, defect="torque"), INES)
    assert trial.job().marks[0].answered.value == 40.0


@pytest.mark.parametrize("state", ["working", "held", "rework", "awaiting_wash", "ready"])
def test_points_are_answered_only_where_a_check_is_due(state: str) -> None:
    brought_to(state).when(mark("work_done"), INES).then_refused("no_check_due")


@pytest.mark.parametrize(
    ("state", "point", "by", "code"),
    [
        ("self_check", "work_done", TOM, ""),
        ("self_check", "work_done", LEE, ""),
        ("self_check", "work_done", TINA, "not_your_job"),
        ("self_check", "work_done", INES, "not_allowed"),
        ("team_check", "tightened", TOM, "not_allowed"),
        ("team_check", "tightened", LEE, ""),
        ("final_check", "order_read", LEE, "not_allowed"),
        ("final_check", "order_read", INES, ""),
        ("final_check", "order_read", ANNA, "not_allowed"),
        ("final_check", "order_read", MONA, "reason_needed"),
        ("road_test", "order_read", INES, ""),
    ],
)
def test_who_may_check_may_answer(state: str, point: str, by: Actor, code: str) -> None:
    trial = brought_to(state).when(mark(point), by)
    assert (trial.refused.code if trial.refused else "") == code


def test_a_stale_answer_is_refused() -> None:
    trial = at_final_check()
    trial.when(mark("clean", version=trial.job().version - 1), INES).then_refused("stale")


@pytest.mark.parametrize("left_out", ["bolts", "picture"])
def test_no_pass_without_a_needed_value_or_photo(left_out: str) -> None:
    """Falls over without `open_points if all_ok and not template.one_by_one and not
    needs_record(p)` in `board/core/rules/points.py`."""
    trial = at_final_check()
    if left_out != "bolts":
        trial.do(mark("bolts", value=120.0), INES)
    if left_out != "picture":
        trial.do(mark("picture", photos=(PHOTO,)), INES)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("point_open")
    assert trial.refused is not None
    assert trial.refused.params["count"] == 1


def test_the_plain_points_are_answered_by_saying_that_all_is_in_order() -> None:
    trial = all_marked(at_final_check())
    passed = trial.do(c.PassCheck(job="j1", all_ok=False), INES).job().checks[-1]
    assert [one.answered.point for one in passed.points] == ["clean", "bolts", "picture"]
    short = at_final_check().do(mark("bolts", value=120.0), INES)
    short.do(mark("picture", photos=(PHOTO,)), INES)
    short.when(c.PassCheck(job="j1", all_ok=False), INES).then_refused("point_open")
    points = short.do(c.PassCheck(job="j1"), INES).job().checks[-1].points
    assert {one.answered.point: one.answered.verdict for one in points}["clean"] == OK
    assert short.job().marks == ()


def test_where_each_point_is_to_be_answered_nobody_says_it_of_all() -> None:
    trial = at_final_check(CheckTemplate(CheckLevel.final, POINTS[:1], one_by_one=True))
    trial.when(c.PassCheck(job="j1"), INES).then_refused("point_open")
    trial.do(mark("clean"), INES).do(c.PassCheck(job="j1"), INES)


def test_a_pass_may_bring_its_answers_in_one_go() -> None:
    answers = (
        c.PointAnswer(point="bolts", value=100.0),
        c.PointAnswer(point="picture", verdict=SKIPPED, note="nothing to be seen"),
    )
    trial = at_final_check()
    wrong = (c.PointAnswer(point="bolts", value=1.0),)
    trial.when(c.PassCheck(job="j1", points=wrong), INES).then_refused("value_bounds")
    trial.do(c.PassCheck(job="j1", points=answers), INES)
    assert trial.happened() == ["CheckPassed", "JobMoved"]
    assert [one.answered.value for one in trial.job().checks[-1].points] == [100.0, None, None]


def test_a_point_that_is_not_in_order_lets_nothing_pass() -> None:
    trial = all_marked(at_final_check()).do(mark("clean", NOT_OK, defect="dirt"), INES)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("point_failed")
    trial.do(mark("clean"), INES).do(c.PassCheck(job="j1"), INES)


def test_a_point_of_some_cars_is_asked_of_them() -> None:
    trial = at_final_check().do(c.FlagJob(job="j1", add=frozenset({Flag.recall})), ANNA)
    trial.do(mark("battery"), INES)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("point_open")


def test_work_that_begins_again_takes_the_marks_away() -> None:
    trial = agreed(brought_to("self_check"))
    trial.do(mark("work_done"), TOM).do(c.StartLine(job="j1", line="2"), TOM)
    assert trial.job().marks == ()
