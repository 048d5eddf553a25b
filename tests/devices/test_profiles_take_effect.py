"""A profile's values count where a shop's file says nothing; a guess turns no level round."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from devices.binding_tables import read_bindings
from devices.bindings import Bindings, Sensor
from devices.families.shelly1 import ShellyGen1
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.profiles.guess import told_of
from devices.profiles.known import MOST_DEVICES, Known, in_our_words, learn, timed
from devices.profiles.profile import (
    Dedupe,
    Means,
    Profile,
    ProfileChannel,
    Sense,
    Word,
)
from devices.profiles.shelf import Shelf, our_shelf
from devices.readings import Diagnostic, Discovery, Event, EventKind, Finding
from tests.devices.ears import Ear, presses
from tests.devices.intakes import Desk, intake
from tests.devices.moments import NOON, at
from tests.devices.waiting import until

PIT = Profile(
    "pit",
    "Pit sonar",
    families=("tasmota", "zigbee2mqtt"),
    models=("PIT-1",),
    channels=(
        ProfileChannel("distance", Means.car, Sense(True, 1, 2, 700, 900, 30, 3000, 60)),
        ProfileChannel("input", Means.car, Sense(invert=True, expected_interval_seconds=600)),
        ProfileChannel("contact", Means.door, Sense(invert=True)),
    ),
    words=(Word("knock", "single"), Word("shake", ""), Word("off", "long", "2")),
    own=True,
)
SHELF = Shelf({"pit": PIT})
HEAD = '[[sensor]]\ndevice = "tasmota:loop"\nbay = "bay-1"\n'


def bound(rest: str) -> Sensor:
    bindings, mistakes = read_bindings(HEAD + rest, None, SHELF.profiles)
    assert mistakes == ()
    return bindings.sensors[0]


def sense(sensor: Sensor) -> tuple[Any, ...]:
    return tuple(getattr(sensor, name) for name in Sense.__dataclass_fields__)


def test_a_named_profile_says_what_the_file_leaves_out() -> None:
    sensor = bound('channel = "distance-left"\nprofile = "pit"\n')
    assert sense(sensor) == (True, 1, 2, 700, 900, 30, 3000, 60)


def test_what_the_shops_file_says_wins() -> None:
    own = "invert = false\nleave_seconds = 9\nexpected_interval_seconds = 5\n"
    sensor = bound(f'channel = "distance"\nprofile = "pit"\n{own}')
    assert sense(sensor) == (False, 1, 9, 700, 900, 30, 3000, 5)


def test_who_says_one_distance_says_them_all() -> None:
    """A threshold of the shop's own beside one of a profile's would be a pair nobody measured."""
    sensor = bound('channel = "distance"\nprofile = "pit"\nenter_below_mm = 1000\n')
    assert sense(sensor) == (True, 1, 2, 1000, 1500, 20, 4000, 60)


def test_a_channel_that_is_no_car_turns_no_bay_round() -> None:
    assert bound('channel = "contact"\nprofile = "pit"\n').invert is False


@pytest.mark.parametrize(
    ("rest", "line", "reason"),
    [
        ('channel = "input-1"\nprofile = "pitt"\n', 5, "no profile pitt; did you mean pit?"),
        ('channel = "occupancy"\nprofile = "pit"\n', 4, "the profile pit has no channel occupancy"),
        ('channel = "input-1"\nprofile = 7\n', 5, "profile must be a text"),
    ],
)
def test_a_profile_that_cannot_be_is_named(rest: str, line: int, reason: str) -> None:
    _, [mistake] = read_bindings(HEAD + rest, None, SHELF.profiles)
    assert mistake.line == line
    assert reason in mistake.reason


def test_an_old_file_means_what_it_meant() -> None:
    """A recognised model that nobody named gives times only, and only where none are said."""
    known = learn(Known(), Discovery("tasmota:loop", NOON, model="pit-1"))
    plain = bound('channel = "distance"\n')
    [now] = timed(Bindings((plain,)), known, SHELF).sensors
    assert sense(now) == (False, 1, 2, 1200, 1500, 20, 4000, 60)
    said = bound('channel = "distance"\nexpected_interval_seconds = 9\nenter_seconds = 3\n')
    [now] = timed(Bindings((said,)), known, SHELF).sensors
    assert (now.enter_seconds, now.leave_seconds, now.stale_seconds) == (3, 2, 22.5)
    made = Sensor("tasmota:loop", "distance", "bay-1")
    assert timed(Bindings((made,)), known, SHELF).sensors == (made,)


def test_a_device_knows_best_how_often_it_speaks() -> None:
    told = Diagnostic("tasmota:loop", Finding.interval, NOON, interval_seconds=7200.0)
    known = learn(Known(), told)
    for rest, seconds in (("", 7200), ('profile = "pit"\n', 7200)):
        [now] = timed(Bindings((bound(f'channel = "input-1"\n{rest}'),)), known, SHELF).sensors
        assert now.expected_interval_seconds == seconds
    own = bound('channel = "input-1"\nexpected_interval_seconds = 30\n')
    assert timed(Bindings((own,)), known, SHELF).sensors[0].expected_interval_seconds == 30
    endless = learn(Known(), structs.replace(told, interval_seconds=1e12))
    assert endless.devices["tasmota:loop"].interval_seconds == 172_800


def test_a_flood_of_devices_forgets_none_that_was_there_before() -> None:
    known = learn(Known(), Discovery("tasmota:loop", NOON, model="PIT-1"))
    for number in range(MOST_DEVICES + 10):
        known = learn(known, Discovery(f"ble:{number}", NOON, model="x"))
    assert len(known.devices) == MOST_DEVICES
    assert known.profile(SHELF, "tasmota:loop") == PIT


def test_channels_alone_make_nobody_sure() -> None:
    guess = our_shelf().guess(told_of("tasmota:x", channels=("distance", "input-1")))
    assert guess is not None
    assert guess.profile.id.startswith("tasmota-")
    assert not guess.is_sure
    assert our_shelf().guess(told_of("tasmota:x")) is None


def pressed(value: str, seconds: float = 0, number: str = "7") -> Event:
    key = f"z2m:x/button-1/{number}"
    return Event("z2m:x", "button-1", EventKind.press, value, key, at(seconds))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("knock", ("button-1", "single")),
        ("off", ("button-2", "long")),
        ("double", ("button-1", "double")),
        ("shake", None),
    ],
)
def test_a_devices_words_become_ours(said: str, meant: tuple[str, str] | None) -> None:
    now = in_our_words(PIT, pressed(said))
    assert (now and (now.channel, now.value)) == meant


def devices(model: str) -> bytes:
    listed = [{"ieee_address": "0xaa", "friendly_name": "knob", "definition": {"model": model}}]
    return json.dumps(listed).encode()


def test_a_model_that_says_a_press_three_times_presses_once() -> None:
    shelf = Shelf({"pit": replace(PIT, dedupe=Dedupe.word, dedupe_seconds=3)})
    ear = Ear(Zigbee2Mqtt(), shelf=shelf)
    ear.hear("zigbee2mqtt/bridge/devices", devices("PIT-1"), retained=True)
    heard = [ear.hear("zigbee2mqtt/knob", {"action": "knock"}, s) for s in (0, 1, 2.9, 6)]
    assert [presses(one) for one in heard] == [
        [("button-1", "single")],
        [],
        [],
        [("button-1", "single")],
    ]


def test_an_aqara_bound_in_three_lines_is_believed_between_its_hourly_reports() -> None:
    text = '[[sensor]]\ndevice = "z2m:0x00000000000000aa"\nchannel = "contact"\nbay = "bay-1"\n'
    bindings, _ = read_bindings(text)
    device = [{"ieee_address": "0x00000000000000aa", "friendly_name": "mat"}]
    device[0]["definition"] = {"model": "MCCGQ11LM"}  # type: ignore[assignment]

    async def scenario() -> None:
        async with intake(Desk(), sensors=bindings.sensors, adapters=(Zigbee2Mqtt(),)) as door:
            door.intake.rebind(bindings, our_shelf())
            door.bring(json.dumps(device).encode(), topic="zigbee2mqtt/bridge/devices")
            await until(lambda: stale(door.intake.bindings) == 9000, "the hour of its profile")

    asyncio.run(scenario())


def stale(bindings: Bindings) -> float:
    return bindings.sensors[0].stale_seconds


LOOP = "shelly:gate"


def test_a_profile_that_turns_a_level_round_forgets_what_was_read_before() -> None:
    """Else the old reading would stand, the wrong way round, until the next one."""
    desk = Desk()
    plain = Sensor(LOOP, "input-0", "bay-1", enter_seconds=0, leave_seconds=0)

    async def scenario() -> None:
        async with intake(desk, sensors=(plain,), adapters=(ShellyGen1(),)) as door:
            door.bring(b"1", topic="shellies/gate/input/0")
            await until(lambda: len(desk.reports) == 1, "the car")
            door.intake.rebind(Bindings((replace(plain, invert=True),)))
            door.bring(b"1", 1, topic="shellies/gate/input/0")
            await until(lambda: len(desk.reports) >= 2, "its being gone")

    asyncio.run(scenario())
    assert desk.reports[0][0].presence.value == "present"
    assert desk.reports[-1][0].presence.value == "absent"
