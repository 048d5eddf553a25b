"""What is sent to lamps, buzzers and voices, in the words of each family. Pure.

Signals only: nothing that moves is ever driven. Commands are never retained, and say on or off,
never the other of what is now.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST_TEXT = 300


class Colour(StrEnum):
    """The colours of a tower light."""

    red = "red"
    amber = "amber"
    green = "green"
    blue = "blue"
    white = "white"


RGB: Mapping[Colour, tuple[int, int, int]] = {
    Colour.red: (255, 0, 0),
    Colour.amber: (255, 120, 0),
    Colour.green: (0, 255, 0),
    Colour.blue: (0, 0, 255),
    Colour.white: (255, 255, 255),
}
STEADY, BLINK = 0, 1
"""WLED's numbers of effects."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One message to a device, QoS 1, not retained, and how the device proves that it was done:
    it says `proof` (any word, if empty) on `proof_topic`.
    """

    topic: str
    payload: bytes
    proof_topic: str
    proof: str = ""


def switched(family: str, address: str, channel: str, on: bool, *, number: int = 1) -> Signal:
    """A relay or lamp on or off. `address` is the device's topic or prefix, `channel` its relay;
    `number` tells the answers to several commands apart. ValueError: not a family with relays,
    or an address that would reach more than one device.
    """
    if not address or any(sign in address + channel for sign in "+#\0"):
        raise ValueError("the address must be one device's")
    word = "ON" if on else "OFF"
    match family:
        case "tasmota":
            return _text(f"cmnd/{address}/POWER{channel}", word, f"stat/{address}/POWER{channel}")
        case "esphome":
            head = f"{address}/switch/{channel}"
            return _text(f"{head}/command", word, f"{head}/state")
        case "shelly-gen1":
            head = f"shellies/{address}/relay/{channel}"
            return _text(f"{head}/command", word.lower(), head)
        case "shelly-gen2":
            return _rpc(address, int(channel), on, number)
        case "zigbee2mqtt":
            key = f"state_{channel}" if channel else "state"
            return Signal(f"{address}/set", _json({key: word}), address, word)
    raise ValueError(f"{family} has no relays")


OUR_NAME = "shopfloor"
"""Under which Shelly devices answer us."""


def _rpc(address: str, relay: int, on: bool, number: int) -> Signal:
    params = {"id": relay, "on": on}
    frame = {"id": number, "src": OUR_NAME, "method": "Switch.Set", "params": params}
    return Signal(f"{address}/rpc", _json(frame), f"{OUR_NAME}/rpc")


def lit(address: str, segment: int, colour: Colour | None, *, blinks: bool = False) -> Signal:
    """One tier of a tower of addressable lights (WLED), dark without a colour."""
    if colour is None:
        part: dict[str, object] = {"id": segment, "on": False}
    else:
        part = {"id": segment, "col": [RGB[colour]], "fx": BLINK if blinks else STEADY}
    whole = {"on": True, "bri": 255, "seg": [part]}
    return Signal(f"{address}/api", _json(whole), f"{address}/v")


def said(text: str, room: str, language: str) -> Signal:
    """A sentence spoken in a room. Plates and names of customers are never put into it."""
    frame = {"text": text[:LONGEST_TEXT], "siteId": room, "lang": language}
    return Signal("hermes/tts/say", _json(frame), "hermes/tts/sayFinished")


def _text(topic: str, word: str, proof_topic: str) -> Signal:
    return Signal(topic, word.encode(), proof_topic, word)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
