"""What a lamp shows follows from the tone of its bay's row, and is dark when nobody has to act."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from devices.identity import Names
from devices.lamp_looks import DARK, Look
from devices.lamp_places import Place, Ways, answered_by, command, heard_by, places
from devices.lamps import Lamp
from devices.openings import Opening
from devices.shades import Colour
from devices.shown import Tone
from devices.signals import OUR_NAME
from tests.devices.lamps_told import BLUE, ON, RED, bay, look

COLOURED = Lamp("wled:wled/andon4", "segment-0", "bay-4", "lamp")
BUZZER = Lamp("shelly:shelly1-a8", "output-0", "bay-4", "buzzer", seconds=5)
TAG = Lamp("esphome:tag-4", "text-content", "bay-4", "tag")


@pytest.mark.parametrize(
    ("tone", "colour", "blinks"),
    [
        (Tone.attention, Colour.amber, False),
        (Tone.late, Colour.red, False),
        (Tone.help, Colour.blue, True),
        (Tone.safety, Colour.red, True),
    ],
)
def test_a_lamp_of_many_colours_has_that_of_the_tone(
    tone: Tone, colour: Colour, blinks: bool
) -> None:
    assert look(COLOURED, bay(tone)) == Look(True, colour, blinks)


def test_a_lamp_is_dark_when_all_is_well_and_steady_when_somebody_comes() -> None:
    assert look(COLOURED, bay()) == DARK
    assert look(COLOURED, bay(Tone.help, coming=True)) == Look(True, Colour.blue)


def test_a_relay_is_on_at_its_tones_only() -> None:
    told = {tone: look(RED, bay(tone)).on for tone in Tone}
    assert {tone for tone, on in told.items() if on} == {Tone.late, Tone.safety}


def test_a_tower_of_the_whole_shop_shows_every_tone_that_some_bay_has() -> None:
    late, calls = bay(Tone.late, "bay-1"), bay(Tone.help, "bay-2")
    shops = [replace(one, bay="") for one in (RED, BLUE)]
    assert [look(one, late, calls).on for one in shops] == [True, True]
    assert look(replace(COLOURED, bay=""), late, calls).colour == Colour.blue
    assert look(replace(COLOURED, bay="", lit=("late",)), late, calls).colour == Colour.red


def test_a_bay_that_is_gone_leaves_its_lamp_dark() -> None:
    assert look(RED, bay(Tone.late, "bay-1")) == DARK
    assert look(TAG, bay(Tone.late, "bay-1")) == DARK


def test_a_buzzer_sounds_for_some_seconds_after_each_round_of_a_call() -> None:
    calls = bay(Tone.help, rang=1000.0)
    on = [look(BUZZER, calls, now=now).on for now in (999.0, 1000.0, 1004.9, 1005.0)]
    assert on == [False, True, True, False]
    assert not look(BUZZER, replace(calls, coming=True), now=1001.0).on


def test_a_tag_shows_bay_word_ticket_and_masked_plate() -> None:
    seen = bay(Tone.late, word="Late", ticket="A17", plate="京A·**345")
    assert look(TAG, seen).text == "Bay 4 · Late · A17 · 京A·**345"


NAMES = Names(
    {
        ("z2m-bridge:zigbee", "z2m:hall/lamp"): "z2m:0x00124b0022aa33ff",
        ("", "tasmota:tower"): "tasmota:A4CF12AABB09",
        ("z2m-bridge:zigbee", "z2m:zone+1"): "z2m:0x00124b0022aa3300",
    }
)
OPEN = (Opening("tasmota"), Opening("shelly-gen2", "hall/lamp-3"))
WAYS = Ways(NAMES, OPEN, "main")
TOPICS = {
    "z2m:0x00124b0022aa33ff output-l1": ("zigbee/hall/lamp/set", b'{"state_l1":"ON"}'),
    "z2m:0x00124b0022aa33ff output": ("zigbee/hall/lamp/set", b'{"state":"ON"}'),
    "tasmota:A4CF12AABB09 output-2": ("cmnd/tower/POWER2", b"ON"),
    "tasmota:other output-1": ("cmnd/other/POWER1", b"ON"),
    "esphome:hall/tower output-red": ("hall/tower/switch/red/command", b"ON"),
    "shelly:shelly4pro-a8 output-3": ("shellies/shelly4pro-a8/relay/3/command", b"on"),
}


def reached(lamp: Lamp, ways: Ways = WAYS) -> Mapping[Lamp, Place]:
    return places([lamp], ways)


def lamp(words: str) -> Lamp:
    device, channel = words.rsplit(" ", 1)
    return Lamp(device, channel, "bay-4", "lamp", ("late",))


@pytest.mark.parametrize("words", TOPICS)
def test_each_family_is_told_under_the_name_it_speaks_under_now(words: str) -> None:
    one = lamp(words)
    signal = command(reached(one)[one], ON, 1, 0)
    assert (signal.topic, signal.payload) == TOPICS[words]


@pytest.mark.parametrize("name", ["shellyplus1-a8", "shellypro4pm-a8", "shelly1g4-a8", "hall/x"])
def test_later_shellies_are_known_by_their_names(name: str) -> None:
    one = lamp(f"shelly:{name} output-0")
    frame = command(reached(one)[one], ON, 7, 0)
    assert frame.topic == f"{name}/rpc"
    assert json.loads(frame.payload)["id"] == 7
    older = replace(one, family="shelly-gen1")
    assert reached(older)[older].family == "shelly-gen1"


def test_a_buzzer_stops_by_itself_where_its_device_can_though_nobody_is_left_to_stop_it() -> None:
    one = replace(lamp("shelly:shellyplus1-a8 output-0"), kind="buzzer")
    place, sounds = reached(one)[one], replace(ON, seconds=5)
    assert json.loads(command(place, sounds, 1, 0).payload)["params"]["toggle_after"] == 7
    assert "toggle_after" not in json.loads(command(place, DARK, 1, 0).payload)["params"]


def test_the_topics_of_a_tasmota_may_be_built_in_another_way() -> None:
    ways = replace(WAYS, openings=(Opening("tasmota", "hall/%topic%/%prefix%"),))
    one = lamp("tasmota:tower output-1")
    signal = command(reached(one, ways)[one], ON, 1, 0)
    assert (signal.topic, signal.proof_topic) == (
        "hall/tower/cmnd/POWER1",
        "hall/tower/stat/POWER1",
    )


@pytest.mark.parametrize("device", ["z2m:0x00124b0022aa0000", "z2m:0x00124b0022aa3300"])
def test_a_device_without_a_name_or_with_one_that_reaches_many_is_not_told(device: str) -> None:
    assert reached(lamp(f"{device} output")) == {}


def test_a_native_device_is_told_by_its_own_scheme_and_acknowledges_by_name() -> None:
    one = Lamp("native:bay-4-light", "lamp-top", "bay-4", "lamp")
    signal = command(reached(one)[one], Look(True, Colour.blue, True), 12, 0)
    assert signal.topic == "shop/main/dev/bay-4-light/cmd/lamp-top"
    assert json.loads(signal.payload) == {
        "id": "c12",
        "set": {"on": True, "colour": "blue", "blinks": True},
    }
    assert signal.proof_topic == "shop/main/dev/bay-4-light/ack/c12"
    assert signal.is_proved_by(b"{}")


def test_an_addressable_tower_is_asked_in_such_a_way_that_it_answers() -> None:
    """It tells only of changes: the same command again would stay without an answer."""
    place = reached(COLOURED)[COLOURED]
    first, second = (command(place, ON, 1, attempt).payload for attempt in (0, 1))
    assert first != second
    assert place.own_topics == ("wled/andon4/status", "wled/andon4/v")


def test_an_answer_proves_only_what_was_asked() -> None:
    one = lamp("shelly:shellyplus1-a8 output-0")
    signal = command(reached(one)[one], ON, 7, 0)
    assert signal.is_proved_by(b'{"id":7,"src":"x","result":{"was_on":false}}')
    assert not signal.is_proved_by(b'{"id":8,"src":"x","result":{"was_on":false}}')
    assert not signal.is_proved_by(b'{"id":7,"src":"x","error":{"code":-114}}')
    assert not signal.is_proved_by(b"not json")


def test_a_zigbee_lamp_proves_and_denies_by_its_state_and_by_nothing_else() -> None:
    one = lamp("z2m:0x00124b0022aa33ff output")
    signal = command(reached(one)[one], ON, 7, 0)
    assert signal.is_proved_by(b'{"state":"ON","linkquality":80}')
    assert signal.is_denied_by(b'{"state":"OFF","linkquality":80}')
    for other in (b'{"linkquality":80}', b'{"state":"ON"}'):
        assert not signal.is_denied_by(other)
    assert not signal.is_proved_by(b'{"linkquality":80}')


def test_our_own_broker_lets_devices_hear_what_they_are_told() -> None:
    openings = (Opening("tasmota"), Opening("esphome", "hall/+"), Opening("shelly-gen2", "s/+"))
    assert set(heard_by(openings)) == {"cmnd/+/#", "hall/+/+/+/command", "s/+/rpc"}
    assert answered_by(openings) == ("wled/#", "hermes/#", f"{OUR_NAME}/rpc")
