"""An order that has nothing to go on is asked about before it goes to dispatch as signed."""

from board.core import commands as c
from displays.dialog_unsigned import lacks
from tests.board_page.dialogs import dialog, text_of
from tests.builders import ANNA, MONA, Trial, received, signed

SIGN = c.SignOrder(job="j1", on_paper=True)


def with_a_line() -> Trial:
    return received(Trial()).do(c.AddLine(job="j1", text="Oil"), ANNA)


def test_the_menu_asks_when_there_are_no_lines_or_nothing_was_recorded() -> None:
    """Falls over without `lacks(job)` in `displays/dialog_move.py`."""
    assert "dialog/unsigned?job=j1" in dialog("menu", received(Trial()), ANNA, job="j1")
    assert lacks(received(Trial()).job()) == ("lines", "sheet", "signature")
    assert lacks(with_a_line().job()) == ("sheet", "signature")
    sheet = c.SaveSheet(job="j1")
    assert lacks(with_a_line().do(sheet, ANNA).job()) == ()
    assert "dialog/unsigned" not in dialog("menu", with_a_line().do(sheet, ANNA), ANNA, job="j1")


def test_the_dialog_names_what_is_missing_and_lets_it_go() -> None:
    html = dialog("unsigned", with_a_line(), ANNA, job="j1", to="awaiting_dispatch")
    assert "No signature is recorded." in text_of(html)
    assert "no lines" not in text_of(html)
    assert 'name="to" value="awaiting_dispatch"' in html
    assert 'name="reason"' not in html
    why = dialog("unsigned", with_a_line(), MONA, job="j1", to="awaiting_dispatch")
    assert 'name="reason"' in why


def test_a_card_dropped_on_dispatch_asks_the_same() -> None:
    html = dialog("drop", received(Trial()), ANNA, job="j1", lane="dispatch")
    assert "To dispatch all the same" in html


def test_what_was_in_dispatch_before_is_not_asked_about_again() -> None:
    assert lacks(signed(Trial()).job()) == ()
