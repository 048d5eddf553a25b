"""A shop may have given its Tasmotas words of its own for on, off and being there."""

import json

import pytest

from devices.families.tasmota import Tasmota
from devices.readings import Alive, Availability, Level, Malformed
from tests.devices.ears import Ear, levels, presses

GERMAN = {
    "mac": "A4CF12AABB09",
    "t": "tor",
    "ft": "%prefix%/%topic%/",
    "tp": ["cmnd", "stat", "tele"],
    "onln": "Da",
    "ofln": "Weg",
    "state": ["AUS", "AN", "UM", "HALT"],
}


def german(more: dict[str, object] | None = None) -> Ear:
    ear = Ear(Tasmota())
    told = {**GERMAN, **(more or {})}
    ear.hear("tasmota/discovery/A4CF12AABB09/config", json.dumps(told), retained=True)
    return ear


@pytest.mark.parametrize(
    ("topic", "payload", "meaning"),
    [
        ("tele/tor/SENSOR", '{"Switch1":"AN","Switch2":"aus"}', [("input-1", 1), ("input-2", 0)]),
        ("tele/tor/STATE", '{"POWER":"AUS"}', [("output-1", False)]),
        ("stat/tor/RESULT", '{"POWER2":"AN"}', [("output-2", True)]),
        ("stat/tor/RESULT", '{"Switch1":{"Action":"AUS"}}', [("input-1", False)]),
        ("stat/tor/POWER", "AN", [("output-1", True)]),
        ("tele/tor/SENSOR", '{"Switch1":"ON"}', [("input-1", True)]),
        ("tele/tor/SENSOR", '{"Switch1":"VIELLEICHT"}', []),
        ("tele/other/SENSOR", '{"Switch1":"AN"}', []),
    ],
)
def test_a_shop_may_have_words_of_its_own_for_on_and_off(
    topic: str, payload: str, meaning: list[tuple[str, Level]]
) -> None:
    assert levels(german().hear(topic, payload)) == meaning


def test_before_its_discovery_a_device_is_read_by_the_usual_words_alone() -> None:
    ear = Ear(Tasmota())
    assert ear.hear("tele/tor/SENSOR", '{"Switch1":"AN"}') == []
    assert levels(ear.hear("tele/tor/SENSOR", '{"Switch1":"ON"}')) == [("input-1", True)]


def test_a_pushed_button_and_a_last_will_may_be_told_in_own_words() -> None:
    ear = german()
    assert presses(ear.hear("stat/tor/RESULT", '{"Switch1":{"Action":"UM"}}')) == [
        ("button-1", "single")
    ]
    assert presses(ear.hear("stat/tor/RESULT", '{"Switch1":{"Action":"HALT"}}', 5)) == [
        ("button-1", "long")
    ]
    for word, alive in (("Da", Alive.online), ("Weg", Alive.offline), ("Online", Alive.online)):
        [found] = ear.hear("tele/tor/LWT", word)
        assert isinstance(found, Availability)
        assert found.alive is alive
    assert isinstance(ear.hear("tele/tor/LWT", "Vielleicht")[0], Malformed)


def test_older_discoveries_call_the_words_by_shorter_names() -> None:
    ear = Ear(Tasmota())
    told = {"mac": GERMAN["mac"], "t": "tor", "on": "Da", "of": "Weg", "st": GERMAN["state"]}
    ear.hear("tasmota/discovery/A4CF12AABB09/config", json.dumps(told), retained=True)
    assert levels(ear.hear("tele/tor/SENSOR", '{"Switch1":"AN"}')) == [("input-1", True)]
    [found] = ear.hear("tele/tor/LWT", "Weg")
    assert isinstance(found, Availability)
    assert found.alive is Alive.offline


def test_one_word_for_two_things_says_neither() -> None:
    ear = german({"state": ["X", "X", "UM", "HALT"]})
    assert ear.hear("tele/tor/SENSOR", '{"Switch1":"X"}') == []


def test_the_last_will_of_what_sleeps_is_no_absence() -> None:
    asleep, longer, awake = german({"dslp": 1}), german({"dslp": 3600}), german({"dslp": 0})
    sleeping, offline = Alive.sleeping, Alive.offline
    for ear, alive in ((asleep, sleeping), (longer, sleeping), (awake, offline)):
        [found] = ear.hear("tele/tor/LWT", "Weg", retained=True)
        assert isinstance(found, Availability)
        assert found.alive is alive
    told = json.dumps({**GERMAN, "dslp": 0})
    asleep.hear("tasmota/discovery/A4CF12AABB09/config", told)
    [found] = asleep.hear("tele/tor/LWT", "Offline")
    assert isinstance(found, Availability)
    assert found.alive is Alive.offline
