"""Messages of Shelly devices of the first generation mean doors, inputs, presses and batteries."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.shelly1 import ShellyGen1
from devices.readings import (
    Alive,
    Availability,
    Event,
    Malformed,
    State,
)
from tests.devices.ears import Ear, levels, presses

BUTTON = "shellies/shellyi3-AABBCC/input_event/1"
WORDS_1 = {
    "S": "single",
    "SS": "double",
    "SSS": "triple",
    "L": "long",
    "SL": "short_long",
    "LS": "long_short",
}


def press(word: str, count: int) -> dict[str, object]:
    return {"event": word, "event_cnt": count}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(WORDS_1)), st.booleans()), max_size=12))
def test_each_counted_press_is_one_however_often_it_is_sent_again(
    done: list[tuple[str, bool]],
) -> None:
    ear, heard = Ear(ShellyGen1()), list[tuple[str, str]]()
    for count, (word, is_sent_again) in enumerate(done):
        for _ in range(1 + 2 * is_sent_again):
            heard += presses(ear.hear(BUTTON, press(word, count)))
    assert heard == [("button-1", WORDS_1[word]) for word, _ in done]


def test_a_replayed_press_is_none_and_neither_is_its_next_copy() -> None:
    ear = Ear(ShellyGen1())
    assert presses(ear.hear(BUTTON, press("S", 7), retained=True)) == []
    assert presses(ear.hear(BUTTON, press("S", 7), 30)) == []
    assert presses(ear.hear(BUTTON, press("S", 8), 60)) == [("button-1", "single")]


def test_after_its_restart_a_device_counts_anew() -> None:
    ear = Ear(ShellyGen1())
    first = ear.hear(BUTTON, press("S", 1))
    ear.hear(BUTTON, press("", 0), 60)
    second = ear.hear(BUTTON, press("S", 1), 90)
    assert presses(first) == presses(second) == [("button-1", "single")]
    assert [one.key for one in first if isinstance(one, Event)] != [
        one.key for one in second if isinstance(one, Event)
    ]


@pytest.mark.parametrize(
    ("what", "word", "meaning"),
    [
        ("sensor/state", "open", ("door", True)),
        ("sensor/state", "close", ("door", False)),
        ("sensor/state", "unknown", ("door", None)),
        ("sensor/motion", "true", ("motion", True)),
        ("sensor/vibration", "0", ("vibration", False)),
        ("sensor/flood", "true", ("leak", True)),
        ("sensor/battery", "255", ("battery", None)),
        ("input/2", "1", ("input-2", True)),
        ("ext_switch/0", "0", ("input-ext_0", False)),
        ("relay/0", "on", ("output-0", True)),
    ],
)
def test_plain_values_of_the_first_generation(
    what: str, word: str, meaning: tuple[str, object]
) -> None:
    assert levels(Ear(ShellyGen1()).hear(f"shellies/x/{what}", word)) == [meaning]


def test_the_periodic_report_tells_radio_battery_and_who_it_is() -> None:
    report = {
        "mac": "98CDAC73C75E",
        "wifi_sta": {"rssi": -61},
        "bat": {"value": 87, "voltage": 5.9},
    }
    ear = Ear(ShellyGen1())
    found = ear.hear("shellies/front door/info", report)
    assert levels(found) == [("link-rssi", -61), ("battery", 87), ("battery_mv", 5900)]
    [opened] = ear.hear("shellies/front door/sensor/state", "open")
    assert isinstance(opened, State)
    assert opened.device == "shelly:98CDAC73C75E"


@pytest.mark.parametrize(
    ("sensor", "meaning"),
    [
        ({"motion": True, "vibration": False, "is_valid": True}, ["motion", "vibration"]),
        ({"state": "open", "is_valid": True}, ["door"]),
        ({"state": "open", "is_valid": False}, []),
    ],
)
def test_the_report_tells_what_is_sensed(sensor: dict[str, object], meaning: list[str]) -> None:
    found = Ear(ShellyGen1()).hear("shellies/x/info", {"sensor": sensor})
    assert [channel for channel, _ in levels(found)] == meaning


@pytest.mark.parametrize(
    "rest", ["relay/0/command", "command", "relay/0/power", "temperature", "roller/0/power"]
)
def test_commands_and_measurements_of_power_mean_nothing(rest: str) -> None:
    assert Ear(ShellyGen1()).hear(f"shellies/x/{rest}", "12") == []


@pytest.mark.parametrize(
    ("family", "topic", "payload"),
    [
        (ShellyGen1(), "shellies/x/online", b"perhaps"),
        (ShellyGen1(), "shellies/x/sensor/state", b"ajar"),
        (ShellyGen1(), BUTTON, b'{"event":"S"}'),
        (ShellyGen1(), "shellies/announce", b'{"id":"x"}'),
        (ShellyGen1(), "shellies/x/input/0", b"\xff"),
    ],
)
def test_what_cannot_be_read_is_malformed(family: Any, topic: str, payload: bytes) -> None:
    [found] = Ear(family).hear(topic, payload)
    assert isinstance(found, Malformed)


@pytest.mark.parametrize(
    ("name", "alive"),
    [
        ("shellydw2-A1B2C3", Alive.sleeping),
        ("shellydw-A1B2C3", Alive.sleeping),
        ("shellyflood-A1B2C3", Alive.sleeping),
        ("shellybutton1-E8DB84AABBCC", Alive.sleeping),
        ("shellymotionsensor-60A423AABBCC", Alive.offline),
        ("shellyswitch25-A1B2C3", Alive.offline),
        ("gate-3", Alive.offline),
    ],
)
def test_what_wakes_only_to_speak_is_asleep_between(name: str, alive: Alive) -> None:
    [gone] = Ear(ShellyGen1()).hear(f"shellies/{name}/online", "false", retained=True)
    [there] = Ear(ShellyGen1()).hear(f"shellies/{name}/online", "true")
    assert isinstance(gone, Availability)
    assert isinstance(there, Availability)
    assert (gone.alive, there.alive) == (alive, Alive.online)
