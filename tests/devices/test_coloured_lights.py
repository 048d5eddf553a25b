"""Lights of Zigbee2MQTT and ESPHome take the board's colour, and prove it as each tells colours."""

import json
from dataclasses import dataclass, field

import pytest

from devices.binding_tables import read_bindings
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.lamp_fold import Proof
from devices.lamp_looks import Look
from devices.lamp_places import Place, command
from devices.lamps import Lamp
from devices.listing import listing
from devices.profiles.shelf import our_shelf
from devices.shades import RGB, XY, Colour
from devices.shown import Tone
from devices.signals import Signal, shone
from tests.devices.ears import Ear
from tests.devices.lamps_told import Line, bay, look
from tests.devices.test_inbox_guesses import inbox_after

BULB = Lamp("z2m:0x0017880104eb6195", "light", "bay-4", "lamp")
STRIP = Lamp("esphome:tower", "light-andon", "bay-4", "lamp")
BULB_AT = Place(BULB, "zigbee2mqtt", "zigbee2mqtt/andon 4")
STRIP_AT = Place(STRIP, "esphome", "tower")
AMBER, RED, DARK = Look(True, Colour.amber), Look(True, Colour.red), Look()


def told(signal: Signal) -> object:
    return json.loads(signal.payload)


def test_a_light_is_told_its_colour_as_its_family_writes_it() -> None:
    bulb = command(BULB_AT, AMBER, 1, 0)
    assert (bulb.topic, bulb.proof_topic) == ("zigbee2mqtt/andon 4/set", "zigbee2mqtt/andon 4")
    assert told(bulb) == {
        "state": "ON",
        "brightness": 254,
        "color": {"x": 0.58, "y": 0.39},
        "transition": 0,
    }
    strip = command(STRIP_AT, AMBER, 1, 0)
    assert strip.topic == "tower/light/andon/command"
    assert strip.proof_topic == "tower/light/andon/state"
    assert told(strip) == {
        "state": "ON",
        "brightness": 255,
        "color": {"r": 255, "g": 120, "b": 0},
        "effect": "None",
    }


@pytest.mark.parametrize("place", [BULB_AT, STRIP_AT])
def test_a_dark_light_is_told_no_colour(place: Place) -> None:
    signal = command(place, DARK, 1, 0)
    assert told(signal) == {"state": "OFF"}
    assert signal.is_proved_by(b'{"state":"OFF","brightness":3,"color":{"x":0.675,"y":0.322}}')
    assert signal.is_denied_by(b'{"state":"ON","color":{"x":0.675,"y":0.322}}')


def test_of_several_lights_of_a_device_one_is_told() -> None:
    signal = shone("zigbee2mqtt", "zigbee2mqtt/two", "l2", Colour.red)
    assert told(signal) == {
        "state_l2": "ON",
        "brightness_l2": 254,
        "color_l2": {"x": 0.675, "y": 0.322},
        "transition": 0,
    }
    other = {"state_l1": "ON", "color_l1": {"x": 0.675, "y": 0.322}, "state_l2": "ON"}
    assert not signal.is_proved_by(json.dumps(other).encode())
    mine = {**other, "color_l2": {"x": 0.68, "y": 0.32}, "brightness_l2": 254}
    assert signal.is_proved_by(json.dumps(mine).encode())


