"""The page of holds: by whose move they are, the oldest first, and the day's waiting as bars."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from board.core import commands as c
from board.core.hold_times import Stretch, Waited
from board.core.holds import HoldReason, HoldRules
from board.core.roles import Actor, Role
from displays.desk_page_list import PAGES
from displays.desk_pages import navigation
from displays.holds_page import Bar, holds_page, read_waits
from displays.views.cards import card
from tests.board_page.dialogs import ask, dialog
from tests.builders import (
    ANNA,
    CARL,
    CLOCK,
    EVERY_ROLE,
    INES,
    LEE,
    MONA,
    PIA,
    PLATES,
    TOM,
    WILLY,
    Trial,
    set_up,
    signed,
)


@dataclass
class Table:
    """A read table that answers with what it was given and keeps what it was asked."""

    rows: list[Waited]
    asked: list[tuple[str, Stretch]]

    async def waits(self, shop_id: str, within: Stretch) -> Sequence[Waited]:
        self.asked.append((shop_id, within))
        return self.rows


def held(trial: Trial, number: int, reason: HoldReason) -> Trial:
    """One more car that stands still from now on."""
    job = f"j{number}"
    expected = trial.now + timedelta(minutes=30) if reason == HoldReason.parts_order else None
    signed(trial, job, PLATES[number - 1])
    trial.do(c.HoldJob(job=job, hold=reason, expected=expected, note="see order"), CARL)
    return trial.later(minutes=5)


def groups(trial: Trial) -> list[tuple[str, list[str]]]:
    """Owners with their cars, in the order of the page."""
    found = holds_page(ask(trial, CARL)).context["groups"]
    return [(owner, [car.job for car in cars]) for owner, cars in found]  # type: ignore[attr-defined]


def four() -> Trial:
    """Four cars that stand still, two of them for parts."""
    trial = held(held(Trial(), 1, HoldReason.approval), 2, HoldReason.parts_issue)
    return held(held(trial, 3, HoldReason.bay), 4, HoldReason.parts_order)


def test_holds_stand_under_their_owner_the_oldest_first() -> None:
    assert groups(four()) == [("advisor", ["j1"]), ("parts", ["j2", "j4"]), ("controller", ["j3"])]


def test_an_owner_with_an_escalated_hold_comes_before_all() -> None:
    trial = four().later(hours=1).do(c.EscalateHold(job="j3"), CLOCK)
    assert groups(trial)[0] == ("controller", ["j3"])
    sheet = holds_page(ask(trial, CARL))
    assert (sheet.context["held"], sheet.context["escalated"]) == (4, 1)


def owners_seen(trial: Trial, actor: Actor) -> list[str]:
    """Whose holds the page shows, in its order."""
    return [owner for owner, _ in holds_page(ask(trial, actor)).context["groups"]]  # type: ignore[attr-defined]


def test_who_owns_holds_sees_their_own_before_all_others() -> None:
    """Falls over without `is_others` in `displays/holds_page.py`."""
    trial = four().later(hours=1).do(c.EscalateHold(job="j3"), CLOCK)
    assert (
        owners_seen(trial, CARL) == owners_seen(trial, MONA) == ["controller", "advisor", "parts"]
    )
    assert owners_seen(trial, ANNA) == ["advisor", "controller", "parts"]
    assert owners_seen(trial, PIA) == ["parts", "controller", "advisor"]


def test_a_car_has_the_buttons_of_those_who_may_move_it() -> None:
    trial = four()

    def movable(actor: Actor) -> list[str]:
        groups: Any = holds_page(ask(trial, actor)).context["groups"]
        return [car.job for _, cars in groups for car in cars if car.may_end and car.may_change]

    assert movable(PIA) == ["j2", "j4"]
    assert sorted(movable(ANNA)) == sorted(movable(MONA)) == ["j1", "j2", "j3", "j4"]


@pytest.mark.parametrize("actor", [ANNA, CARL, PIA, LEE, INES, MONA])
def test_every_role_that_owns_a_hold_has_the_page(actor: Actor) -> None:
    """Falls over without `owners` in `displays/desk_page_list.py`."""
    assert ("/holds", "Holds") in navigation(PAGES, actor, Trial().shop.settings)


def test_who_owns_none_has_it_when_the_shop_names_them() -> None:
    rules = HoldRules(owners={HoldReason.warranty: Role.warranty_clerk})
    usual = Trial().shop.settings
    named = replace(usual, holds=rules)
    (page,) = (one for one in PAGES if one.path == "/holds")
    clerk = EVERY_ROLE[Role.warranty_clerk]
    assert (page.is_for(clerk, usual), page.is_for(clerk, named)) == (False, True)
    assert not any(page.is_for(one, named) for one in (TOM, WILLY))


def test_what_cars_waited_for_is_for_those_who_watch_over_all() -> None:
    """Falls over without `if not sees_waiting_times` in `displays/holds_page.py`."""
    table, trial = Table([], []), four()
    for actor, is_told in ((ANNA, False), (PIA, False), (CARL, True), (MONA, True)):
        assert bool(asyncio.run(read_waits(table, ask(trial, actor)))) is is_told
        assert holds_page(ask(trial, actor)).context["watches"] is is_told


def test_a_hold_past_its_expected_time_says_so() -> None:
    trial = four()
    parts = dict(holds_page(ask(trial.later(minutes=24), CARL)).context["groups"])["parts"]  # type: ignore[call-overload]
    assert [car.overdue for car in parts] == [False, False]
    parts = dict(holds_page(ask(trial.later(minutes=10), CARL)).context["groups"])["parts"]  # type: ignore[call-overload]
    assert [car.overdue for car in parts] == [False, True]


def test_an_escalated_hold_turns_the_card() -> None:
    """Falls over without `if hold.escalated_at is not None` in `displays/views/signs.py`."""
    trial = held(Trial(), 1, HoldReason.approval).later(hours=1)
    assert card(trial.shop, trial.job(), trial.now).bar == "act"
    trial.do(c.EscalateHold(job="j1"), CLOCK)
    shown = card(trial.shop, trial.job(), trial.now)
    assert (shown.bar, shown.sign.icon, shown.sign.says) == ("late", "bang", "hold")


def test_one_tap_goes_on_for_a_controller_and_a_manager_says_why() -> None:
    trial = held(Trial(), 1, HoldReason.approval)
    taps = [holds_page(ask(trial, by)).context["one_tap"] for by in (CARL, MONA)]
    assert taps == [True, False]
    for name in ("resume", "hold"):
        assert 'name="reason"' in dialog(name, trial, MONA, job="j1")
        assert 'name="reason"' not in dialog(name, trial, CARL, job="j1")


def test_bars_are_as_long_as_the_waits_and_breaks_do_not_count() -> None:
    rows = [
        Waited("approval", "advisor", 3, 2, 3630),
        Waited("break", "calendar", 1, 1, 1800),
        Waited("bay", "controller", 1, 1, 930),
    ]
    table, trial = Table(rows, []), Trial()
    found = asyncio.run(read_waits(table, ask(trial, CARL, day="2026-11-20")))
    assert found == {
        "bars": (Bar("approval", "advisor", 60, 3, 2, 100), Bar("bay", "controller", 15, 1, 1, 25)),
        "minutes": 75,
        "breaks": 30,
    }
    ((shop_id, within),) = table.asked
    assert (shop_id, within.begins.isoformat()) == ("test", "2026-11-20T00:30:00+00:00")
    assert within.until.isoformat() == "2026-11-20T09:30:00+00:00"


def test_the_present_day_ends_now_and_one_to_come_has_nothing() -> None:
    table, trial = Table([], []), Trial()
    for day in ("", "2026-11-30", "nonsense"):
        asyncio.run(read_waits(table, ask(trial, CARL, day=day)))
    untils = [within.until for _, within in table.asked]
    assert untils[0] == untils[2] == trial.now
    assert table.asked[1][1].begins == untils[1]


def test_the_dialog_of_a_hold_shows_the_shops_own_owners() -> None:
    rules = HoldRules(owners={HoldReason.warranty: Role.warranty_clerk})
    trial = Trial().do(c.SetUpShop(settings=replace(set_up().settings, holds=rules)), MONA)
    html = dialog("hold", signed(trial), EVERY_ROLE[Role.warranty_clerk], job="j1")
    assert "Warranty clerk" in html
    assert 'value="warranty"' in html
    assert 'value="approval"' not in html
    assert 'value="parts_issue"' in dialog("hold", trial, PIA, job="j1")
