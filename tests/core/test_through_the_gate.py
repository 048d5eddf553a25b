"""What a shop wants before a car may leave, and what is asked once it has left."""

from board.core import commands as c
from board.core.handover import HandoverPlan
from board.core.job import OUTSIDE, Where
from displays.views.cards import card
from tests.builders import ANNA, Trial, ready
from tests.core.handed_over import CASS, CODE, made_ready, ticked, with_pass

ISSUE = c.IssueGatePass(job="j1", code=CODE)
USE = c.UseGatePass(code=CODE)
WITH_LIST = HandoverPlan(checklist=True, gate_pass=True, points=("advice", "belongings"))


def asks(trial: Trial) -> str:
    return card(trial.shop, trial.job(), trial.now).asks


def test_the_list_comes_before_the_pass_where_the_shop_wants_it() -> None:
    """Falls over without `_list_fault` in `_leaving_fault` of `board/core/rules/delivering.py`."""
    trial = ticked(made_ready(WITH_LIST), "advice").when(ISSUE, CASS)
    assert trial.then_refused("handover_open").refused is not None
    ticked(trial, "belongings").do(ISSUE, CASS).do(USE, CASS)


def test_a_tick_taken_back_shuts_the_gate() -> None:
    trial = with_pass(ticked(made_ready(WITH_LIST), "advice", "belongings"))
    trial.do(c.TickHandover(job="j1", point="advice", done=False), ANNA)
    trial.when(USE, CASS).then_refused("handover_open")


def test_a_shop_without_the_list_issues_passes_as_before() -> None:
    with_pass(made_ready(HandoverPlan(gate_pass=True)))


def test_a_car_that_left_frees_its_bay_and_its_card_asks_to_hand_it_over() -> None:
    """Falls over without `"left" if has_left(job)` in `displays/views/cards.py`."""
    trial = with_pass(ready(Trial()))
    trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="2"), ANNA)
    assert asks(trial) == ""
    trial.do(USE, CASS)
    assert (asks(trial), trial.job().place, trial.shop.car_in("2")) == ("left", OUTSIDE, None)
    trial.do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert asks(trial) == ""
