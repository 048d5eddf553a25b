"""What a card says: its tone, its state line, its flags, and until when that is true."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Flag
from displays.views.cards import CardView, card, valid_until
from tests.board_page.dialogs import RENDERER, faulty, text_of
from tests.builders import ANNA, NOW, TOM, Trial, dispatched, received, signed, working


def shown(trial: Trial) -> CardView:
    return card(trial.shop, trial.job(), trial.now)


@pytest.mark.parametrize(
    ("minutes", "tone", "bar"), [(90, "calm", ""), (59, "soon", ""), (-1, "late", "late")]
)
def test_the_tone_follows_the_promise(minutes: int, tone: str, bar: str) -> None:
    trial = received(Trial())
    trial.do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=3)), ANNA)
    trial.now = NOW + timedelta(hours=3) - timedelta(minutes=minutes)
    assert (shown(trial).tone, shown(trial).bar) == (tone, bar)


def test_a_card_without_promise_is_plain() -> None:
    view = shown(received(Trial()))
    assert (view.promise, view.tone, view.runs) == (None, "none", False)


def test_a_promise_of_another_day_does_not_run() -> None:
    trial = received(Trial()).do(c.PromiseJob(job="j1", at=NOW + timedelta(days=1)), ANNA)
    promise = shown(trial).promise
    assert promise is not None
    assert promise.days == 1
    assert not shown(trial).runs


def test_work_names_bay_and_technician() -> None:
    sign = shown(working(Trial())).sign
    assert (sign.icon, sign.says, sign.bay, sign.who) == ("play", "bay", "1", "Tom")


def test_nobody_at_work_is_an_empty_ring() -> None:
    assert shown(dispatched(Trial())).sign.icon == "ring"
    paused = working(Trial()).do(c.PauseLine(job="j1"), TOM)
    assert shown(paused).sign.icon == "ring"


def test_the_customers_answer_waits_for_a_person() -> None:
    trial = signed(Trial()).do(c.HoldJob(job="j1", hold=HoldReason.approval), ANNA)
    view = shown(trial)
    assert (view.bar, view.sign.icon, view.sign.says) == ("act", "phone", "hold")


def test_ordered_parts_say_when_they_come_until_that_time_is_over() -> None:
    due = NOW + timedelta(hours=2)
    held = c.HoldJob(job="j1", hold=HoldReason.parts_order, expected=due)
    trial = signed(Trial()).do(held, ANNA)
    assert shown(trial).sign.says == "expected"
    assert valid_until(trial.job(), trial.now) == due
    trial.now = due
    assert shown(trial).sign.says == "hold"


def test_three_flags_fit_and_the_waiting_customer_comes_first() -> None:
    trial = received(Trial(), plate="京AD12345")
    flags = frozenset({Flag.vip, Flag.waiting, Flag.express, Flag.recall})
    trial.do(c.FlagJob(job="j1", add=flags), ANNA)
    assert shown(trial).flags == ("waiting", "new_energy", "vip")


def test_a_car_kept_overnight_says_so() -> None:
    trial = received(Trial()).later(days=1)
    assert shown(trial).flags[0] == "carried_over"


def test_the_next_change_of_tone_is_known() -> None:
    at = NOW + timedelta(hours=3)
    trial = received(Trial()).do(c.PromiseJob(job="j1", at=at), ANNA)
    assert valid_until(trial.job(), NOW) == at - timedelta(hours=1)


def test_a_card_in_rework_says_what_the_check_found() -> None:
    view = shown(faulty())
    assert view.failed is not None
    assert (view.failed.level, view.failed.defect, view.failed.by) == ("self", "leak", "Tom")
    html = RENDERER.region(view.id, view, "en")
    assert "Leak · front left · Self-check Tom" in text_of(html)
    assert "asked failed" in html


def test_a_car_without_a_colour_has_no_blank_before_the_dot() -> None:
    view = replace(shown(received(Trial())), model="E3", colour="", advisor="Anna")
    assert "<span>E3<i" in RENDERER.region(view.id, view, "en")
