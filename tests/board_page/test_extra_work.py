"""Extra work at the desk: what a card says of it, the dialog of an answer, and the order's page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from displays.order_extra import Found, extra_sheet
from displays.views.asks import asks
from displays.views.cards import card
from displays.views.tablet_undo import undo_view
from tests.board_page.dialogs import ask, dialog, text_of
from tests.builders import ANNA, LENA, NOW, PIA, TINA, TOM, Trial, answered, priced, working
from tests.core.found import ASK, asked, on_the_phone, proposed


def _says(trial: Trial) -> str:
    return card(trial.shop, trial.job(), trial.now).asks


def _rows(trial: Trial) -> tuple[Found, ...]:
    rows = extra_sheet(ask(trial, ANNA, job="j1")).context["found"]
    assert isinstance(rows, tuple)
    return rows


def test_a_card_says_what_extra_work_waits_for() -> None:
    trial = working(Trial())
    assert _says(trial) == ""
    trial.do(c.ProposeLine(job="j1", text="Pads"), TOM)
    assert _says(trial) == "price"
    assert _says(priced(trial)) == "ask"
    assert _says(trial.do(ASK, ANNA)) == "waits"
    assert _says(trial.later(minutes=1).do(on_the_phone(), LENA)) == "agreed"


def test_an_answer_is_shown_until_somebody_goes_on() -> None:
    trial = asked().later(minutes=1).do(on_the_phone(approved=False), LENA)
    assert _says(trial) == "declined"
    trial.later(minutes=1).do(c.PauseLine(job="j1"), TOM).do(c.StartLine(job="j1"), TOM)
    assert _says(trial) == ""


def test_the_question_of_the_promise_comes_before_all_else() -> None:
    trial = working(Trial()).do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=1)), ANNA)
    trial.do(c.ProposeLine(job="j1", text="Pads", standard_hours=3), TOM)
    trial.do(c.ProposeLine(job="j1", text="Discs"), TOM)
    priced(trial).do(answered(), ANNA)
    assert asks(trial.job()) == "promise"
    assert asks(trial.do(c.KeepPromise(job="j1"), ANNA).job()) == "price"


def test_the_dialog_asks_how_the_answer_came_and_who_gave_it() -> None:
    html = dialog("answer", asked(), ANNA, job="j1", line="2")
    assert 'value="Lena Song"' in html
    assert "Phone call In person Message" in text_of(html)
    assert "680" in text_of(html)
    assert 'name="price" value="260.00"' in html


def test_without_a_price_the_dialog_offers_no_yes() -> None:
    html = dialog("answer", proposed(), ANNA, job="j1", line="2")
    assert 'value="true" required disabled' in html


@pytest.mark.parametrize("given", [{"line": "1"}, {"line": "9"}, {}])
def test_there_is_no_dialog_for_what_is_not_open(given: dict[str, str]) -> None:
    assert "decide_line" not in dialog("answer", asked(), ANNA, job="j1", **given)


def test_technicians_record_no_answers() -> None:
    assert "decide_line" not in dialog("answer", asked(), TINA, job="j1", line="2")


def test_the_page_says_where_each_line_stands() -> None:
    trial = asked().do(c.ProposeLine(job="j1", text="Discs"), TOM)
    trial.do(c.ProposeLine(job="j1", text="Wipers"), TOM)
    priced(trial, "4").do(answered(line="4", approved=False), ANNA)
    assert [row.stands for row in _rows(trial)] == ["waits", "price", "declined"]
    trial.do(on_the_phone(), LENA)
    assert [row.stands for row in _rows(trial)] == ["approved", "price", "declined"]
    trial.do(c.StartLine(job="j1", line="2"), TOM)
    assert [row.stands for row in _rows(trial)] == ["begun", "price", "declined"]


def test_the_page_tells_every_answer_with_its_price() -> None:
    trial = asked().do(replace(answered(), note="by noon"), ANNA)
    trial.do(c.PriceLine(job="j1", line="2", price=300_00), ANNA)
    trial.do(answered(approved=False), ANNA)
    answers = _rows(trial)[0].answers
    assert [(one.approved, one.total, one.note) for one in answers] == [
        (False, 720_00, ""),
        (True, 680_00, "by noon"),
    ]
    assert {(one.how, one.said_by, one.by) for one in answers} == {
        ("in_person", "Lena Song", "Anna")
    }


def test_the_parts_clerk_prices_and_asks_nobody() -> None:
    context = extra_sheet(ask(proposed(), PIA, job="j1")).context
    assert (context["may_price"], context["may_ask"], context["only_parts"]) == (True, False, True)


def test_a_tablet_offers_to_take_a_report_back() -> None:
    trial = proposed(stops_work=True)
    view = undo_view([trial.job()], trial.now)
    assert (view.did, view.text) == ("reported", "Rear pads")
