"""Head and foot of the workshop TV count what people can check by hand."""

from dataclasses import replace
from datetime import timedelta

from board.core import commands as c
from board.core.bays import Bay
from board.core.holds import HoldReason
from board.core.shop import Shop
from displays.views.tv import TvFootView, TvHeadView, TvProjection, TvRowsView, TvRowView
from tests.builders import ANNA, MONA, Trial, ready, received, signed, working
from tests.displays.sample_shop import NOW, SAMPLE, in_bay


def _foot(shop: Shop, trial: Trial) -> TvFootView:
    foot = TvProjection().project(shop, trial.now)["foot"]
    assert isinstance(foot, TvFootView)
    return foot


def _head(group: str, shop: Shop = SAMPLE) -> TvHeadView:
    head = TvProjection(group).project(shop, NOW)["head"]
    assert isinstance(head, TvHeadView)
    return head


def test_rows_follow_the_set_up_and_a_group_takes_its_bays_only() -> None:
    order = TvProjection("b3,b1").project(SAMPLE, NOW)["order-rows"]
    assert order == TvRowsView(("row-b1", "row-b3"))


def test_late_and_held_are_counted_for_the_bays_on_the_screen() -> None:
    assert (_head("").late, _head("").held) == (1, 1)
    assert (_head("b2").late, _head("b2").held) == (1, 0)
    assert (_head("b3").late, _head("b3").held) == (0, 1)


def test_what_waits_is_counted_by_who_has_to_act() -> None:
    trial = signed(Trial(), "j1")
    working(trial, "j2", "沪B8K321")
    assert _foot(trial.shop, trial).dispatch == 1
    trial.do(c.HoldJob(job="j1", hold=HoldReason.quote), ANNA)
    assert _foot(trial.shop, trial).dispatch == 0


def test_a_late_car_is_counted_once_time_has_passed() -> None:
    trial = working(Trial())
    trial.do(c.PromiseJob(job="j1", at=trial.now + timedelta(minutes=5)), ANNA)
    tv = TvProjection()
    tv.project(trial.shop, trial.now)
    head = tv.project(trial.shop, trial.now + timedelta(minutes=6))["head"]
    assert isinstance(head, TvHeadView)
    assert head.late == 1


def test_delivered_today_counts_against_what_was_due_today() -> None:
    trial = ready(Trial())
    received(trial, "j2", "沪B8K321")
    today, tomorrow = trial.now + timedelta(hours=3), trial.now + timedelta(days=1)
    trial.do(c.PromiseJob(job="j2", at=today), ANNA)
    received(trial, "j3", "粤BF09876").do(c.PromiseJob(job="j3", at=tomorrow), ANNA)
    trial.do(c.MoveJob(job="j1", to="delivered"), ANNA)
    foot = _foot(trial.shop, trial)
    assert (foot.delivered, foot.due) == (1, 2)
    trial.later(days=1)
    assert _foot(trial.shop, trial).delivered == 0


def test_a_removed_bay_leaves_the_screen() -> None:
    trial = Trial()
    tv = TvProjection()
    assert "row-2" in tv.project(trial.shop, trial.now)
    trial.do(c.RemoveBay(bay="2"), MONA)
    assert "row-2" not in tv.project(trial.shop, trial.now)


def test_late_rows_stay_before_blocked_ones() -> None:
    shop = SAMPLE
    for number in range(20, 26):
        late = replace(SAMPLE.jobs["j2"], id=f"j{number}", place=in_bay(f"n{number}"))
        shop = shop.with_bay(Bay(f"n{number}", str(number))).with_job(late)
    views = TvProjection().project(shop, NOW)
    pins = {key: row.pinned for key, row in views.items() if isinstance(row, TvRowView)}
    overdue = {"row-b2", *(f"row-n{number}" for number in range(20, 26))}
    assert {key for key, pin in pins.items() if pin == 4} == overdue
    assert {key for key, pin in pins.items() if pin == 5} == {"row-b4", "row-b11"}
