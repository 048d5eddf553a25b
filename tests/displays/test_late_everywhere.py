"""A car is late on every screen or on none: row, head and rack of the TV, the board, the lounge."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.job import Where
from board.core.workflow import BOARD_LANES
from displays.views.board import BoardProjection
from displays.views.cards import CardView
from displays.views.overview import OverviewProjection, RackView
from displays.views.tv import TvHeadView
from tests.builders import ANNA, INES, LEE, TOM, WILLY, Trial, dispatched, working
from tests.displays.walls import lounge_rows, tv_row


def _passed(trial: Trial) -> Trial:
    working(trial).do(c.FinishLine(job="j1"), TOM)
    for who in (TOM, LEE, INES):
        trial.do(c.PassCheck(job="j1"), who)
    return trial


def _settling(trial: Trial) -> Trial:
    return _passed(trial).do(c.MoveJob(job="j1", to="awaiting_settlement", reason="dry"), ANNA)


def _ready(trial: Trial) -> Trial:
    return _settling(trial).do(c.MoveJob(job="j1", to="ready"), ANNA)


def _washing(trial: Trial) -> Trial:
    return _passed(trial).do(c.MoveJob(job="j1", to="washing"), WILLY)


def _said(trial: Trial) -> tuple[str, str]:
    face = tv_row(trial.shop, "1", trial.now).face
    return face.style, " ".join((face.word, *(face.goes_on or ())[1:]))


def _late_on(trial: Trial) -> set[bool]:
    """Whether the car is late, by each screen."""
    views = OverviewProjection().project(trial.shop, trial.now)
    head, card = views["head"], BoardProjection().project(trial.shop, trial.now)["job-j1"]
    racks = (views[f"rack-{lane}"] for lane in BOARD_LANES)
    assert isinstance(head, TvHeadView)
    assert isinstance(card, CardView)
    return {
        head.late == 1,
        _said(trial)[0] == "s-late",
        tv_row(trial.shop, "1", trial.now).pinned == 4,
        card.tone == "late",
        card.bar == "late",
        sum(rack.late for rack in racks if isinstance(rack, RackView)) == 1,
    }


@pytest.mark.parametrize(
    ("way", "in_time", "after"),
    [
        (dispatched, ("s-idle", "Reserved"), ("s-late", "Late Reserved")),
        (working, ("s-work", "Repair"), ("s-late", "Late")),
        (_passed, ("s-done", "All done"), ("s-late", "Late Wash")),
        (_washing, ("s-work", "Wash"), ("s-late", "Late")),
        (_settling, ("s-done", "All done"), ("s-late", "Late Settle")),
        (_ready, ("s-done", "All done"), ("s-done", "All done")),
    ],
)
def test_all_screens_say_the_same_of_a_promise(
    way: Callable[[Trial], Trial], in_time: tuple[str, str], after: tuple[str, str]
) -> None:
    trial = way(Trial())
    if way not in (dispatched, working):
        trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="1"), ANNA)
    trial.do(c.PromiseJob(job="j1", at=trial.now + timedelta(minutes=5), reason="asked"), ANNA)
    assert (_said(trial), _late_on(trial)) == (in_time, {False})
    trial.later(minutes=6)
    assert (_said(trial), _late_on(trial)) == (after, {after[0] == "s-late"})


def test_customers_are_told_that_somebody_calls_and_never_that_a_car_is_late() -> None:
    trial = _settling(Trial())
    trial.do(c.PromiseJob(job="j1", at=trial.now + timedelta(minutes=5), reason="asked"), ANNA)
    trial.later(minutes=6)
    (row,) = lounge_rows(trial.shop, trial.now).values()
    assert (row.word, row.ready, row.span, row.asked_back) == ("Finishing", False, None, True)
