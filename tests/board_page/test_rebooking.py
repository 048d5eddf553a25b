"""Whoever did not come is booked again: the dialog asks for a time to come."""

from board.core import commands as c
from tests.board_page.dialogs import dialog
from tests.builders import ANNA, CLOCK, MONA, WILLY, Trial, booked


def missed() -> Trial:
    """A car that was expected and did not come."""
    return booked(Trial(), hours=1).later(hours=2).do(c.MarkNoShow(job="j1"), CLOCK)


def test_the_order_of_who_did_not_come_leads_to_the_new_time() -> None:
    for name in ("job", "menu"):
        html = dialog(name, missed(), ANNA, job="j1")
        assert 'data-dialog="/board/dialog/rebook?job=j1' in html
        assert "to=booked" not in html


def test_the_new_time_is_asked_for_and_sent_with_the_move() -> None:
    html = dialog("rebook", missed(), ANNA, job="j1")
    assert 'hx-post="/do/move_job"' in html
    assert '<input type="hidden" name="to" value="booked">' in html
    assert 'name="booked_for" value="2026-11-21T' in html
    assert 'name="reason"' not in html


def test_a_manager_says_why_and_others_do_not_book() -> None:
    assert 'name="reason"' in dialog("rebook", missed(), MONA, job="j1")
    assert "booked_for" not in dialog("rebook", missed(), WILLY, job="j1")


def test_who_is_expected_is_not_booked_again() -> None:
    assert "booked_for" not in dialog("rebook", booked(Trial()), ANNA, job="j1")
