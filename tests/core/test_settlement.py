"""The statement and its payment: totals, corrections that keep the former, several means."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core import events as e
from board.core.handover import HandoverPlan, Means
from board.core.holds import HoldReason
from board.core.reckoning import is_outdated, is_settled, unpaid
from tests.builders import ANNA, MONA, TOM, Trial, answered, brought_to, working
from tests.core.handed_over import CASS, made_ready, paid, priced, to_settle

SETTLE = c.SettleJob(job="j1")


def test_the_statement_is_labour_and_parts_less_the_discount_plus_charges() -> None:
    trial = to_settle(labour=38_000, parts=12_000)
    asked = replace(
        SETTLE, discount=5_000, discount_reason="regular", charges=900, charges_reason="disposal"
    )
    trial.do(asked, CASS)
    event = trial.events[0]
    assert isinstance(event, e.JobSettled)
    assert (event.labour, event.parts, event.total) == (38_000, 12_000, 45_900)
    held = trial.job().statement
    assert held is not None
    assert (held.total, held.by, held.at) == (45_900, "person:cass", trial.now)


def test_proposed_and_declined_lines_cost_nothing() -> None:
    trial = working(Trial())
    trial.do(c.AddLine(job="j1", text="tyres", proposed=True), TOM)
    for line in trial.job().lines:
        job = trial.job().with_line(replace(line, price=100, parts_price=20))
        trial.shop = trial.shop.with_job(job)
    trial.do(answered(approved=False), ANNA)
    for command, who in ((c.FinishLine(job="j1"), TOM), (c.PassCheck(job="j1"), TOM)):
        trial.do(command, who)
    trial.when(SETTLE, CASS).then_refused("not_at_handover")
    for to in ("final_check", "awaiting_wash", "awaiting_settlement"):
        job = replace(trial.job(), state=to)
        trial.shop = trial.shop.with_job(job)
    trial.do(SETTLE, CASS)
    held = trial.job().statement
    assert held is not None
    assert (held.labour, held.parts) == (100, 20)


def test_a_statement_is_made_when_the_work_is_over_and_the_job_is_not_held() -> None:
    brought_to("washing").when(SETTLE, CASS).then_refused("not_at_handover")
    held = to_settle().do(c.HoldJob(job="j1", hold=HoldReason.insurer), ANNA)
    held.when(SETTLE, CASS).then_refused("job_held")


@pytest.mark.parametrize(
    ("amounts", "code", "field"),
    [
        ({"discount": 10}, "reason_needed", "discount_reason"),
        ({"charges": 10}, "reason_needed", "charges_reason"),
        ({"charges": -10, "charges_reason": "so"}, "number_wrong", "charges"),
        ({"discount": 101, "discount_reason": "so"}, "discount_over", "discount"),
        ({"discount": -1, "discount_reason": "so"}, "number_wrong", "discount"),
        ({"discount": 1, "discount_reason": "x" * 81}, "too_long", "discount_reason"),
    ],
)
def test_what_a_statement_may_not_say(amounts: dict[str, object], code: str, field: str) -> None:
    trial = to_settle(labour=100)
    trial.when(replace(SETTLE, **amounts), CASS).then_refused(code)  # type: ignore[arg-type]
    assert trial.refused is not None
    assert trial.refused.fields == (field,)


def test_a_correction_says_why_and_keeps_the_former() -> None:
    trial = to_settle(labour=100).do(SETTLE, CASS)
    again = replace(SETTLE, discount=10, discount_reason="regular")
    trial.when(again, CASS).then_refused("reason_needed")
    trial.do(replace(again, reason="forgotten"), ANNA)
    assert [held.total for held in trial.job().statements] == [100, 90]
    trial.when(replace(again, reason="again"), CASS).then_nothing()


def test_the_sum_may_be_shared_by_several_means_and_is_never_too_much() -> None:
    trial = paid(made_ready(labour=100), 30)
    assert (unpaid(trial.job()), is_settled(trial.job())) == (70, False)
    trial.when(c.PayJob(job="j1", means=Means.card, amount=71), CASS).then_refused("paid_too_much")
    paid(trial, 70, Means.wechat)
    assert is_settled(trial.job())
    assert [payment.means for payment in trial.job().payments] == [Means.cash, Means.wechat]
    trial.when(c.PayJob(job="j1", means=Means.card, amount=1), CASS).then_refused("paid_too_much")


def test_money_is_given_back_with_a_reason_and_never_more_than_was_taken() -> None:
    trial = paid(made_ready(labour=100), 100)
    back = c.PayJob(job="j1", means=Means.cash, amount=40, back=True)
    trial.when(back, CASS).then_refused("reason_needed")
    trial.when(replace(back, amount=101, reason="so"), CASS).then_refused("paid_too_much")
    trial.do(replace(back, reason="by card instead"), CASS)
    paid(trial, 40, Means.card)
    assert [payment.amount for payment in trial.job().payments] == [100, -40, 40]


def test_nothing_is_paid_before_the_statement_and_no_payment_is_nothing() -> None:
    pay = c.PayJob(job="j1", means=Means.cash, amount=1)
    to_settle(labour=1).when(pay, CASS).then_refused("not_settled")
    made_ready(labour=1).when(replace(pay, amount=0), CASS).then_refused("number_wrong")


def test_a_statement_is_outdated_when_the_order_changes_after_it() -> None:
    trial = paid(made_ready(labour=100), 100)
    priced(trial, 120, 0)
    assert is_outdated(trial.job())
    assert not is_settled(trial.job())
    trial.do(replace(SETTLE, reason="new price"), CASS)
    assert (is_outdated(trial.job()), unpaid(trial.job())) == (False, 20)


def test_a_car_gets_ready_without_a_statement_only_where_the_shop_wants_none() -> None:
    ready = c.MoveJob(job="j1", to="ready")
    to_settle().when(ready, ANNA).then_refused("not_settled")
    to_settle(HandoverPlan()).do(ready, ANNA)


def test_a_payment_can_be_taken_back_at_once() -> None:
    trial = paid(made_ready(labour=100), 100).do(c.UndoMove(job="j1"), CASS)
    assert trial.job().payments == ()


def test_a_manager_settles_with_a_reason() -> None:
    to_settle(labour=5).when(SETTLE, MONA).then_refused("reason_needed")
    to_settle(labour=5).do(replace(SETTLE, reason="nobody at the till"), MONA)
