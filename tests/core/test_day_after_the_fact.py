"""A decision at the evening stays true after the fact, and a closed day stays as it was told."""

from datetime import timedelta

from board.core import commands as c
from board.core.calls import CallKind
from board.core.days import day_bounds
from board.core.job import Where
from tests.builders import ANNA, CARL, NOW, TOM, Trial, dispatched, ready, working
from tests.core.test_day_closing import OUT, STAYS, evening, left


def test_a_car_that_is_brought_back_in_is_not_moved_out_any_more() -> None:
    """Falls over without `job.place.where not in AWAY` in `board/core/closing.py`."""
    trial = dispatched(Trial()).do(OUT, CARL)
    assert left(trial) == []
    trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="1"), TOM)
    assert left(trial) == ["j1"]
    trial.when(c.CloseDay(), CARL).then_refused("day_undecided")


def test_nobody_works_on_a_car_that_is_moved_out() -> None:
    """Falls over without `*clocks_stopped(job)` in `board/core/rules/day_closing.py`."""
    trial = working(Trial()).later(minutes=20).do(OUT, CARL)
    assert trial.shop.running == {}
    assert left(trial) == []
    trial.do(c.StartLine(job="j1"), TOM)
    assert left(trial) == ["j1"]


def test_what_a_closed_day_has_counted_is_not_undone() -> None:
    """Falls over without `day_ended_since` in `board/core/rules/undoing.py`."""
    trial = evening(ready(Trial())).do(c.MoveJob(job="j1", to="delivered"), ANNA)
    trial.later(seconds=5).do(c.CloseDay(), CARL).later(seconds=5)
    trial.when(c.UndoMove(job="j1"), ANNA).then_refused("undo_changed")
    trial = evening(working(Trial())).do(STAYS, CARL).do(c.CloseDay(), CARL).later(seconds=5)
    trial.when(c.UndoMove(job="j1"), CARL).then_refused("undo_changed")


def test_not_even_once_the_next_day_is_open() -> None:
    """Falls over without `shop.day.since` in `board/core/rules/undoing.py`."""
    trial = working(Trial().do(c.OpenDay(), CARL))
    trial.now = day_bounds(NOW.date(), trial.shop.settings)[1] - timedelta(seconds=6)
    trial.do(c.CallHelp(kind=CallKind.parts, bay="2"), TOM).do(c.CloseCall(call="1"), TOM)
    trial.do(c.CancelJob(job="j1", reason="sold"), ANNA).later(seconds=3).do(c.CloseDay(), CARL)
    trial.later(seconds=5).do(c.OpenDay(), CARL).later(seconds=4)
    trial.when(c.UndoMove(job="j1"), ANNA).then_refused("undo_changed")
    trial.when(c.UndoCall(call="1"), TOM).then_refused("undo_changed")
