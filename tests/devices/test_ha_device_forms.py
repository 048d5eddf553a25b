"""What Home Assistant's discovery declares of whole devices, and of values that name none."""

from typing import Any

import pytest

from devices.families.homeassistant import HomeAssistant
from devices.profiles.shelf import Shelf
from devices.readings import Alive, Availability, Discovery, Observation
from tests.devices.ears import Ear, levels, presses

BAY = {
    "dev": {"ids": "bay9", "name": "Bay 9"},
    "o": {"name": "ours"},
    "~": "bays/9",
    "state_topic": "~/state",
    "cmps": {
        "car": {"p": "binary_sensor", "dev_cla": "occupancy", "val_tpl": "{{ value_json.car }}"},
        "help": {
            "p": "device_automation",
            "automation_type": "trigger",
            "topic": "~/button",
            "type": "button_long_press",
            "subtype": "button_1",
        },
        "card": {"p": "tag", "topic": "~/card"},
    },
}


def declare(ear: Ear, config: dict[str, Any], topic: str = "binary_sensor/thing") -> Discovery:
    [found] = ear.hear(f"homeassistant/{topic}/config", config, retained=True)
    assert isinstance(found, Discovery)
    return found


def alive(found: list[Observation]) -> list[Alive]:
    return [one.alive for one in found if isinstance(one, Availability)]


def test_a_button_of_a_device_is_pressed_on_its_own_topic_alone() -> None:
    ear = Ear(HomeAssistant())
    declare(ear, BAY, "device/bay9")
    found = ear.hear("bays/9/state", {"car": "ON"})
    assert (levels(found), presses(found)) == ([("occupancy-car", True)], [])
    assert presses(ear.hear("bays/9/button", "PRESS")) == [("button-button_1", "long")]
    assert presses(ear.hear("bays/9/card", "04A1B2C3")) == [("badge", "04A1B2C3")]


@pytest.mark.parametrize("left", [{"p": "binary_sensor"}, {"platform": "binary_sensor"}])
def test_a_value_of_which_only_the_kind_is_left_was_taken_back(left: dict[str, str]) -> None:
    ear = Ear(HomeAssistant())
    declare(ear, BAY, "device/bay9")
    without = {"car": left, "card": {"p": "tag", "topic": "~/card"}}
    found = declare(ear, {**BAY, "cmps": without}, "device/bay9")
    assert [one.key for one in found.entities] == ["card"]
    assert ear.hear("bays/9/state", {"car": "OFF"}) == []


def test_a_device_that_takes_all_its_values_back_is_gone() -> None:
    ear = Ear(HomeAssistant())
    declare(ear, BAY, "device/bay9")
    left = {key: {"p": "binary_sensor"} for key in BAY["cmps"]}
    assert declare(ear, {**BAY, "cmps": left}, "device/bay9").gone
    assert ear.hear("bays/9/state", {"car": "OFF"}) == []
    lamp = {"name": "lamp", "cmd_t": "lamp/set", "dev": {"ids": "lamp"}}
    assert ear.hear("homeassistant/light/lamp/config", lamp, retained=True) == []


def test_a_trigger_of_any_action_is_pressed_as_its_subtype_says() -> None:
    ear = Ear(HomeAssistant())
    trigger = {"t": "b/act", "pl": "2_double", "type": "action", "stype": "2_double"}
    declare(ear, {**trigger, "dev": {"ids": ["b"]}}, "device_automation/b/act")
    assert presses(ear.hear("b/act", "2_double")) == [("button-2", "double")]


@pytest.mark.parametrize("own", [{}, {"uniq_id": "{0}-car"}])
def test_two_bays_that_call_their_values_the_same_stay_two(own: dict[str, str]) -> None:
    """A value need not name a device; then its discovery's topic, or its own id, tells it apart."""
    ear = Ear(HomeAssistant())
    for bay in ("bay1", "bay2"):
        unique = {key: text.format(bay) for key, text in own.items()}
        config = {"stat_t": f"{bay}/car", "dev_cla": "occupancy", **unique}
        declare(ear, config, f"binary_sensor/{bay}/car")
    found = [*ear.hear("bay1/car", "ON"), *ear.hear("bay2/car", "OFF")]
    assert len({one.device for one in found if not isinstance(one, Discovery)}) == 2


def test_an_identifier_may_be_a_number() -> None:
    assert declare(Ear(HomeAssistant()), {"stat_t": "a/b", "dev": {"ids": [4711]}}).device == (
        "ha:4711"
    )


def test_each_availability_topic_has_its_own_words_and_way() -> None:
    ear = Ear(HomeAssistant())
    listed = [
        {"t": "net/state", "val_tpl": "{{ value_json.state }}"},
        {"t": "net/node", "pl_avail": "true", "pl_not_avail": "false"},
    ]
    declare(ear, {"stat_t": "x/y", "avty": listed, "avty_mode": "all"})
    assert alive(ear.hear("net/state", {"state": "online"})) == [Alive.unknown]
    assert alive(ear.hear("net/node", "true")) == [Alive.online]
    assert alive(ear.hear("net/node", "false")) == [Alive.offline]
    assert alive(ear.hear("net/node", "maybe")) == []


@pytest.mark.parametrize("form", ["{{ 'online' if value else 'offline' }}", "{{ value | int }}"])
def test_an_availability_that_computes_is_left_for_a_person(form: str) -> None:
    ear = Ear(HomeAssistant())
    for avty in ([{"t": "a/b", "val_tpl": form}], {"t": "a/b", "val_tpl": form}):
        [found, *_] = ear.hear(
            "homeassistant/sensor/x/config", {"stat_t": "x/y", "avty": avty}, retained=True
        )
        assert isinstance(found, Discovery)
        assert found.entities[0].unmapped == "its availability needs mapping"


def test_what_expires_soonest_says_how_long_a_device_is_believed() -> None:
    """Its battery may be told once a day: that is no reason to believe its eye for so long."""
    ear = Ear(HomeAssistant())
    told: list[float | None] = []
    for kind, name, more in [
        ("sensor", "battery", {"dev_cla": "battery", "exp_aft": 86_400}),
        ("binary_sensor", "car", {"dev_cla": "occupancy", "exp_aft": 600}),
        ("sensor", "far", {"dev_cla": "distance", "exp_aft": 150}),
    ]:
        config = {"stat_t": f"x/{name}", "dev": {"ids": "x"}, **more}
        found = ear.hear(f"homeassistant/{kind}/x/{name}/config", config, retained=True)
        told += [one.interval_seconds for one in found[1:] if isinstance(one, Discovery)]
    assert told == [240, 60]
    assert ear.memory.known.expected_seconds(Shelf(), "ha:x", "occupancy-car") == 60


def test_an_older_zigbee2mqtt_is_left_to_its_own_family_too() -> None:
    """It names no origin: each of its devices stood in the inbox a second time."""
    device = {"ids": ["zigbee2mqtt_0x00124b0022aa33ff"], "sw": "Zigbee2MQTT 1.28.4"}
    config = {"stat_t": "zigbee2mqtt/eye", "dev_cla": "occupancy", "dev": device}
    ear = Ear(HomeAssistant())
    assert ear.hear("homeassistant/binary_sensor/eye/config", config, retained=True) == []
