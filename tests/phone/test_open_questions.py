"""The phone page asks only what can still be agreed to: the rules are asked, not copied."""

import pytest

from board.core import commands as c
from displays.views.phone import phone_page
from displays.views.phone_views import PhoneQuestionsView, PhoneWaitingView
from tests.builders import ANNA, LENA, Trial, brought_to, priced
from tests.core.found import asked, asked_before_gates, found, on_the_phone


def questions(trial: Trial) -> tuple[list[str], int]:
    """The lines that the page asks about, and how many it says there are before the code."""
    before, after = (
        phone_page(trial.shop, trial.job(), trial.now, opened)["phone-ask"]
        for opened in (False, True)
    )
    assert isinstance(before, PhoneWaitingView)
    assert isinstance(after, PhoneQuestionsView)
    return [question.line for question in after.questions], before.waits


@pytest.mark.parametrize("state", ["working", "final_check", "awaiting_wash", "ready"])
def test_a_question_is_open_exactly_as_long_as_a_yes_is_taken(state: str) -> None:
    """Falls over without `may_agree` in `displays/views/phone.py`."""
    trial = asked_before_gates(priced(brought_to(state).do(found(), ANNA)))
    is_open = state in {"working", "final_check"}
    assert questions(trial) == ((["2"], 1) if is_open else ([], 0))
    trial.when(on_the_phone(), LENA)
    assert (trial.refused is None) is is_open


def test_a_closed_order_asks_nothing() -> None:
    trial = asked()
    assert questions(trial) == (["2"], 1)
    trial.do(c.CancelJob(job="j1", reason="sold"), ANNA)
    assert questions(trial) == ([], 0)
