"""A break that nobody ends is over at shift end, with a mark, as a forgotten clock is."""

from dataclasses import replace
from datetime import timedelta

from board.core import commands as c
from board.core.due import due
from board.core.hold_times import spells_of
from board.core.holds import HoldReason
from displays.dialog_history import told
from tests.board_page.dialogs import ask
from tests.builders import ANNA, CLOCK, MONA, NOW, TOM, Trial, working

CLOSING = NOW + timedelta(hours=8, minutes=30)
"""17:30; the break begins at 9:00 and counts as forgotten two hours after closing."""


def on_a_break() -> Trial:
    """Tom paused his only line for a break."""
    return working(Trial()).do(c.PauseLine(job="j1", hold=HoldReason.pause), TOM)


def closings(trial: Trial) -> list[c.Command]:
    """What is due of breaks."""
    return [
        command for command, _ in due(trial.shop, trial.now) if isinstance(command, c.CloseBreak)
    ]


def test_two_hours_after_closing_it_is_ended_with_closing_and_not_before() -> None:
    trial = on_a_break().later(hours=10, minutes=29)
    assert closings(trial) == []
    trial.later(hours=3)
    assert closings(trial) == [c.CloseBreak(job="j1", at=CLOSING)]
    trial.do(closings(trial)[0], CLOCK)
    job = trial.job()
    assert (job.hold, job.state) == (None, "working")
    assert (job.past_holds[-1].ended_at, job.past_holds[-1].corrected) == (CLOSING, True)
    assert spells_of(job)[-1].ended_at == CLOSING
    assert closings(trial) == []


def test_the_history_says_that_it_was_forgotten() -> None:
    trial = on_a_break().later(hours=12)
    trial.do(closings(trial)[0], CLOCK)
    (said,) = told(ask(trial, ANNA, job="j1"), trial.facts[-1]).says
    assert said.what == "shift_end"
    assert said.at is not None
    assert said.at.clock == "17:30"


def test_a_break_that_was_ended_and_any_other_hold_are_left_alone() -> None:
    trial = on_a_break().do(c.ResumeJob(job="j1"), TOM).later(hours=12)
    assert closings(trial) == []
    assert not trial.job().past_holds[-1].corrected
    held = working(Trial()).do(c.HoldJob(job="j1", hold=HoldReason.approval), ANNA).later(hours=12)
    assert closings(held) == []
    held.do(c.CloseBreak(job="j1", at=CLOSING), CLOCK).then_nothing()


def test_it_ends_within_its_own_time() -> None:
    trial = on_a_break().later(hours=1)
    trial.when(c.CloseBreak(job="j1", at=CLOSING), CLOCK).then_refused("clock_wrong")
    trial.when(c.CloseBreak(job="j1", at=NOW), CLOCK).then_refused("clock_wrong")


def test_a_shop_says_how_long_overtime_may_last() -> None:
    own = replace(Trial().shop.settings, overtime_seconds=3600)
    trial = on_a_break().do(c.SetUpShop(settings=own), MONA).later(hours=9, minutes=29)
    assert closings(trial) == []
    assert closings(trial.later(minutes=1)) == [c.CloseBreak(job="j1", at=CLOSING)]


def test_what_began_after_closing_and_was_forgotten_is_over_when_that_is_noticed() -> None:
    trial = working(Trial()).later(hours=9)
    trial.do(c.PauseLine(job="j1", hold=HoldReason.pause), TOM).later(hours=4)
    (close,) = closings(trial)
    assert isinstance(close, c.CloseBreak)
    assert close.at == CLOSING + timedelta(hours=2)
