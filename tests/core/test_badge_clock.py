"""A badge at a bay's reader starts its holder's clock on the bay's car, and stops it."""

from board.core import commands as c
from board.core.job import Where
from board.core.refusals import Refused
from board.core.rules import decide
from board.core.shop import Running
from tests.builders import ANNA, CARL, PLATES, TINA, TOM, Trial, dispatched, working

SHOWN = c.ShowBadge(bay="1")


def test_the_first_showing_starts_and_the_next_one_stops() -> None:
    trial = dispatched(Trial()).do(SHOWN, TOM)
    assert trial.shop.running == {"tom": Running("j1", "1")}
    assert trial.job().in_bay == "1"
    trial.later(minutes=40).do(SHOWN, TOM)
    assert trial.happened() == ["LinePaused"]
    trial.later(minutes=40).do(SHOWN, TOM)
    assert trial.shop.running == {"tom": Running("j1", "1")}


def test_a_badge_told_again_within_a_minute_is_the_same_showing() -> None:
    trial = dispatched(Trial()).do(SHOWN, TOM).later(seconds=59).do(SHOWN, TOM)
    assert trial.shop.running == {"tom": Running("j1", "1")}
    trial.later(seconds=1).do(SHOWN, TOM).later(seconds=59).do(SHOWN, TOM)
    assert trial.shop.running == {}


def test_at_another_bay_the_clock_goes_on_to_the_car_there() -> None:
    trial = dispatched(working(Trial()), "j2", PLATES[1], bay="2").later(minutes=5)
    trial.do(c.ShowBadge(bay="2"), TOM)
    assert trial.shop.running == {"tom": Running("j2", "1")}


def test_a_clock_on_a_car_that_was_moved_on_does_not_stop_at_its_former_bay() -> None:
    trial = working(Trial()).do(c.PlaceCar(job="j1", where=Where.bay, spot="2"), CARL)
    dispatched(trial, "j2", PLATES[1], bay="1")
    trial.do(c.PlaceCar(job="j2", where=Where.bay, spot="1"), CARL)
    trial.later(minutes=5).do(SHOWN, TOM)
    assert trial.shop.running == {"tom": Running("j2", "1")}
    trial.later(minutes=5).do(c.ShowBadge(bay="2"), TOM).later(minutes=5)
    assert trial.shop.running == {"tom": Running("j1", "1")}
    trial.do(c.ShowBadge(bay="2"), TOM)
    assert trial.shop.running == {}


def test_a_car_that_is_said_to_stand_elsewhere_begins_and_ends_where_it_is_planned() -> None:
    trial = dispatched(Trial()).do(c.PlaceCar(job="j1", where=Where.bay, spot="2"), CARL)
    trial.do(SHOWN, TOM)
    assert trial.shop.running == {"tom": Running("j1", "1")}
    trial.later(minutes=5).do(SHOWN, TOM)
    assert trial.shop.running == {}


def test_a_clock_stops_at_its_planned_bay_though_the_car_of_somebody_else_stands_there() -> None:
    trial = working(Trial()).do(c.PlaceCar(job="j1", where=Where.parking), CARL)
    dispatched(trial, "j2", PLATES[1], bay="1", to=TINA)
    trial.do(c.PlaceCar(job="j2", where=Where.bay, spot="1"), CARL)
    trial.later(minutes=5).do(SHOWN, TOM)
    assert trial.shop.running == {}


def test_who_showed_it_by_mistake_takes_it_back() -> None:
    trial = dispatched(Trial()).do(SHOWN, TOM).later(seconds=20)
    trial.do(c.UndoMove(job="j1"), TOM)
    assert (trial.shop.running, trial.job().state) == ({}, "dispatched")


def test_a_badge_opens_no_other_door_than_a_tap() -> None:
    trial = dispatched(Trial())
    trial.when(c.ShowBadge(bay="3"), TOM).then_refused("badge_no_car")
    trial.when(c.ShowBadge(bay="99"), TOM).then_refused("unknown_bay")
    trial.when(SHOWN, TINA).then_refused("badge_no_car")
    trial.when(SHOWN, ANNA).then_refused("not_allowed")
    refused = decide(working(Trial()).shop, SHOWN, TINA, trial.now)
    assert isinstance(refused, Refused)
    assert refused.code == "not_your_job"
