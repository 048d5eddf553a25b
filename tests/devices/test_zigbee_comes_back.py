"""Zigbee2MQTT says all that it remembers when it comes back: that is no reading of now."""

from datetime import timedelta

import pytest

from devices.bindings import Sensor
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.truth import Step
from tests.devices.ears import Ear, presses
from tests.devices.moments import Day, at

EYE = Sensor("z2m:0x00124b0022aa33ff", "occupancy", "bay-1", enter_seconds=0, leave_seconds=0)
TOPIC = f"zigbee2mqtt/{EYE.device.removeprefix('z2m:')}"


class Hall:
    """A bay behind Zigbee2MQTT."""

    def __init__(self) -> None:
        self.ear, self.day = Ear(Zigbee2Mqtt()), Day(EYE)

    def hear(self, topic: str, told: object, seconds: float) -> None:
        steps: list[Step] = list(self.ear.hear(topic, told, seconds))
        self.day.step(*steps)

    def restarted(self) -> None:
        """Gone at 10 s and back at 20 s."""
        self.hear("zigbee2mqtt/bridge/state", {"state": "offline"}, 10)
        self.day.wait(12)
        self.hear("zigbee2mqtt/bridge/state", {"state": "online"}, 20)


@pytest.mark.parametrize("before", [True, False])
def test_a_bay_is_not_free_by_what_zigbee2mqtt_remembers(before: bool) -> None:
    """The device may have been silent for days, and its battery empty."""
    hall = Hall()
    hall.hear(TOPIC, {"occupancy": before}, 0)
    hall.restarted()
    hall.hear(TOPIC, {"occupancy": False, "battery": 80}, 22)
    hall.day.wait(40)
    assert hall.day.levels == [before, None]
    hall.hear(TOPIC, {"occupancy": False}, 50)
    assert hall.day.levels == [before, None, False]


def test_what_the_device_has_said_since_counts_at_once() -> None:
    hall = Hall()
    hall.hear(TOPIC, {"occupancy": True}, 0)
    hall.restarted()
    told = {"occupancy": False, "last_seen": (at(22) - timedelta(seconds=1)).isoformat()}
    hall.hear(TOPIC, told, 22)
    assert hall.day.levels == [True, None, False]


def test_what_it_remembers_may_come_before_its_own_word() -> None:
    """Some versions say that they are there only once they have told all that they remember."""
    hall = Hall()
    hall.hear(TOPIC, {"occupancy": True}, 0)
    hall.hear("zigbee2mqtt/bridge/state", {"state": "offline"}, 10)
    hall.day.wait(12)
    hall.hear(TOPIC, {"occupancy": False, "battery": 80}, 20)
    hall.hear(TOPIC, {"occupancy": False, "battery": 80, "action": "single"}, 20)
    hall.hear("zigbee2mqtt/bridge/state", {"state": "online"}, 21)
    hall.hear(TOPIC, {"occupancy": False}, 22)
    hall.day.wait(40)
    assert hall.day.levels == [True, None]
    hall.hear(TOPIC, {"occupancy": False}, 50)
    assert hall.day.levels == [True, None, False]


def test_a_bridge_that_never_says_that_it_is_back_is_believed_after_its_return() -> None:
    hall = Hall()
    hall.ear.hear("zigbee2mqtt/bridge/state", {"state": "offline"}, 0, retained=True)
    for seconds in (1, 10):
        hall.hear(TOPIC, {"occupancy": True}, seconds)
    assert hall.day.levels == [True]
    assert presses(hall.ear.hear(TOPIC, {"action": "single"}, 20)) == [("button-1", "single")]