BULB_SAYS = [
    ("as it was asked", {"color": {"x": 0.675, "y": 0.322}, "color_mode": "xy"}, True),
    ("rounded", {"color": {"x": 0.68, "y": 0.32}, "color_mode": "xy"}, True),
    ("of a wide gamut", {"color": {"x": 0.701, "y": 0.299}, "brightness": 254}, True),
    ("of a narrow gamut", {"color": {"x": 0.6401, "y": 0.33}, "brightness": 253}, True),
    ("with an old hue", {"color": {"hue": 120, "saturation": 90, "x": 0.6951, "y": 0.2968}}, True),
    ("by hue alone", {"color": {"hue": 358, "saturation": 97}, "color_mode": "hs"}, True),
    (
        "by hue, with an old place",
        {"color": {"hue": 2, "saturation": 100, "x": 0.3, "y": 0.6}, "color_mode": "hs"},
        True,
    ),
    ("by short words", {"color": {"h": 0, "s": 100}}, True),
    ("by red, green, blue", {"color": {"r": 254, "g": 3, "b": 0}}, True),
    ("amber", {"color": {"x": 0.58, "y": 0.39}, "color_mode": "xy"}, False),
    ("pale", {"color": {"hue": 0, "saturation": 30}, "color_mode": "hs"}, False),
    ("white", {"color": {"x": 0.675, "y": 0.322}, "color_mode": "color_temp"}, False),
    ("white, as older bridges say", {"color": {"x": 0.675, "y": 0.322}, "color_mode": 2}, False),
    ("dim", {"color": {"x": 0.675, "y": 0.322}, "brightness": 25}, False),
    ("nothing of colours", {"brightness": 254}, None),
    ("no numbers", {"color": {"x": None, "y": "0.3"}}, None),
    ("a word", {"color": "red"}, None),
]


@pytest.mark.parametrize(("_how", "says", "red"), BULB_SAYS)
def test_a_bulb_proves_red_within_what_people_tell_apart(
    _how: str, says: dict[str, object], red: bool | None
) -> None:
    signal = command(BULB_AT, RED, 1, 0)
    payload = json.dumps({"state": "ON", "linkquality": 89, **says}).encode()
    assert signal.is_proved_by(payload) is (red is True)
    assert signal.is_denied_by(payload) is (red is False)
    dark = json.dumps({"state": "OFF", **says}).encode()
    assert not signal.is_proved_by(dark)
    assert signal.is_denied_by(dark)


STRIP_SAYS = [
    ({"color_mode": "rgb", "brightness": 255, "color": {"r": 255, "g": 120, "b": 0}}, True),
    ({"color_mode": "rgb", "brightness": 254, "color": {"r": 255, "g": 119, "b": 1}}, True),
    ({"color_mode": "rgb", "brightness": 255, "color": {"r": 128, "g": 60, "b": 0}}, True),
    ({"color_mode": "rgbw", "color": {"r": 255, "g": 120, "b": 0, "w": 0}}, True),
    ({"color_mode": "rgb", "brightness": 255, "color": {"r": 255, "g": 0, "b": 0}}, False),
    ({"color_mode": "rgb", "brightness": 255, "color": {"r": 0, "g": 0, "b": 0}}, False),
    ({"color_mode": "white", "color": {"w": 255}}, False),
    ({"color_mode": "brightness", "brightness": 255, "color": {}}, False),
]


@pytest.mark.parametrize(("says", "amber"), STRIP_SAYS)
def test_a_light_of_esphome_proves_amber_by_red_green_and_blue(
    says: dict[str, object], amber: bool
) -> None:
    signal = command(STRIP_AT, AMBER, 1, 0)
    payload = json.dumps({"state": "ON", "effect": "None", **says}).encode()
    assert signal.is_proved_by(payload) is amber
    assert signal.is_denied_by(payload) is not amber


@pytest.mark.parametrize("asked", list(Colour))
@pytest.mark.parametrize("family", ["zigbee2mqtt", "esphome"])
def test_no_colour_passes_for_another(asked: Colour, family: str) -> None:
    signal = shone(family, "a", "b" if family == "esphome" else "", asked)
    for shown in Colour:
        x, y = XY[shown]
        red, green, blue = RGB[shown]
        for colour in ({"x": x, "y": y}, {"r": red, "g": green, "b": blue}):
            payload = json.dumps({"state": "ON", "color": colour}).encode()
            assert signal.is_proved_by(payload) is (shown is asked)


@pytest.mark.parametrize("payload", [b"", b"ON", b"[]", b"{", b'{"state":1}', b"\xff"])
def test_what_is_no_word_of_a_light_proves_nothing(payload: bytes) -> None:
    assert not command(BULB_AT, RED, 1, 0).is_proved_by(payload)


