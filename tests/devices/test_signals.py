"""What is sent to lamps and voices has each family's form; the device's own word proves it."""

import json

import pytest

from devices.families import opened
from devices.readings import Capability, State
from devices.shades import RGB, Colour
from devices.signals import Signal, lit, said, switched
from tests.devices.ears import Ear
from tests.devices.samples import COMMANDS, Sample, samples

RELAYS = [
    ("tasmota", "tower", "2", "cmnd/tower/POWER2", b"ON"),
    ("esphome", "tower", "red", "tower/switch/red/command", b"ON"),
    ("shelly-gen1", "shelly4", "0", "shellies/shelly4/relay/0/command", b"on"),
    ("zigbee2mqtt", "zigbee2mqtt/hall/lamp", "", "zigbee2mqtt/hall/lamp/set", b'{"state":"ON"}'),
]


@pytest.mark.parametrize(("family", "address", "channel", "topic", "payload"), RELAYS)
def test_a_relay_is_switched_and_its_own_word_proves_it(
    family: str, address: str, channel: str, topic: str, payload: bytes
) -> None:
    signal = switched(family, address, channel, True)
    assert (signal.topic, signal.payload) == (topic, payload)
    answer = {"state": signal.proof} if family == "zigbee2mqtt" else signal.proof
    [found] = Ear(opened(family)).hear(signal.proof_topic, answer)
    assert isinstance(found, State)
    assert (found.capability, found.value) == (Capability.output, True)
    assert switched(family, address, channel, False).payload != payload


def test_a_later_shelly_is_called_and_answers_by_number() -> None:
    signal = switched("shelly-gen2", "shellyplus1-a8", "1", False, number=7)
    assert signal.topic == "shellyplus1-a8/rpc"
    assert json.loads(signal.payload)["params"] == {"id": 1, "on": False}
    assert json.loads(signal.payload)["id"] == 7


@pytest.mark.parametrize("colour", list(Colour))
def test_a_tier_is_lit_and_dark(colour: Colour) -> None:
    [part] = json.loads(lit("wled/a", 2, colour).payload)["seg"]
    assert part == {"id": 2, "col": [list(RGB[colour])], "fx": 0}
    assert json.loads(lit("wled/a", 2, None).payload)["seg"][0]["col"] == [[0, 0, 0]]


def test_what_is_said_keeps_its_language_and_its_bounds() -> None:
    told = json.loads(said("三号工位需要帮助" * 100, "hall", "zh").payload)
    assert (told["siteId"], told["lang"], len(told["text"])) == ("hall", "zh", 300)


@pytest.mark.parametrize(
    ("family", "address"), [("tasmota", "+"), ("tasmota", ""), ("esphome", "a/#"), ("nuki", "x")]
)
def test_nothing_that_moves_and_no_more_than_one_device_is_reached(
    family: str, address: str
) -> None:
    with pytest.raises(ValueError, match=r"must be one device's|no relays"):
        switched(family, address, "1", True)


def built(sample: Sample) -> Signal:
    """The signal for the stated output, to the device that the topic names."""
    output, words = sample.meaning["output"], sample.topic.split("/")
    match sample.id:
        case "out-wled-json":
            blinks = output["effect"] == "blink"
            return lit(
                "/".join(words[:-1]), output["segment"], Colour(output["colour"]), blinks=blinks
            )
        case "out-shelly-rpc":
            return switched("shelly-gen2", words[0], str(output["switch"]), output["on"])
        case "out-esphome-switch":
            return switched("esphome", words[0], output["lamp"], output["on"])
    return said(output["say"], "workshop", "en")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_published_command_is_what_its_stated_output_makes(name: str) -> None:
    sample = samples()[name]
    signal = built(sample)
    assert signal.topic == sample.topic
    assert told(signal.payload) == told(sample.payload)
    proof = f"{signal.proof_topic} = {signal.proof}".removesuffix(" = ")
    assert sample.meaning.get("confirm", proof).removeprefix("reply on ") == proof


def told(payload: bytes) -> object:
    """JSON as its value, any other payload as it is."""
    return json.loads(payload) if payload.startswith(b"{") else payload


def test_a_signal_has_no_way_to_be_retained() -> None:
    assert not {"retain", "retained"} & set(Signal.__dataclass_fields__)
