"""A door that moves is neither open nor shut, whoever moves it."""

from typing import Any

import pytest

from devices.families.homeassistant import HomeAssistant
from devices.families.homie import Homie
from devices.families.tasmota import Tasmota
from tests.devices.ears import Ear, levels


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"Position": 0, "Direction": 0, "Target": 0}, False),
        ({"Position": 100, "Direction": 0, "Target": 100, "Tilt": 0}, True),
        ({"Position": 30, "Direction": 0}, True),
        ({"Position": 0, "Direction": 1, "Target": 100}, None),
        ({"Position": 40, "Direction": -1, "Target": 0}, None),
        ({"Position": None, "Direction": 0}, None),
        ({"Position": 255, "Direction": 0}, None),
    ],
)
@pytest.mark.parametrize("topic", ["stat/gate/RESULT", "tele/gate/SENSOR"])
def test_a_shutter_of_tasmota_stands_at_its_position(
    topic: str, told: dict[str, Any], level: bool | None
) -> None:
    assert levels(Ear(Tasmota()).hear(topic, {"Shutter1": told})) == [("door-1", level)]


@pytest.mark.parametrize("told", [{"Target": 100}, {}, 50, None, "open"])
def test_a_shutter_without_a_position_tells_nothing(told: object) -> None:
    assert Ear(Tasmota()).hear("stat/gate/RESULT", {"Shutter1": told}) == []


def test_a_door_of_homie_on_its_way_is_neither() -> None:
    ear, door = Ear(Homie()), "homie/5/gate/lane/door"
    words = ("closed", "opening", "open", "closing", "stopped", "closed")
    heard = [value for word in words for _, value in levels(ear.hear(door, word))]
    assert heard == [False, None, True, None, None, False]


@pytest.mark.parametrize(
    ("more", "word", "level"),
    [
        ({}, "0", False),
        ({}, "100", True),
        ({}, "42", True),
        ({}, "-1", None),
        ({}, "None", None),
        ({"pos_clsd": 100, "pos_open": 0}, "100", False),
        ({"pos_clsd": 100, "pos_open": 0}, "0", True),
        ({"pos_tpl": "{{ value_json.position }}"}, '{"position": 0}', False),
        ({"stat_t": "gate/state"}, "0", "not its topic"),
    ],
)
def test_a_cover_of_home_assistant_may_tell_its_position_alone(
    more: dict[str, Any], word: str, level: object
) -> None:
    ear = Ear(HomeAssistant())
    config = {"pos_t": "gate/pos", "dev_cla": "garage", "dev": {"ids": "motor"}, **more}
    ear.hear("homeassistant/cover/gate/config", config, retained=True)
    heard = levels(ear.hear("gate/pos", word))
    assert heard == ([] if level == "not its topic" else [("door-gate", level)])


def test_numbers_for_the_states_of_a_cover_are_words_and_no_positions() -> None:
    words = {"stat_t": "gate/is", "stat_open": "1", "stat_clsd": "0", "stat_opening": "2"}
    ear = Ear(HomeAssistant())
    config = {"dev_cla": "garage", "dev": {"ids": "motor"}, **words}
    ear.hear("homeassistant/cover/gate/config", config, retained=True)
    heard = [levels(ear.hear("gate/is", word)) for word in ("0", "2", "1")]
    assert heard == [[("door-gate", False)], [], [("door-gate", True)]]
