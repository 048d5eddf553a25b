"""Messages of Shelly devices from the second generation on mean inputs, presses, sleep."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.shelly2 import ShellyGen2
from devices.readings import (
    Alive,
    Availability,
    Diagnostic,
    Discovery,
    Event,
    Malformed,
    Observation,
)
from tests.devices.ears import Ear, levels, presses
from tests.devices.moments import NOON, at

PLUS = "shellyplus1-a8032abc7158"
NOW = NOON.timestamp()


def told(method: str, **params: Any) -> dict[str, Any]:
    return {"src": PLUS, "dst": f"{PLUS}/events", "method": method, "params": params}


def pushed(word: str, ts: float | None = NOW, component: str = "input:0") -> dict[str, Any]:
    event = {"component": component, "id": 0, "event": word, "ts": ts}
    return told("NotifyEvent", ts=ts, events=[event])


def alive(found: list[Observation]) -> list[Alive]:
    return [one.alive for one in found if isinstance(one, Availability)]


@settings(max_examples=25, deadline=None)
@given(st.booleans(), st.integers(0, 3), st.booleans())
def test_status_and_overlay_tell_the_same(level: bool, number: int, is_input: bool) -> None:
    kind, key = ("input", "state") if is_input else ("switch", "output")
    value = {"id": number, key: level}
    ear = Ear(ShellyGen2())
    status = ear.hear(f"{PLUS}/status/{kind}:{number}", value)
    part: dict[str, Any] = {"ts": NOW, f"{kind}:{number}": value}
    overlay = ear.hear(f"{PLUS}/events/rpc", told("NotifyStatus", **part))
    assert levels(status) == levels(overlay)
    assert levels(status) == [(f"{'input' if is_input else 'output'}-{number}", level)]


def test_an_input_in_button_mode_has_no_level() -> None:
    assert Ear(ShellyGen2()).hear(f"{PLUS}/status/input:0", {"id": 0, "state": None}) == []


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("single_push", "single"),
        ("double_push", "double"),
        ("triple_push", "triple"),
        ("long_push", "long"),
        ("btn_down", None),
        ("btn_up", None),
        ("config_changed", None),
        ("ota_progress", None),
    ],
)
def test_a_notified_press_counts_once(word: str, meaning: str | None) -> None:
    ear = Ear(ShellyGen2())
    expected = [("button-input:0", meaning)] if meaning else []
    assert presses(ear.hear(f"{PLUS}/events/rpc", pushed(word))) == expected
    assert presses(ear.hear(f"{PLUS}/events/rpc", pushed(word), 60)) == []
    assert len(presses(ear.hear(f"{PLUS}/events/rpc", pushed(word, NOW + 5), 65))) == len(expected)
    assert presses(Ear(ShellyGen2()).hear("a/events/rpc", pushed(word), retained=True)) == []


def test_two_presses_of_a_device_without_a_clock_are_two() -> None:
    ear = Ear(ShellyGen2())
    for seconds in (0, 10):
        assert len(presses(ear.hear("a/events/rpc", pushed("single_push", None), seconds))) == 1


def test_the_button_of_a_bluetooth_device_is_its_own() -> None:
    frame = pushed("long_push", NOW, "bthomedevice:200")
    [found] = Ear(ShellyGen2()).hear(f"{PLUS}/events/rpc", frame)
    assert isinstance(found, Event)
    assert (found.device, found.value) == (f"shelly:{PLUS}/bthomedevice:200", "long")


def blu(**data: object) -> dict[str, Any]:
    whole = {"BTHome_version": 2, "address": "bc:02:6e:aa:bb:cc", "rssi": -61, **data}
    event = {"component": "script:1", "id": 1, "event": "shelly-blu", "data": whole, "ts": NOW}
    return told("NotifyEvent", ts=NOW, events=[event])


def test_a_bluetooth_device_that_two_scripts_hear_presses_once() -> None:
    ear = Ear(ShellyGen2())
    first = ear.hear("a/events/rpc", blu(pid=7, battery=100, button=2))
    assert presses(first) == [("button-1", "double")]
    assert levels(first) == [("battery", 100), ("link-rssi", -61)]
    assert ear.hear("b/events/rpc", blu(pid=7, battery=100, button=2), 1) == []
    assert presses(ear.hear("a/events/rpc", blu(pid=8, button=[0, 4]), 5)) == [("button-2", "long")]
    assert levels(ear.hear("a/events/rpc", blu(pid=9, window=1), 9))[0] == ("door", True)
    assert ear.hear("a/events/rpc", blu(pid=9, address="somebody")) == []


def test_a_device_that_sleeps_is_not_lost_when_it_goes_offline() -> None:
    ear = Ear(ShellyGen2())
    assert alive(ear.hear("door/online", "false")) == [Alive.offline]
    told_once = ear.hear("door/status/sys", {"mac": "B8D61A8B17CC", "wakeup_period": 600}, 10)
    assert [one.interval_seconds for one in told_once if isinstance(one, Diagnostic)] == [600]
    assert [one.device for one in told_once if isinstance(one, Discovery)] == [
        "shelly:B8D61A8B17CC"
    ]
    assert ear.hear("door/online", "false", 20) == [
        Availability("shelly:B8D61A8B17CC", Alive.sleeping, at(20), False)
    ]
    assert alive(ear.hear("door/online", "true", 30)) == [Alive.online]


def test_a_battery_that_a_cable_replaces_is_unknown_and_not_empty() -> None:
    wired = {"battery": {"V": 0.43, "percent": 0}, "external": {"present": True}}
    found = Ear(ShellyGen2()).hear("x/status/devicepower:0", wired)
    assert levels(found) == [("battery", None), ("battery_mv", 430)]
    empty = {"battery": {"V": 3.9, "percent": 0}, "external": {"present": False}}
    assert levels(Ear(ShellyGen2()).hear("x/status/devicepower:0", empty))[0] == ("battery", 0)


def test_a_prefix_of_several_words_is_opened_by_its_name() -> None:
    family = ShellyGen2("shellies/gate")
    assert levels(Ear(family).hear("shellies/gate/status/input:0", {"state": True})) == [
        ("input-0", True)
    ]
    assert family.claim("shellies/gate/online") > ShellyGen2().claim("shellies/gate/online")
    assert family.claim("shellies/other/online") == 0


@pytest.mark.parametrize(
    ("family", "topic", "payload"),
    [
        (ShellyGen2(), "x/online", b"1"),
        (ShellyGen2(), "x/status/input:0", b'{"state":"on"}'),
        (ShellyGen2(), "x/events/rpc", b'{"method":"NotifyEvent","params":7}'),
        (ShellyGen2(), "x/events/rpc", b'{"method":"NotifyEvent","params":{"events":{}}}'),
        (ShellyGen2(), "x/status/sys", b"[]"),
    ],
)
def test_what_cannot_be_read_is_malformed(family: Any, topic: str, payload: bytes) -> None:
    [found] = Ear(family).hear(topic, payload)
    assert isinstance(found, Malformed)
