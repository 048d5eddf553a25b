"""Devices that declare themselves by Home Assistant's discovery mean what they declare."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families import homeassistant
from devices.families.ha_entities import path_of
from devices.families.homeassistant import HomeAssistant
from devices.inbox import Inbox
from devices.readings import (
    Alive,
    Availability,
    Diagnostic,
    Discovery,
    Finding,
    Malformed,
    Observation,
    Quality,
    State,
)
from devices.recall import Recall, adapters_of, declared
from tests.devices.ears import Ear, levels, presses
from tests.devices.moments import NOON

GATE = {
    "name": "Gate",
    "dev_cla": "garage_door",
    "~": "hall/gate",
    "stat_t": "~/state",
    "val_tpl": "{{ value_json['door']['now'] }}",
    "dev": {"ids": ["gate-7"], "mdl": "GD-1"},
}
WORDS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)


def declare(ear: Ear, config: dict[str, Any], kind: str = "binary_sensor") -> list[Observation]:
    return ear.hear(f"homeassistant/{kind}/thing/config", config, retained=True)


def alive(found: list[Observation]) -> list[Alive]:
    return [one.alive for one in found if isinstance(one, Availability)]


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), st.booleans())
def test_templates_that_only_pick_are_read(keys: list[str], dotted: bool) -> None:
    inside = "." + ".".join(keys) if dotted else "".join(f"['{key}']" for key in keys)
    assert path_of("{{ value_json" + inside + " }}") == tuple(keys)


@pytest.mark.parametrize(
    "template",
    [
        "{{ value | int }}",
        "{% if value %}a{% endif %}",
        "{{ value_json.a | default(0) }}",
        "{{ value_json.a }}{{ value_json.b }}",
        "{{ value_json.__class__() }}",
        "{{ states('x') }}",
        "{{ value_json[0] }}",
        "{{" * 500,
    ],
)
def test_any_other_template_is_left_for_a_person(template: str) -> None:
    assert path_of(template) is None
    ear = Ear(HomeAssistant())
    found = declare(ear, {"state_topic": "a/b", "value_template": template})
    assert [one.finding for one in found if isinstance(one, Diagnostic)] == [Finding.unmapped]
    assert isinstance(found[0], Discovery)
    inbox = Inbox()
    inbox.note(found[0])
    assert inbox.devices[0].unmapped == ("thing: its template needs mapping",)
    assert declared(ear.memory, ear.adapter) == set()
    assert ear.hear("a/b", b'{"a":"ON"}') == []


def test_abbreviations_and_the_base_topic_are_written_out() -> None:
    ear = Ear(HomeAssistant())
    [found] = declare(ear, GATE)
    assert isinstance(found, Discovery)
    assert (found.device, found.model) == ("ha:gate-7", "GD-1")
    assert found.entities[0].topic == "hall/gate/state"
    assert found.entities[0].path == ("door", "now")
    assert levels(ear.hear("hall/gate/state", {"door": {"now": "ON"}})) == [("door-thing", True)]
    assert ear.hear("hall/gate/state", {"door": {}}) == []


def test_a_declared_topic_finds_its_family_and_an_undeclared_one_nobody() -> None:
    ear = Ear(HomeAssistant())
    assert adapters_of(Recall(), [ear.adapter], "hall/gate/state") == []
    declare(ear, GATE)
    assert adapters_of(ear.memory, [ear.adapter], "hall/gate/state") == [ear.adapter]


def test_the_form_per_device_shares_topic_and_availability() -> None:
    ear = Ear(HomeAssistant())
    config = {
        "dev": {"ids": "bay7", "name": "Bay 7"},
        "o": {"name": "ours"},
        "state_topic": "bay7/state",
        "avty_t": "bay7/here",
        "cmps": {
            "car": {"p": "binary_sensor", "dev_cla": "occupancy", "val_tpl": "{{ value_json.c }}"},
            "far": {
                "p": "sensor",
                "dev_cla": "distance",
                "unit_of_meas": "cm",
                "val_tpl": "{{ value_json.d }}",
            },
            "hot": {"p": "climate"},
        },
    }
    ear.hear("homeassistant/device/bay7/config", config, retained=True)
    found = ear.hear("bay7/state", {"c": "ON", "d": 54.5})
    assert levels(found) == [("occupancy-car", True), ("distance-far", 545)]
    assert ear.hear("bay7/here", "offline") == [Availability("ha:bay7", Alive.offline, NOON, False)]


@pytest.mark.parametrize(
    ("mode", "first", "second"),
    [
        ("all", [Alive.unknown], [Alive.offline]),
        ("any", [Alive.online], [Alive.online]),
        ("latest", [Alive.online], [Alive.offline]),
    ],
)
def test_several_availability_topics_count_by_their_mode(
    mode: str, first: list[Alive], second: list[Alive]
) -> None:
    ear = Ear(HomeAssistant())
    listed = [{"t": "a/there"}, {"t": "b/there"}]
    declare(ear, {"state_topic": "x/y", "avty": listed, "avty_mode": mode})
    assert alive(ear.hear("a/there", "online")) == first
    assert alive(ear.hear("b/there", "offline")) == second


def test_what_is_taken_back_is_no_longer_read() -> None:
    ear = Ear(HomeAssistant())
    declare(ear, GATE)
    gone = ear.hear("homeassistant/binary_sensor/thing/config", b"", retained=True)
    assert gone == [Discovery("ha:gate-7", NOON, gone=True)]
    assert ear.hear("hall/gate/state", {"door": {"now": "ON"}}) == []


def test_presses_and_tags_come_once_and_never_from_a_replay() -> None:
    ear = Ear(HomeAssistant())
    trigger = {"topic": "b/act", "payload": "go", "type": "button_double_press", "subtype": "b2"}
    declare(ear, trigger, "device_automation")
    declare(ear, {"state_topic": "b/event", "event_types": ["press"]}, "event")
    assert presses(ear.hear("b/act", "go")) == [("button-b2", "double")]
    assert ear.hear("b/act", "stop") == []
    assert ear.hear("b/act", "go", retained=True) == []
    assert presses(ear.hear("b/event", {"event_type": "hold"})) == [("button-thing", "long")]


@pytest.mark.parametrize("word", ["unknown", "None", "unavailable"])
def test_a_lost_value_is_unknown_and_never_off(word: str) -> None:
    ear = Ear(HomeAssistant())
    declare(ear, {"state_topic": "x/y", "device_class": "occupancy"})
    [found] = ear.hear("x/y", word)
    assert isinstance(found, State)
    assert (found.value, found.quality) == (None, Quality.unknown)


def test_a_declared_gate_on_its_way_is_neither_open_nor_shut() -> None:
    ear = Ear(HomeAssistant())
    declare(ear, {"state_topic": "g/s", "device_class": "garage"}, "cover")
    found = [levels(ear.hear("g/s", word)) for word in ("open", "closing", "closed")]
    assert found == [[("door", True)], [("door", None)], [("door", False)]]


@pytest.mark.parametrize("topic", ["#", "a/+/b", "$SYS/x", "shop/main/dev/x/st/occupancy"])
def test_a_device_cannot_make_us_hear_more_than_its_own(topic: str) -> None:
    ear = Ear(HomeAssistant())
    declare(ear, {"state_topic": topic})
    declare(ear, {"state_topic": "a/b", "availability_topic": topic}, "sensor")
    assert declared(ear.memory, ear.adapter) == set()


def test_other_families_are_left_to_themselves() -> None:
    ear = Ear(HomeAssistant())
    assert declare(ear, {**GATE, "o": {"name": "Zigbee2MQTT"}}) == []


def test_what_is_declared_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homeassistant, "MOST_DECLARED", 3)
    ear = Ear(HomeAssistant())
    for number in range(9):
        ear.hear(f"homeassistant/sensor/s{number}/config", {"state_topic": f"s/{number}"})
    assert declared(ear.memory, ear.adapter) == {"s/0", "s/1", "s/2"}


@pytest.mark.parametrize("payload", [b"{", b"[]", b'{"cmps":7}', b"\xff"])
def test_a_broken_discovery_is_malformed(payload: bytes) -> None:
    [found] = Ear(HomeAssistant()).hear("homeassistant/device/x/config", payload)
    assert isinstance(found, Malformed)
