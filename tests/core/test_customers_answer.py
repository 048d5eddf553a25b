"""The customer's answer: what counts as one, what is kept of it, and when it no longer holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core import events as e
from board.core.events import Fact
from board.core.extra import AnswerMeans
from board.core.extra_work import awaits_answer, declined_lines, is_undecided
from board.core.history import replay
from board.core.lines import LineState
from board.core.shop import Shop
from tests.builders import (
    ANNA,
    LENA,
    NOW,
    TOM,
    Trial,
    answered,
    brought_to,
    priced,
    received,
    working,
)
from tests.core.found import ASK, asked, asked_before_gates, found, on_the_phone, proposed


def test_a_decision_keeps_the_price_it_was_given_at_who_gave_it_and_how() -> None:
    trial = asked().later(minutes=4)
    call = answered()
    call = replace(call, how=AnswerMeans.phone_call, said_by="Mr Song", note="will be here at five")
    trial.do(call, ANNA).later(hours=1)
    trial.do(c.PriceLine(job="j1", line="2", price=300_00), ANNA)
    decision = trial.job().lines[1].extra.decision  # type: ignore[union-attr]
    assert decision is not None
    assert (decision.price, decision.parts_price) == (260_00, 420_00)
    assert (decision.how, decision.said_by, decision.by) == (
        AnswerMeans.phone_call,
        "Mr Song",
        ANNA.label,
    )
    assert (decision.said_at, decision.note) == (
        NOW + timedelta(minutes=4),
        "will be here at five",
    )


def test_a_line_whose_price_changed_must_be_asked_again() -> None:
    trial = asked().do(on_the_phone(), LENA)
    trial.do(c.PriceLine(job="j1", line="2", price=300_00), ANNA)
    line = trial.job().lines[1]
    assert is_undecided(line)
    assert not awaits_answer(line)
    trial.when(c.StartLine(job="j1", line="2"), TOM).then_refused("line_not_approved")
    trial.when(on_the_phone(), LENA).then_refused("price_changed")
    trial.when(on_the_phone(price=300_00), LENA).then_refused("line_not_asked")
    trial.do(ASK, ANNA).do(on_the_phone(price=300_00), LENA)
    assert len(trial.job().lines[1].extra.decisions) == 2  # type: ignore[union-attr]


def test_a_price_that_is_not_dearer_than_agreed_leaves_the_yes_as_it_was() -> None:
    """Falls over without `keeps_yes` in `board/core/history_of_extra.py`."""
    trial = asked().do(on_the_phone(), LENA)
    for price in (260_00 - 1, 300_00, 250_00):
        trial.do(c.PriceLine(job="j1", line="2", price=price), ANNA)
        assert is_undecided(trial.job().lines[1]) == (price > 260_00)
    trial.do(c.StartLine(job="j1", line="2"), TOM)
    trial = asked().do(on_the_phone(approved=False), LENA)
    trial.do(c.PriceLine(job="j1", line="2", price=1), ANNA)
    assert is_undecided(trial.job().lines[1])


def test_an_approval_at_another_price_holds_for_no_start_however_the_price_came() -> None:
    """Falls over without `and not holds_for(decision, line)` in `board/core/extra_work.py`."""
    trial = asked().do(on_the_phone(), LENA)
    line = replace(trial.job().lines[1], price=999_00)
    trial.shop = trial.shop.with_job(trial.job().with_line(line))
    trial.when(c.StartLine(job="j1", line="2"), TOM).then_refused("line_not_approved")
    trial.do(c.FinishLine(job="j1"), TOM).when(c.StartLine(job="j1"), TOM)
    assert trial.job().lines[1].clocks == ()


def test_a_customer_decides_what_was_asked_at_the_price_that_was_seen() -> None:
    trial = priced(proposed())
    trial.when(on_the_phone(), LENA).then_refused("line_not_asked")
    trial.do(ASK, ANNA)
    trial.when(on_the_phone(price=None), LENA).then_refused("line_not_asked")
    trial.when(on_the_phone(price=1), LENA).then_refused("price_changed")
    trial.when(on_the_phone(line="1"), LENA).then_refused("line_decided")
    trial.when(on_the_phone(line="3"), LENA).then_refused("unknown_line")
    trial.do(on_the_phone(), LENA)
    assert trial.events[0] == e.LineDecided(
        "j1", "2", True, AnswerMeans.phone_page, said_at=NOW, price=260_00, parts_price=420_00
    )
    trial.when(on_the_phone(approved=False), LENA).then_refused("line_decided")


def test_a_customers_command_says_nothing_in_the_shops_name() -> None:
    told = on_the_phone(how=AnswerMeans.in_person, said_by="the manager", note="free of charge")
    event = asked().do(told, LENA).events[0]
    assert isinstance(event, e.LineDecided)
    assert (event.how, event.said_by, event.note) == (AnswerMeans.phone_page, "", "")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"how": None}, "how_needed"),
        ({"how": AnswerMeans.phone_page}, "how_needed"),
        ({"said_by": "x" * 61}, "too_long"),
        ({"said_at": NOW + timedelta(seconds=1)}, "said_wrong"),
        ({"said_at": NOW - timedelta(days=1)}, "said_wrong"),
    ],
)
def test_staff_record_how_the_answer_came(more: dict[str, object], code: str) -> None:
    trial = asked()
    trial.when(replace(answered(), **more), ANNA).then_refused(code)  # type: ignore[arg-type]


def test_somebody_must_have_said_it() -> None:
    trial = asked()
    job, bare = trial.job(), replace(answered(), said_by="")
    trial.shop = trial.shop.with_job(replace(job, customer=replace(job.customer, name="")))
    trial.when(bare, ANNA).then_refused("who_needed")
    trial.do(replace(answered(), said_by="the driver"), ANNA)


def test_declined_work_may_be_asked_again_and_is_kept_for_next_time() -> None:
    trial = asked().do(on_the_phone(approved=False), LENA)
    assert [line.text for line in declined_lines(trial.job())] == ["Rear pads"]
    trial.do(c.AskCustomer(job="j1", lines=("2",)), ANNA)
    assert declined_lines(trial.job()) == ()
    trial.do(on_the_phone(), LENA)
    assert trial.job().lines[1].state == LineState.approved


def test_what_nobody_answered_is_kept_for_next_time_when_the_order_is_closed() -> None:
    trial = received(Trial()).do(found(text="Tyres"), ANNA)
    assert declined_lines(trial.job()) == ()
    trial.do(c.CancelJob(job="j1", reason="customer left"), ANNA)
    assert [line.text for line in declined_lines(trial.job())] == ["Tyres"]


def test_nothing_is_approved_that_nobody_could_do_any_more() -> None:
    trial = priced(brought_to("ready").do(found(), ANNA))
    trial.when(ASK, ANNA).then_refused("work_over")
    trial = asked_before_gates(trial)
    trial.when(on_the_phone(), LENA).then_refused("work_over")
    trial.do(on_the_phone(approved=False), LENA)


def test_a_replay_gives_the_same_lines() -> None:
    trial = asked(stops_work=True).do(found(text="Wipers"), TOM).do(on_the_phone(), LENA)
    assert replay(Shop(id="test"), trial.facts) == trial.shop


def test_what_old_journals_say_of_an_answer_still_counts() -> None:
    trial = working(Trial())
    old = (e.LineAdded("j1", "2", "Tyres", proposed=True), e.LineDecided("j1", "2", True))
    for event in old:
        seq = trial.shop.seq + 1
        trial.shop = replay(trial.shop, [Fact(seq, trial.now, ANNA.label, f"old{seq}", event)])
    trial.do(c.StartLine(job="j1", line="2"), TOM)
