"""A workflow of a shop's own: states added, put in another order, with other people and gates."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.lines import Parts
from board.core.needs import Need
from board.core.roles import Role
from board.core.workflow import Lane, Through, Workflow
from board.core.workflow_faults import Fault, faults
from board.core.workflow_plans import StatePlan, WayPlan, WorkflowPlan, planned
from board.core.workflow_shipped import SHIPPED
from tests.builders import (
    ANNA,
    EVERY_ROLE,
    INES,
    LEE,
    MONA,
    PIA,
    TOM,
    WILLY,
    Trial,
    brought_to,
    received,
    set_up,
    working,
)

PHOTOS = StatePlan(id="photos", name="Photos", lane=Lane.check, after="final_check")
GATE = StatePlan(id="gate", name="Gate", lane=Lane.handover, before="delivered")
SETTLED_FIRST = ("awaiting_settlement", "awaiting_wash", "washing")


def shop_with(**plan: object) -> Trial:
    """The test shop with a workflow of its own."""
    trial = Trial()
    return trial.do(replace(set_up(), **plan), MONA)  # type: ignore[arg-type]


def flow_of(**plan: object) -> Workflow:
    """A sound workflow of a plan."""
    flow, wrong = planned(WorkflowPlan(**plan))  # type: ignore[arg-type]
    assert wrong == ()
    return flow


def wrong_with(**plan: object) -> list[tuple[str, tuple[str | int, ...]]]:
    """What is wrong with a plan: codes and places."""
    return [(fault.code, fault.where) for fault in planned(WorkflowPlan(**plan))[1]]  # type: ignore[arg-type]


def test_a_state_after_another_stands_between_it_and_what_followed() -> None:
    flow = flow_of(states=(PHOTOS,))
    assert flow.ways_from("final_check")[0].to == "photos"
    assert flow.ways_from("photos")[0].to == "awaiting_wash"
    assert flow.way("photos", "rework") is not None
    names = list(flow.steps)
    assert names.index("photos") == names.index("final_check") + 1


def test_a_state_before_another_is_on_every_way_to_it() -> None:
    flow = flow_of(states=(GATE,))
    into = [key for key, step in flow.steps.items() for way in step.ways if way.to == "delivered"]
    assert into == ["gate"]
    assert flow.way("ready", "gate")
    assert flow.way("unclaimed", "gate")


def test_a_job_passes_a_state_of_the_shops_own_is_held_in_it_and_returns() -> None:
    trial = shop_with(states=(replace(PHOTOS, by=(Role.washer,)),))
    brought_to("final_check", trial).do(c.PassCheck(job="j1"), INES)
    assert trial.job().state == "photos"
    hold = c.HoldJob(job="j1", hold="approval")  # type: ignore[arg-type]
    trial.do(hold, ANNA).do(c.ResumeJob(job="j1"), ANNA)
    assert trial.job().state == "photos"
    trial.when(c.MoveJob(job="j1", to="awaiting_wash"), INES).then_refused("not_allowed")
    trial.do(c.MoveJob(job="j1", to="awaiting_wash"), WILLY)


def test_a_car_in_a_checking_state_of_the_shops_own_may_go_back_to_rework() -> None:
    trial = shop_with(states=(PHOTOS,))
    brought_to("final_check", trial).do(c.PassCheck(job="j1"), INES)
    trial.do(c.FailCheck(job="j1", defect="leak"), INES)
    assert trial.job().state == "rework"


def test_the_signature_counts_though_a_state_stands_before_the_queue() -> None:
    quote = StatePlan(id="quoting", name="Quote", lane=Lane.reception, after="receiving")
    trial = received(shop_with(states=(quote,))).do(c.MoveJob(job="j1", to="quoting"), ANNA)
    assert trial.job().signed_at is None
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    assert trial.job().signed_at == trial.now


def test_wash_may_come_after_settlement() -> None:
    flow = flow_of(order=SETTLED_FIRST)
    assert flow.ways_from("final_check")[0].to == "awaiting_settlement"
    assert [way.to for way in flow.ways_from("awaiting_settlement")][:1] == ["awaiting_wash"]
    moves = [w for w in flow.ways_from("awaiting_wash") if w.through == Through.move]
    assert [way.to for way in moves] == ["washing", "ready"]
    assert flow.ways_from("washing")[0].by == {Role.advisor}
    names = list(flow.steps)
    assert [name for name in names if name in SETTLED_FIRST] == list(SETTLED_FIRST)


def test_the_shipped_order_named_again_changes_nothing() -> None:
    assert flow_of(order=("awaiting_wash", "washing", "awaiting_settlement")) == SHIPPED


def test_other_people_move_a_job_where_the_shop_says_so() -> None:
    cashier = WayPlan(source="awaiting_wash", to="washing", by=(Role.cashier,))
    trial = brought_to("awaiting_wash", shop_with(ways=(cashier,)))
    trial.when(c.MoveJob(job="j1", to="washing"), WILLY).then_refused("not_allowed")
    trial.do(c.MoveJob(job="j1", to="washing"), EVERY_ROLE[Role.cashier])


def test_nobody_gives_an_order_up_by_a_plain_move_who_may_not_cancel() -> None:
    """Falls over without `permit(way.by, case.actor, command.reason) or _cancelled` in
    `board/core/rules/moving.py`."""
    trial = brought_to("washing")
    trial.when(c.MoveJob(job="j1", to="cancelled", reason="no"), WILLY).then_refused("not_allowed")


def gated(need: Need, source: str, to: str) -> Trial:
    """A shop where one way needs something."""
    return shop_with(ways=(WayPlan(source=source, to=to, needs=(need,)),))


def test_a_way_needs_the_parts_issued() -> None:
    trial = working(gated(Need.parts_issued, "working", "self_check"))
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.requested), PIA)
    trial.when(c.FinishLine(job="j1"), TOM).then_refused("needs_first")
    assert trial.refused
    assert trial.refused.params["need"] == "parts_issued"
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.issued), PIA)
    trial.do(c.FinishLine(job="j1"), TOM)
    assert trial.job().state == "self_check"


def test_what_the_same_command_brings_about_counts() -> None:
    trial = working(gated(Need.lines_done, "working", "self_check"))
    trial.do(c.FinishLine(job="j1"), TOM)
    assert trial.job().state == "self_check"


def test_a_way_needs_a_promise_the_mileage_a_road_test_and_an_answer() -> None:
    for need in (Need.promised, Need.mileage):
        trial = received(gated(need, "receiving", "awaiting_dispatch"))
        trial.when(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA).then_refused("needs_first")
    trial = brought_to("final_check", gated(Need.road_tested, "final_check", "awaiting_wash"))
    trial.when(c.PassCheck(job="j1"), INES).then_refused("needs_first")
    trial.do(c.StartRoadTest(job="j1", km=1), INES).do(c.EndRoadTest(job="j1", km=3), INES)
    trial.do(c.PassCheck(job="j1"), INES)
    trial = working(gated(Need.lines_decided, "working", "self_check"))
    trial.do(c.AddLine(job="j1", text="wipers", proposed=True), ANNA)
    trial.when(c.FinishLine(job="j1", line="1"), TOM).then_refused("needs_first")


def test_a_manager_does_not_go_round_a_gate_either() -> None:
    trial = received(gated(Need.promised, "receiving", "awaiting_dispatch"))
    by_hand = c.MoveJob(job="j1", to="awaiting_dispatch", reason="now")
    trial.when(by_hand, MONA).then_refused("needs_first")


def test_a_failed_check_is_not_a_passed_one() -> None:
    trial = brought_to("team_check", gated(Need.check_passed, "rework", "working"))
    trial.do(c.FailCheck(job="j1", defect="noise"), LEE)
    trial.when(c.StartLine(job="j1"), TOM).then_refused("needs_first")


@pytest.mark.parametrize(
    ("plan", "code", "where"),
    [
        ({"left_out": ("nap",)}, "no_state", ("left_out",)),
        ({"left_out": ("held",)}, "needed", ("left_out",)),
        ({"left_out": ("booked",)}, "unreachable", ("left_out",)),
        ({"left_out": ("final_check",)}, "unreachable", ("left_out",)),
        ({"order": ("washing", "ready")}, "not_sortable", ("order",)),
        ({"order": ("washing",)}, "not_whole", ("order",)),
        ({"order": ("washing", "awaiting_wash", SETTLED_FIRST[0])}, "wash_turned", ("order",)),
        ({"states": (replace(PHOTOS, id="Photos!"),)}, "id_wrong", ("states", 0, "id")),
        ({"states": (replace(PHOTOS, id="ready"),)}, "id_taken", ("states", 0, "id")),
        ({"states": (PHOTOS, PHOTOS)}, "id_taken", ("states", 1, "id")),
        ({"states": (replace(PHOTOS, name=" "),)}, "name_missing", ("states", 0, "name")),
        ({"states": (replace(PHOTOS, name="x" * 41),)}, "name_long", ("states", 0, "name")),
        ({"state_names": {"ready": "x" * 41}}, "name_long", ("state_names", "ready")),
        ({"states": (replace(PHOTOS, lane=Lane.hold),)}, "lane_closed", ("states", 0, "lane")),
        ({"states": (replace(PHOTOS, before="ready"),)}, "one_anchor", ("states", 0, "id")),
        ({"states": (replace(PHOTOS, after="nap"),)}, "no_state", ("states", 0, "after")),
        ({"states": (replace(PHOTOS, after="held"),)}, "no_anchor", ("states", 0, "after")),
        (
            {"states": (replace(PHOTOS, after="awaiting_settlement", by=(Role.washer,)),)},
            "makes_ready",
            ("states", 0),
        ),
        ({"ways": (WayPlan(source="ready", to="working"),)}, "no_way", ("ways", 0, "to")),
        (
            {"ways": (WayPlan(source="working", to="self_check", by=(Role.parts,)),)},
            "fixed_people",
            ("ways", 0, "by"),
        ),
        (
            {"ways": (WayPlan(source="final_check", to="awaiting_wash", by=(Role.parts,)),)},
            "cannot_check",
            ("ways", 0, "by"),
        ),
        (
            {"ways": (WayPlan(source="ready", to="delivered", by=()),)},
            "nobody",
            ("ways", 0),
        ),
        (
            {"ways": (WayPlan(source="ready", to="unclaimed", needs=(Need.signed,)),)},
            "needs_wrong",
            ("ways", 0),
        ),
        ({"state_names": {"washing": " "}}, "name_missing", ("state_names", "washing")),
        (
            {"state_names": {"washing": "Bath", "ready": "Bath"}},
            "same_name",
            ("state_names", "ready"),
        ),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_with_its_place(
    plan: dict[str, object], code: str, where: tuple[str | int, ...]
) -> None:
    assert (code, where) in wrong_with(**plan)


@pytest.mark.parametrize("left_out", [(), ("awaiting_wash", "washing"), ("team_check",)])
@pytest.mark.parametrize(
    "anchor", [key for key in SHIPPED.steps if key not in ("delivered", "cancelled")]
)
@pytest.mark.parametrize("side", ["after", "before"])
def test_wherever_a_state_is_put_the_workflow_is_sound_or_the_place_is_refused(
    left_out: tuple[str, ...], anchor: str, side: str
) -> None:
    own = StatePlan(id="own", name="Own", lane=Lane.work)
    state = replace(own, after=anchor) if side == "after" else replace(own, before=anchor)
    flow, wrong = planned(WorkflowPlan(left_out=left_out, states=(state,)))
    assert wrong or (faults(flow) == () and "own" in flow.steps)
    assert all(isinstance(fault, Fault) and str(fault) for fault in wrong)


def test_a_state_left_out_twice_is_left_out() -> None:
    """Falls over without `dict.fromkeys(states)` in `board/core/workflow_plans.py`."""
    assert flow_of(left_out=("washing", "washing")) == flow_of(left_out=("washing",))