@pytest.mark.parametrize(("family", "address"), [("esphome", "+"), ("zigbee2mqtt", "")])
def test_no_more_than_one_light_is_reached(family: str, address: str) -> None:
    with pytest.raises(ValueError, match="must be one device's"):
        shone(family, address, "", Colour.red)


@dataclass
class Bulb:
    """A bulb behind its bridge: it shows what it can, rounds, and tells all of its state."""

    line: Line
    at: tuple[float, float] = (0.3127, 0.329)
    is_on: bool = False
    loses: int = 0
    heard: list[Proof] = field(default_factory=list)

    def hears(self, signal: Signal) -> None:
        if self.loses:
            self.loses -= 1
            return
        asked = json.loads(signal.payload)
        self.is_on = asked["state"] == "ON"
        if "color" in asked:
            self.at = (asked["color"]["x"] + 0.012, asked["color"]["y"] - 0.009)
        self.tells()

    def tells(self) -> None:
        x, y = (round(one, 4) for one in self.at)
        state = {"state": "ON" if self.is_on else "OFF", "brightness": 254, "color_mode": "xy"}
        said = json.dumps({**state, "color": {"x": x, "y": y}, "linkquality": 80})
        self.heard.append(Proof("zigbee2mqtt/andon 4", said.encode()))

    def pass_time(self, begin: float, end: float) -> None:
        now = begin
        while now < end:
            heard, self.heard = self.heard, []
            for signal in self.line.step(now, *heard):
                self.hears(signal)
            now += 0.25


def test_a_bulb_follows_its_bay_from_colour_to_colour_and_back_when_painted_over() -> None:
    line = Line({BULB: (BULB_AT, look(BULB, bay(Tone.attention)))})
    bulb = Bulb(line, loses=1)
    bulb.pass_time(0, 4)
    assert (bulb.is_on, len(line.sent), line.alarms(4)) == (True, 2, ())
    line.want(light=look(BULB, bay(Tone.late)))
    bulb.pass_time(4, 8)
    assert (round(bulb.at[0], 3), len(line.sent)) == (0.687, 3)
    bulb.at = (0.3, 0.6)
    bulb.tells()
    bulb.pass_time(8, 12)
    assert (round(bulb.at[0], 3), len(line.sent)) == (0.687, 4)
    line.want(light=look(BULB, bay(Tone.neutral)))
    bulb.pass_time(12, 16)
    assert (bulb.is_on, line.alarms(60)) == (False, ())


def test_a_bulb_that_keeps_another_colour_is_told() -> None:
    line = Line({BULB: (BULB_AT, RED)})
    now = 0.0
    while now < 20:
        green = b'{"state":"ON","color":{"x":0.3,"y":0.6}}'
        line.step(now, Proof("zigbee2mqtt/andon 4", green))
        now += 0.25
    assert len(line.sent) == 4
    assert len(line.alarms(20)) == 1


def test_a_bulb_of_many_colours_is_listed_as_a_lamp_that_needs_only_its_bay() -> None:
    features = [{"name": "state"}, {"name": "brightness"}, {"name": "color_xy"}]
    bulb = {
        "ieee_address": BULB.device.removeprefix("z2m:"),
        "friendly_name": "andon 4",
        "definition": {
            "model": "9290012573A",
            "exposes": [{"type": "light", "features": features}],
        },
    }
    plain = {**bulb, "ieee_address": "0x0017880104eb6196"}
    plain["definition"] = {"exposes": [{"type": "light", "features": features[:2]}]}
    topic, state = "zigbee2mqtt/bridge/devices", {"state": "OFF", "brightness": 254}
    ear = Ear(Zigbee2Mqtt())
    devices = inbox_after(ear, (topic, [bulb, plain]), ("zigbee2mqtt/andon 4", state))
    text = listing(devices, our_shelf())
    written = text.replace('bay = "..."', 'bay = "bay-4"')
    bindings, _ = read_bindings(written, frozenset({"bay-4"}))
    assert bindings.lamps == (BULB,)
    assert '"0x0017880104eb6196"' not in text
