"""Approved work that moves the finish beyond the promise asks the advisor for another promise."""

from dataclasses import replace
from datetime import timedelta

from board.core import commands as c
from tests.builders import ANNA, NOW, TOM, Trial, agreed, answered, priced, working

PADS = c.ProposeLine(job="j1", text="Rear pads", standard_hours=1.5)


def approved(promise_hours: float | None, hours: float = 1.5) -> Trial:
    """Extra work of so many hours on a car that is promised in so many."""
    trial = working(Trial())
    if promise_hours is not None:
        trial.do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=promise_hours)), ANNA)
    trial.do(replace(PADS, standard_hours=hours), TOM)
    return priced(trial).do(answered(), ANNA)


def test_work_that_ends_after_the_promise_asks_for_another() -> None:
    trial = approved(promise_hours=1)
    ask = trial.job().promise_ask
    assert ask is not None
    assert (ask.at, ask.finish) == (NOW, NOW + timedelta(hours=1.5))


def test_work_that_fits_asks_nothing() -> None:
    assert approved(promise_hours=1.5).job().promise_ask is None


def test_without_a_promise_or_hours_nothing_is_asked() -> None:
    assert approved(promise_hours=None).job().promise_ask is None
    assert approved(promise_hours=1, hours=0).job().promise_ask is None


def test_what_is_already_clocked_counts_as_done() -> None:
    trial = agreed(working(Trial()), "Service", standard_hours=2)
    trial.do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=3.5)), ANNA)
    trial.do(c.StartLine(job="j1", line="2"), TOM).later(hours=1).do(PADS, TOM)
    priced(trial, "3").do(answered(line="3"), ANNA)
    assert trial.job().promise_ask is None


def test_declined_work_asks_nothing() -> None:
    trial = working(Trial()).do(c.PromiseJob(job="j1", at=NOW + timedelta(hours=1)), ANNA)
    trial.do(PADS, TOM).do(answered(approved=False), ANNA)
    assert trial.job().promise_ask is None


def test_a_new_promise_ends_the_question() -> None:
    later = c.PromiseJob(job="j1", at=NOW + timedelta(hours=3), reason="rear pads")
    assert approved(promise_hours=1).do(later, ANNA).job().promise_ask is None


def test_so_does_the_word_that_it_stays() -> None:
    trial = approved(promise_hours=1).do(c.KeepPromise(job="j1"), ANNA)
    assert trial.job().promise_ask is None
    assert trial.job().promise.at == NOW + timedelta(hours=1)  # type: ignore[union-attr]
    trial.when(c.KeepPromise(job="j1"), ANNA).then_refused("promise_not_asked")


def test_taking_the_answer_back_takes_the_question_back() -> None:
    trial = approved(promise_hours=1).do(c.UndoMove(job="j1"), ANNA)
    assert trial.job().promise_ask is None
    assert trial.job().lines[1].state == "proposed"
