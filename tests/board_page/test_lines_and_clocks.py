"""What the pages of lines and clocks say, without a server: sums, tones, originals, who may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.catalogue import CatalogueItem
from displays.catalogue_page import catalogue_page
from displays.clocks_page import Worker, clocks_page
from displays.dialogs import BUILDERS
from displays.order_lines import LineCells, Sums, lines_section
from tests.board_page.dialogs import ask, dialog, text_of
from tests.board_page.test_history import after
from tests.builders import (
    ANNA,
    CARL,
    LEE,
    MONA,
    NOW,
    TINA,
    TOM,
    WILLY,
    Trial,
    agreed,
    answered,
    dispatched,
    set_up,
    working,
)

BRAKES = CatalogueItem("B10", "Front brake pads", 1.2, 38_000, 52_050)
OIL = CatalogueItem("A01", "Oil service", 0.6, 12_000)


def stocked() -> Trial:
    """A dispatched car in a shop with two items in its catalogue."""
    items = c.ImportCatalogue(items=(BRAKES, OIL))
    return dispatched(Trial().do(items, MONA))


def cells(trial: Trial) -> list[LineCells]:
    """The rows of the lines page."""
    found = lines_section(ask(trial, ANNA, job="j1")).context["lines"]
    assert isinstance(found, tuple)
    return list(found)


def sums(trial: Trial) -> list[Sums]:
    """The sums of the lines page."""
    found = lines_section(ask(trial, ANNA, job="j1")).context["sums"]
    assert isinstance(found, tuple)
    return list(found)


def workers(trial: Trial) -> dict[str, Worker]:
    """The technicians of the clocks page."""
    found = clocks_page(ask(trial, CARL)).context["workers"]
    assert isinstance(found, tuple)
    return {worker.id: worker for worker in found}


def test_sums_stand_apart_and_only_where_there_is_something() -> None:
    trial = agreed(stocked(), "", code="B10")
    assert [row.of for row in sums(trial)] == ["agreed"]
    trial.do(c.AddLine(job="j1", code="A01", proposed=True), ANNA)
    trial.do(c.AddLine(job="j1", text="Wipers", price=100, proposed=True), ANNA)
    trial.do(answered(False, line="4"), ANNA)
    assert [(row.of, row.total) for row in sums(trial)] == [
        ("agreed", "900.50"),
        ("proposed", "120.00"),
        ("declined", "1.00"),
    ]


@pytest.mark.parametrize(("minutes", "tone"), [(20, "calm"), (40, "notice"), (60, "warning")])
def test_a_line_shows_hours_against_standard(minutes: int, tone: str) -> None:
    trial = stocked().do(c.ChangeLine(job="j1", line="1", standard_hours=1), ANNA)
    trial.do(c.StartLine(job="j1"), TOM).later(minutes=minutes)
    row = cells(trial)[0]
    assert (row.minutes, row.spent, row.fixed) == (minutes, tone, True)


def test_the_catalogue_is_found_by_code_before_words() -> None:
    trial = stocked()
    more = replace(OIL, code="B11", text="Brake fluid")
    trial.do(c.ImportCatalogue(items=(more,)), MONA)
    page = catalogue_page(ask(trial, MONA, q="b1"))
    found = page.context["items"]
    assert isinstance(found, list)
    assert [item.code for item in found] == ["B10", "B11"]
    assert "Brake fluid" in dialog("catalogue", trial, ANNA, q="brake fl")
    assert "Nothing in the catalogue" in dialog("catalogue", trial, ANNA, q="zebra")
    assert text_of(dialog("catalogue", trial, ANNA, q="B10")).startswith("B10 Front brake pads")


def test_what_is_agreed_asks_why_it_gets_dearer() -> None:
    assert 'name="reason"' in dialog("change_line", stocked(), ANNA, job="j1", line="1")
    assert BUILDERS["change_line"](ask(stocked(), WILLY, job="j1", line="1")).context == {}
    assert BUILDERS["withdraw_line"](ask(stocked(), ANNA, job="j1", line="7")).context == {}


def test_each_technicians_day_is_told_with_its_sums() -> None:
    trial = working(Trial()).later(minutes=50).do(c.StartIndirect(code="training"), TOM)
    trial.later(minutes=15)
    tom = workers(trial)["tom"]
    assert (tom.on_lines, tom.off_cars, tom.running) == (50, 15, "indirect")
    assert [row.minutes for row in tom.rows] == [50, 15]
    assert workers(trial)["tina"].rows == ()


def test_a_corrected_clock_says_what_it_was_by_whom_and_why() -> None:
    trial = working(Trial()).later(hours=2).do(c.PauseLine(job="j1"), TOM)
    about = {"job": "j1", "line": "1", "technician": "tom", "started_at": NOW}
    ended = NOW + timedelta(hours=1)
    trial.do(c.CorrectClock(**about, ended_at=ended, reason="left early"), CARL)  # type: ignore[arg-type]
    row = workers(trial)["tom"].rows[0]
    assert row.was is not None
    assert row.was[1] is not None
    assert (row.minutes, row.was[1].clock, row.by, row.why) == (60, "11:00", "Carl", "left early")


def test_yesterdays_clocks_are_not_todays() -> None:
    trial = Trial().do(c.StartIndirect(code="break"), TINA).do(c.StopIndirect(), TINA)
    assert len(workers(trial)["tina"].rows) == 1
    assert workers(trial.later(hours=24))["tina"].rows == ()


def test_only_the_controller_is_offered_corrections() -> None:
    trial = working(Trial()).later(hours=1)
    key = NOW.isoformat()
    given = {"technician": "tom", "started_at": key, "job": "j1", "line": "1"}
    assert 'hx-post="/do/correct_clock"' in dialog("correct_clock", trial, CARL, **given)
    assert BUILDERS["correct_clock"](ask(trial, LEE, **given)).context == {}
    assert not clocks_page(ask(trial, LEE)).context["may_correct"]


def test_the_shops_own_codes_are_offered() -> None:
    settings = replace(set_up().settings, indirect_codes={"tool_care": "工具保养"})
    trial = Trial().do(c.SetUpShop(settings=settings), MONA)
    html = dialog("indirect", trial, CARL, technician="tom")
    assert "工具保养" in html
    assert "Parts run" in html


def test_the_history_says_what_was_changed_withdrawn_and_set_right() -> None:
    trial = stocked().do(c.AddLine(job="j1", code="B10"), ANNA)
    changed = c.ChangeLine(job="j1", line="2", price=40_000, reason="agreed by phone")
    assert (
        after(trial, changed) == "Line changed Anna · Front brake pads · ¥ 920.50 · agreed by phone"
    )
    withdrawn = c.WithdrawLine(job="j1", line="2", reason="twice")
    assert after(trial, withdrawn) == "Line taken away Anna · Front brake pads · twice"
    trial.do(c.StartLine(job="j1"), TOM).later(hours=2)
    about = {"job": "j1", "line": "1", "technician": "tom", "started_at": NOW}
    ended = NOW + timedelta(hours=1)
    right = c.CorrectClock(**about, ended_at=ended, reason="left early")  # type: ignore[arg-type]
    assert (
        after(trial, right, CARL) == "Clock corrected Carl · Tom · 09:00 · until 10:00 · left early"
    )
