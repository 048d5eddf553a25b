"""The whole shop at a glance: how many cars stand in each lane, which longest, how many late."""

from dataclasses import replace
from datetime import timedelta

from board.core.shop import Shop
from displays.views.overview import NO_TIME, OverviewProjection, RackView
from tests.displays.sample_shop import NOW, SAMPLE, ago, job
from tests.displays.walls import english


def _rack(shop: Shop, key: str) -> RackView:
    view = OverviewProjection("b1").project(shop, NOW)[f"rack-{key}"]
    assert isinstance(view, RackView)
    return view


def test_a_rack_counts_the_cars_of_a_lane_and_names_the_one_that_waits_longest() -> None:
    shop = SAMPLE
    for number, minutes in ((60, 30), (61, 90), (62, 45)):
        waits = job(str(number), f"京B{number}100", "awaiting_dispatch", f"B{number}")
        shop = shop.with_job(replace(waits, state_since=ago(minutes)))
    before, after = _rack(SAMPLE, "dispatch"), _rack(shop, "dispatch")
    assert after.cars == before.cars + 3
    assert after.plate == "京B61100"
    assert after.timing.at == int(ago(90).timestamp())
    assert (after.style, _rack(shop, "hold").style) == ("s-act", "s-warn")


def test_a_held_car_waits_since_it_is_held() -> None:
    held = next(each for each in SAMPLE.jobs.values() if each.hold)
    assert held.hold is not None
    assert _rack(SAMPLE, "hold").timing.at == int(held.hold.at.timestamp())


def test_a_rack_counts_who_is_late() -> None:
    assert _rack(SAMPLE, "work").late == 1
    assert _rack(SAMPLE, "check").late == 0


def test_cars_that_stayed_over_night_have_a_rack_of_their_own() -> None:
    assert _rack(SAMPLE, "nights") == RackView("moon", "Overnight", "s-idle", timing=NO_TIME)
    shop = SAMPLE
    for key, days in (("j1", 1), ("j3", 3)):
        came = SAMPLE.jobs[key].arrived_at
        assert came is not None
        shop = shop.with_job(replace(shop.jobs[key], arrived_at=came - timedelta(days=days)))
    rack = _rack(shop, "nights")
    assert (rack.cars, rack.nights, rack.plate) == (2, 3, SAMPLE.jobs["j3"].car.plate)
    assert "3 nights" in english().region("rack-nights", rack, "en")


def test_a_rack_that_stays_as_it_is_is_the_same_object() -> None:
    seen = OverviewProjection()
    first = dict(seen.project(SAMPLE, NOW))
    moved = SAMPLE.with_job(replace(SAMPLE.jobs["j7"], state="awaiting_wash", state_since=NOW))
    second = seen.project(moved, NOW)
    changed = {key for key in first if first[key] is not second[key] and key.startswith("rack-")}
    assert changed == {"rack-check", "rack-wash"}
