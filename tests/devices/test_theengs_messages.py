"""Bluetooth packets that several gateways hear mean one level or press; passers-by mean nothing."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.theengs import Theengs
from devices.readings import (
    Alive,
    Availability,
    Diagnostic,
    Event,
    Finding,
    Level,
    Malformed,
    Observation,
    State,
)
from devices.recall import Recall, recall
from tests.devices.moments import NOON

MAC = "3C2EF5AABBCC"
DOOR = {"id": "3C:2E:F5:AA:BB:CC", "model_id": "SBDW-002C", "type": "CTMO", "rssi": -71}
BUTTON = DOOR | {"type": "BTN", "model_id": "SBBT-002C"}


class Hall:
    """Gateways that are heard one message after the other."""

    def __init__(self, *only: str) -> None:
        self.before = Recall()
        self.adapter = Theengs(only=frozenset(only))

    def hear(
        self, value: object, gateway: str = "A", seconds: float = 0, retained: bool = False
    ) -> list[Observation]:
        topic = f"home/{gateway}/BTtoMQTT/{MAC}"
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        found: list[Observation] = []
        at = NOON + timedelta(seconds=seconds)
        for one in self.adapter.parse(topic, raw, retained, at):
            self.before, meant = recall(self.before, self.adapter, one)
            found.extend(meant)
        return found


def levels(found: list[Observation]) -> dict[str, Level]:
    return {one.channel: one.value for one in found if isinstance(one, State)}


def presses(found: list[Observation]) -> list[tuple[str, str]]:
    return [(one.channel, one.value) for one in found if isinstance(one, Event)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-99, -30)), min_size=1, max_size=6),
    st.booleans(),
    st.booleans(),
)
def test_of_several_gateways_one_tells_and_the_best_is_heard(
    heard: list[tuple[int, int]], is_open: bool, counted: bool
) -> None:
    hall, door = Hall(), DOOR | {"open": is_open} | ({"packet": 93} if counted else {})
    told = [hall.hear(door | {"rssi": rssi}, f"G{number}") for number, rssi in heard]
    assert [levels(one).get("door") for one in told] == [is_open] + [None] * (len(told) - 1)
    strength = [levels(one)["link-rssi"] for one in told if one]
    assert strength[-1] == max(rssi for _, rssi in heard)


@pytest.mark.parametrize(
    ("told", "meaning"),
    [
        ({"open": False, "batt": 100}, {"door": False, "battery": 100}),
        ({"motion": True}, {"motion": True}),
        ({"presence": False}, {"occupancy": False}),
        ({"distance": 1.25, "open": True}, {"door": True, "distance": 1250}),
        ({"batt": 255, "open": True}, {"door": True, "battery": None}),
        ({"open": None}, {"door": None}),
        ({"volt": 3.05}, {"battery_mv": 3050}),
    ],
)
def test_a_packet_means_levels(told: dict[str, object], meaning: dict[str, Level]) -> None:
    assert levels(Hall().hear(DOOR | told)) == meaning | {"link-rssi": -71}


@pytest.mark.parametrize(
    ("told", "press"),
    [
        ({"button": 1}, ("button-1", "single")),
        ({"press": 2}, ("button-1", "double")),
        ({"button": 3}, ("button-1", "triple")),
        ({"press": 4}, ("button-1", "long")),
        ({"button": 9}, ("button-1", "long")),
        ({"button2": "long_press"}, ("button-2", "long")),
    ],
)
def test_a_packet_means_one_press_however_often_it_is_heard(
    told: dict[str, object], press: tuple[str, str]
) -> None:
    for numbered in ({"packet": 7}, {}):
        hall, packet = Hall(), BUTTON | told | numbered
        assert presses(hall.hear(packet)) == [press]
        assert presses(hall.hear(packet | {"rssi": -40}, "B", 0.3)) == []
        assert presses(hall.hear(packet, "A", 4)) == []
    again = Hall()
    assert presses(again.hear(BUTTON | told | {"packet": 7})) == [press]
    assert presses(again.hear(BUTTON | told | {"packet": 8}, seconds=0.5)) == [press]
    assert presses(again.hear(BUTTON | told | {"packet": 7}, seconds=1300)) == [press]


@pytest.mark.parametrize("code", [0, 77, "none", None, True])
def test_a_beacon_between_presses_is_none(code: object) -> None:
    assert presses(Hall().hear(BUTTON | {"button": code, "batt": 90})) == []


def test_what_the_broker_kept_is_no_press() -> None:
    found = Hall().hear(BUTTON | {"button": 1, "batt": 90, "packet": 3}, retained=True)
    assert (presses(found), levels(found)) == ([], {"battery": 90, "link-rssi": -71})


def test_a_cipher_is_told_to_a_person() -> None:
    [found, _] = Hall().hear(DOOR | {"encr": 2, "cipher": "38ef", "open": True})
    assert isinstance(found, Diagnostic)
    assert (found.device, found.finding) == (f"ble:{MAC}", Finding.encrypted)


@pytest.mark.parametrize(
    "carried",
    [
        {"type": "BCON", "model_id": "IBEACON", "distance": 2.0},
        {"type": "TRACK", "model_id": "NUTALE", "track": True, "batt": 50},
        {"type": "RMAC", "model_id": "GAEN"},
        {"type": "ACEL", "model_id": "MBXPRO", "track": True},
        {"rssi": -80, "distance": 3.4},
    ],
)
def test_what_passers_by_carry_means_nothing_but_named_tags_do(carried: dict[str, object]) -> None:
    packet = {"id": MAC, **carried}
    assert Hall().hear(packet) == []
    named = levels(Hall(MAC).hear(packet))
    assert named["tag_presence"] is True


def test_what_the_shop_has_not_named_is_not_read_where_it_names_any() -> None:
    door = DOOR | {"open": True, "packet": 9}
    assert Hall("A4C138*", "112233445566").hear(door) == []
    assert Hall("112233445566").hear(b"{") == [], "what is none of ours is not set aside either"
    for named in (MAC, "3C2E*"):
        assert levels(Hall(named).hear(door)) == {"door": True, "link-rssi": -71}


def test_a_gateway_speaks_for_itself() -> None:
    [found] = Theengs().parse("home/A/LWT", b"offline", True, NOON)
    assert found == Availability("omg-bridge:A", Alive.offline, NOON, True)


def test_a_level_names_its_gateway() -> None:
    [door, _, model] = Hall().hear(DOOR | {"open": True, "packet": 9}, "north")
    assert isinstance(model, Diagnostic)
    assert (model.finding, model.text) == (Finding.model, DOOR["model_id"])
    assert isinstance(door, State)
    assert (door.bridge, door.dedupe) == ("omg-bridge:north", "packet:9")


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        (f"home/A/BTtoMQTT/{MAC}", b"{"),
        (f"home/A/BTtoMQTT/{MAC}", b"[]"),
        (f"home/A/BTtoMQTT/{MAC}", json.dumps(DOOR | {"open": "perhaps"}).encode()),
        ("home/A/BTtoMQTT", b'{"open":true}'),
        ("home/A/LWT", b"perhaps"),
        ("home/A/433toMQTT/1", b"{}"),
    ],
)
def test_what_cannot_be_read_is_malformed(topic: str, value: bytes) -> None:
    [found] = Theengs().parse(topic, value, False, NOON)
    assert isinstance(found, Malformed)
