"""Another workflow for a shop with cars in it: nobody is lost, and the manager says where to."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Where
from board.core.workflow_shipped import SHIPPED
from tests.builders import (
    ANNA,
    INES,
    MONA,
    PLATES,
    TINA,
    WILLY,
    Trial,
    booked,
    brought_to,
    set_up,
    working,
)

NO_WASH = SHIPPED.without(["awaiting_wash", "washing"])
NO_BOOKING = SHIPPED.without(["booked", "preparing", "no_show"])
HELD = c.HoldJob(job="j1", hold=HoldReason.approval)


def choose(flow: object, **moves: str) -> c.ChooseWorkflow:
    """The command that takes a workflow."""
    return c.ChooseWorkflow(workflow=flow, moves=moves)  # type: ignore[arg-type]


def test_it_is_asked_where_jobs_of_a_removed_state_go() -> None:
    trial = brought_to("washing").when(choose(NO_WASH), MONA).then_refused("workflow_strands")
    assert trial.refused
    assert trial.refused.params == {"jobs": "washing (1)"}
    assert trial.refused.fields == ("moves.washing",)
    assert trial.shop.workflow == SHIPPED


def test_held_jobs_are_counted_where_they_came_from() -> None:
    trial = brought_to("washing").do(HELD, ANNA)
    trial.when(choose(NO_WASH), MONA).then_refused("workflow_strands")
    assert trial.refused
    assert trial.refused.params == {"jobs": "washing (1)"}


def test_jobs_go_where_the_manager_says_in_the_same_batch() -> None:
    trial = brought_to("washing").do(choose(NO_WASH, washing="awaiting_settlement"), MONA)
    assert trial.happened() == ["WorkflowChosen", "JobMoved"]
    assert trial.job().state == "awaiting_settlement"
    trial.do(c.MoveJob(job="j1", to="ready"), ANNA)


def test_a_held_job_stays_held_and_returns_to_the_new_state() -> None:
    trial = brought_to("washing").do(HELD, ANNA)
    trial.do(choose(NO_WASH, washing="awaiting_settlement"), MONA)
    assert trial.happened() == ["WorkflowChosen", "ReturnChanged"]
    assert trial.job().state == "held"
    trial.do(c.ResumeJob(job="j1"), ANNA)
    assert trial.job().state == "awaiting_settlement"


def test_who_is_on_the_road_comes_back_first() -> None:
    flow = SHIPPED.without(["road_test"])
    trial = brought_to("road_test").do(choose(flow, road_test="final_check"), MONA)
    assert trial.job().road_tests[-1].in_at == trial.now
    assert trial.job().place.where == Where.parking


def test_bookings_are_given_up_where_a_shop_takes_none_any_more() -> None:
    trial = booked(Trial())
    trial.when(choose(NO_BOOKING, booked="receiving"), MONA).then_refused("move_wrong")
    trial.do(choose(NO_BOOKING, booked="cancelled"), MONA)
    assert trial.job().is_closed


@pytest.mark.parametrize("to", ["ready", "awaiting_wash", "delivered", "held", "booked"])
def test_what_was_not_checked_gets_no_further_by_it(to: str) -> None:
    flow = SHIPPED.without(["team_check"])
    trial = brought_to("team_check")
    trial.when(choose(flow, team_check=to), MONA).then_refused("move_wrong")
    trial.when(choose(flow, team_check="nap"), MONA).then_refused("unknown_state")
    trial.do(choose(flow, team_check="final_check"), MONA).do(c.PassCheck(job="j1"), INES)


def test_every_job_of_the_state_goes_and_no_other() -> None:
    trial = working(brought_to("washing"), "j2", PLATES[1], bay="2", to=TINA)
    trial.do(choose(NO_WASH, washing="awaiting_settlement"), MONA)
    assert (trial.job("j1").state, trial.job("j2").state) == ("awaiting_settlement", "working")
    assert len(trial.events) == 2


def test_an_imported_set_up_asks_the_same() -> None:
    plan = replace(set_up(), left_out=("awaiting_wash", "washing"))
    trial = brought_to("washing").when(plan, MONA).then_refused("workflow_strands")
    trial.do(replace(plan, moves={"washing": "awaiting_settlement"}), MONA)
    assert trial.job().state == "awaiting_settlement"


def test_the_way_a_job_was_sent_is_not_undone_into_a_state_that_is_gone() -> None:
    trial = brought_to("washing").do(choose(NO_WASH, washing="awaiting_settlement"), MONA)
    trial.when(c.UndoMove(job="j1"), MONA).then_refused("undo_changed")
    trial.when(c.UndoMove(job="j1"), WILLY).then_refused("undo_not_yours")


def test_the_same_workflow_again_asks_nothing() -> None:
    trial = brought_to("washing").do(choose(SHIPPED), MONA)
    assert trial.job().state == "washing"
