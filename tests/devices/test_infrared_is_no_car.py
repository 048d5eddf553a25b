"""An infrared sensor sees what moves: its occupancy is no car, and its calm no free bay."""

import json

import pytest

from devices.families.theengs import Theengs
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.profiles.known import learn
from devices.profiles.profile import Means
from devices.profiles.shelf import our_shelf
from devices.readings import Discovery
from tests.devices.ears import Ear

INFRARED = ["SNZB-03P", "RTCGQ11LM", "E2134", "E1525/E1745", "9290012607", "TS0202_1", "HS1MS-EF"]
RADAR = ["SNZB-06P", "RTCZCGQ11LM", "ZY-M100-24G"]


@pytest.mark.parametrize(
    ("model", "means"),
    [*((one, Means.motion) for one in INFRARED), *((one, Means.car) for one in RADAR)],
)
def test_the_models_profile_says_what_its_occupancy_is(model: str, means: Means) -> None:
    ear = Ear(Zigbee2Mqtt(), shelf=our_shelf())
    entry = {"ieee_address": "0x00124b0022aa33ff", "friendly_name": "eye"}
    listed = json.dumps([{**entry, "definition": {"model": model, "exposes": []}}])
    [found] = ear.hear("zigbee2mqtt/bridge/devices", listed)
    assert isinstance(found, Discovery)
    profile = learn(ear.memory.known, found).profile(our_shelf(), found.device)
    assert profile is not None
    said = profile.channel("occupancy") or profile.channel("presence")
    assert said is not None
    assert said.means is means


def test_an_infrared_sensor_over_bluetooth_says_what_moves() -> None:
    ear = Ear(Theengs(), shelf=our_shelf())
    told = {"id": "A4:C1:38:AA:BB:CC", "model_id": "RTCGQ02LM", "presence": True}
    [*_, found] = ear.hear("home/hall/BTtoMQTT/A4C138AABBCC", told)
    profile = ear.memory.known.profile(our_shelf(), found.device)
    assert profile is not None
    said = profile.channel("occupancy")
    assert said is not None
    assert said.means is Means.motion
