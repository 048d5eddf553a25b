"""What screens were told, added up, is what a fresh look at the shop shows; one failure is one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import given, settings

from board.core import commands as c
from board.core.shop import Shop
from displays.audiences import audiences
from displays.channel import Variant
from displays.hub import Hub
from displays.live import KEPT_SECONDS, WINDOW_SECONDS, Live
from displays.views.parts import View
from tests.builders import ANNA, TINA, Trial, received, working
from tests.displays.random_days import DEEDS, Deed, day
from tests.displays.walls import english
from tests.hub.paper import Page, Timeline, make_hub

TV = Variant("test", "tv", "en")
TV_ONE = Variant("test", "tv", "en", "1")
TV_CHINESE = Variant("test", "tv", "zh-Hans")
LOUNGE = Variant("test", "lounge", "en")
BOARD = Variant("test", "board", "en")
TABLETS = tuple(Variant("test", "tablet", "en", "", who) for who in ("tom", "lee", "ines", "willy"))
EVERY = (TV, TV_ONE, TV_CHINESE, LOUNGE, BOARD, *TABLETS)


class _Elapsed:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def _stage() -> tuple[Live, Hub, _Elapsed]:
    hub, elapsed = make_hub(Timeline()), _Elapsed()
    return Live(hub, english(), elapsed=elapsed), hub, elapsed


def _position(shop: Shop) -> tuple[str, int]:
    return "e", shop.seq


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_changes_add_up_to_what_a_fresh_look_shows(deeds: list[Deed]) -> None:
    live, hub, _elapsed = _stage()
    for at, (shop, now) in enumerate(day(deeds)):
        live.refresh(shop, now, _position(shop))
        for variant in EVERY:
            live.ensure(variant)
            if at % 5 == 0:
                assert hub.shown(variant).regions == live.regions(shop, now, variant)
    for variant in EVERY:
        assert hub.shown(variant).regions == live.regions(shop, now, variant)


def test_one_command_changes_one_row_and_nothing_else() -> None:
    timeline = Timeline()
    hub = make_hub(timeline)
    live = Live(hub, english())
    trial = received(working(Trial()), "j2", "沪B8K321")
    live.refresh(trial.shop, trial.now, _position(trial.shop))
    live.ensure(TV)
    page = Page(hub)
    page.dial(TV)
    timeline.pass_time(1)
    rows = dict(page.regions)
    page.heard.clear()
    live.refresh(trial.shop, trial.now + timedelta(seconds=1), _position(trial.shop))
    page.read()
    assert page.heard == [], "a tick that changes nothing sends nothing"
    trial.later(seconds=5)
    working(trial, "j3", "粤BF09876", "2", TINA)
    live.refresh(trial.shop, trial.now, _position(trial.shop))
    timeline.pass_time(1)
    page.read()
    [frame] = page.frames
    assert set(frame["regions"]) == {"row-2"}
    assert {**rows, **frame["regions"]} == live.regions(trial.shop, trial.now, TV)


def test_time_alone_changes_a_tone() -> None:
    timeline = Timeline()
    hub = make_hub(timeline)
    live = Live(hub, english())
    trial = working(Trial())
    trial.do(c.PromiseJob(job="j1", at=trial.now + timedelta(minutes=5)), ANNA)
    live.refresh(trial.shop, trial.now, _position(trial.shop))
    live.ensure(TV)
    page = Page(hub)
    page.dial(TV)
    timeline.pass_time(1)
    live.refresh(trial.shop, trial.now + timedelta(minutes=6), _position(trial.shop))
    timeline.pass_time(1)
    page.read()
    assert set(page.frames[-1]["regions"]) == {"head", "row-1"}


def test_what_follows_close_is_shown_together_and_pages_never_wait_for_it() -> None:
    timeline = Timeline()
    hub = make_hub(timeline)
    live = Live(hub, english(), elapsed=lambda: 0.0, later=timeline.later)
    trial = received(Trial())
    live.change(trial.shop, trial.now, _position(trial.shop))
    live.ensure(LOUNGE)
    first = hub.shown(LOUNGE)
    received(trial, "j2", "沪B8K321")
    live.change(trial.shop, trial.now, _position(trial.shop))
    received(trial, "j3", "粤BF09876")
    live.change(trial.shop, trial.now, _position(trial.shop))
    assert hub.shown(LOUNGE).rev == first.rev
    timeline.pass_time(WINDOW_SECONDS)
    assert hub.shown(LOUNGE).rev == first.rev + 1
    assert hub.shown(LOUNGE).position == _position(trial.shop)
    received(trial, "j4", "浙A7Q5W2")
    live.change(trial.shop, trial.now, _position(trial.shop))
    live.ensure(LOUNGE)
    assert hub.shown(LOUNGE).regions == live.regions(trial.shop, trial.now, LOUNGE)


def test_a_variant_nobody_watches_is_dropped_after_a_while_and_comes_back() -> None:
    live, hub, elapsed = _stage()
    trial = Trial()
    live.refresh(trial.shop, trial.now, _position(trial.shop))
    live.ensure(TV)
    live.refresh(trial.shop, trial.now, _position(trial.shop))
    elapsed.seconds += KEPT_SECONDS + 1
    live.refresh(trial.shop, trial.now, _position(trial.shop))
    assert not hub.knows(TV)
    live.ensure(TV)
    assert hub.knows(TV)


def test_a_watched_variant_stays() -> None:
    live, hub, elapsed = _stage()
    trial = Trial()
    live.refresh(trial.shop, trial.now, _position(trial.shop))
    live.ensure(TV)
    Page(hub).dial(TV)
    for _minute in range(20):
        elapsed.seconds += 60
        live.refresh(trial.shop, trial.now, _position(trial.shop))
    assert hub.knows(TV)


class _BrokenView:
    template: ClassVar[str] = "no/such.html"


class _Moody:
    """Shows a region without a template while the shop has a certain name."""

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        whole = audiences()["lounge"](LOUNGE).project(shop, now)
        return {**whole, "foot": _BrokenView()} if shop.settings.name == "moody" else whole


def test_a_variant_that_fails_is_logged_stops_no_other_and_heals(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub = make_hub(Timeline())
    live = Live(hub, english(), lambda: {**audiences(), "lounge": lambda variant: _Moody()})
    trial = received(Trial())
    live.refresh(trial.shop, trial.now, ("e", 1))
    live.ensure(LOUNGE)
    live.ensure(TV)
    named = replace(trial.shop.settings, name="moody")
    live.refresh(replace(trial.shop, settings=named), trial.now, ("e", 2))
    assert hub.shown(TV).position == ("e", 2)
    assert "moody" in hub.shown(TV).regions["head"]
    assert hub.shown(LOUNGE).position == ("e", 1), "it keeps the last whole picture"
    assert [record.exc_info is not None for record in caplog.records] == [True]
    received(trial, "j2", "沪B8K321")
    live.refresh(trial.shop, trial.now, ("e", 3))
    assert hub.shown(LOUNGE).regions == live.regions(trial.shop, trial.now, LOUNGE)
