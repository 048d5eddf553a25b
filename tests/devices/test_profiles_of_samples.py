"""Every published message of a known model finds its profile, and means through it what it states.

`MODELS` says which profile each message's device has, and the model that its list of devices
names where the message itself and its names do not tell it (the samples' sources name them).
"""

from collections.abc import Sequence
from typing import Any

import pytest

from devices.batteries import weighed
from devices.inbox import Inbox, Seen, guessed
from devices.profiles.guess import SURE
from devices.profiles.known import in_our_words
from devices.profiles.profile import Means, Profile
from devices.profiles.shelf import our_shelf
from devices.readings import Capability, Discovery, Event, Observation, State
from devices.recall import Recall, recall
from tests.devices.meanings import PER_UNIT
from tests.devices.samples import RECEIVED, Sample, adapter_for, samples

MODELS: dict[str, tuple[str, str]] = {
    "z2m-occupancy-true": ("sonoff-snzb-06p", "SNZB-06P"),
    "z2m-contact-open-slash": ("sonoff-snzb-04", "SNZB-04"),
    "z2m-contact-closed-real": ("aqara-mccgq11lm", "MCCGQ11LM"),
    "z2m-battery-string": ("aqara-sjcgq11lm", "SJCGQ11LM"),
    "z2m-button-2single-real": ("tuya-ts004x", "TS0042"),
    "z2m-andon-single": ("sonoff-snzb-01p", "SNZB-01P"),
    "z2m-andon-retained-replay": ("sonoff-snzb-01p", "SNZB-01P"),
    "tas-sr04": ("tasmota-sonar", ""),
    "tas-button-double": ("tasmota-button", ""),
    "tas-time-1970": ("tasmota-switch", ""),
    "tas-zbreceived": ("tasmota-zigbee-contact", ""),
    "bad-bom": ("tasmota-switch", ""),
    "esp-bin-on": ("esphome-occupancy", ""),
    "esp-distance": ("esphome-sonar", ""),
    "sh1-dw2-battery": ("shelly-dw2", ""),
    "sh1-announce": ("shelly-dw2", ""),
    "sh1-input-event": ("shelly-1l", ""),
    "sh2-notify-status": ("shelly-plus-1", ""),
    "bad-future": ("shelly-plus-1", ""),
    "sh2-battery": ("shelly-ht", ""),
    "sh2-bthome-device": ("shelly-bthome", ""),
    "homie4-prop": ("homie-occupancy", ""),
    "homie5-event": ("homie-button", ""),
    "spb-ddata-alias": ("sparkplug-input", ""),
    "cs-up-em310udl": ("milesight-em310-udl", ""),
    "tts-up-occupied": ("bosch-tps110", "tps110"),
    "tts-up-first-frame": ("bosch-tps110", "tps110"),
    "frigate-lpr": ("frigate-camera", ""),
    "frigate-zone-count": ("frigate-zone", ""),
    "esprfid-known": ("esp-rfid", ""),
    "nuki-action": ("nuki-smart-lock", ""),
    "theengs-dw-open": ("shelly-blu-door-window", ""),
    "theengs-encrypted": ("shelly-blu-door-window", ""),
    "theengs-button": ("shelly-blu-button", ""),
}
BY_CHANNELS = ("tasmota-", "esphome-", "homie-", "sparkplug-", "esp-rfid", "nuki-", "frigate-c")
"""Profiles of what people build themselves, or of one kind only: nobody tells a model."""
UNDER = {Means.car: "occupied", Means.door: "open", Means.leak: "wet"}


def heard(sample: Sample, model: str) -> tuple[Seen, Sequence[Observation]]:
    """What the inbox has of the message's device, and what the message said."""
    adapter = adapter_for(sample)
    assert adapter is not None
    before, inbox, found = Recall(), Inbox(), list[Observation]()
    for one in (samples()[sample.after], sample) if sample.after else (sample,):
        found = []
        for reading in adapter.parse(one.topic, one.payload, False, RECEIVED):
            before, meant = recall(before, adapter, reading, our_shelf())
            found += meant
    device = found[0].device
    if model:
        inbox.note(Discovery(device, RECEIVED, model=model))
    for seen in found:
        inbox.note(seen)
    return next(one for one in inbox.devices if one.device == device), found


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_sample_finds_the_profile_of_its_model(name: str) -> None:
    profile, model = MODELS[name]
    seen, _ = heard(samples()[name], model)
    told = guessed(seen, our_shelf())
    assert told.profile == profile
    assert (told.confidence >= SURE) is not profile.startswith(BY_CHANNELS)


def levels(
    profile: Profile, found: Sequence[Observation], wanted: dict[str, Any]
) -> dict[str, Any]:
    """The capabilities as the samples state them, by what the profile makes of the channels."""
    told: dict[str, Any] = {}
    for one in found:
        said = profile.says(one.channel, one.value) if isinstance(one, State) else None
        if said is None or not isinstance(one, State) or one.value is None:
            continue
        means, value = said
        place = one.channel.partition("-")[2]
        what = "door" if means is Means.door else one.capability.value
        key = f"{what}:{place}" if place else what
        if one.capability is Capability.distance:
            unit = next(iter(wanted.get(key, {"mm": 0})))
            assert isinstance(value, int | float)
            told[key] = {unit: round(value / PER_UNIT[unit], 6)}
        else:
            word = UNDER.get(means, "on") if what != "input" else "on"
            told[key] = {word: value}
    return told


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_sample_means_through_its_profile_what_it_states(name: str) -> None:
    sample = samples()[name]
    profile = our_shelf().profiles[MODELS[name][0]]
    _, found = heard(sample, MODELS[name][1])
    wanted = sample.meaning.get("capabilities", {})
    assert levels(profile, found, wanted) == wanted
    pressed = [in_our_words(profile, one) for one in found if isinstance(one, Event)]
    stated = [one for one in sample.meaning.get("events", []) if one["type"] == "button"]
    assert [(one.channel, one.value) for one in pressed if one and stated] == [
        (f"button-{one['button']}", one["press"]) for one in stated
    ]


@pytest.mark.parametrize(
    "name", sorted(one for one in MODELS if "battery_pct" in samples()[one].meaning)
)
def test_a_battery_is_what_it_states_and_low_only_when_it_is(name: str) -> None:
    sample = samples()[name]
    profile = our_shelf().profiles[MODELS[name][0]]
    battery = None
    for one in heard(sample, MODELS[name][1])[1]:
        if isinstance(one, State) and one.capability.value.startswith("battery"):
            battery = weighed(battery, profile.cell, one)
    assert battery is not None
    assert battery.percent == sample.meaning["battery_pct"]
    assert battery.millivolts == sample.meaning.get("battery_mv")
    assert battery.low is (None if battery.percent is None else False)


def test_every_sample_that_says_something_of_a_device_has_a_profile() -> None:
    """Left out: what is told by posting cameras, of lamps, of nothing, or by no known model."""
    said = {
        name
        for name, one in samples().items()
        if one.meaning["act"] in ("update", "emit", "seed")
        and one.family not in ("platerecognizer", "actuator")
    }
    nameless = {"cs-status", "cs-status-unavailable", "homie5-alert-battery", "esp-distance-nan"}
    declared = {"ha-motion-state", "ha-tag-scan", "spb-dbirth"}
    assert said - MODELS.keys() == nameless | declared
