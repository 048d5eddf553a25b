"""Messages of Tasmota mean distances, switches, presses, badges, relays and who is there."""

import json
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.tasmota import USUAL, Tasmota
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Diagnostic,
    Discovery,
    Event,
    Level,
    Malformed,
    Observation,
    Quality,
    State,
)
from devices.recall import adapters_of, declared
from tests.devices.ears import Ear
from tests.devices.moments import NOON

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,20}(/[A-Za-z0-9_]{1,8})?", fullmatch=True)
CHINA = timezone(timedelta(hours=8))


def read(
    topic: str, payload: object, retained: bool = False, base: str = USUAL
) -> list[Observation]:
    raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return Ear(Tasmota(base)).hear(topic, raw, retained=retained)


def levels(found: list[Observation]) -> list[tuple[str, Level]]:
    return [(one.channel, one.value) for one in found if isinstance(one, State)]


@settings(max_examples=30, deadline=None)
@given(NAMES, st.floats(2.1, 399), st.sampled_from(["%prefix%/%topic%", "hall/%topic%/%prefix%"]))
def test_a_distance_in_any_fulltopic_comes_in_mm(name: str, far: float, shape: str) -> None:
    topic = f"{shape.replace('%prefix%', 'tele').replace('%topic%', name)}/SENSOR"
    [found] = read(topic, {"SR04": {"Distance": far}}, base=shape)
    assert isinstance(found, State)
    assert (found.device, found.channel) == (f"tasmota:{name}", "distance")
    assert found.value == pytest.approx(far * 10, abs=0.001)
    assert Tasmota(shape).claim(topic) > 0.5


@pytest.mark.parametrize("far", [0, 2, 400, 1e9, None])
def test_a_sonar_without_an_echo_has_no_value(far: float | None) -> None:
    [found] = read("tele/sonar/SENSOR", {"SR04": {"Distance": far}})
    assert isinstance(found, State)
    assert (found.value, found.quality) == (None, Quality.bad)


def test_two_sonars_of_a_kind_are_two_channels_and_lasers_measure_in_mm() -> None:
    payload = {"VL53L0X-1": {"Distance": 263}, "VL53L0X-2": {"Distance": 900}}
    assert levels(read("tele/x/SENSOR", payload)) == [("distance-1", 263), ("distance-2", 900)]


def test_each_block_tells_only_its_own() -> None:
    assert levels(read("tele/x/SENSOR", {"Switch1": "OFF"})) == [("input-1", False)]
    assert levels(read("tele/x/SENSOR", {"DS18B20": {"Temperature": 20.1}})) == []
    assert levels(read("tele/x/STATE", {"POWER": "ON", "Wifi": {"RSSI": 90, "Signal": -55}})) == [
        ("link-rssi", -55),
        ("output-1", True),
    ]


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("stat/andon/BUTTON2", {"ACTION": "DOUBLE"}),
        ("stat/andon/RESULT", {"Button2": {"Action": "DOUBLE"}}),
    ],
)
def test_a_press_comes_in_both_forms_and_never_from_a_replay(topic: str, payload: object) -> None:
    [found] = read(topic, payload)
    assert isinstance(found, Event)
    assert (found.channel, found.value, found.count) == ("button-2", "double", 2)
    assert read(topic, payload, retained=True) == []


@pytest.mark.parametrize("word", ["HOLD", "SINGLE", "TOGGLE", "INC_DEC", "ON"])
def test_a_button_wired_as_a_switch_is_a_press_and_a_level_is_none(word: str) -> None:
    found = read("stat/x/RESULT", {"Switch1": {"Action": word}})
    presses = [one.value for one in found if isinstance(one, Event)]
    assert presses == {"HOLD": ["long"], "SINGLE": ["single"], "TOGGLE": ["single"]}.get(word, [])


def test_a_badge_is_read_once_per_scan() -> None:
    payload = {"Time": "2026-03-02T11:59:58", "RC522": {"UID": "ba:83:9d:07", "Data": ""}}
    first, again = read("tele/r/SENSOR", payload), read("tele/r/SENSOR", payload)
    [badge] = [one for one in first if isinstance(one, Event)]
    assert badge.value == "BA839D07"
    assert first == again
    assert not any(isinstance(one, Event) for one in read("tele/r/SENSOR", payload, retained=True))


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("stat/x/SWITCH2", {"STATE": "ON"}),
        ("stat/x/RESULT", {"Switch2": {"Action": "ON"}}),
        ("tele/x/SENSOR", {"Switch2": "ON"}),
        ("stat/x/STATUS10", {"StatusSNS": {"Time": "2026-03-02T11:59:58", "Switch2": "ON"}}),
    ],
)
def test_a_switch_is_the_same_input_in_every_form(topic: str, payload: object) -> None:
    assert levels(read(topic, payload)) == [("input-2", True)]


def test_local_time_is_read_in_the_zone_of_the_site() -> None:
    payload = b'{"Time":"2026-03-02T20:00:00","Switch1":"ON"}'
    [found] = Tasmota(zone=CHINA).parse("tele/x/SENSOR", payload, False, NOON)
    assert isinstance(found, State)
    assert found.device_time == NOON


