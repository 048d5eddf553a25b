"""A clock that is set back (or was wrong at the start) holds no bay for as long."""

from devices.families.esphome import EspHome
from devices.memory import Cause
from devices.readings import Alive, State
from tests.devices.ears import Ear, presses
from tests.devices.moments import Day, at, says, sees

HOUR = 3600


def occupied() -> Day:
    """A bay whose car is known, with time that went on to a minute after noon."""
    day = Day()
    for second in range(0, 61, 10):
        day.step(sees(True, second))
        day.wait(second)
    assert day.levels == [True]
    return day


def test_a_car_that_leaves_is_noticed_though_the_clock_was_set_back() -> None:
    day = occupied()
    day.step(sees(False, 70))
    day.wait(71)
    for second in range(75, 106, 5):
        day.step(sees(False, second - HOUR))
        day.wait(second - HOUR)
    assert day.levels == [True, False]
    assert day.told[-1].since <= at(105 - HOUR)


def test_the_level_holds_until_a_reading_could_have_come() -> None:
    day = occupied()
    assert day.wait(61 - HOUR) == []
    assert day.wait(61 + 200 - HOUR) == []
    [doubt] = day.wait(61 + 301 - HOUR)
    assert (doubt.present, doubt.reason) == (None, Cause.silent)


def test_who_was_gone_is_still_gone() -> None:
    day = occupied()
    day.step(says(Alive.offline, 65))
    assert [one.present for one in day.wait(71)] == [None]
    assert day.wait(80 - HOUR) == []
    assert day.memory.lives["native:eye"].alive is Alive.offline


def test_a_clock_that_is_turned_a_little_changes_nothing() -> None:
    day = occupied()
    day.step(sees(False, 70))
    assert day.wait(67) == []
    assert [one.present for one in day.wait(91)] == [False]


def test_a_badge_counts_though_its_node_was_born_later_by_the_clock_of_before() -> None:
    ear, tag = Ear(EspHome("bay-4")), "bay-4/text_sensor/badge_reader/state"
    ear.hear("bay-4/status", "online", HOUR)
    found = ear.hear(tag, "BA-83-9D-07", 60)
    assert presses(found) == [("badge", "BA839D07")]
    assert not any(isinstance(one, State) for one in found)
