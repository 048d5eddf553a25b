"""Lamps, buzzers, displays and announcers are bound by forms, and what they show when changes."""

import tomllib
from pathlib import Path

import pytest

from tests.devices.binding_forms import Pages

TOWER = "tasmota:tower"
BIND = {
    "device": TOWER,
    "what": "lamp output-1",
    "place": "bay 1",
    "lit_late": "yes",
    "lit_safety": "yes",
    "moves_nothing": "yes",
}
AT_TOWER = {"kind": "lamp", "device": TOWER, "channel": "output-1"}


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path)


def test_a_relay_is_bound_to_a_bay_with_the_tones_at_which_it_is_on(pages: Pages) -> None:
    assert pages.send("lamp", **BIND) is None
    assert pages.tables.get("lamp") == [
        {"device": TOWER, "channel": "output-1", "bay": "1", "lit": ["late", "safety"]}
    ]
    assert pages.send("lamp", **BIND) == ("device_bound", ("what",))
    assert pages.send("unbind", **AT_TOWER) is None
    assert pages.shown == []


def test_a_buzzer_hangs_for_the_whole_shop(pages: Pages) -> None:
    form = {**BIND, "what": "buzzer output-2", "place": "hall", "seconds": "5", "lit_late": ""}
    assert pages.send("lamp", **form) is None
    [buzzer] = tomllib.loads(pages.file.read_text())["lamp"]
    assert buzzer == {
        "device": TOWER,
        "channel": "output-2",
        "kind": "buzzer",
        "lit": ["safety"],
        "seconds": 5,
    }


def test_a_tag_and_an_announcer_need_no_tones(pages: Pages) -> None:
    tag = {"device": "esphome:tag-4", "what": "tag text-content", "place": "bay 1"}
    voice = {"device": "hermes:hall", "what": "voice speech", "place": "hall"}
    says = {"says_help": "yes", "says_ready": "yes", "quiet": "20:00-07:00"}
    assert pages.send("lamp", **tag) is None
    assert pages.send("lamp", **voice, **says) is None
    assert pages.tables.get("lamp") == [
        {"device": "esphome:tag-4", "channel": "text-content", "bay": "1"},
        {
            "device": "hermes:hall",
            "channel": "speech",
            "says": ["help", "ready"],
            "quiet": "20:00-07:00",
        },
    ]
    assert pages.send("lamp", **{**tag, "place": "hall"}) == ("tag_bay_needed", ("place",))


@pytest.mark.parametrize(
    ("form", "code", "field"),
    [
        ({"what": ""}, "device_channel_needed", "what"),
        ({"what": "sensor output-1"}, "device_channel_needed", "what"),
        ({"what": "lamp cover-1"}, "device_mistake", "what"),
        ({"place": ""}, "device_place_needed", "place"),
        ({"place": "bay 99"}, "device_mistake", "place"),
        ({"moves_nothing": ""}, "lamp_moves_nothing", "moves_nothing"),
        ({"lit_late": "", "lit_safety": ""}, "lamp_lit_needed", "lit"),
        ({"what": "buzzer output-1", "seconds": "11"}, "lamp_seconds", "seconds"),
        ({"what": "buzzer output-1", "seconds": "long"}, "lamp_seconds", "seconds"),
        ({"what": "voice speech", "device": "hermes:hall"}, "lamp_says_needed", "says"),
        (
            {"what": "voice speech", "device": "hermes:hall", "says_help": "1", "quiet": "8-9"},
            "lamp_quiet",
            "quiet",
        ),
        ({"device": "nuki:door", "what": "lamp output-1"}, "device_mistake", "what"),
    ],
)
def test_a_form_that_cannot_be_meant_is_told_at_its_field(
    pages: Pages, form: dict[str, str], code: str, field: str
) -> None:
    assert pages.send("lamp", **{**BIND, **form}) == (code, (field,))
    assert not pages.file.exists()


def test_what_a_lamp_shows_changes_and_remarks_stay(pages: Pages) -> None:
    head = '# by Wu\n[[lamp]]  # the tower\ndevice = "tasmota:tower"\nchannel = "output-1"\n'
    before = head + 'lit = ["late"] # red\nbay = "1"\n'
    pages.file.write_text(before)
    assert pages.send("show", **AT_TOWER, lit_late="yes") is None
    assert pages.file.read_text() == before, "what is said already is not written anew"
    assert pages.send("show", **AT_TOWER, lit_help="yes", lit_late="yes") is None
    assert pages.file.read_text() == before.replace('["late"]', '["late", "help"]')
    assert pages.send("show", **AT_TOWER) == ("lamp_lit_needed", ("lit",))
    gone = {**AT_TOWER, "channel": "output-2"}
    assert pages.send("show", **gone, lit_late="1") == ("device_not_bound", ("device",))
