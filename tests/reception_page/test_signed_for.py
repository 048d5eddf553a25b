"""Whoever signs is shown what the work will cost, and what has no price yet."""

from board.core import commands as c
from displays.order_reception import OrderedLine, reception
from tests.board_page.dialogs import ask
from tests.builders import ANNA, INES, Trial, received


def test_the_lines_to_be_signed_stand_with_their_prices_and_their_sum() -> None:
    trial = received(Trial())
    priced = c.AddLine(job="j1", text="Brakes", standard_hours=1.5, price=38000, parts_price=52050)
    trial.do(priced, ANNA).do(c.AddLine(job="j1", text="Noise"), ANNA)
    context = reception(ask(trial, ANNA, job="j1")).context
    assert context["ordered"] == (OrderedLine("Brakes", 1.5, 90050), OrderedLine("Noise", 0.0, 0))
    assert (context["sum"], context["sees_prices"]) == (90050, True)
    assert reception(ask(trial, INES, job="j1")).context["sees_prices"] is False
