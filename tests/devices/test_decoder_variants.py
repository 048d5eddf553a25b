"""Makers' decoders call the same things by other names and write them in other ways."""

from typing import Any

import pytest

from devices.families.chirpstack import ChirpStack
from devices.families.things_stack import ThingsStack
from devices.readings import Level
from tests.devices.ears import Ear, levels, presses

EUI = "24e124329e090021"


def uplink(values: object, **more: Any) -> dict[str, Any]:
    return {"deviceInfo": {"devEui": EUI}, "fCnt": 7, "object": values, **more}


def told(values: object, **more: Any) -> list[tuple[str, Level]]:
    topic = f"application/a/device/{EUI}/event/up"
    return levels(Ear(ChirpStack()).hear(topic, uplink(values, **more)))


def pressed(values: object) -> list[tuple[str, str]]:
    return presses(Ear(ChirpStack()).hear(f"application/a/device/{EUI}/event/up", uplink(values)))


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        ({"parkingStatus": "occupied"}, ("occupancy", True)),
        ({"Parking Status": "vacant"}, ("occupancy", False)),
        ({"carDetected": 1}, ("occupancy", True)),
        ({"doorOpen": False}, ("door", False)),
        ({"gpio_input_2": "on"}, ("input-2", True)),
        ({"pir_status": "trigger"}, ("motion", True)),
        ({"Distance": "1503 mm"}, ("distance", 1503)),
        ({"distance": "1.5 m"}, ("distance", 1500)),
        ({"distanceCm": 54}, ("distance", 540)),
        ({"data": {"occupied": True}}, ("occupancy", True)),
        ({"distance": {"value": 540, "unit": "mm"}}, ("distance", 540)),
        ({"distance": {"value": 54, "unit": "cm"}}, ("distance", 540)),
        ({"distance": {"value": 0.54, "unit": "m"}}, ("distance", 540)),
        ({"distance": {"value": 0.1 + 0.2, "unit": "m"}}, ("distance", 300)),
        ({"distance": {"value": "54", "unit": "cm"}}, ("distance", 540)),
        ({"distance": {"value": 21, "unit": "in"}}, ("distance", None)),
        ({"distance": {"value": "21", "unit": "in"}}, ("distance", None)),
        ({"battery": {"value": 98, "unit": "percent"}}, ("battery", 98)),
        ({"battery": {"value": 3, "unit": "V"}}, ("battery_mv", 3000)),
        ({"decoded": {"distance": {"value": 54, "unit": "cm"}}}, ("distance", 540)),
        ({"data": {"payload": {"occupied": 0}}}, ("occupancy", False)),
        ({"digitalInput": {"2": 1}}, ("input-2", True)),
        ({"presenceSensor": {"3": 0}}, ("occupancy-3", False)),
    ],
)
def test_a_value_is_read_by_whatever_name_it_has(values: object, meant: tuple[str, Level]) -> None:
    assert told(values) == [meant]


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        ({"battery": 98}, ("battery", 98)),
        ({"battery": "98%"}, ("battery", 98)),
        ({"battery": 3.6}, ("battery_mv", 3600)),
        ({"battery": "3.6V"}, ("battery_mv", 3600)),
        ({"battery": 3600}, ("battery_mv", 3600)),
        ({"battery": 2.755905511811024}, ("battery", 2.755905511811024)),
        ({"battery": 3}, ("battery", 3)),
        ({"Bat": 3.403}, ("battery_mv", 3403)),
        ({"Bat": 3}, ("battery_mv", 3000)),
        ({"bat": 87}, ("battery", 87)),
        ({"batteryVoltage": 3.58}, ("battery_mv", 3580)),
        ({"battery_voltage": {"value": 2.9, "unit": "V"}}, ("battery_mv", 2900)),
        ({"vdd": 3580}, ("battery_mv", 3580)),
        ({"battery": 255}, ("battery", None)),
        ({"battery": "low"}, ("battery", None)),
        ({"Bat": None}, ("battery_mv", None)),
    ],
)
def test_a_battery_is_told_as_a_share_or_as_a_voltage(
    values: object, meant: tuple[str, Level]
) -> None:
    """3.6 volts are no 3.6 percent: such a battery was low for ever."""
    assert told(values) == [meant]


@pytest.mark.parametrize(
    ("values", "meant"),
    [
        ({"button_2": "trigger", "button_2_msgid": 31}, ("button-2", "single")),
        ({"button_event": {"status": "double press", "msgid": 4}}, ("button-1", "double")),
        ({"buttonStatus": "long press"}, ("button-1", "long")),
    ],
)
def test_a_press_is_told_in_other_forms(values: object, meant: tuple[str, str]) -> None:
    assert pressed(values) == [meant]


@pytest.mark.parametrize(
    "values", [{"level": {"distance": 540}}, {"last": {"occupied": False}}, {"occupied": [0]}]
)
def test_what_stands_inside_of_something_else_is_not_the_value_of_now(values: object) -> None:
    assert told(values) == []


@pytest.mark.parametrize("kind", ["startup", "Boot", "restart", "power on", "RESET"])
@pytest.mark.parametrize("key", ["type", "messageType", "frame_type", "Msg Type"])
def test_what_a_device_repeats_when_it_starts_frees_no_bay(kind: str, key: str) -> None:
    assert told({key: kind, "occupied": False, "battery": 90}) == [("battery", 90)]


def test_a_port_tells_a_start_where_the_model_has_one_for_it() -> None:
    """The sensor's own decoder gives the kind of a message; others give the state alone."""
    info = {"devEui": EUI, "deviceProfileName": "Bosch TPS110-EU"}
    values = {"occupied": False}
    assert told(values, deviceInfo=info, fPort=3) == []
    assert told(values, deviceInfo=info, fPort=1) == [("occupancy", False)]
    assert told(values, fPort=3) == [("occupancy", False)]
    up = {
        "end_device_ids": {"device_id": "bay3", "dev_eui": EUI},
        "uplink_message": {
            "f_port": 3,
            "decoded_payload": values,
            "version_ids": {"model_id": "tps110"},
        },
    }
    assert levels(Ear(ThingsStack()).hear("v3/a@t/devices/bay3/up", up)) == []


def test_a_device_without_joins_that_counts_anew_is_heard_again() -> None:
    """Its address stays, and so do its numbers: a press of today is not that of last week."""
    ear, topic = Ear(ChirpStack()), f"application/a/device/{EUI}/event/up"
    press = uplink({"press": "single"}, devAddr="01a2b3c4")
    heard = [presses(ear.hear(topic, press, seconds)) for seconds in (0, 30, 7 * 86_400)]
    assert heard == [[("button-1", "single")], [], [("button-1", "single")]]
