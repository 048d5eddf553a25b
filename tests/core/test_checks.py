"""The three checks, the road test, and the way back through rework."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.check_points import Check, RoadTest
from board.core.holds import HoldReason
from board.core.workflow import CheckLevel
from tests.builders import (
    CARL,
    INES,
    LEE,
    NOW,
    TINA,
    TOM,
    Trial,
    agreed,
    brought_to,
    person,
    working,
)


def failed(trial: Trial, *lines: str) -> Trial:
    """Ines sends j1 back."""
    command = c.FailCheck(job="j1", defect="leak", note="oil at the sump", lines=lines)
    return trial.do(command, INES)


def test_the_three_levels_follow_each_other_and_are_recorded() -> None:
    trial = brought_to("self_check")
    trial.do(c.PassCheck(job="j1", note="all good"), TOM).do(c.PassCheck(job="j1"), LEE)
    trial.do(c.PassCheck(job="j1"), INES)
    bare = tuple(replace(check, points=()) for check in trial.job().checks)
    assert bare == (
        Check(CheckLevel.self, True, "person:tom", NOW, note="all good"),
        Check(CheckLevel.team, True, "person:lee", NOW),
        Check(CheckLevel.final, True, "person:ines", NOW),
    )
    assert [line.state for line in trial.job().lines] == ["checked"]
    assert trial.job().state == "awaiting_wash"


def test_the_self_check_is_for_who_did_the_work_or_leads_them() -> None:
    trial = brought_to("self_check")
    trial.when(c.PassCheck(job="j1"), TINA).then_refused("not_your_job")
    trial.when(c.FailCheck(job="j1", defect="torque"), TINA).then_refused("not_your_job")
    trial.do(c.PassCheck(job="j1"), LEE)


def test_nobody_checks_at_the_level_of_another() -> None:
    team = brought_to("team_check")
    team.when(c.PassCheck(job="j1"), TOM).then_refused("not_allowed")
    team.when(c.PassCheck(job="j1"), INES).then_refused("not_allowed")
    brought_to("final_check").when(c.PassCheck(job="j1"), LEE).then_refused("not_allowed")


@pytest.mark.parametrize("state", ["dispatched", "working", "rework", "washing", "held"])
def test_no_check_is_passed_where_none_is_due(state: str) -> None:
    brought_to(state).when(c.PassCheck(job="j1"), INES).then_refused("no_check_due")


def test_a_failed_check_needs_a_defect_code() -> None:
    trial = brought_to("final_check")
    trial.when(c.FailCheck(job="j1", defect=" "), INES).then_refused("defect_needed")


def test_a_failed_check_sends_the_car_to_rework_and_round_again() -> None:
    trial = failed(brought_to("final_check"))
    assert trial.happened() == ["CheckFailed", "LineRejected", "JobMoved"]
    assert trial.job().state == "rework"
    assert [line.state for line in trial.job().lines] == ["rework"]
    assert trial.job().checks[-1].defect == "leak"
    trial.do(c.StartLine(job="j1"), TOM).do(c.FinishLine(job="j1"), TOM)
    assert trial.job().state == "self_check"
    assert sum(not check.passed for check in trial.job().checks) == 1


def test_only_the_named_lines_are_rejected() -> None:
    trial = agreed(working(Trial()))
    trial.do(c.FinishLine(job="j1"), TOM).do(c.StartLine(job="j1"), TOM)
    trial.do(c.FinishLine(job="j1"), TOM).do(c.PassCheck(job="j1"), TOM)
    trial.do(c.PassCheck(job="j1"), LEE)
    failed(trial, "2")
    assert [line.state for line in trial.job().lines] == ["done", "rework"]


def test_an_unknown_line_is_not_rejected() -> None:
    trial = brought_to("final_check")
    trial.when(c.FailCheck(job="j1", defect="torque", lines=("9",)), INES).then_refused(
        "unknown_line"
    )


def test_rework_may_go_to_another_bay_and_technician() -> None:
    trial = failed(brought_to("final_check"))
    trial.do(c.DispatchJob(job="j1", bay="2", technicians=("tina",)), CARL)
    assert trial.job().state == "dispatched"
    assert trial.do(c.StartLine(job="j1"), TINA).job().state == "working"


def test_a_road_test_keeps_kilometres_and_times() -> None:
    trial = brought_to("final_check").do(c.StartRoadTest(job="j1", km=40_012), INES)
    assert (trial.job().state, trial.job().place.where) == ("road_test", "road")
    trial.later(minutes=12).do(c.EndRoadTest(job="j1", km=40_019), INES)
    assert trial.job().road_tests == (RoadTest("person:ines", NOW, 40_012, trial.now, 40_019),)
    assert (trial.job().state, trial.job().place.where) == ("final_check", "parking")


def test_a_road_test_by_plain_moves_is_recorded_too() -> None:
    trial = brought_to("final_check").do(c.MoveJob(job="j1", to="road_test"), INES)
    trial.later(minutes=5).do(c.MoveJob(job="j1", to="final_check"), INES)
    assert trial.job().road_tests == (RoadTest("person:ines", NOW, None, trial.now),)


def test_a_fault_on_the_road_ends_the_test_in_rework() -> None:
    trial = failed(brought_to("road_test"))
    assert trial.job().state == "rework"
    assert trial.job().checks[-1].level is None
    assert trial.job().road_tests[-1].in_at == trial.now


def test_no_car_drives_backwards() -> None:
    trial = brought_to("final_check")
    trial.when(c.StartRoadTest(job="j1", km=-1), INES).then_refused("number_wrong")


def test_road_tests_begin_at_the_final_check_and_end_once() -> None:
    brought_to("team_check").when(c.StartRoadTest(job="j1"), INES).then_refused("no_way")
    brought_to("final_check").when(c.EndRoadTest(job="j1"), INES).then_refused("no_road_test")


def test_a_manager_checks_with_a_reason() -> None:
    boss = person("mona", "Mona", *brought_to("team_check").shop.people["mona"].roles)
    trial = brought_to("team_check")
    trial.when(c.PassCheck(job="j1"), boss).then_refused("reason_needed")
    trial.do(c.PassCheck(job="j1", reason="Lee is ill"), boss)


def test_a_held_car_is_not_driven_out() -> None:
    trial = brought_to("road_test").do(c.HoldJob(job="j1", hold=HoldReason.safety), INES)
    trial.when(c.StartRoadTest(job="j1"), INES).then_refused("job_held")
