"""ESPHome nodes mean what they declare, or else what the names of their components say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.esphome import EspHome
from devices.readings import (
    Capability,
    Discovery,
    Malformed,
    State,
)
from tests.devices.ears import Ear, levels, presses

NODE = "bay-4"
DISTANCE = {
    "dev_cla": "distance",
    "unit_of_meas": "cm",
    "stat_t": f"{NODE}/sensor/radar/state",
    "dev": {"ids": "a0b7", "sw": "esphome v2026.1"},
}


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["bay_1", "left", "x9"]), st.floats(0.03, 9))
def test_names_say_what_a_component_measures(place: str, metres: float) -> None:
    ear = Ear(EspHome())
    [far] = ear.hear(f"{NODE}/sensor/{place}_distance/state", str(metres))
    assert isinstance(far, State)
    assert (far.channel, far.capability) == (f"distance-{place}", Capability.distance)
    assert far.value == pytest.approx(metres * 1000, abs=0.001)
    assert levels(ear.hear(f"{NODE}/binary_sensor/occupancy_{place}/state", "OFF")) == [
        (f"occupancy-{place}", False)
    ]


@pytest.mark.parametrize(
    ("rest", "word", "meaning"),
    [
        ("binary_sensor/gate_east/state", "ON", [("door-east", True)]),
        ("binary_sensor/door_battery/state", "ON", [("input-door_battery", True)]),
        ("binary_sensor/floor_loop/state", "ON", [("input-floor_loop", True)]),
        ("sensor/wifi_signal/state", "-61", [("link-rssi", -61)]),
        ("sensor/battery_level/state", "140", [("battery", None)]),
        ("sensor/battery_voltage/state", "2.95", [("battery_mv", 2950)]),
        ("sensor/temperature/state", "21.5", []),
        ("cover/gate/state", "open", [("door-gate", True)]),
        ("cover/gate/state", "opening", [("door-gate", None)]),
        ("switch/lamp_red/state", "ON", [("output-lamp_red", True)]),
        ("sensor/bay_distance/state", "nan", [("distance-bay", None)]),
    ],
)
def test_plain_states_of_a_node(rest: str, word: str, meaning: list[tuple[str, object]]) -> None:
    assert levels(Ear(EspHome()).hear(f"{NODE}/{rest}", word)) == meaning


def test_a_declared_unit_goes_before_the_usual_one() -> None:
    ear = Ear(EspHome(NODE))
    [found] = ear.hear(f"homeassistant/sensor/{NODE}/radar/config", DISTANCE, retained=True)
    assert isinstance(found, Discovery)
    assert (found.device, found.alias) == ("esphome:a0b7", f"esphome:{NODE}")
    [far] = ear.hear(f"{NODE}/sensor/radar/state", "54")
    assert isinstance(far, State)
    assert (far.device, far.value) == ("esphome:a0b7", 540)


@pytest.mark.parametrize(
    "software",
    [
        "esphome v2024.6.0 Jun 19 2024, 10:00:00",
        "2025.4.2 (Apr 30 2025, 10:00:00)",
        "2026.1.0 (config hash 0x1a2b3c4d)",
        "2026.2.0b1 (config hash 0x1a2b3c4d)",
        "1.4 (ESPHome 2026.1.0)",
    ],
)
def test_a_node_is_known_however_its_version_tells_its_software(software: str) -> None:
    ear, told = Ear(EspHome(NODE)), {**DISTANCE, "dev": {"ids": "a0b7", "sw": software}}
    ear.hear(f"homeassistant/sensor/{NODE}/radar/config", told, retained=True)
    [far] = ear.hear(f"{NODE}/sensor/radar/state", "54")
    assert isinstance(far, State)
    assert (far.device, far.value) == ("esphome:a0b7", 540)


@pytest.mark.parametrize(("base", "known"), [(NODE, 1), ("+", 1), ("bay-5", 0), ("hall/+", 0)])
def test_of_nodes_under_other_prefixes_nothing_is_told(base: str, known: int) -> None:
    found = Ear(EspHome(base)).hear(f"homeassistant/sensor/{NODE}/radar/config", DISTANCE)
    assert len(found) == known


@pytest.mark.parametrize("software", ["", "2026.1.0", "v14.2.0 (tasmota)", "1.4 (2026.1.0)"])
def test_another_software_is_no_node(software: str) -> None:
    ear, told = Ear(EspHome(NODE)), {**DISTANCE, "dev": {"ids": "a0b7", "sw": software}}
    assert ear.hear(f"homeassistant/sensor/{NODE}/radar/config", told, retained=True) == []


def test_what_a_node_tells_again_after_its_birth_is_no_badge() -> None:
    ear = Ear(EspHome())
    press, tag = f"{NODE}/event/andon/state", f"{NODE}/text_sensor/badge_reader/state"
    assert presses(ear.hear(press, '{"event_type":"double"}')) == [("button-andon", "double")]
    assert presses(ear.hear(tag, "BA-83-9D-07")) == [("badge", "BA839D07")]
    ear.hear(f"{NODE}/status", "online", 60)
    assert ear.hear(tag, "BA-83-9D-07", 62) == []
    assert len(ear.hear(tag, "BA-83-9D-07", 70)) == 1
    assert ear.hear(tag, "BA-83-9D-07", 71, retained=True) == []


def test_a_button_that_wakes_its_node_is_a_press() -> None:
    ear, press = Ear(EspHome()), f"{NODE}/event/andon/state"
    ear.hear(f"{NODE}/status", "online", 60)
    assert len(ear.hear(press, '{"event_type":"double"}', 61)) == 1
    assert ear.hear(press, '{"event_type":"double"}', 62, retained=True) == []


@pytest.mark.parametrize(
    ("rest", "payload"),
    [
        ("status", b"perhaps"),
        ("binary_sensor/x/state", b"open"),
        ("sensor/bay_distance/state", b"near"),
        ("sensor/bay_distance/state", b"\xff"),
    ],
)
def test_what_a_node_says_wrongly_is_malformed(rest: str, payload: bytes) -> None:
    [found] = Ear(EspHome()).hear(f"{NODE}/{rest}", payload)
    assert isinstance(found, Malformed)
