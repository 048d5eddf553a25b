"""Actions of Zigbee2MQTT are presses, each once, in whichever form they come."""

import json

import pytest
from msgspec.structs import replace

from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.once import Heard, first_time
from devices.readings import Event, Observation
from tests.devices.moments import NOON, at


def read(name: str, payload: bytes, retained: bool = False) -> list[Observation]:
    return list(Zigbee2Mqtt().parse(f"zigbee2mqtt/{name}", payload, retained, NOON))


def presses(name: str, payload: bytes, retained: bool = False) -> list[tuple[str, str, int]]:
    found = read(name, payload, retained)
    return [(one.channel, one.value, one.count) for one in found if isinstance(one, Event)]


@pytest.mark.parametrize(
    ("action", "meaning"),
    [
        ("single", ("button-1", "single", 1)),
        ("2_double", ("button-2", "double", 2)),
        ("triple_left", ("button-left", "triple", 3)),
        ("button_3_hold", ("button-button_3", "long", 1)),
        ("arrow_left_click", ("button-arrow_left", "single", 1)),
        ("on_press_release", ("button-on", "release", 1)),
        ("brightness_step_up", ("button-1", "brightness_step_up", 1)),
    ],
)
def test_an_action_is_a_press_of_a_button(action: str, meaning: tuple[str, str, int]) -> None:
    payload = json.dumps({"action": action}).encode()
    assert presses("andon", payload) == [meaning]
    assert presses("andon/action", action.encode()) == [meaning]
    assert presses("andon", payload, retained=True) == []


@pytest.mark.parametrize("payload", [b'{"action":""}', b'{"action":null}', b'{"action":7}'])
def test_an_empty_action_is_no_press(payload: bytes) -> None:
    assert presses("andon", payload) == []


def test_the_copy_of_a_press_on_its_own_topic_is_no_second_press() -> None:
    [whole] = read("andon", b'{"action":"single"}')
    [copy] = read("andon/action", b"single")
    heard, is_new = first_time(Heard(), whole)
    assert is_new
    heard, is_new = first_time(heard, copy)
    assert not is_new
    assert isinstance(whole, Event)
    later = replace(whole, key="another", received_at=at(1))
    assert first_time(heard, later)[1]
