"""Labour of a tablet without connection: it counts from the tap, within bounds."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.lines import Clock
from tests.builders import CARL, NOW, TOM, Trial, agreed, dispatched, working

TEN = timedelta(minutes=10)


def clocks(trial: Trial, line: str = "1") -> list[tuple[str, timedelta, timedelta | None]]:
    """Who was clocked on a line, from and to since the trial began."""
    found = trial.job().line(line)
    assert found is not None
    return [_since(clock) for clock in found.clocks]


def _since(clock: Clock) -> tuple[str, timedelta, timedelta | None]:
    ended = clock.ended_at - NOW if clock.ended_at else None
    return clock.technician, clock.started_at - NOW, ended


def test_ten_minutes_of_work_without_connection_are_ten_minutes_of_labour() -> None:
    trial = dispatched(Trial()).later(minutes=30)
    trial.do(c.StartLine(job="j1", tapped_at=NOW + TEN), TOM)
    trial.do(c.PauseLine(job="j1", tapped_at=NOW + 2 * TEN), TOM)
    trial.do(c.StartLine(job="j1", tapped_at=NOW + 2.5 * TEN), TOM)
    trial.do(c.FinishLine(job="j1", tapped_at=NOW + 3 * TEN), TOM)
    assert clocks(trial) == [("tom", TEN, 2 * TEN), ("tom", 2.5 * TEN, 3 * TEN)]
    assert trial.job().state_since == trial.now


def test_the_line_that_was_left_ends_when_the_other_one_was_begun() -> None:
    trial = agreed(working(Trial())).later(minutes=30)
    trial.do(c.StartLine(job="j1", line="2", tapped_at=NOW + TEN), TOM)
    assert clocks(trial) == [("tom", timedelta(), TEN)]
    assert clocks(trial, "2") == [("tom", TEN, None)]


@pytest.mark.parametrize("wrong", [timedelta(hours=-13), timedelta(minutes=1), timedelta()])
def test_a_tap_of_yesterday_or_of_the_future_counts_from_its_arrival(wrong: timedelta) -> None:
    trial = dispatched(Trial()).later(hours=14)
    trial.do(c.StartLine(job="j1", tapped_at=trial.now + wrong), TOM)
    assert clocks(trial) == [("tom", timedelta(hours=14), None)]


def test_labour_begins_after_what_somebody_else_did_to_the_car() -> None:
    trial = dispatched(Trial().later(minutes=20)).later(minutes=10)
    trial.do(c.StartLine(job="j1", tapped_at=NOW + TEN), TOM)
    assert clocks(trial) == [("tom", 2 * TEN, None)]


def test_a_clock_ends_no_earlier_than_it_began() -> None:
    trial = working(Trial().later(minutes=20)).later(minutes=10)
    trial.do(c.FinishLine(job="j1", tapped_at=NOW + TEN), TOM)
    assert clocks(trial) == [("tom", 2 * TEN, 2 * TEN)]


def test_a_helpers_clock_has_no_time_below_nothing() -> None:
    trial = working(Trial()).later(minutes=20)
    trial.do(c.StartLine(job="j1", line="1", technician="tina"), CARL)
    trial.do(c.NoteJob(job="j1", note="rust"), TOM).later(minutes=10)
    trial.do(c.FinishLine(job="j1", tapped_at=NOW + TEN), TOM)
    assert clocks(trial) == [("tom", timedelta(), TEN), ("tina", 2 * TEN, 2 * TEN)]
