"""A door on a Shelly of any generation is open or closed where it stands, neither on its way."""

import json
from typing import Any

import pytest

from devices.families.shelly1 import ShellyGen1
from devices.families.shelly2 import ShellyGen2
from tests.devices.ears import Ear, levels

GEN1, GEN2 = "shellies/shellyswitch25-A1B2C3/roller/0", "shellyplus2pm-1"


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({"state": "open", "current_pos": 100}, True),
        ({"state": "closed", "current_pos": 0}, False),
        ({"state": "opening", "current_pos": 30}, None),
        ({"state": "closing", "current_pos": 0}, None),
        ({"state": "stopped", "current_pos": 40}, True),
        ({"state": "stopped", "current_pos": 0}, False),
        ({"state": "stopped", "current_pos": None}, None),
        ({"state": "stopped"}, None),
        ({"state": "stopped", "current_pos": -1}, None),
        ({"state": "calibrating", "current_pos": 50}, None),
        ({"state": "unknown"}, None),
    ],
)
def test_a_cover_of_the_second_generation(told: dict[str, Any], level: bool | None) -> None:
    ear = Ear(ShellyGen2(GEN2))
    assert levels(ear.hear(f"{GEN2}/status/cover:0", {"id": 0, **told})) == [("door-0", level)]
    overlay = {"method": "NotifyStatus", "params": {"cover:0": {"id": 0, **told}}}
    assert levels(ear.hear(f"{GEN2}/events/rpc", overlay)) == [("door-0", level)]


def test_an_overlay_without_a_state_says_nothing_of_the_door() -> None:
    overlay = {"method": "NotifyStatus", "params": {"cover:0": {"id": 0, "current_pos": 0}}}
    assert Ear(ShellyGen2(GEN2)).hear(f"{GEN2}/events/rpc", overlay) == []


@pytest.mark.parametrize(
    ("position", "level"),
    [("0", False), ("1", True), ("100", True), ("-1", None), ("101", None), ("", None)],
)
def test_a_roller_of_the_first_generation_stands_at_its_position(
    position: str, level: bool | None
) -> None:
    found = Ear(ShellyGen1()).hear(f"{GEN1}/pos", position)
    assert levels(found) == ([("door-0", level)] if position else [])


def test_a_roller_on_its_way_is_neither_and_stands_where_it_tells_after_its_stop() -> None:
    ear = Ear(ShellyGen1())
    told = [
        ("/pos", "0"), ("", "open"), ("/pos", "0"), ("", "stop"), ("/pos", "100"),
        ("", "close"), ("/pos", "100"), ("/pos", "0"), ("", "stop"), ("/pos", "0"),
    ]  # fmt: skip
    heard = [value for end, word in told for _, value in levels(ear.hear(GEN1 + end, word))]
    assert heard == [False, None, None, True, None, None, None, False]


def test_two_rollers_of_a_device_move_apart() -> None:
    ear, other = Ear(ShellyGen1()), GEN1.replace("roller/0", "roller/1")
    ear.hear(GEN1, "open")
    assert levels(ear.hear(f"{other}/pos", "0")) == [("door-1", False)]


@pytest.mark.parametrize(
    ("end", "word"),
    [("", "stop"), ("", "x"), ("/power", "12.5"), ("/stop_reason", "normal"), ("/command", "go")],
)
def test_what_else_stands_there_is_no_level(end: str, word: str) -> None:
    assert Ear(ShellyGen1()).hear(GEN1 + end, word) == []


def test_presses_are_still_counted_beside_a_door() -> None:
    ear, button = Ear(ShellyGen1()), GEN1.replace("roller", "input_event")
    press = json.dumps({"event": "S", "event_cnt": 4})
    assert len(ear.hear(button, press)) == 1
    ear.hear(GEN1, "open")
    assert ear.hear(button, press, 30) == []
    assert levels(ear.hear(f"{GEN1}/pos", "0", 40)) == [("door-0", None)]
