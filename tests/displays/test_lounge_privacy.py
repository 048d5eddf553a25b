"""What a customer must not see cannot reach the lounge: not by type, not by any day's events."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings

from board.core.plates import normal_plate, split_plate
from board.core.shop import Shop
from displays.channel import Variant
from displays.live import Live
from displays.views import lounge_views as views
from tests.displays.random_days import DEEDS, Deed, day
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.walls import english, lounge_rows
from tests.hub.paper import Timeline, make_hub

LOUNGE = Variant("test", "lounge", "en")
VIEWS = (views.CarView, views.ReadyView, views.CarsView, views.LoungeFootView)
ALLOWED = frozenset(
    {"ticket", "mask", "region", "hidden", "shown", "step", "word", "span", "asked_back", "colour"}
    | {"model", "cars", "ids", "rows", "shop", "start", "end", "at", "clock", "days", "date"}
    | {"wait", "before", "minutes", "called", "weekday", "alike", "ready", "flagged", "wifi"}
)


def _field_names(kind: type) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        yield field.name
        for inner in (hints[field.name], *get_args(hints[field.name])):
            if isinstance(inner, type) and is_dataclass(inner):
                yield from _field_names(inner)


def _html(shop: Shop, now: datetime) -> str:
    live = Live(make_hub(Timeline()), english())
    return "\n".join(live.regions(shop, now, LOUNGE).values())


@pytest.mark.parametrize("kind", VIEWS)
def test_no_view_has_a_field_for_anything_private(kind: type) -> None:
    assert set(_field_names(kind)) <= ALLOWED


def _private(shop: Shop) -> Iterator[str]:
    for job in shop.jobs.values():
        region, tail = split_plate(job.car.plate)
        yield from (job.car.plate, normal_plate(job.car.plate), f"{region}·{tail}")
        yield from (job.customer.name, job.customer.phone, job.car.vin, job.number, job.id)
        yield from ([tail] if len(tail) > 3 else [])


def _assert_nothing_private(shop: Shop, now: datetime) -> None:
    html = _html(shop, now)
    assert [secret for secret in _private(shop) if len(secret) > 2 and secret in html] == []


def test_the_sample_shop_keeps_its_secrets() -> None:
    _assert_nothing_private(SAMPLE, NOW)
    html = _html(SAMPLE, NOW)
    for word in ("李师傅", "张师傅", "刹车", "水泵", "顾客", "139", "LSV", "Late", "Rework"):
        assert word not in html


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_no_day_brings_anything_private_into_the_lounge(deeds: list[Deed]) -> None:
    for shop, now in list(day(deeds))[::5]:
        _assert_nothing_private(shop, now)


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_no_range_is_finer_than_ten_minutes(deeds: list[Deed]) -> None:
    for shop, now in list(day(deeds))[::5]:
        spans = [row.span for row in lounge_rows(shop, now).values() if row.span]
        assert all(s.start.clock[-1] == "0" and s.end.at - s.start.at == 1800 for s in spans)
