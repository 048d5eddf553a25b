"""Extra work that stops the rest holds the job for a quote, then for the customer's approval."""

from datetime import timedelta

from board.core import commands as c
from board.core.extra_work import is_undecided
from tests.builders import (
    ANNA,
    LENA,
    NOW,
    TOM,
    Trial,
    priced,
    working,
)
from tests.core.found import ASK, asked, found, on_the_phone, proposed


def test_work_that_must_stop_holds_the_job_until_it_is_decided() -> None:
    trial = proposed(stops_work=True)
    assert (trial.job().state, trial.job().hold.reason) == ("held", "quote")  # type: ignore[union-attr]
    assert trial.job().running_lines == ()
    priced(trial)
    assert trial.job().hold.reason == "quote"  # type: ignore[union-attr]
    trial.do(ASK, ANNA)
    hold = trial.job().hold
    assert hold is not None
    assert (hold.reason, hold.owner, hold.from_state) == ("approval", "advisor", "working")
    trial.do(on_the_phone(approved=False), LENA)
    assert (trial.job().state, trial.job().hold) == ("working", None)
    assert [each.hold.reason for each in trial.job().past_holds] == ["quote", "approval"]


def test_the_hold_ends_with_the_last_open_line_that_stops_work() -> None:
    trial = asked(stops_work=True).do(found(text="Rear discs", stops_work=True), TOM)
    trial.do(found(text="Wipers"), TOM)
    assert trial.job().hold is not None
    priced(trial, "3").do(ASK, ANNA)
    trial.do(on_the_phone(), LENA)
    assert trial.job().state == "held"
    trial.do(on_the_phone(line="3"), LENA)
    assert trial.job().state == "working"
    assert is_undecided(trial.job().lines[3])


def test_a_price_that_changes_takes_the_question_back() -> None:
    trial = asked(stops_work=True)
    trial.do(c.PriceLine(job="j1", line="2", price=300_00), ANNA)
    assert trial.job().hold.reason == "quote"  # type: ignore[union-attr]


def test_a_car_held_for_parts_stays_so() -> None:
    due = NOW + timedelta(hours=2)
    trial = working(Trial()).do(
        c.PauseLine(job="j1", hold="parts_order", expected=due),  # type: ignore[arg-type]
        TOM,
    )
    trial.do(found(stops_work=True), TOM)
    priced(trial).do(ASK, ANNA).do(on_the_phone(), LENA)
    assert trial.job().hold.reason == "parts_order"  # type: ignore[union-attr]


def test_a_report_that_is_taken_back_lets_work_go_on() -> None:
    trial = proposed(stops_work=True).do(c.UndoMove(job="j1"), TOM)
    assert (trial.job().state, trial.job().hold, len(trial.job().lines)) == ("working", None, 1)
    assert len(trial.job().running_lines) == 1
