"""What the timekeeper finds due: commands with ids that name what they are about."""

from dataclasses import replace
from datetime import timedelta

from board.core import commands as c
from board.core.bays import BayState, Presence
from board.core.due import due
from board.core.holds import HoldReason
from tests.builders import (
    ANNA,
    CARL,
    CLOCK,
    MONA,
    SENSOR,
    TOM,
    Trial,
    booked,
    ready,
    set_up,
    working,
)


def found(trial: Trial) -> dict[str, str]:
    """Ids and kinds of what is due now."""
    return {name: type(command).__name__ for command, name in due(trial.shop, trial.now)}


def kinds(trial: Trial) -> list[str]:
    """Kinds of what is due now."""
    return sorted(found(trial).values())


def test_nothing_is_due_in_a_quiet_shop() -> None:
    assert found(working(Trial())) == {}


def test_each_deed_of_time_is_found_when_its_time_has_come() -> None:
    assert kinds(booked(Trial(), hours=1).later(hours=2)) == ["MarkNoShow"]
    assert kinds(ready(Trial()).later(hours=5)) == ["MarkUnclaimed"]
    gone = ready(Trial()).do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert kinds(gone.later(hours=73)) == ["ForgetJob"]


def test_an_id_is_the_same_however_often_and_wherever_it_is_made() -> None:
    trial = booked(Trial(), hours=1).later(hours=2)
    first = found(trial)
    assert found(trial.later(hours=1)) == first


def test_a_clock_forgotten_over_night_is_closed_at_the_end_of_the_shift() -> None:
    trial = working(Trial()).later(hours=20)
    command, name = next(iter(due(trial.shop, trial.now)))
    trial.do(command, CLOCK)
    clock = trial.job().lines[0].clocks[0]
    assert clock.corrected
    assert clock.ended_at is not None
    assert clock.ended_at < trial.now
    assert found(trial) == {}
    assert name.startswith("close_clock:j1:")


def test_a_bay_closed_until_a_time_opens_by_itself() -> None:
    trial = Trial()
    until = trial.now + timedelta(hours=1)
    trial.do(c.ChangeBay(bay="4", state=BayState.maintenance, until=until), CARL)
    assert found(trial) == {}
    command, _ = next(iter(due(trial.shop, trial.later(hours=1).now)))
    trial.do(command, CLOCK)
    assert trial.shop.bays["4"].state == BayState.open
    assert found(trial) == {}


def test_a_lasting_disagreement_asks_once() -> None:
    trial = Trial()
    trial.do(c.ReportBay(bay="2", presence=Presence.present, since=trial.now), SENSOR)
    assert found(trial.later(seconds=119)) == {}
    command, _ = next(iter(due(trial.shop, trial.later(seconds=1).now)))
    trial.do(command, CLOCK)
    assert trial.shop.bays["2"].question is not None
    assert found(trial) == {}


def test_a_reminder_does_not_take_the_undo_away() -> None:
    trial = working(Trial())
    soon = trial.now + timedelta(seconds=5)
    hold = c.HoldJob(job="j1", hold=HoldReason.technical_help, expected=soon)
    trial.do(hold, TOM).later(seconds=6)
    for command, _ in tuple(due(trial.shop, trial.now)):
        trial.do(command, CLOCK)
    trial.do(c.UndoMove(job="j1"), TOM)
    assert trial.job().state == "working"


def test_nothing_is_due_that_the_shops_workflow_does_not_know() -> None:
    left_out = ("no_show", "unclaimed", "preparing")
    shop = Trial().do(replace(set_up(), left_out=left_out), MONA).shop
    assert found(booked(Trial(shop), hours=1).later(hours=9)) == {}
    assert found(ready(Trial(shop)).later(hours=9)) == {}


def test_what_was_answered_in_vain_is_asked_anew_after_an_undo() -> None:
    trial = booked(Trial(), hours=1).later(minutes=89, seconds=50)
    trial.do(c.MoveJob(job="j1", to="arrived"), ANNA).later(seconds=11)
    early = found(booked(Trial(), hours=1).later(hours=2))
    trial.do(c.MarkNoShow(job="j1"), CLOCK).then_nothing()
    trial.do(c.UndoMove(job="j1"), ANNA)
    assert kinds(trial) == ["MarkNoShow"]
    assert not found(trial).keys() & early.keys()


def test_a_bay_that_was_removed_is_not_opened() -> None:
    trial = Trial()
    until = trial.now + timedelta(hours=1)
    trial.do(c.ChangeBay(bay="4", state=BayState.maintenance, until=until), CARL)
    assert found(trial.do(c.RemoveBay(bay="4"), MONA).later(hours=2)) == {}


def test_time_does_nothing_to_a_bay_but_open_it_when_it_is_due() -> None:
    trial = Trial()
    until = trial.now + timedelta(hours=1)
    to_open = c.ChangeBay(bay="4", state=BayState.open)
    trial.when(c.ChangeBay(bay="4", state=BayState.closed), CLOCK).then_refused("not_due")
    trial.do(c.ChangeBay(bay="4", state=BayState.maintenance, until=until), CARL)
    trial.when(to_open, CLOCK).then_refused("not_due")
    trial.later(hours=1)
    trial.when(c.ChangeBay(bay="4", state=BayState.closed), CLOCK).then_refused("not_due")
    trial.do(to_open, CLOCK)
