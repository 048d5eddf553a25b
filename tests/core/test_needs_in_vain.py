"""A workflow in which cars would stand for ever, for want of what they cannot have, is refused."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.needs import Need
from board.core.workflow import Lane
from board.core.workflow_faults import faults
from board.core.workflow_plans import StatePlan, WayPlan, WorkflowPlan, planned
from board.core.workflow_shipped import SHIPPED
from tests.builders import ANNA, MONA, Trial, received, set_up
from tests.core.test_own_workflow import SETTLED_FIRST

NO_WASH = ("awaiting_wash", "washing")


def wants(source: str, to: str, *needs: Need) -> WayPlan:
    """A way that asks for something."""
    return WayPlan(source=source, to=to, needs=needs)


def wrong(way: WayPlan, **plan: object) -> list[tuple[str, tuple[str | int, ...], str]]:
    """What is wrong with a plan: codes, places and needs."""
    found = planned(WorkflowPlan(ways=(way,), **plan))[1]  # type: ignore[arg-type]
    return [(fault.code, fault.where, fault.params.get("need", "")) for fault in found]


@pytest.mark.parametrize(
    ("way", "plan"),
    [
        (wants("receiving", "awaiting_dispatch", Need.check_passed), {}),
        (wants("receiving", "awaiting_dispatch", Need.lines_done), {}),
        (wants("receiving", "awaiting_dispatch", Need.gate_pass, Need.promised), {}),
        (wants("working", "self_check", Need.washed), {}),
        (wants("ready", "delivered", Need.washed), {"left_out": NO_WASH}),
        (wants("final_check", "awaiting_wash", Need.road_tested), {"left_out": ("road_test",)}),
        (wants("arrived", "receiving", Need.road_tested), {}),
    ],
)
def test_what_no_car_can_have_there_is_a_fault(way: WayPlan, plan: dict[str, object]) -> None:
    """Falls over without `unmet(flow)` in `board/core/workflow_faults.py`."""
    ((code, where, need),) = wrong(way, **plan)
    assert (code, where) == ("unmet", ("ways", 0))
    assert need in (way.needs or ())


@pytest.mark.parametrize(
    ("way", "plan"),
    [
        (wants("receiving", "awaiting_dispatch", Need.promised, Need.mileage, Need.signed), {}),
        (wants("working", "self_check", Need.lines_done, Need.parts_issued), {}),
        (wants("self_check", "team_check", Need.check_passed), {}),
        (wants("final_check", "awaiting_wash", Need.road_tested, Need.check_passed), {}),
        (wants("awaiting_settlement", "ready", Need.settled, Need.paid, Need.washed), {}),
        (wants("ready", "delivered", Need.gate_pass, Need.signed), {}),
        (wants("awaiting_wash", "washing", Need.settled), {"order": SETTLED_FIRST}),
        # Closes the way beside the wash; the one through it stays.
        (wants("awaiting_wash", "awaiting_settlement", Need.washed), {}),
    ],
)
def test_what_a_car_can_have_there_is_none(way: WayPlan, plan: dict[str, object]) -> None:
    assert wrong(way, **plan) == []


def test_a_state_of_the_shops_own_asks_in_vain_too() -> None:
    own = StatePlan(
        id="own", name="Own", lane=Lane.dispatch, before="dispatched", needs=(Need.paid,)
    )
    (fault,) = planned(WorkflowPlan(states=(own,)))[1]
    assert (fault.code, fault.where) == ("unmet", ("states", 0))
    assert "for ever" in str(fault)


def test_the_shipped_workflow_asks_nothing_in_vain() -> None:
    assert faults(SHIPPED) == ()


def test_a_signature_at_reception_is_had_before_dispatch() -> None:
    """Falls over without `job.signature is not None` in `board/core/rules/needs.py`."""
    ways = (wants("receiving", "awaiting_dispatch", Need.signed),)
    trial = received(Trial().do(replace(set_up(), ways=ways), MONA))
    onward = c.MoveJob(job="j1", to="awaiting_dispatch")
    trial.when(onward, ANNA).then_refused("needs_first")
    trial.do(c.SignOrder(job="j1", strokes="10,20 30,40", signer="Lena Song"), ANNA)
    assert trial.job().state == "awaiting_dispatch"
