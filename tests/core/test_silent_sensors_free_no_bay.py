"""A bay in which sensors saw a car is not free because they have fallen silent."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.bays import NO_SENSOR, BayCondition, Presence
from board.core.conditions import condition, idle_since
from board.core.job import Where
from tests.builders import CARL, NOW, SENSOR, Trial, signed

SILENT = ("no reading for too long", "device offline", "changes too often", "sensors disagree")


def reported(presence: Presence, trial: Trial, reason: str = "sensor") -> Trial:
    """Bay 1 as its sensors say."""
    said = c.ReportBay(bay="1", presence=presence, since=trial.now, device="sonar-1", reason=reason)
    return trial.do(said, SENSOR)


def says(trial: Trial) -> BayCondition:
    """What the board says of bay 1."""
    return condition(trial.shop, trial.shop.bays["1"])


@pytest.mark.parametrize("reason", SILENT)
def test_the_car_that_was_there_stays_there(reason: str) -> None:
    trial = reported(Presence.present, Trial()).later(minutes=9)
    reported(Presence.unknown, trial, reason)
    assert says(trial) == BayCondition.blocked
    assert idle_since(trial.shop, trial.shop.bays["1"]) == NOW, "the car came then"


def test_one_reason_after_the_other_takes_it_away_neither() -> None:
    trial = reported(Presence.present, Trial()).later(minutes=9)
    reported(Presence.unknown, trial, "device offline")
    reported(Presence.unknown, trial.later(minutes=1), "no reading for too long")
    assert says(trial) == BayCondition.blocked


def test_a_bay_that_was_empty_is_no_fuller_for_silence() -> None:
    trial = reported(Presence.absent, Trial()).later(minutes=9)
    assert says(reported(Presence.unknown, trial, SILENT[0])) == BayCondition.free


def test_a_sensor_that_says_free_is_believed() -> None:
    trial = reported(Presence.present, Trial()).later(minutes=9)
    reported(Presence.unknown, trial, SILENT[0])
    assert says(reported(Presence.absent, trial.later(minutes=1))) == BayCondition.free


def test_where_no_sensor_hangs_any_more_the_board_alone_speaks() -> None:
    trial = reported(Presence.present, Trial()).later(minutes=9)
    assert says(reported(Presence.unknown, trial, NO_SENSOR)) == BayCondition.free


def test_the_last_sensor_may_have_been_silent_when_it_was_taken_off() -> None:
    trial = reported(Presence.present, Trial()).later(minutes=9)
    reported(Presence.unknown, trial, SILENT[0])
    assert says(reported(Presence.unknown, trial.later(minutes=1), NO_SENSOR)) == BayCondition.free
    assert reported(Presence.unknown, trial.later(minutes=1), NO_SENSOR).happened() == []


def test_people_take_the_car_away_from_silent_sensors() -> None:
    trial = reported(Presence.present, signed(Trial())).later(minutes=9)
    reported(Presence.unknown, trial, SILENT[0])
    trial.later(minutes=1).do(c.PlaceCar(job="j1", where=Where.bay, spot="1"), CARL)
    trial.later(minutes=1).do(c.PlaceCar(job="j1", where=Where.parking), CARL)
    assert says(trial) == BayCondition.free


def test_the_car_that_people_took_away_before_is_seen_until_the_sensors_say_otherwise() -> None:
    """Nobody knows which car they see: that is what the question is for."""
    trial = signed(Trial())
    trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="1"), CARL)
    reported(Presence.present, trial.later(seconds=10))
    trial.later(minutes=1).do(c.PlaceCar(job="j1", where=Where.parking), CARL)
    reported(Presence.unknown, trial.later(minutes=1), SILENT[0])
    assert says(trial) == BayCondition.blocked
    assert trial.now - NOW > timedelta(minutes=2)
