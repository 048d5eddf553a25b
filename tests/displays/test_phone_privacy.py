"""Before the code a phone shows what the lounge shows: by type, and on any day.

Behind it stands what somebody typed too, and no plate, name, telephone or VIN even there.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import get_args, get_type_hints

import pytest
from hypothesis import given, settings

from board.core.extra import Decision, Extra
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.plates import normal_plate, split_plate
from board.core.shop import Shop
from displays.views import phone_views
from displays.views.phone import phone_page
from displays.views.phone_views import (
    PhoneAnswersView,
    PhoneQuestionsView,
    PhoneReachView,
)
from tests.displays.random_days import DEEDS, Deed, day
from tests.displays.sample_shop import NOW, SAMPLE
from tests.displays.walls import english

ALLOWED = frozenset(
    {"shop", "ticket", "mask", "region", "hidden", "shown", "step", "word", "at", "span", "start"}
    | {"end", "clock", "days", "date", "asked_back", "can_be_fetched", "waits", "before", "why"}
    | {"queues", "wait", "minutes", "called", "weekday", "updated", "steps", "stands"}
)
BEHIND_THE_CODE = (PhoneQuestionsView, PhoneAnswersView)
OF_THE_SHOP = PhoneReachView
ENGLISH = english()
VIEWS = [
    kind
    for kind in vars(phone_views).values()
    if isinstance(kind, type)
    and kind.__module__ == phone_views.__name__
    and hasattr(kind, "template")
]


def _field_names(kind: type) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        yield field.name
        for inner in (hints[field.name], *get_args(hints[field.name])):
            if isinstance(inner, type) and is_dataclass(inner):
                yield from _field_names(inner)


def _html(shop: Shop, job: Job, now: datetime, opened: bool = False) -> str:
    given = {"path": "/track/-", "said": ""}
    shown = phone_page(shop, job, now, opened)
    regions = {
        name: ENGLISH.fragment(view.template, "en", id=name, view=view, **given)
        for name, view in shown.items()
    }
    return ENGLISH.fragment(
        "phone/page.html",
        "en",
        **given,
        languages=(),
        error="",
        sure=None,
        asked=None,
        regions=regions,
    )


def _who_it_is(job: Job) -> Iterator[str]:
    region, tail = split_plate(job.car.plate)
    yield from (job.car.plate, normal_plate(job.car.plate), f"{region}·{tail}")
    yield from (job.customer.name, job.customer.phone, job.car.vin)
    yield from ([tail] if len(tail) > 3 else [])


def _private(job: Job) -> Iterator[str]:
    yield from _who_it_is(job)
    yield from (job.number, job.id, job.asked)
    yield from (line.text for line in job.lines)
    yield from (line.extra.note for line in job.lines if line.extra)


def _typed(job: Job, now: datetime) -> Job:
    """The job with one question and one answer in which somebody typed all there is to know."""
    words = " / ".join(["pads", *_who_it_is(job)])
    said = Decision(False, "customer", now, price=1, parts_price=1)
    asked = Extra("tom", now, note=words, labour_priced=True, parts_priced=True, asked_at=now)
    lines = (
        Line("98", words, state=LineState.proposed, price=1, extra=asked),
        Line("99", words, state=LineState.declined, extra=replace(asked, decisions=(said,))),
    )
    return replace(job, lines=(*job.lines, *lines))


def _assert_nothing_private(shop: Shop, now: datetime) -> None:
    for job in shop.jobs.values():
        html = _html(shop, job, now)
        assert [secret for secret in _private(job) if len(secret) > 2 and secret in html] == []
        html = _html(shop, _typed(job, now), now, opened=True)
        assert "pads" in html
        assert [secret for secret in _who_it_is(job) if len(secret) > 2 and secret in html] == []


@pytest.mark.parametrize("kind", [v for v in VIEWS if v not in (*BEHIND_THE_CODE, OF_THE_SHOP)])
def test_the_types_have_no_field_for_anything_private(kind: type) -> None:
    assert set(_field_names(kind)) <= ALLOWED


def test_nothing_behind_the_code_is_made_without_it() -> None:
    """Falls over without `if opened else _closed(shop, job, now)` in `displays/views/phone.py`."""
    for job in SAMPLE.jobs.values():
        shown = phone_page(SAMPLE, job, NOW, False)
        assert not any(isinstance(view, PhoneQuestionsView) for view in shown.values())
        answers = shown["phone-answers"]
        assert isinstance(answers, PhoneAnswersView)
        assert answers.answers == ()


def test_the_sample_shop_keeps_its_secrets() -> None:
    _assert_nothing_private(SAMPLE, NOW)
    for job in SAMPLE.jobs.values():
        html = _html(SAMPLE, job, NOW)
        assert not any(
            word in html for word in ("李师傅", "张师傅", "刹车", "LSV", "Late", "Rework")
        )


@settings(max_examples=8, deadline=None)
@given(DEEDS)
def test_no_day_brings_anything_private_onto_a_phone(deeds: list[Deed]) -> None:
    for shop, now in list(day(deeds))[::8]:
        _assert_nothing_private(shop, now)
