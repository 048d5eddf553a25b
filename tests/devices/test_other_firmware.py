"""Devices of other models, versions and settings say the same in other ways."""

import json

import pytest

from devices.families import opened
from devices.readings import Malformed
from tests.devices.ears import Ear, levels, presses

ZIGBEE = {"Device": "0x60F6", "Contact": 1, "Endpoint": 1}


@pytest.mark.parametrize(
    ("family", "topic", "payload", "level"),
    [
        ("zigbee2mqtt", "zigbee2mqtt/hall/eye", b'\xef\xbb\xbf{"occupancy":true}', "occupancy"),
        ("tasmota", "tele/zb/SENSOR", {"ZbReceived": {"0x60F6": ZIGBEE}}, "door"),
        ("tasmota", "tele/zb/SENSOR", {"ZbReceived": ZIGBEE}, "door"),
        ("tasmota", "tele/zb/ZbReceived", {"0x60F6": ZIGBEE}, "door"),
        ("tasmota", "tele/zb/SENSOR", {"ZbReceived": {"x": {"Occupancy": True}}}, "occupancy"),
        ("tasmota", "tele/zb/SENSOR", {"ZbReceived": {"x": {"Water": 1}}}, "leak"),
        ("theengs", "home/g/BTtoMQTT/A4C138000001", {"model_id": "B", "window": "open"}, "door"),
        ("theengs", "home/g/BTtoMQTT/A4C138000001", {"model_id": "B", "opening": 1}, "door"),
    ],
)
def test_a_level_is_told_in_another_form(
    family: str, topic: str, payload: object, level: str
) -> None:
    assert levels(Ear(opened(family)).hear(topic, payload))[:1] == [(level, True)]


@pytest.mark.parametrize(
    ("family", "topic", "payload", "level"),
    [
        ("tasmota", "tele/x/SENSOR", {"HRXL": {"Distance": 1540}}, ("distance", 1540)),
        ("tasmota", "tele/x/SENSOR", {"TOF10120": {"Distance": 540}}, ("distance", 540)),
        ("esphome", "n/sensor/ultrasonic_sensor/state", "0.54", ("distance-sensor", 540)),
        ("esphome", "n/sensor/distance/state", "None", ("distance", None)),
        ("esphome", "n/sensor/distance/state", "NA", ("distance", None)),
        ("zigbee2mqtt", "zigbee2mqtt/eye", {"distance": 1e308}, ("distance", None)),
    ],
)
def test_a_distance_is_told_by_another_sensor(
    family: str, topic: str, payload: object, level: tuple[str, float | None]
) -> None:
    assert levels(Ear(opened(family)).hear(topic, payload)) == [level]


@pytest.mark.parametrize(
    ("family", "topic", "payload", "press"),
    [
        ("zigbee2mqtt", "zigbee2mqtt/b", {"action": "1_short_release"}, ("button-1", "single")),
        ("zigbee2mqtt", "zigbee2mqtt/b", {"action": "short_release"}, ("button-1", "single")),
        ("zigbee2mqtt", "zigbee2mqtt/b", {"action": "1_long_press"}, ("button-1", "long")),
        ("zigbee2mqtt", "zigbee2mqtt/b", {"action": "2_double_press"}, ("button-2", "double")),
        ("esphome", "n/text_sensor/andon_click/state", "double", ("button-andon_click", "double")),
        ("shelly-gen1", "shellies/b/input_event/0", {"event": "S", "event_cnt": "79"},
         ("button-0", "single")),
        ("theengs", "home/g/BTtoMQTT/A4C138000001", {"model_id": "B", "button": "1"},
         ("button-1", "single")),
        ("theengs", "home/g/BTtoMQTT/A4C138000001", {"model_id": "B", "button": [0, 2]},
         ("button-2", "double")),
        ("theengs", "home/g/BTtoMQTT/A4C138000001", {"model_id": "B", "button": "hold_press"},
         ("button-1", "long")),
        ("esp-rfid", "door/send", {"type": "access", "uid": 12345678}, ("badge", "12345678")),
    ],
)  # fmt: skip
def test_a_press_is_told_in_another_form(
    family: str, topic: str, payload: object, press: tuple[str, str]
) -> None:
    assert presses(Ear(opened(family)).hear(topic, payload)) == [press]


@pytest.mark.parametrize(
    ("family", "topic", "payload"),
    [
        ("zigbee2mqtt", "zigbee2mqtt/b", {"action": "1_initial_press"}),
        ("esphome", "n/text_sensor/last_call/state", "10:22"),
        ("shelly-gen1", "shellies/b/input_event/0", {"event": "S", "event_cnt": 1.5}),
        ("theengs", "home/g/BTtoMQTT/A4C138000001", {"model_id": "B", "button": [0, 0]}),
    ],
)
def test_what_is_no_press_stays_none(family: str, topic: str, payload: object) -> None:
    assert presses(Ear(opened(family)).hear(topic, payload)) == []


def test_a_text_that_a_node_tells_again_after_its_birth_is_no_press() -> None:
    ear = Ear(opened("esphome"))
    ear.hear("n/status", "online", 0)
    assert presses(ear.hear("n/text_sensor/andon/state", "double", 1)) == []


def test_a_reader_may_write_its_time_as_a_text() -> None:
    seen = {"type": "access", "uid": "f3ec6234", "time": "1772452800"}
    [found] = Ear(opened("esp-rfid")).hear("door/send", seen)
    assert getattr(found, "device_time", None) is not None


DESCRIBED = {
    "nodes": {
        "eye": {
            "properties": {
                "distance": {"datatype": "integer", "unit": "cm", "format": "2:400"},
                "range": {"datatype": "float", "unit": "m", "format": ":4:0.01"},
                "press": {"datatype": "enum", "format": "single,long", "retained": False},
            }
        }
    }
}


@pytest.mark.parametrize(
    ("rest", "legal", "illegal"),
    [
        ("distance", "54", ("0", "401", "54.5")),
        ("range", "0.54", ("4.01",)),
        ("press", "long", ("double", "LONG", "")),
    ],
)
def test_what_a_homie_device_may_not_say_is_not_believed(
    rest: str, legal: str, illegal: tuple[str, ...]
) -> None:
    ear = Ear(opened("homie"))
    ear.hear("homie/5/bay/$description", json.dumps(DESCRIBED), retained=True)
    assert not any(isinstance(one, Malformed) for one in ear.hear(f"homie/5/bay/eye/{rest}", legal))
    for text in filter(None, illegal):
        [found] = ear.hear(f"homie/5/bay/eye/{rest}", text)
        assert isinstance(found, Malformed)


@pytest.mark.parametrize("unit", ["km", "yd", "%", "s"])
def test_a_distance_in_a_unit_nobody_knows_is_unknown(unit: str) -> None:
    ear = Ear(opened("ha-discovery"))
    config = {"stat_t": "s/d", "dev_cla": "distance", "unit_of_meas": unit}
    ear.hear("homeassistant/sensor/d/config", config, retained=True)
    assert levels(ear.hear("s/d", "0.5")) == [("distance", None)]


@pytest.mark.parametrize("rest", ["$name", "$alert/mast", "eye/label", "eye/label/$unit"])
def test_a_homie_text_that_no_database_takes_is_malformed(rest: str) -> None:
    ear = Ear(opened("homie"))
    [found] = ear.hear(f"homie/bay/{rest}", b"Bay\0one")
    assert isinstance(found, Malformed)
    assert ear.hear(f"homie/5/bay/{rest}", b"\0") == []
