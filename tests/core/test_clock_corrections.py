"""Corrections of clocks on lines: the original is kept, the sums stay possible."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from board.core import commands as c
from board.core.lines import Clock, Original
from tests.builders import ANNA, CARL, LEE, NOW, TOM, Trial, dispatched, ready, working
from tests.core.test_labour_clock import clocks

HOUR = timedelta(hours=1)


def correct(started: datetime, ended: datetime, line: str = "1") -> c.CorrectClock:
    """A correction of Tom's clock on j1."""
    return c.CorrectClock(
        job="j1",
        line=line,
        technician="tom",
        started_at=started,
        ended_at=ended,
        reason="forgot to stop",
    )


def test_a_correction_keeps_a_mark() -> None:
    trial = working(Trial()).later(hours=3)
    trial.do(correct(NOW, NOW + HOUR), CARL)
    was = Original(NOW, None, "person:carl", trial.now, "forgot to stop")
    assert clocks(trial) == (Clock("tom", NOW, NOW + HOUR, corrected=True, original=was),)
    assert [line.state for line in trial.job().lines] == ["paused"]
    assert trial.shop.running == {}


def test_a_correction_of_a_finished_line_leaves_it_finished() -> None:
    trial = working(Trial()).later(hours=3).do(c.FinishLine(job="j1"), TOM)
    trial.do(correct(NOW, NOW + HOUR), CARL)
    assert [line.state for line in trial.job().lines] == ["done"]
    assert clocks(trial)[0].corrected


@pytest.mark.parametrize("ended", [NOW - HOUR, NOW, NOW + 4 * HOUR])
def test_a_clock_ends_after_its_start_and_not_in_the_future(ended: datetime) -> None:
    trial = working(Trial()).later(hours=3)
    trial.when(correct(NOW, ended), CARL).then_refused("clock_wrong")


def test_only_a_clock_that_exists_is_corrected() -> None:
    trial = working(Trial()).later(hours=3)
    trial.when(correct(NOW + HOUR, NOW + 2 * HOUR), CARL).then_refused("clock_unknown")
    trial.when(correct(NOW, NOW + HOUR, "9"), CARL).then_refused("unknown_line")


def test_a_running_clock_may_begin_earlier_and_runs_on() -> None:
    trial = dispatched(Trial()).later(hours=1).do(c.StartLine(job="j1"), TOM).later(hours=3)
    about = {"job": "j1", "line": "1", "technician": "tom", "started_at": NOW + HOUR}
    trial.do(c.CorrectClock(**about, begins_at=NOW, reason="forgot"), CARL)  # type: ignore[arg-type]
    assert [(one.started_at, one.ended_at) for one in clocks(trial)] == [(NOW, None)]
    assert list(trial.shop.running) == ["tom"]


def test_no_clock_begins_before_the_car_came() -> None:
    """Falls over without `or _early(clock, begins, job)` in `board/core/rules/labour.py`."""
    trial = working(Trial()).later(hours=3)
    about = {"job": "j1", "line": "1", "technician": "tom", "started_at": NOW}
    early = c.CorrectClock(**about, begins_at=NOW - HOUR, reason="forgot")  # type: ignore[arg-type]
    trial.when(early, CARL).then_refused("clock_early")


def test_of_clocks_begun_in_one_moment_one_stays_and_its_start_names_it() -> None:
    """Falls over without `clock != empty` in `board/core/history_of_lines.py`."""
    trial = working(Trial())
    for _ in range(3):
        trial.do(c.PauseLine(job="j1"), TOM).do(c.StartLine(job="j1"), TOM)
    trial.later(hours=2).do(c.PauseLine(job="j1"), TOM)
    assert clocks(trial) == (Clock("tom", NOW, NOW + 2 * HOUR),)


def test_what_was_at_first_is_kept_however_often_a_clock_is_corrected() -> None:
    trial = working(Trial()).later(hours=3).do(correct(NOW, NOW + HOUR), CARL)
    trial.later(hours=1).do(correct(NOW, NOW + 2 * HOUR), CARL)
    was = Original(NOW, None, "person:carl", trial.now, "forgot to stop")
    assert clocks(trial)[0].original == was


def test_clocks_of_a_car_that_left_today_can_still_be_set_right() -> None:
    trial = ready(Trial()).do(c.MoveJob(job="j1", to="delivered"), ANNA).later(hours=3)
    trial.do(correct(NOW, NOW + timedelta(minutes=1)), CARL)
    assert clocks(trial)[0].corrected


def test_without_a_reason_or_the_role_nothing_is_corrected() -> None:
    trial = working(Trial()).later(hours=3)
    about = {"job": "j1", "line": "1", "technician": "tom", "started_at": NOW}
    trial.when(c.CorrectClock(**about, ended_at=NOW + HOUR), CARL).then_refused("reason_needed")  # type: ignore[arg-type]
    for who in (LEE, TOM):
        trial.when(correct(NOW, NOW + HOUR), who).then_refused("not_allowed")


def long_ago() -> Trial:
    """Tom worked on j1 from 9:00 to 10:00, four days ago, and the car is still here."""
    return working(Trial()).later(hours=1).do(c.PauseLine(job="j1"), TOM).later(days=4)


@pytest.mark.parametrize(
    ("begins", "ended"),
    [(NOW - HOUR, NOW + HOUR), (NOW, NOW + 2 * HOUR), (NOW - 2 * HOUR, NOW - HOUR)],
)
def test_a_clock_of_days_ago_takes_in_no_time_that_nobody_can_compare(
    begins: datetime, ended: datetime
) -> None:
    """Orders of that time have left live state, and with them the clocks it could overlap."""
    command = replace(correct(NOW, ended), begins_at=begins)
    long_ago().when(command, CARL).then_refused("clock_old")


def test_a_clock_of_days_ago_may_still_be_made_shorter() -> None:
    trial = long_ago().do(correct(NOW, NOW + HOUR / 2), CARL)
    assert clocks(trial)[0].ended_at == NOW + HOUR / 2


def test_what_lies_within_three_days_is_compared_and_may_grow() -> None:
    trial = working(Trial()).later(hours=1).do(c.PauseLine(job="j1"), TOM).later(hours=69)
    trial.do(correct(NOW, NOW + 2 * HOUR), CARL)
    assert clocks(trial)[0].ended_at == NOW + 2 * HOUR
