"""A state of a shop's own is seen by everybody in its lane: on the board, the TV and the lounge."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from board.core.job import Car, Customer, Job
from board.core.shop import Shop
from board.core.workflow import Lane
from board.core.workflow_plans import OWN_LANES, StatePlan, WorkflowPlan, planned
from board.languages import Languages
from displays.audiences import audiences
from displays.channel import Variant
from displays.render import Renderer
from displays.views.cards import CardView
from tests.builders import TOM, Trial
from tests.displays.walls import lounge_rows

ROOT = Path(__file__).resolve().parents[2]
RENDERER = Renderer(ROOT / "templates", Languages(ROOT / "locales").translations)
BESIDE = {
    Lane.reception: "receiving",
    Lane.dispatch: "awaiting_dispatch",
    Lane.work: "working",
    Lane.check: "final_check",
    Lane.wash: "washing",
    Lane.handover: "awaiting_settlement",
}
LOUNGE = {Lane.reception: 0, Lane.dispatch: 1, Lane.work: 2, Lane.check: 3, Lane.wash: 4}
AT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def shop_in(lane: Lane) -> Shop:
    """A shop with a state of its own in a lane, and a car that stands in it."""
    plan = StatePlan(id="own", name="Photo proof", lane=lane, after=BESIDE[lane])
    flow, wrong = planned(WorkflowPlan(states=(plan,)))
    assert wrong == ()
    job = Job(
        id="j1",
        number="R2611-0001",
        car=Car("京AD12345"),
        customer=Customer(),
        state="own",
        advisor="anna",
        opened_at=AT,
        state_since=AT,
        ticket="A01",
        arrived_at=AT,
        bay="1",
        technicians=("tom",),
    )
    return replace(Trial().shop, workflow=flow).with_job(job)


@pytest.mark.parametrize("lane", OWN_LANES)
def test_a_card_stands_in_the_lane_under_the_shops_own_name(lane: Lane) -> None:
    views = audiences()["board"](Variant("test", "board", "en", "", "")).project(shop_in(lane), AT)
    card = views["job-j1"]
    assert isinstance(card, CardView)
    assert (card.lane, card.state_name) == (lane.value, "Photo proof")


@pytest.mark.parametrize("lane", OWN_LANES)
@pytest.mark.parametrize("audience", sorted(audiences()))
def test_every_audience_renders_it(lane: Lane, audience: str) -> None:
    variant = Variant("test", audience, "zh-Hans", "", TOM.id if audience == "tablet" else "")
    views = audiences()[audience](variant).project(shop_in(lane), AT)
    for region, view in views.items():
        assert RENDERER.region(region, view, "zh-Hans")


@pytest.mark.parametrize("lane", OWN_LANES)
def test_the_lounge_shows_the_step_of_the_lane(lane: Lane) -> None:
    [row] = lounge_rows(shop_in(lane), AT).values()
    assert row.step == LOUNGE.get(lane, 4)
