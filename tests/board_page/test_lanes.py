"""Where cards stand: orders, groups of the hold lane, heads and counts."""

from collections.abc import Mapping
from datetime import timedelta

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.roles import Actor
from displays.views.board import BoardProjection, View
from displays.views.cards import CardView
from displays.views.lanes import CountView, GroupView, LaneHeadView
from tests.builders import ANNA, CARL, NOW, PIA, PLATES, Trial, ready, received, signed, working

Standing = CardView | GroupView


def board(trial: Trial) -> Mapping[str, View]:
    return BoardProjection().project(trial.shop, trial.now)


def order(trial: Trial, lane: str) -> tuple[str, ...]:
    views = {key: view for key, view in board(trial).items() if isinstance(view, Standing)}
    inside = [key for key, view in views.items() if lane_of(view) == lane]
    return tuple(sorted(inside, key=lambda key: (views[key].key, key)))


def lane_of(view: CardView | GroupView) -> str:
    return "hold" if isinstance(view, GroupView) else view.lane


def count(trial: Trial, name: str) -> int:
    view = board(trial)[f"count-{name}"]
    assert isinstance(view, CountView)
    return view.count


def promised(trial: Trial, job: str, hours: float) -> None:
    trial.do(c.PromiseJob(job=job, at=NOW + timedelta(hours=hours)), ANNA)


def test_an_empty_shop_has_all_its_lanes() -> None:
    views = board(Trial())
    lanes = ("reception", "dispatch", "work", "hold", "check", "wash", "handover")
    assert {f"order-{lane}" for lane in lanes} | {f"lane-{lane}" for lane in lanes} <= set(views)


def test_late_cars_are_pinned_and_the_rest_follows_the_promise() -> None:
    trial = Trial()
    for job, plate in zip(("j1", "j2", "j3", "j4"), PLATES, strict=False):
        received(trial, job, plate)
    promised(trial, "j2", 5)
    promised(trial, "j3", 4)
    promised(trial, "j4", 1)
    trial.later(hours=2)
    assert order(trial, "reception") == ("job-j4", "job-j3", "job-j2", "job-j1")


def test_a_late_promise_pins_before_an_earlier_calm_one_never() -> None:
    trial = ready(Trial())
    promised_at = trial.now + timedelta(minutes=30)
    trial.do(c.PromiseJob(job="j1", at=promised_at), ANNA).later(hours=2)
    assert (count(trial, "cars"), count(trial, "late")) == (1, 0)


def held(trial: Trial, job: str, plate: str, why: HoldReason, by: Actor = ANNA) -> None:
    expected = NOW + timedelta(hours=4)
    signed(trial, job, plate).do(c.HoldJob(job=job, hold=why, expected=expected), by)


def test_held_cars_stand_under_whoever_has_to_move() -> None:
    trial = Trial()
    held(trial, "j1", PLATES[0], HoldReason.approval)
    held(trial, "j2", PLATES[1], HoldReason.parts_order, PIA)
    held(trial, "j3", PLATES[2], HoldReason.quote)
    held(trial, "j4", PLATES[3], HoldReason.equipment, CARL)
    assert order(trial, "hold") == (
        *("group-parts", "job-j2"),
        *("group-advisor", "job-j1", "job-j3"),
        *("group-controller", "job-j4"),
    )
    group = board(trial)["group-advisor"]
    assert isinstance(group, GroupView)
    assert group.cars == 2


def test_a_heading_without_cars_is_gone() -> None:
    trial = Trial()
    held(trial, "j1", PLATES[0], HoldReason.approval)
    trial.do(c.ResumeJob(job="j1"), ANNA)
    assert "group-advisor" not in board(trial)
    assert order(trial, "hold") == ()


def test_the_head_sums_open_standard_hours() -> None:
    trial = received(Trial())
    for hours in (1.5, 0.7):
        trial.do(c.AddLine(job="j1", text="work", standard_hours=hours), ANNA)
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    head = board(trial)["lane-dispatch"]
    assert isinstance(head, LaneHeadView)
    assert (head.cars, head.tenths) == (1, 22)


def test_a_delivered_car_is_off_the_board() -> None:
    trial = ready(Trial()).do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert "job-j1" not in board(trial)


def test_counts_tell_cars_and_holds() -> None:
    trial = working(Trial())
    held(trial, "j2", PLATES[1], HoldReason.quote)
    told = [count(trial, name) for name in ("cars", "late", "held", "questions")]
    assert told == [2, 0, 1, 0]
