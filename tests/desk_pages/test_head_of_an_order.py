"""What stands above every section of an order, and what only some may be asked there."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.job import Flag
from displays.order_comeback import comeback_facts
from displays.order_tabs import ORDER_PAGES
from tests.board_page.dialogs import ask
from tests.builders import ANNA, INES, NOW, TOM, brought_to


@pytest.mark.parametrize(
    ("state", "runs"),
    [("working", True), ("awaiting_settlement", True), ("ready", False), ("delivered", False)],
)
def test_a_promise_is_counted_down_until_the_car_can_be_fetched(state: str, runs: bool) -> None:
    """Falls over without `job.state not in _WAITS_FOR_ITS_OWNER` in `displays/order_tabs.py`."""
    sheet = ORDER_PAGES[0].build(ask(brought_to(state), ANNA, job="j1"))
    assert sheet.context["runs"] is runs


def test_a_late_promise_is_red_above_the_order_as_on_its_card() -> None:
    trial = brought_to("working").do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=9)), ANNA)
    assert not ORDER_PAGES[0].build(ask(trial, ANNA, job="j1")).context["is_late"]
    trial.now = NOW + timedelta(hours=10)
    assert ORDER_PAGES[0].build(ask(trial, ANNA, job="j1")).context["is_late"]


def test_only_who_may_link_a_comeback_is_asked_what_it_comes_back_to() -> None:
    """Falls over without `may_link and Flag.comeback in job.flags` in
    `displays/order_comeback.py`.
    """
    trial = brought_to("final_check").do(c.FlagJob(job="j1", add=frozenset({Flag.comeback})), ANNA)
    job = trial.shop.jobs["j1"]
    assert comeback_facts(ask(trial, INES, job="j1"), job).is_flagged
    assert not comeback_facts(ask(trial, TOM, job="j1"), job).is_flagged


def test_every_section_offers_the_own_last_deed_to_be_taken_back_while_it_can() -> None:
    """Falls over without `own_last_deed` in `displays/order_tabs.py`."""
    trial = brought_to("ready")
    for page in ORDER_PAGES[4], ORDER_PAGES[6]:
        shown = page.build(ask(trial, ANNA, job="j1")).context["undo"]
        assert getattr(shown, "job", "") == "j1"
        assert page.build(ask(trial, INES, job="j1")).context["undo"] is None
    trial.later(minutes=5)
    assert ORDER_PAGES[4].build(ask(trial, ANNA, job="j1")).context["undo"] is None
