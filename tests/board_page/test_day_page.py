"""The day's page and its paper: what a closed day shows, and how many nights a car will stay."""

from board.core import commands as c
from board.core.day_book import Choice
from displays.day_page import Row, day_page, day_print
from displays.dialog_asks import Ask
from tests.builders import CARL, PLATES, Trial, received, signed

OUT = c.DecideCarryOver(job="j1", choice=Choice.moved_out)


def closing(trial: Trial, part: str) -> list[Row]:
    """The rows of a part of the closing page."""
    found = day_page(Ask(trial.shop, CARL, trial.now, {"view": "closing"})).context.get(part, ())
    assert isinstance(found, tuple)
    return list(found)


def printed(trial: Trial) -> list[int]:
    """The nights on the evening page."""
    staying = day_print(Ask(trial.shop, CARL, trial.now, {})).context["staying"]
    assert isinstance(staying, tuple)
    return [row.nights for row in staying]


def test_a_closed_day_offers_no_decision_and_tells_later_cars_apart() -> None:
    trial = signed(Trial()).later(hours=9).do(OUT, CARL)
    assert [row.mine for row in closing(trial, "cars")] == [True]
    trial.do(c.CloseDay(), CARL)
    received(trial.later(hours=1), "j2", PLATES[1])
    assert [(row.job, row.choice, row.mine) for row in closing(trial, "cars")] == [
        ("j1", "moved_out", False)
    ]
    assert [row.job for row in closing(trial, "came")] == ["j2"]


def test_the_evening_page_counts_the_night_to_come() -> None:
    trial = signed(Trial()).later(hours=9).do(OUT, CARL)
    assert printed(trial) == [1]
    assert printed(trial.do(c.CloseDay(), CARL)) == [1]
