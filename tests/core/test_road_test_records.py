"""The road test's record: driver, kilometres, times and findings, and who cannot pass without."""

import pytest

from board.core import commands as c
from board.core.check_points import RoadTest
from board.core.check_templates import CheckBook, CheckTemplate
from board.core.job import Flag
from board.core.workflow import CheckLevel
from board.core.workflow_shipped import SHIPPED
from tests.builders import ANNA, INES, LEE, MONA, NOW, TOM, Trial, agreed, brought_to

ALWAYS = CheckBook((CheckTemplate(CheckLevel.final, road_test=True),))
OUT = c.StartRoadTest(job="j1", km=40_012, driver="tom")
BACK = c.EndRoadTest(job="j1", km=40_019, findings="no noise any more")


def before_the_drive() -> Trial:
    """The job j1 in a shop that drives every car."""
    return brought_to("final_check").do(c.SetUpChecks(book=ALWAYS), MONA)


def test_a_road_test_keeps_driver_kilometres_times_and_findings() -> None:
    trial = before_the_drive().do(OUT, INES).later(minutes=12).do(BACK, INES)
    assert trial.job().road_tests == (
        RoadTest("person:ines", NOW, 40_012, trial.now, 40_019, "tom", "no noise any more"),
    )


def test_whoever_notes_it_is_the_driver_unless_another_is_named() -> None:
    trial = before_the_drive()
    trial.when(c.StartRoadTest(job="j1", driver="ghost"), INES).then_refused("unknown_person")
    trial.do(c.StartRoadTest(job="j1", km=40_012, driver="ines"), INES)
    assert trial.job().road_tests[-1].driver == ""


@pytest.mark.parametrize(
    ("km", "code"), [(40_011, "km_backwards"), (-1, "number_wrong"), (10_000_000, "number_wrong")]
)
def test_kilometres_do_not_run_backwards(km: int, code: str) -> None:
    """Falls over without `or _backwards(job, command.km)` in `board/core/rules/road_testing.py`."""
    trial = before_the_drive().do(OUT, INES)
    trial.when(c.EndRoadTest(job="j1", km=km), INES).then_refused(code)
    trial.do(c.EndRoadTest(job="j1", km=40_012), INES)


def test_the_gate_wants_the_whole_record_where_the_template_says_so() -> None:
    trial = before_the_drive()
    trial.when(c.PassCheck(job="j1"), INES).then_refused("road_test_needed")
    trial.do(c.MoveJob(job="j1", to="road_test"), INES)
    trial.do(c.MoveJob(job="j1", to="final_check"), INES)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("road_test_needed")
    trial.do(OUT, INES).do(BACK, INES).do(c.PassCheck(job="j1"), INES)


def test_after_rework_the_car_is_driven_again() -> None:
    trial = before_the_drive().do(OUT, INES).later(minutes=5).do(BACK, INES)
    trial.later(minutes=5).do(c.FailCheck(job="j1", defect="noise"), INES).later(minutes=20)
    trial.do(c.StartLine(job="j1"), TOM).do(c.FinishLine(job="j1"), TOM)
    trial.do(c.PassCheck(job="j1"), TOM).do(c.PassCheck(job="j1"), LEE)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("road_test_needed")


def test_a_comeback_is_driven_before_it_passes() -> None:
    trial = brought_to("final_check").do(c.FlagJob(job="j1", add=frozenset({Flag.comeback})), ANNA)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("road_test_needed")


def test_a_shop_without_road_tests_asks_for_none() -> None:
    trial = before_the_drive().do(c.ChooseWorkflow(workflow=SHIPPED.without(["road_test"])), MONA)
    trial.do(c.PassCheck(job="j1"), INES)


def test_a_car_that_needs_the_record_is_not_driven_without_kilometres() -> None:
    """Falls over without `_km_fault` in `board/core/rules/road_testing.py`."""
    trial = before_the_drive()
    trial.when(c.StartRoadTest(job="j1", driver="tom"), INES).then_refused("km_needed")
    assert trial.refused is not None
    assert trial.refused.fields == ("km",)
    trial.do(OUT, INES).when(c.EndRoadTest(job="j1"), INES).then_refused("km_needed")
    trial.do(BACK, INES).do(c.PassCheck(job="j1"), INES)


def test_a_car_that_needs_no_record_may_be_driven_without() -> None:
    trial = brought_to("final_check").do(c.StartRoadTest(job="j1"), INES)
    trial.do(c.EndRoadTest(job="j1"), INES)


def test_a_drive_begun_without_kilometres_can_still_end() -> None:
    trial = before_the_drive().do(c.MoveJob(job="j1", to="road_test"), INES)
    trial.do(c.EndRoadTest(job="j1"), INES)


def test_after_work_that_was_agreed_to_at_the_check_the_car_is_driven_again() -> None:
    """Falls over without `*begun` in `board/core/rules/road_testing.py`."""
    trial = before_the_drive().do(OUT, INES).later(minutes=5).do(BACK, INES)
    agreed(trial.later(minutes=5)).do(c.StartLine(job="j1"), TOM).later(minutes=20)
    trial.do(c.FinishLine(job="j1"), TOM)
    trial.do(c.PassCheck(job="j1"), TOM).do(c.PassCheck(job="j1"), LEE)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("road_test_needed")
