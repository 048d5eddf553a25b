"""Every lamp of the simulator does what we tell its family, and proves it as its family does."""

from random import Random

import pytest

from devices.families import opened
from devices.lamp_looks import DARK, Look
from devices.lamp_places import Place, command
from devices.lamps import LAMP, TAG
from devices.lamps import Lamp as Told
from devices.readings import Alive, Availability, Discovery
from devices.shades import Colour
from devices.signals import Signal
from simulator.lamps import EVERY
from simulator.lamps.lamp import Lamp
from simulator.lamps.troubles import LampTrouble, TroubledLamp
from simulator.tongues.tongue import Said
from tests.devices.ears import Ear

PLACES = {
    "tasmota": ("output-1", "tower"),
    "shelly-gen2": ("output-0", "shellyplus1-a8032abc7199"),
    "zigbee2mqtt": ("output", "zigbee2mqtt/lamp"),
    "wled": ("segment-0", "wled/tower"),
    "esphome": ("text-content", "tag"),
}
LIT = Look(on=True, colour=Colour.amber, text="4 · A17")


def signal(family: str, look: Look, attempt: int = 0) -> Signal:
    channel, address = PLACES[family]
    lamp = Told(EVERY[family]().device, channel, "bay-4", TAG if family == "esphome" else LAMP)
    return command(Place(lamp, family, address, "%prefix%/%topic%"), look, 7, attempt)


def proved(told: Signal, said: list[Said]) -> bool:
    return any(one.topic == told.proof_topic and told.is_proved_by(one.payload) for one in said)


@pytest.mark.parametrize("family", list(EVERY))
def test_a_lamp_does_what_it_is_told_and_proves_it(family: str) -> None:
    lamp, (channel, _) = EVERY[family](), PLACES[family]
    for attempt, look in enumerate((LIT, DARK, LIT)):
        told = signal(family, look, attempt)
        assert proved(told, list(lamp.obeys(told.topic, told.payload)))
        assert bool(lamp.shows.get(channel)) is look.on


@pytest.mark.parametrize("family", list(EVERY))
def test_what_is_no_command_changes_nothing(family: str) -> None:
    lamp, told = EVERY[family](), signal(family, LIT)
    lamp.obeys(told.topic, b'{"state": 7, "method": [], "seg": {}}')
    assert lamp.shows.keys() <= {"text-content"}


@pytest.mark.parametrize("family", [one for one in EVERY if one not in ("wled", "esphome")])
def test_our_adapter_reads_what_the_lamp_says_of_itself(family: str) -> None:
    lamp = EVERY[family]()
    ear = Ear(opened(family, lamp.base))
    told = signal(family, LIT)
    said = [*lamp.lives(True), *lamp.obeys(told.topic, told.payload)]
    found = [one for each in said for one in ear.hear(each.topic, each.payload)]
    named = [one for one in found if isinstance(one, Discovery)]
    assert lamp.device in {name for one in named for name in (one.device, one.alias)}
    assert any(getattr(one, "value", None) is True for one in found)


def test_one_that_is_deaf_says_nothing_and_stays_dark() -> None:
    lamp = TroubledLamp(EVERY["tasmota"](), Random(1), [LampTrouble.deaf])
    told = signal("tasmota", LIT)
    assert lamp.hears(told.topic, told.payload) == ()
    assert lamp.lamp.shows == {}


@pytest.mark.parametrize("family", [one for one in EVERY if one != "wled"])
def test_one_that_forgets_has_proved_it_and_is_dark_when_it_is_back(family: str) -> None:
    lamp = TroubledLamp(EVERY[family](), Random(1), [LampTrouble.forget], one_in=1)
    told = signal(family, LIT)
    said = list(lamp.hears(told.topic, told.payload))
    assert proved(told, said)
    assert lamp.lamp.shows == {}
    assert lamp.forgot == 1
    assert is_back(family, lamp.lamp, said)


def is_back(family: str, lamp: Lamp, said: list[Said]) -> bool:
    ear = Ear(opened(family, lamp.base))
    found = [one for each in said for one in ear.hear(each.topic, each.payload)]
    return any(isinstance(one, Availability) and one.alive is Alive.online for one in found)
