"""Before a car is delivered: what the shop wants, the list, and the gate pass with its code."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.handover import EVERYTHING_WANTED, POINTS, HandoverPlan, Means
from board.core.holds import HoldReason
from board.core.job import Job
from board.core.rules.delivering import CODE_SIGNS, points_of
from board.core.sheet import Reception, Sheet
from board.core.shop import Settings
from tests.builders import ANNA, MONA, Trial, brought_to, ready, set_up
from tests.core.handed_over import (
    CASS,
    CODE,
    made_ready,
    paid,
    shop_that_wants,
    ticked,
    with_pass,
)

DELIVERED = c.MoveJob(job="j1", to="delivered")


def test_a_shop_that_never_said_wants_nothing() -> None:
    trial = brought_to("delivered")
    assert trial.shop.settings.handover is None
    assert trial.job().statement is None


def test_a_car_leaves_with_statement_paid_list_done_and_gate_pass() -> None:
    trial = made_ready(labour=100)
    trial.when(DELIVERED, ANNA).then_refused("not_paid")
    paid(trial, 100).when(DELIVERED, ANNA).then_refused("handover_open")
    ticked(trial).when(DELIVERED, ANNA).then_refused("no_gate_pass")
    with_pass(trial).do(DELIVERED, ANNA)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (HandoverPlan(settlement=True), "not_paid"),
        (HandoverPlan(checklist=True), "handover_open"),
        (HandoverPlan(gate_pass=True), "no_gate_pass"),
    ],
)
def test_each_demand_stands_by_itself(plan: HandoverPlan, code: str) -> None:
    trial = made_ready(plan, labour=100)
    trial.when(DELIVERED, ANNA).then_refused(code)


def test_a_point_is_ticked_by_whom_and_when_and_can_be_taken_away() -> None:
    trial = made_ready()
    say = c.TickHandover(job="j1", point="advice", note="front tyres at 3 mm")
    trial.do(say, ANNA)
    tick = trial.job().ticked[0]
    assert (tick.by, tick.at, tick.note) == ("person:anna", trial.now, "front tyres at 3 mm")
    trial.when(say, ANNA).then_nothing()
    trial.do(replace(say, note="all tyres"), ANNA)
    assert [tick.note for tick in trial.job().ticked] == ["all tyres"]
    trial.do(replace(say, done=False), ANNA)
    assert trial.job().ticked == ()
    trial.when(replace(say, point="coffee"), ANNA).then_refused("unknown_handover_point")


def test_a_shop_leaves_points_out_and_adds_its_own() -> None:
    plan = HandoverPlan(checklist=True, points=("advice", "Tyre pressures shown"))
    trial = ready(shop_that_wants(plan))
    assert points_of(trial.job(), trial.shop) == plan.points
    ticked(trial, "advice").when(DELIVERED, ANNA).then_refused("handover_open")
    ticked(trial, "Tyre pressures shown").do(DELIVERED, ANNA)


def test_nobody_shows_old_parts_to_whom_does_not_want_them() -> None:
    trial = ready(shop_that_wants(HandoverPlan(checklist=True)))
    for wish, wanted in ((None, True), (True, True), (False, False)):
        sheet = Reception(Sheet(old_parts=wish), "person:anna", trial.now)
        job = replace(trial.job(), reception=sheet)
        assert ("old_parts" in points_of(job, trial.shop)) == wanted


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (("advice", "advice"), "point_wrong"),
        (("  ",), "point_wrong"),
        (tuple(map(str, range(21))), "too_many"),
        (("x" * 81,), "too_long"),
    ],
)
def test_a_list_that_nobody_could_tick_is_refused(points: tuple[str, ...], code: str) -> None:
    settings = replace(set_up().settings, handover=HandoverPlan(points=points))
    Trial().when(c.SetUpShop(settings=settings), MONA).then_refused(code)


def test_settings_that_do_not_speak_of_the_handover_keep_it() -> None:
    trial = shop_that_wants()
    trial.do(c.SetUpShop(settings=Settings(name="Another name")), MONA)
    assert trial.shop.settings.wanted == EVERYTHING_WANTED


def test_no_gate_pass_before_everything_is_paid() -> None:
    issue = c.IssueGatePass(job="j1", code=CODE)
    trial = made_ready(labour=100).when(issue, CASS).then_refused("not_paid")
    ticked(paid(trial, 100)).do(issue, ANNA)
    assert trial.job().gate_pass is not None


def test_a_gate_pass_is_for_a_car_that_is_ready() -> None:
    issue = c.IssueGatePass(job="j1", code=CODE)
    brought_to("awaiting_settlement").when(issue, CASS).then_refused("not_ready")
    brought_to("washing").when(issue, CASS).then_refused("not_at_handover")
    ready(Trial()).do(issue, CASS)


@pytest.mark.parametrize("code", ["", "ABC23", "ABC2345", "ABC230", "abc234", "ABC23I", "A BC23"])
def test_a_code_is_six_signs_that_nobody_mixes_up(code: str) -> None:
    ready(Trial()).when(c.IssueGatePass(job="j1", code=code), CASS).then_refused("gate_code_wrong")
    assert not set("01OI") & set(CODE_SIGNS)


def test_two_cars_never_share_a_code() -> None:
    trial = with_pass(ready(Trial()))
    job = replace(trial.job(), id="j2", gate_pass=None)
    trial.shop = trial.shop.with_job(job)
    trial.when(c.IssueGatePass(job="j2", code=CODE), CASS).then_refused("code_taken")


def used(trial: Trial) -> Job:
    return trial.do(c.UseGatePass(code=" ａbc-２34 "), CASS).job()


def test_the_gate_lets_a_car_out_once_before_or_after_it_counts_as_delivered() -> None:
    for trial in (with_pass(ready(Trial())), with_pass(ready(Trial())).do(DELIVERED, ANNA)):
        trial.when(c.UseGatePass(code="ABC235"), CASS).then_refused("code_unknown")
        trial.later(minutes=2)
        gate_pass = used(trial).gate_pass
        assert gate_pass is not None
        assert (gate_pass.used_at, gate_pass.used_by) == (trial.now, "person:cass")
        trial.when(c.UseGatePass(code=CODE), CASS).then_refused("code_used")


def test_a_new_pass_makes_the_former_void() -> None:
    trial = with_pass(with_pass(ready(Trial())), "XYZ789")
    trial.when(c.UseGatePass(code=CODE), CASS).then_refused("code_unknown")
    trial.do(c.UseGatePass(code="XYZ789"), CASS)


def test_a_cancelled_order_lets_no_car_out() -> None:
    trial = with_pass(ready(Trial())).do(c.CancelJob(job="j1", reason="so"), ANNA)
    trial.when(c.UseGatePass(code=CODE), CASS).then_refused("code_unknown")


def test_a_pass_opens_nothing_once_the_money_is_given_back_or_the_car_is_held() -> None:
    """Falls over without `since = None if job.is_closed else _leaving_fault(job, case)` in
    `board/core/rules/delivering.py`.
    """
    use = c.UseGatePass(code=CODE)
    back = c.PayJob(job="j1", means=Means.cash, amount=100, back=True, reason="quarrel")
    trial = with_pass(ticked(paid(made_ready(labour=100), 100))).do(back, CASS)
    trial.when(use, CASS).then_refused("not_paid")
    paid(trial, 100).do(c.HoldJob(job="j1", hold=HoldReason.insurer), ANNA)
    trial.when(use, CASS).then_refused("job_held")
    trial.do(c.ResumeJob(job="j1"), ANNA).do(use, CASS)


def test_the_list_that_ships_has_five_points() -> None:
    assert POINTS == ("old_parts", "advice", "next_service", "belongings", "call_back")


def test_a_pass_opens_the_gate_once_and_undo_does_not_open_it_again() -> None:
    """Falls over without `undo_gate` in `board/core/rules/undoing.py`."""
    trial = with_pass(ready(Trial()))
    used(trial)
    trial.when(c.UndoMove(job="j1"), CASS).then_refused("undo_gate")
    trial.when(c.IssueGatePass(job="j1", code="ABC345"), CASS).then_refused("code_used")


def test_a_car_that_came_back_gets_another_pass_from_a_manager_with_a_reason() -> None:
    """Falls over without `_again_fault` in `board/core/rules/delivering.py`."""
    trial = with_pass(ready(Trial()))
    used(trial)
    again = c.IssueGatePass(job="j1", code="ABC345")
    trial.when(replace(again, reason="came back"), CASS).then_refused("code_used")
    trial.when(again, MONA).then_refused("reason_needed")
    trial.do(replace(again, reason="came back"), MONA).do(c.UseGatePass(code="ABC345"), CASS)


def test_once_the_car_has_left_only_a_manager_cancels_its_order() -> None:
    """Falls over without `car_gone` in `board/core/rules/moving.py`."""
    trial = with_pass(ready(Trial()))
    used(trial)
    cancel = c.CancelJob(job="j1", reason="so")
    for command in (cancel, c.MoveJob(job="j1", to="cancelled", reason="so")):
        trial.when(command, ANNA).then_refused("car_gone")
    trial.do(cancel, MONA)
