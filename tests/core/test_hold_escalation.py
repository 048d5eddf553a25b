"""A hold that lasts too long is told to the controller, once, after a time of the shop's own."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from board.core import commands as c
from board.core.due import due
from board.core.holds import CALENDAR, OWNERS, HoldReason, HoldRules
from board.core.shop import OpeningHours
from tests.builders import ANNA, CARL, CLOCK, MONA, TOM, Trial, set_up, working

UNEXPECTED = [r for r in HoldReason if OWNERS[r] != CALENDAR and r != HoldReason.parts_order]


def held(reason: HoldReason, rules: HoldRules | None = None, expected_minutes: int = 0) -> Trial:
    """The job j1, stopped by Carl in a shop with these rules."""
    trial = working(Trial())
    if rules is not None:
        trial.do(c.SetUpShop(settings=replace(set_up().settings, holds=rules)), MONA)
    expected = trial.now + timedelta(minutes=expected_minutes) if expected_minutes else None
    return trial.do(c.HoldJob(job="j1", hold=reason, note="n", expected=expected), CARL)


def escalations(trial: Trial) -> list[str]:
    """The ids of escalations that are due now."""
    found = due(trial.shop, trial.now)
    return [name for command, name in found if isinstance(command, c.EscalateHold)]


def escalates_after_minutes(trial: Trial) -> int:
    """How many minutes from now on nothing is escalated."""
    for minutes in range(10_000):
        if escalations(trial):
            return minutes
        trial.later(minutes=1)
    raise AssertionError("never")


@pytest.mark.parametrize("reason", UNEXPECTED)
def test_without_an_expected_time_it_counts_from_the_start(reason: HoldReason) -> None:
    minutes = 30 if reason == HoldReason.technical_help else 60
    assert escalates_after_minutes(held(reason)) == minutes


def test_with_an_expected_time_it_counts_from_there() -> None:
    assert escalates_after_minutes(held(HoldReason.parts_order, expected_minutes=90)) == 150


def test_closed_hours_do_not_count() -> None:
    """The shop is open from 8:30 to 17:30; the hold begins at 17:10."""
    trial = working(Trial().later(hours=8, minutes=10))
    trial.do(c.HoldJob(job="j1", hold=HoldReason.approval), CARL)
    assert escalations(trial.later(minutes=80)) == []
    trial.when(c.EscalateHold(job="j1"), CLOCK).then_refused("not_due")
    to_the_morning = 20 + 15 * 60 + 40
    assert escalates_after_minutes(trial) == to_the_morning - 80
    trial.do(c.EscalateHold(job="j1"), CLOCK)


def test_a_hold_of_the_night_counts_from_the_opening() -> None:
    trial = working(Trial().later(hours=8, minutes=55))
    trial.do(c.HoldJob(job="j1", hold=HoldReason.approval), CARL)
    assert escalates_after_minutes(trial) == 14 * 60 + 35 + 60


def test_a_shop_that_is_open_over_midnight_counts_there() -> None:
    hours = OpeningHours(opens=time(20, 0), closes=time(4, 0))
    trial = working(Trial())
    trial.do(c.SetUpShop(settings=replace(set_up().settings, hours=hours)), MONA)
    trial.later(hours=18, minutes=30)  # 3:30 in the night
    trial.do(c.HoldJob(job="j1", hold=HoldReason.approval), CARL)
    assert escalates_after_minutes(trial) == 30 + 16 * 60 + 30


def test_a_break_escalates_never() -> None:
    assert escalations(held(HoldReason.pause).later(hours=9)) == []
    held(HoldReason.pause).later(hours=9).when(c.EscalateHold(job="j1"), CLOCK).then_nothing()


def test_a_shop_has_times_of_its_own_for_each_reason() -> None:
    rules = HoldRules(
        escalate_seconds={HoldReason.approval: 600, HoldReason.insurer: 0},
        others_escalate_seconds=1200,
    )
    assert escalates_after_minutes(held(HoldReason.approval, rules)) == 10
    assert escalates_after_minutes(held(HoldReason.quote, rules)) == 20
    assert escalations(held(HoldReason.insurer, rules).later(hours=9)) == []


def test_it_is_recorded_once_and_the_owner_stays() -> None:
    trial = held(HoldReason.approval).later(minutes=61)
    assert len(escalations(trial)) == 1
    trial.do(c.EscalateHold(job="j1"), CLOCK)
    assert trial.happened() == ["HoldEscalated"]
    hold = trial.job().hold
    assert hold is not None
    assert (hold.escalated_at, hold.owner) == (trial.now, "advisor")
    assert escalations(trial.later(hours=1)) == []
    trial.do(c.EscalateHold(job="j1"), CLOCK).then_nothing()


def test_the_id_names_the_hold_however_often_it_is_made() -> None:
    trial = held(HoldReason.approval).later(minutes=61)
    first = escalations(trial)
    assert first == escalations(trial.later(minutes=5))
    assert first[0].startswith("escalate:j1:")


def test_a_change_of_the_reason_begins_anew() -> None:
    trial = held(HoldReason.approval).later(minutes=61).do(c.EscalateHold(job="j1"), CLOCK)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.quote), ANNA)
    hold = trial.job().hold
    assert hold is not None
    assert hold.escalated_at is None
    assert escalates_after_minutes(trial) == 60


def test_the_end_of_the_hold_ends_it() -> None:
    trial = held(HoldReason.approval).later(minutes=61).do(c.ResumeJob(job="j1"), ANNA)
    assert escalations(trial) == []
    trial.do(c.EscalateHold(job="j1"), CLOCK).then_nothing()


def test_nobody_is_told_before_the_time() -> None:
    held(HoldReason.approval).when(c.EscalateHold(job="j1"), CLOCK).then_refused("not_due")


def test_it_does_not_take_the_undo_away_and_is_not_taken_back() -> None:
    """Falls over without `_BESIDE = (e.HoldReminded, e.HoldEscalated` in `board/core/history.py`
    and without `escalated_at=before.escalated_at` in `board/core/history_of_undo.py`."""
    rules = HoldRules(others_escalate_seconds=5)
    trial = held(HoldReason.approval, rules).later(seconds=1)
    trial.do(c.PromiseJob(job="j1", at=trial.now + timedelta(hours=5)), ANNA).later(seconds=5)
    trial.do(c.EscalateHold(job="j1"), CLOCK).do(c.UndoMove(job="j1"), ANNA)
    hold = trial.job().hold
    assert hold is not None
    assert hold.escalated_at is not None
    assert escalations(trial) == []


def test_a_technician_undoes_a_hold_that_escalated() -> None:
    trial = working(Trial())
    rules = HoldRules(others_escalate_seconds=5)
    trial.do(c.SetUpShop(settings=replace(set_up().settings, holds=rules)), MONA)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.bay), TOM).later(seconds=6)
    trial.do(c.EscalateHold(job="j1"), CLOCK).do(c.UndoMove(job="j1"), TOM)
    assert (trial.job().state, trial.job().hold) == ("working", None)
