"""Homie devices of both editions mean what they describe, or else what their names say."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.homie import Homie
from devices.readings import (
    Alive,
    Availability,
    Diagnostic,
    Discovery,
    Malformed,
    Observation,
)
from tests.devices.ears import Ear, levels, presses
from tests.devices.moments import NOON

WORDS = st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True)


def describe(ear: Ear, device: str, properties: dict[str, Any], **more: str) -> list[Observation]:
    nodes = {"bay1": {"name": "Bay 1", "properties": properties}}
    payload = {"homie": "5.0", "name": "Bay sensor", "version": 1, "nodes": nodes, **more}
    return ear.hear(f"homie/5/{device}/$description", payload, retained=True)


def alive(found: list[Observation]) -> list[tuple[str, Alive]]:
    return [(one.device, one.alive) for one in found if isinstance(one, Availability)]


@settings(max_examples=30, deadline=None)
@given(WORDS, st.sampled_from([("m", 1000), ("cm", 10), ("mm", 1), ("", 1000)]), st.booleans())
def test_a_described_distance_comes_in_mm_in_both_editions(
    device: str, unit: tuple[str, int], fifth: bool
) -> None:
    ear, (name, factor) = Ear(Homie()), unit
    head = f"homie/5/{device}" if fifth else f"homie/{device}"
    if fifth:
        describe(ear, device, {"distance": {"datatype": "float", "unit": name}})
    else:
        ear.hear(f"{head}/bay1/distance/$datatype", "float", retained=True)
        ear.hear(f"{head}/bay1/distance/$unit", name, retained=True)
    if device == "5" and not fifth:
        return
    assert levels(ear.hear(f"{head}/bay1/distance", "4.5")) == [("distance-bay1", 4.5 * factor)]


@pytest.mark.parametrize(
    ("prop", "text", "meaning"),
    [
        ("occupied", "true", [("occupancy-bay1", True)]),
        ("door-left", "false", [("door-bay1_left", False)]),
        ("gate", "closed", [("door-bay1", False)]),
        ("loop", "true", [("input-bay1_loop", True)]),
        ("battery", "255", [("battery", None)]),
        ("battery", "88", [("battery", 88)]),
        ("rssi", "-70", [("link-rssi", -70)]),
        ("temperature", "21", []),
        ("occupied", "True", []),
        ("distance", "nan", [("distance-bay1", None)]),
    ],
)
def test_what_nobody_described_is_read_by_its_name(
    prop: str, text: str, meaning: list[tuple[str, object]]
) -> None:
    assert levels(Ear(Homie()).hear(f"homie/x/bay1/{prop}", text)) == meaning


def test_only_a_property_that_is_not_retained_is_an_event() -> None:
    ear = Ear(Homie())
    listed = {
        "andon": {"datatype": "enum", "format": "pressed,released", "retained": False},
        "mode": {"datatype": "enum", "format": "single,double"},
        "call": {"datatype": "boolean", "retained": False},
        "badge": {"datatype": "string", "retained": False},
    }
    describe(ear, "x", listed)
    assert presses(ear.hear("homie/5/x/bay1/andon", "pressed")) == [("button-bay1/andon", "single")]
    assert ear.hear("homie/5/x/bay1/andon", "pressed", 5, retained=True) == []
    assert presses(ear.hear("homie/5/x/bay1/mode", "single")) == []
    assert presses(ear.hear("homie/5/x/bay1/call", "true")) == [("button-bay1/call", "single")]
    assert presses(ear.hear("homie/5/x/bay1/badge", "ba839d07")) == [("badge", "BA839D07")]


def test_the_fourth_edition_says_by_an_attribute_that_a_property_is_an_event() -> None:
    ear = Ear(Homie())
    ear.hear("homie/x/bay1/knob/$datatype", "enum", retained=True)
    ear.hear("homie/x/bay1/knob/$retained", "false", retained=True)
    assert presses(ear.hear("homie/x/bay1/knob", "double")) == [("button-bay1/knob", "double")]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("ready", Alive.online),
        ("alert", Alive.online),
        ("init", Alive.unknown),
        ("sleeping", Alive.sleeping),
        ("disconnected", Alive.offline),
        ("lost", Alive.offline),
    ],
)
def test_every_state_of_life_is_known(word: str, state: Alive) -> None:
    for head in ("homie/x", "homie/5/x"):
        assert alive(Ear(Homie()).hear(f"{head}/$state", word)) == [("homie:x", state)]


def test_a_lost_root_takes_its_children_along() -> None:
    ear = Ear(Homie())
    describe(ear, "child", {"occupied": {"datatype": "boolean"}}, root="tower", parent="tower")
    describe(ear, "other", {"occupied": {"datatype": "boolean"}})
    assert alive(ear.hear("homie/5/tower/$state", "lost")) == [
        ("homie:tower", Alive.offline),
        ("homie:child", Alive.offline),
    ]
    assert len(alive(ear.hear("homie/5/tower/$state", "sleeping"))) == 1


def test_a_description_names_the_device_and_its_properties() -> None:
    [found] = describe(Ear(Homie()), "x", {"occupied": {"datatype": "boolean"}})
    assert isinstance(found, Discovery)
    assert (found.name, found.topics) == (
        "Bay sensor",
        (("bay1/occupied", "homie/5/x/bay1/occupied"),),
    )
    assert Ear(Homie()).hear("homie/5/x/$state", b"", retained=True) == [
        Discovery("homie:x", NOON, gone=True)
    ]


def test_alerts_and_figures_are_told() -> None:
    ear = Ear(Homie())
    assert levels(ear.hear("homie/5/x/$alert/battery", "low, at 8%")) == [("battery_low", True)]
    assert levels(ear.hear("homie/5/x/$alert/battery", b"")) == [("battery_low", False)]
    [found] = ear.hear("homie/5/x/$alert/lens", "dirty")
    assert isinstance(found, Diagnostic)
    assert levels(ear.hear("homie/x/$stats/battery", "60")) == [("battery", 60)]
    [figure] = ear.hear("homie/x/$stats/interval", "60")
    assert isinstance(figure, Diagnostic)
    assert figure.interval_seconds == 60


def test_an_illegal_value_is_set_aside_and_changes_nothing() -> None:
    ear = Ear(Homie())
    describe(ear, "x", {"occupied": {"datatype": "boolean"}, "distance": {"datatype": "float"}})
    for prop, text in (("occupied", "TRUE"), ("occupied", "1"), ("distance", "near")):
        [found] = ear.hear(f"homie/5/x/bay1/{prop}", text)
        assert isinstance(found, Malformed)


@pytest.mark.parametrize(
    "rest",
    ["x/bay1/occupied/set", "x/bay1/occupied/$target", "x/$log/info", "$broadcast/alert", "x/$fw"],
)
def test_settings_targets_and_chatter_mean_nothing(rest: str) -> None:
    for head in ("homie", "homie/5"):
        assert Ear(Homie()).hear(f"{head}/{rest}", "true") == []


@pytest.mark.parametrize(
    ("rest", "payload"),
    [
        ("x/$state", b"fine"),
        ("UPPER/$state", b"ready"),
        ("x/bay1/occupied", b"\xff"),
        ("5/x/$description", b"[]"),
        ("5/x/$description", b"{"),
    ],
)
def test_what_cannot_be_read_is_malformed(rest: str, payload: bytes) -> None:
    [found] = Ear(Homie()).hear(f"homie/{rest}", payload)
    assert isinstance(found, Malformed)
