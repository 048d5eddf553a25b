"""What a customer must not see cannot reach the screen at reception: not by type, not by chance."""

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
from displays.views import queue_views as views
from displays.views.queue import QueueProjection
from displays.views.queue_views import QueueRowView
from tests.displays.random_days import DEEDS, Deed, day
from tests.displays.walls import english
from tests.hub.paper import Timeline, make_hub

QUEUE = Variant("test", "queue", "en")
ENGLISH = english()
VIEWS = (views.QueueRowView, views.QueueCallView, views.QueueRowsView, views.QueueFootView)
ALLOWED = frozenset(
    {"ticket", "mask", "region", "hidden", "shown", "wait", "before", "minutes", "called"}
    | {"ids", "rows", "shop", "waiting"}
)


def _field_names(kind: type) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        yield field.name
        for inner in (hints[field.name], *get_args(hints[field.name])):
            if isinstance(inner, type) and is_dataclass(inner):
                yield from _field_names(inner)


def _private(shop: Shop) -> Iterator[str]:
    for job in shop.jobs.values():
        region, tail = split_plate(job.car.plate)
        yield from (job.car.plate, normal_plate(job.car.plate), f"{region}·{tail}")
        yield from (job.customer.name, job.customer.phone, job.car.vin, job.number, job.id)
        yield from (job.car.model, job.advisor, *([tail] if len(tail) > 3 else []))


def _html(shop: Shop, now: datetime) -> str:
    live = Live(make_hub(Timeline()), ENGLISH)
    return "\n".join(live.regions(shop, now, QUEUE).values())


@pytest.mark.parametrize("kind", VIEWS)
def test_no_view_has_a_field_for_anything_private(kind: type) -> None:
    assert set(_field_names(kind)) <= ALLOWED


@settings(max_examples=25, deadline=None)
@given(DEEDS)
def test_no_day_brings_anything_private_to_reception(deeds: list[Deed]) -> None:
    for shop, now in list(day(deeds))[::5]:
        html = _html(shop, now)
        assert [each for each in _private(shop) if len(each) > 2 and each in html] == []


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_no_wait_is_told_finer_than_five_minutes(deeds: list[Deed]) -> None:
    for shop, now in list(day(deeds))[::5]:
        seen = QueueProjection().project(shop, now).values()
        waits = [row.wait for row in seen if isinstance(row, QueueRowView) and row.wait]
        assert all(wait.minutes % 5 == 0 for wait in waits)
        assert all((wait.before == 0) == (wait.minutes == 0) for wait in waits)