@pytest.mark.parametrize("time", ["1970-01-01T00:01:00", "2099-01-01T00:00:00", "soon", 7])
def test_a_clock_that_is_off_is_told_and_not_believed(time: object) -> None:
    found = read("tele/x/SENSOR", {"Time": time, "Switch1": "ON"})
    assert levels(found) == [("input-1", True)]
    assert [one.device_time for one in found if isinstance(one, State)] == [None]
    assert any(isinstance(one, Diagnostic) for one in found)


def test_devices_behind_it_are_told_apart_on_one_topic() -> None:
    door = {"Device": "0x60F6", "Contact": 0, "BatteryPercentage": 255, "LinkQuality": 80}
    eye = {"Device": "0x1A2B", "Occupancy": 1, "BatteryVoltage": 2.9}
    found = read("tele/zb/SENSOR", {"ZbReceived": {"door": door, "eye": eye}})
    told = [(one.device, one.capability, one.value) for one in found if isinstance(one, State)]
    assert told == [
        ("tasmota:zb/60F6", Capability.door, False),
        ("tasmota:zb/60F6", Capability.battery, None),
        ("tasmota:zb/60F6", Capability.link, 80),
        ("tasmota:zb/1A2B", Capability.occupancy, True),
        ("tasmota:zb/1A2B", Capability.battery_mv, 2900),
    ]


@pytest.mark.parametrize(
    ("told", "meaning"),
    [
        ({"0006!FD": "01", "Endpoint": 3}, ("button-3", "double")),
        ({"Click": "hold"}, ("button-1", "long")),
    ],
)
def test_a_button_behind_it_is_pressed(told: dict[str, object], meaning: tuple[str, str]) -> None:
    [found] = read("tele/zb/SENSOR", {"ZbReceived": {"0x8FD8": {"Device": "0x8FD8", **told}}})
    assert isinstance(found, Event)
    assert (found.device, found.channel, found.value) == ("tasmota:zb/8FD8", *meaning)


def test_the_will_is_read_and_an_emptied_one_is_nothing() -> None:
    assert read("tele/x/LWT", b"Offline", retained=True) == [
        Availability("tasmota:x", Alive.offline, NOON, True)
    ]
    assert read("tele/x/LWT", b"", retained=True) == []


@settings(max_examples=20, deadline=None)
@given(NAMES, st.sampled_from(["%prefix%/%topic%/", "%topic%/%prefix%/", "a/%prefix%/b/%topic%/"]))
def test_the_discovery_builds_the_topics(name: str, shape: str) -> None:
    config = {"mac": "5c:cf:7f:49:a3:bc", "t": name, "ft": shape, "tp": ["c", "s", "t"]}
    [found] = read("tasmota/discovery/5CCF7F49A3BC/config", config, retained=True)
    assert isinstance(found, Discovery)
    assert (found.device, found.alias) == ("tasmota:5CCF7F49A3BC", f"tasmota:{name}")
    topics = dict(found.topics)
    assert topics["tele"] == shape.replace("%prefix%", "t").replace("%topic%", name)


def test_a_device_with_a_fulltopic_of_its_own_is_heard_by_its_discovery() -> None:
    ear = Ear(Tasmota())
    topic = "hall/eye/t/SENSOR"
    assert isinstance(ear.hear(topic, {"Switch1": "ON"})[0], Malformed)
    shape = "hall/%topic%/%prefix%/"
    config = {"mac": "5CCF7F49A3BC", "t": "eye", "ft": shape, "tp": ["c", "s", "t"]}
    ear.hear("tasmota/discovery/5CCF7F49A3BC/config", config, retained=True)
    assert {topic, "hall/eye/s/RESULT", "hall/eye/t/LWT"} <= declared(ear.memory, ear.adapter)
    assert adapters_of(ear.memory, [ear.adapter], topic) == [ear.adapter]
    [found] = ear.hear(topic, {"Switch1": "ON"})
    assert isinstance(found, State)
    assert (found.device, found.channel) == ("tasmota:5CCF7F49A3BC", "input-1")


def test_an_emptied_discovery_takes_the_device_back() -> None:
    [gone] = read("tasmota/discovery/5CCF7F49A3BC/config", b"", retained=True)
    assert gone == Discovery("tasmota:5CCF7F49A3BC", NOON, gone=True)


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("tele/x/SENSOR", b'{"Time":"2022-12-27T15:06:08","Switch10\xf4\x02\x00'),
        ("tele/x/SENSOR", b'{"SR04":{"Distance":"near"}}'),
        ("tele/x/SENSOR", b'{"SR04":7}'),
        ("tele/x/SENSOR", b"[]"),
        ("tele/x/LWT", b"perhaps"),
        ("stat/x/RESULT", b"{"),
        ("tasmota/discovery/5CCF7F49A3BC/config", b'{"t":"x"}'),
    ],
)
def test_what_cannot_be_read_is_malformed(topic: str, payload: bytes) -> None:
    [found] = read(topic, payload)
    assert isinstance(found, Malformed)


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("cmnd/x/POWER", b"ON"),
        ("tele/x/INFO1", b'{"Info1":{"Module":"Generic"}}'),
        ("tasmota/discovery/5CCF7F49A3BC/sensors", b'{"sn":{}}'),
        ("stat/x/LOGGING", b"some text"),
    ],
)
def test_commands_and_chatter_mean_nothing(topic: str, payload: bytes) -> None:
    assert read(topic, payload) == []
