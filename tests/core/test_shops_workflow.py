"""A shop's own workflow: steps left out, steps renamed, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from board.core import commands as c
from board.core.job import Car, Flag
from board.core.lines import LineState
from board.core.roles import Actor, Role
from board.core.workflow import Lane, Step, Through, Way, Workflow, reachable
from board.core.workflow_faults import faults
from board.core.workflow_shipped import SHIPPED
from tests.builders import ANNA, INES, LEE, MONA, TOM, WILLY, Trial, set_up, working

HOUR = timedelta(hours=1)
WASH = ("awaiting_wash", "washing")
TEAM = ("team_check",)
SETTLEMENT = ("awaiting_settlement",)
CHECKS = ("self_check", "team_check", "final_check", "road_test")
WASHERS = frozenset({Role.washer})
ON_THE_WAY = (
    "working",
    *CHECKS[:3],
    *WASH,
    *SETTLEMENT,
    "ready",
    "delivered",
)
LEFT_OUT = [
    (),
    WASH,
    TEAM,
    SETTLEMENT,
    WASH + SETTLEMENT,
    WASH + TEAM + SETTLEMENT,
    CHECKS[:2] + WASH,
    CHECKS[1:],
    ("road_test", "unclaimed", "no_show", "preparing"),
]
NEXT: dict[str, tuple[c.Command, Actor]] = {
    "working": (c.FinishLine(job="j1"), TOM),
    "self_check": (c.PassCheck(job="j1"), TOM),
    "team_check": (c.PassCheck(job="j1"), LEE),
    "final_check": (c.PassCheck(job="j1"), INES),
}


def shop_without(*left_out: str, **names: str) -> Trial:
    """The test shop with steps left out or renamed."""
    trial = Trial()
    return trial.do(replace(set_up(), left_out=left_out, state_names=names), MONA)


def to_delivery(trial: Trial) -> list[str]:
    """The states j1 passes from work to delivery, always along the first onward way."""
    seen = [trial.job().state]
    while seen[-1] != "delivered":
        state = seen[-1]
        onward = trial.shop.workflow.ways_from(state)[0].to
        command, actor = NEXT.get(state, (c.MoveJob(job="j1", to=onward), ANNA))
        trial.do(command, actor)
        seen.append(trial.job().state)
    return seen


@pytest.mark.parametrize("left_out", LEFT_OUT, ids="+".join)
def test_a_shop_without_these_steps_still_delivers(left_out: tuple[str, ...]) -> None:
    seen = to_delivery(working(shop_without(*left_out)))
    expected = [state for state in ON_THE_WAY if state not in left_out]
    assert seen == expected


@pytest.mark.parametrize("left_out", LEFT_OUT, ids="+".join)
def test_the_order_in_which_steps_are_left_out_does_not_matter(left_out: tuple[str, ...]) -> None:
    for order in permutations(left_out[:3]):
        flow = SHIPPED.without([*order, *left_out[3:]])
        assert faults(flow) == ()
        assert not set(left_out) & {to for state in flow.steps for to in reachable(flow, state)}


@pytest.mark.parametrize("state", ["held", "rework", "ready", "delivered", "receiving", "working"])
def test_what_every_shop_needs_is_not_left_out(state: str) -> None:
    trial = Trial()
    trial.when(replace(set_up(), left_out=(state,)), MONA).then_refused("workflow_wrong")


def test_unknown_steps_are_neither_left_out_nor_renamed() -> None:
    Trial().when(replace(set_up(), left_out=("nap",)), MONA).then_refused("unknown_state")
    names = {"nap": "Nap"}
    Trial().when(replace(set_up(), state_names=names), MONA).then_refused("unknown_state")


def test_steps_are_renamed() -> None:
    trial = shop_without(washing="Bath")
    assert trial.shop.workflow.steps["washing"].name == "Bath"


def test_without_settlement_whoever_wants_no_wash_is_ready_after_the_final_check() -> None:
    trial = working(shop_without(*SETTLEMENT))
    trial.do(c.FlagJob(job="j1", add=frozenset({Flag.no_wash})), ANNA)
    for state in ("working", "self_check", "team_check", "final_check"):
        trial.do(*NEXT[state])
    assert trial.job().state == "ready"


def test_without_the_wait_for_it_whoever_wants_no_wash_gets_none() -> None:
    trial = working(shop_without("awaiting_wash"))
    trial.do(c.FlagJob(job="j1", add=frozenset({Flag.no_wash})), ANNA)
    for state in ("working", "self_check", "team_check", "final_check"):
        trial.do(*NEXT[state])
    assert trial.job().state == "awaiting_settlement"


@pytest.mark.parametrize(
    "left_out",
    [
        (*CHECKS, *WASH, *SETTLEMENT),
        CHECKS,
        (*CHECKS[1:], *WASH, *SETTLEMENT),
        (*CHECKS[2:], *WASH, *SETTLEMENT),
    ],
    ids="+".join,
)
def test_no_shop_lets_a_finish_or_an_early_check_make_a_car_ready(
    left_out: tuple[str, ...],
) -> None:
    trial = Trial()
    trial.when(replace(set_up(), left_out=left_out), MONA).then_refused("workflow_wrong")


def test_without_settlement_only_the_advisor_says_that_a_car_is_ready() -> None:
    trial = working(shop_without(*SETTLEMENT))
    for state in ("working", "self_check", "team_check", "final_check"):
        trial.do(*NEXT[state])
    trial.do(c.MoveJob(job="j1", to="washing"), WILLY)
    trial.when(c.MoveJob(job="j1", to="ready"), WILLY).then_refused("not_allowed")
    trial.do(c.MoveJob(job="j1", to="ready"), ANNA)


def test_time_does_nothing_in_the_place_of_a_state_that_is_left_out() -> None:
    for left_out in permutations(("preparing", "no_show", "unclaimed")):
        for flow in (SHIPPED.without(left_out[:n]) for n in range(4)):
            ways = [way for step in flow.steps.values() for way in step.ways]
            assert {way.to for way in ways if way.through == "time"} <= {"no_show", "unclaimed"}


def test_a_shop_without_bookings_takes_none() -> None:
    trial = shop_without("booked", "preparing", "no_show")
    car = Car(plate="京A12345")
    trial.when(c.BookJob(job="j1", car=car, booked_for=trial.now + HOUR), ANNA)
    trial.then_refused("unknown_state")


def changed(name: str, **values: object) -> Workflow:
    """The shipped workflow with one step changed."""
    step = replace(SHIPPED.steps[name], **values)  # type: ignore[arg-type]
    return Workflow({**SHIPPED.steps, name: step})


@pytest.mark.parametrize(
    ("flow", "sentence"),
    [
        (Workflow(), "needed and missing"),
        (changed("ready", ways=()), "cannot reach delivery"),
        (changed("working", lane=Lane.gone), "for ever: 'working'"),
        (changed("delivered", lane=Lane.handover), "for ever: 'delivered'"),
        (changed("cancelled", ways=SHIPPED.steps["ready"].ways), "for ever: 'cancelled'"),
        (changed("washing", ways=(Way("ready", Through.move, WASHERS),)), "which only the final"),
        (changed("working", ways=(Way("ready", Through.finish, WASHERS),)), "which only the final"),
        (
            changed("working", ways=(Way("washing", Through.finish, WASHERS),)),
            "without any check",
        ),
        (changed("washing", state="bath"), "named 'bath' inside"),
        (
            Workflow({k: step for k, step in SHIPPED.steps.items() if k != "washing"}),
            "which is not in the workflow",
        ),
        (
            Workflow({**SHIPPED.steps, "nap": Step("nap", Lane.work)}),
            "'nap' cannot reach delivery",
        ),
    ],
)
def test_a_workflow_that_cannot_reach_delivery_is_refused(flow: Workflow, sentence: str) -> None:
    trial = Trial().when(c.ChooseWorkflow(workflow=flow), MONA).then_refused("workflow_wrong")
    assert sentence in str(trial.refused)


def test_lines_stay_as_they_are_without_a_final_check() -> None:
    trial = working(shop_without(*CHECKS[1:])).do(c.FinishLine(job="j1"), TOM)
    trial.do(c.PassCheck(job="j1"), TOM)
    assert trial.job().state == "awaiting_wash"
    assert trial.job().lines[0].state == LineState.done
