"""Undo: one's own last command, within thirty seconds, if nothing else happened since."""

from datetime import timedelta

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Where
from board.core.shop import Running
from board.core.workflow_shipped import SHIPPED
from tests.builders import (
    ANNA,
    CARL,
    MONA,
    NOW,
    PLATES,
    TINA,
    TOM,
    WILLY,
    Trial,
    brought_to,
    dispatched,
    receive,
    received,
    signed,
    working,
)

UNDO = c.UndoMove(job="j1")
TO_BAY_1 = c.PlaceCar(job="j1", where=Where.bay, spot="1")


def test_ones_own_last_command_is_taken_back_whole() -> None:
    trial = dispatched(Trial())
    before = trial.job()
    trial.do(c.StartLine(job="j1"), TOM).later(seconds=30).do(UNDO, TOM)
    after = trial.job()
    assert (after.state, after.lines, after.place) == (before.state, before.lines, before.place)
    assert after.version > before.version
    assert trial.shop.running == {}
    assert trial.shop.placed == {}


def test_thirty_seconds_and_not_longer() -> None:
    trial = dispatched(Trial()).later(seconds=30, microseconds=1)
    trial.when(UNDO, CARL).then_refused("undo_late")


def test_only_ones_own() -> None:
    dispatched(Trial()).when(UNDO, ANNA).then_refused("undo_not_yours")


def test_a_manager_undoes_nothing_of_others_either() -> None:
    undo = c.UndoMove(job="j1", reason="I know better")
    dispatched(Trial()).when(undo, MONA).then_refused("undo_not_yours")


def test_not_after_somebody_changed_the_job_since() -> None:
    trial = dispatched(Trial())
    trial.do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=2)), ANNA)
    trial.when(UNDO, CARL).then_refused("undo_not_yours")


def test_an_undo_is_not_undone_and_an_opening_stays() -> None:
    trial = dispatched(Trial()).do(UNDO, CARL)
    trial.when(UNDO, CARL).then_refused("undo_nothing")
    received(Trial()).when(UNDO, ANNA).then_refused("undo_nothing")


def test_delivery_is_taken_back() -> None:
    trial = brought_to("delivered").do(UNDO, ANNA)
    assert (trial.job().state, trial.job().closed_at) == ("ready", None)
    assert trial.shop.jobs_for("1") == (trial.job(),)


def test_a_delivery_is_not_taken_back_once_the_car_came_again() -> None:
    trial = brought_to("delivered").do(receive("j2"), ANNA)
    trial.when(UNDO, ANNA).then_refused("undo_changed")


def test_a_hold_is_taken_back_with_the_clocks_it_stopped() -> None:
    trial = working(Trial()).do(c.HoldJob(job="j1", hold=HoldReason.approval), TOM)
    trial.do(UNDO, TOM)
    assert (trial.job().state, trial.job().hold) == ("working", None)
    assert trial.shop.running == {"tom": Running("j1", "1")}


def test_a_start_that_paused_another_job_is_taken_back_on_both() -> None:
    trial = dispatched(working(Trial()), "j2", PLATES[1], bay="2")
    trial.do(c.StartLine(job="j2"), TOM).do(c.UndoMove(job="j2"), TOM)
    assert trial.happened() == ["MoveUndone", "MoveUndone"]
    assert trial.shop.running == {"tom": Running("j1", "1")}
    assert trial.job("j2").state == "dispatched"


def test_the_paused_job_alone_does_not_take_the_clock_back() -> None:
    trial = dispatched(working(Trial()), "j2", PLATES[1], bay="2")
    trial.do(c.StartLine(job="j2"), TOM)
    trial.do(c.PromiseJob(job="j2", at=NOW + timedelta(hours=2)), ANNA)
    trial.when(UNDO, TOM).then_refused("undo_changed")
    assert trial.shop.running == {"tom": Running("j2", "1")}


def test_not_when_the_bay_was_taken_meanwhile() -> None:
    trial = received(received(Trial()).do(TO_BAY_1, ANNA), "j2", PLATES[1])
    trial.do(c.PlaceCar(job="j1", where=Where.parking), WILLY)
    trial.do(c.PlaceCar(job="j2", where=Where.bay, spot="1"), TINA)
    trial.when(UNDO, WILLY).then_refused("undo_changed")


def test_not_when_the_technician_works_elsewhere_meanwhile() -> None:
    trial = dispatched(working(Trial()), "j2", PLATES[1], bay="2")
    trial.do(c.HoldJob(job="j1", hold=HoldReason.approval), CARL)
    trial.do(c.StartLine(job="j2"), TOM)
    trial.when(UNDO, CARL).then_refused("undo_changed")


def test_not_when_the_bay_or_the_person_is_gone_meanwhile() -> None:
    trial = received(Trial()).do(TO_BAY_1, ANNA)
    trial.do(c.PlaceCar(job="j1", where=Where.parking), WILLY)
    trial.do(c.RemoveBay(bay="1"), MONA).when(UNDO, WILLY).then_refused("undo_changed")
    trial = working(Trial()).do(c.MoveJob(job="j1", to="awaiting_dispatch"), CARL)
    trial.do(c.RemovePerson(person="tom"), MONA).when(UNDO, CARL).then_refused("undo_changed")


def test_not_when_the_workflow_has_lost_the_state_meanwhile() -> None:
    trial = brought_to("washing").do(c.MoveJob(job="j1", to="awaiting_settlement"), WILLY)
    trial.do(c.ChooseWorkflow(workflow=SHIPPED.without(["washing"])), MONA)
    trial.when(UNDO, WILLY).then_refused("undo_changed")


def test_a_promise_is_taken_back_too() -> None:
    trial = signed(Trial()).do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=2)), ANNA)
    assert trial.do(UNDO, ANNA).job().promises == ()


def test_a_code_that_was_closed_is_not_opened_again() -> None:
    """Falls over without `before.code_round` in `board/core/rules/undoing.py`."""
    trial = received(Trial()).do(c.RenewCode(job="j1"), ANNA)
    trial.when(UNDO, ANNA).then_refused("undo_code")
    assert trial.job().code_round == 1


def test_a_link_that_was_closed_is_not_opened_again() -> None:
    """Falls over without `before.link_round` in `board/core/rules/undoing.py`."""
    trial = received(Trial()).do(c.RenewLink(job="j1"), ANNA)
    trial.when(UNDO, ANNA).then_refused("undo_code")
    assert trial.job().link_round == 1
