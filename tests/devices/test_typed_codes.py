"""A code that somebody types at a keypad stands nowhere: not on a page, in a list or in a key."""

import json
from collections.abc import Mapping

import pytest

from devices.adapters import Adapter
from devices.deliveries import Delivery
from devices.families.esphome import EspHome
from devices.families.homie import Homie
from devices.families.native import Native
from devices.families.tasmota import Tasmota
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.logbooks import Logbooks
from devices.readings import Event
from devices.redaction import readable
from devices.typed import kept
from tests.devices.ears import Ear
from tests.devices.moments import at

ESPHOME, Z2M, NATIVE = EspHome(), Zigbee2Mqtt(), Native("main")
KEYPAD = "front/event/keypad/state"
TOLD: list[tuple[Adapter, str, str | Mapping[str, object]]] = [
    (ESPHOME, KEYPAD, {"event_type": "4711"}),
    (ESPHOME, KEYPAD, "4711"),
    (ESPHOME, "front/event/entry/state", {"event_type": "4711"}),
    (ESPHOME, "front/event/entry/state", "4711"),
    (ESPHOME, "front/event/entry/state", {"event_type": "typed_4711"}),
    (ESPHOME, "front/text_sensor/keypad/state", "4711"),
    (ESPHOME, "front/sensor/keypad/state", "4711"),
    (Z2M, "zigbee2mqtt/door", {"action": "4711", "battery": 90}),
    (Z2M, "zigbee2mqtt/door keypad", {"action": "disarm", "last": "4711"}),
    (Z2M, "zigbee2mqtt/door keypad/action", "4711"),
    (Tasmota(), "tele/keypad/SENSOR", {"Time": "2026-11-21T10:00:00", "Keys": {"Last": "4711"}}),
    (NATIVE, "shop/main/dev/door/ev/keypad", {"e": "press", "k": "4711", "id": "a-1"}),
    (NATIVE, "shop/main/dev/door/ev/button-1", {"e": "press", "k": "4711", "id": "a-1"}),
    (NATIVE, "shop/main/dev/keypad/ev/button-1", {"e": "press", "k": "x", "typed": 4711}),
    (Homie(), "homie/door/keypad/typed", "4711"),
]


@pytest.mark.parametrize(("adapter", "topic", "told"), TOLD)
@pytest.mark.parametrize("retained", [False, True])
def test_a_typed_code_is_kept_nowhere(
    adapter: Adapter, topic: str, told: str | Mapping[str, object], retained: bool
) -> None:
    ear, books = Ear(adapter), Logbooks()
    body = told if isinstance(told, str) else json.dumps(told)
    for second in range(2):
        found = ear.hear(topic, body.encode(), second, retained=retained)
        books.note(Delivery(topic, body.encode(), retained, at(second)), found)
        assert "4711" not in str([one for one in found if isinstance(one, Event)])
        for device in {one.device for one in found}:
            assert "4711" not in str(books.get(device).__getstate__())
    assert "4711" not in readable(body.encode(), topic)
    assert "4711" not in readable(body.encode()[:-2] + b"\xff", topic, careful=True)


@pytest.mark.parametrize("key", ["4", "0", "12", "#", "*9"])
def test_one_key_after_the_other_tells_no_code_either(key: str) -> None:
    ear = Ear(ESPHOME)
    values = [one.value for one in ear.hear(KEYPAD, key.encode()) if isinstance(one, Event)]
    assert set(values) <= {"…"}
    for body in (key, json.dumps({"event_type": key})):
        shown = readable(body.encode(), KEYPAD)
        assert not any(sign.isdigit() for sign in shown)


@pytest.mark.parametrize(
    ("word", "channel"),
    [
        ("single", "button-keypad"),
        ("1_single", "button-keypad"),
        ("button_2_long_press", "button-1"),
        ("flip180", "button-1"),
        ("scene_255", "button-1"),
        ("2", "button-1"),
    ],
)
def test_words_of_buttons_stay(word: str, channel: str) -> None:
    assert kept(word, channel) == word


def test_what_a_keypad_measures_and_what_buttons_say_stays() -> None:
    assert readable(b"90", "zigbee2mqtt/door keypad/battery") == "90"
    assert readable(b"2", "front/event/button/state") == "2"
    button = '{"action":"1_single","battery":90,"linkquality":120,"voltage":3000}'
    assert readable(button.encode(), "zigbee2mqtt/bay3") == button
    level = '{"v":540,"n":12345,"t":1732190000.1}'
    assert readable(level.encode(), "shop/main/dev/bay-3/st/distance") == level
