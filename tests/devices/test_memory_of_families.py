"""However many devices speak, what a family remembers of them stays within its bounds."""

import pytest

from devices.families import esphome as nodes
from devices.families import homie_devices, opened, shelly1, shelly2
from tests.devices.ears import Ear

HEARD: dict[str, list[tuple[str, object]]] = {
    "shelly-gen1": [("shellies/{}/input_event/0", {"event": "S", "event_cnt": 1})],
    "shelly-gen2": [("{}/status/sys", {"wakeup_period": 600})],
    "esphome": [("{}/status", "online"), ("{}/sensor/distance/state", "1")],
    "homie": [("homie/{}/n/p/$unit", "m"), ("homie/5/{}/$description", {"nodes": {}})],
}
"""What makes a family remember a device, by its name."""


@pytest.mark.parametrize("family", sorted(HEARD))
def test_a_crowd_of_devices_is_forgotten(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelly1, "MOST_BUTTONS", 5)
    monkeypatch.setattr(shelly2, "MOST_SLEEPERS", 5)
    monkeypatch.setattr(nodes, "MOST_KNOWN", 5)
    monkeypatch.setattr(homie_devices, "MOST_DEVICES", 5)
    ear = Ear(opened(family))
    for number in range(20):
        for topic, payload in HEARD[family]:
            ear.hear(topic.format(f"dev{number}"), payload)
    [kept] = ear.memory.families.values()
    assert 0 < repr(kept).count("dev") <= 15
