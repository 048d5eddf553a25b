"""The inbox says which profile an unbound device may have, how sure that is, and what it said."""

import json

import pytest

from devices.batteries import MOST_DEVICES, Batteries, Battery, weighed
from devices.families.chirpstack import ChirpStack
from devices.families.shelly1 import ShellyGen1
from devices.families.theengs import Theengs
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.inbox import Inbox, Seen, guessed
from devices.profiles.guess import told_of
from devices.profiles.profile import Cell
from devices.profiles.shelf import our_shelf
from devices.readings import Capability, Level, State
from tests.devices.ears import Ear
from tests.devices.moments import NOON


def inbox_after(ear: Ear, *messages: tuple[str, object]) -> list[Seen]:
    inbox = Inbox()
    for second, (topic, payload) in enumerate(messages):
        for seen in ear.hear(topic, payload, second):
            inbox.note(seen)
    return [guessed(one, our_shelf()) for one in inbox.devices]


LISTED = {
    "ieee_address": "0x00124b0022aa33ff",
    "friendly_name": "door",
    "definition": {"model": "SNZB-04", "exposes": [{"property": "contact"}]},
}


def test_a_listed_model_is_recognised_and_surer_once_its_channels_are_seen() -> None:
    bare = LISTED | {"definition": {"model": "SNZB-04"}}
    [before] = inbox_after(Ear(Zigbee2Mqtt()), ("zigbee2mqtt/bridge/devices", [bare]))
    [after] = inbox_after(Ear(Zigbee2Mqtt()), ("zigbee2mqtt/bridge/devices", [LISTED]))
    assert (before.profile, before.confidence) == ("sonoff-snzb-04", 0.85)
    assert (after.profile, after.confidence) == ("sonoff-snzb-04", 1.0)


def test_a_model_without_a_profile_is_guessed_by_its_channels() -> None:
    other = LISTED | {"definition": {"model": "XY-9", "exposes": [{"property": "contact"}]}}
    [seen] = inbox_after(Ear(Zigbee2Mqtt()), ("zigbee2mqtt/bridge/devices", [other]))
    assert (seen.profile, seen.confidence) == ("zigbee-contact", 0.35)


def test_what_it_said_last_is_there_to_see_which_row_moves() -> None:
    ear = Ear(Zigbee2Mqtt())
    messages = [("zigbee2mqtt/bridge/devices", [LISTED])]
    said = [("zigbee2mqtt/door", {"contact": value}) for value in (True, False)]
    [seen] = inbox_after(ear, *messages, *said)
    assert dict(seen.last) == {"contact": False}
    assert our_shelf().profiles[seen.profile].says("contact", False) == ("door", True)


@pytest.mark.parametrize(
    ("topic", "payload", "profile"),
    [
        ("shellies/shellydw2-73C75E/sensor/state", "open", "shelly-dw2"),
        ("shellies/shellyix3-98CDAC38DF20/input/1", "1", "shelly-i3"),
        ("shellies/garage-door/sensor/state", "open", ""),
    ],
)
def test_a_shelly_is_known_by_its_name_before_it_announces_itself(
    topic: str, payload: str, profile: str
) -> None:
    [seen] = inbox_after(Ear(ShellyGen1()), (topic, payload))
    assert seen.profile == profile


def test_a_lorawan_sensor_tells_its_model_with_each_uplink() -> None:
    about = {"devEui": "24e124329e090021", "deviceProfileName": "EM310-UDL 868"}
    up = {"deviceInfo": about, "fCnt": 1, "devAddr": "00", "object": {"distance": 900}}
    [seen] = inbox_after(Ear(ChirpStack()), ("application/a/device/24e124329e090021/event/up", up))
    assert (seen.profile, seen.confidence) == ("milesight-em310-udl", 1.0)


def test_a_device_that_speaks_in_cipher_is_listed_as_such() -> None:
    told = {"id": "3C:2E:F5:AA:BB:CC", "model_id": "SBDW_002C_ENCR", "encr": 2, "cipher": "38"}
    [seen] = inbox_after(Ear(Theengs()), ("home/omg/BTtoMQTT/3C2EF5AABBCC", json.dumps(told)))
    assert seen.profile == "shelly-blu-door-window"
    assert seen.unmapped == ("it speaks in cipher, without a key",)


def test_the_shops_own_profile_goes_before_ours() -> None:
    ours = our_shelf().guess(told_of("z2m:0x1", model="SNZB-04"))
    assert ours is not None
    assert ours.profile.id == "sonoff-snzb-04"


def battery(*levels: tuple[Capability, Level]) -> Battery:
    known: Battery | None = None
    for capability, value in levels:
        known = weighed(
            known,
            Cell(low_below_mv=2600),
            State("z2m:x", capability, capability, value, NOON, False),
        )
    assert known is not None
    return known


LEFT, FLAG, VOLTS = Capability.battery, Capability.battery_low, Capability.battery_mv


@pytest.mark.parametrize(
    ("levels", "low"),
    [
        ([(LEFT, 19)], True),
        ([(LEFT, 19), (LEFT, 25)], True),
        ([(LEFT, 19), (LEFT, 31)], False),
        ([(LEFT, 25)], None),
        ([(LEFT, 90), (LEFT, 25)], False),
        ([(LEFT, 90), (FLAG, True)], True),
        ([(LEFT, 10), (FLAG, False)], True),
        ([(FLAG, False)], False),
        ([(FLAG, None)], None),
        ([(VOLTS, 2500)], True),
        ([(VOLTS, 3000)], False),
        ([(VOLTS, None)], None),
        ([(LEFT, None)], None),
        ([(LEFT, 10), (LEFT, None)], True),
    ],
)
def test_a_battery_is_low_until_it_is_fine_again(
    levels: list[tuple[Capability, Level]], low: bool | None
) -> None:
    assert battery(*levels).low is low


def test_a_level_that_is_lost_is_unknown_and_never_0() -> None:
    lost = battery((LEFT, 50), (LEFT, None), (VOLTS, 2900), (VOLTS, None))
    assert (lost.percent, lost.millivolts) == (None, None)


def test_batteries_are_kept_within_bounds() -> None:
    batteries = Batteries()
    for number in range(MOST_DEVICES + 5):
        batteries.note(State(f"z2m:{number}", "battery", LEFT, 50, NOON, False), Cell())
    assert len(batteries.known) == MOST_DEVICES
    batteries.note(State("z2m:x", "contact", Capability.contact, True, NOON, False), Cell())
    assert "z2m:x" not in batteries.known
