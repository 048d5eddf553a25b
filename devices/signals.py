"""What is sent to lamps, buzzers and voices, in the words of each family. Pure.

Signals only: nothing that moves is ever driven. Commands are never retained, and say on or off,
never the other of what is now.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from devices.payloads import read_json
from devices.shades import RGB, XY, Colour, shows
from devices.topics import ROOT

LONGEST_TEXT = 300


BLACK = (0, 0, 0)
STEADY, BLINK = 0, 1
"""WLED's numbers of effects."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One message to a device, QoS 1, not retained, and how the device proves that it was done:
    it says `proof` (any word, if empty) on `proof_topic`, or answers there under `number`; of a
    light that is to shine in a `colour`, it tells that as well.
    """

    topic: str
    payload: bytes
    proof_topic: str
    proof: str = ""
    number: int | None = None
    colour: Colour | None = None

    def is_proved_by(self, payload: bytes) -> bool:
        """Whether this, said live on the proof topic, is the proof."""
        said = self._said_back(payload)
        if self.number is not None:
            return said == self.number
        is_done = said == self.proof if self.proof else said is not None
        return is_done and (self.colour is None or self._shows(payload) is True)

    def is_denied_by(self, payload: bytes) -> bool:
        """Whether it says the opposite: what comes live after the proof may be a lamp gone dark, or
        one in another colour.
        """
        if not self.proof:
            return False
        is_other = self._said_back(payload) not in (None, self.proof)
        return is_other or (self.colour is not None and self._shows(payload) is False)

    def _shows(self, payload: bytes) -> bool | None:
        """Whether a light tells of the wanted colour; None if it tells of none."""
        told, sent = read_json(payload), read_json(self.payload)
        if not isinstance(told, dict) or not isinstance(sent, dict) or self.colour is None:
            return None
        suffix = next(iter(sent)).removeprefix("state")
        brightest = sent.get(f"brightness{suffix}")
        assert isinstance(brightest, int)
        return shows(told, self.colour, brightest, suffix)

    def _said_back(self, payload: bytes) -> object:
        """The word that is or is not the proof; None for an answer about something else."""
        told = read_json(payload) if payload.startswith(b"{") else None
        if not isinstance(told, dict):
            return None if self.number is not None else payload.decode("utf-8", "replace").strip()
        if self.number is not None:
            return told.get("id") if "result" in told else None
        sent = read_json(self.payload)
        if not isinstance(sent, dict):
            return None if self.proof else ""
        if self.proof:
            return told.get(next(iter(sent)))
        return "" if told.get("siteId", sent.get("siteId")) == sent.get("siteId") else None


def switched(
    family: str, address: str, channel: str, on: bool, *, number: int = 1, seconds: float = 0
) -> Signal:
    """A relay or lamp on or off. `address` is the device's topic or prefix, `channel` its relay;
    `number` tells the answers to several commands apart; after `seconds` (0: never) a device that
    can switches itself off. ValueError: not a family with relays, or an address that would reach
    more than one device.
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
            return _rpc(address, int(channel), on, number, seconds)
        case "zigbee2mqtt":
            key = f"state_{channel}" if channel else "state"
            return Signal(f"{address}/set", _json({key: word}), address, word)
    raise ValueError(f"{family} has no relays")


ESPHOME_BRIGHTEST, ZIGBEE_BRIGHTEST = 255, 254


def shone(family: str, address: str, channel: str, colour: Colour | None) -> Signal:
    """A light that takes colours, dark without one: of ESPHome or Zigbee2MQTT. `channel` is the
    component, or the one light of several on a device. ValueError as of a relay.
    """
    if not address or any(sign in address + channel for sign in "+#\0"):
        raise ValueError("the address must be one device's")
    word, suffix = "ON" if colour else "OFF", f"_{channel}" if channel else ""
    if family == "esphome":
        head, value = f"{address}/light/{channel}", _of_esphome(colour)
        topic, proof_topic, suffix = f"{head}/command", f"{head}/state", ""
    elif family == "zigbee2mqtt":
        topic, proof_topic, value = f"{address}/set", address, _of_zigbee(colour, suffix)
    else:
        raise ValueError(f"{family} has no lights of many colours")
    payload = _json({f"state{suffix}": word, **value})
    return Signal(topic, payload, proof_topic, word, colour=colour)


def _of_esphome(colour: Colour | None) -> dict[str, object]:
    """An effect that runs would go on in the new colour."""
    if colour is None:
        return {}
    red, green, blue = RGB[colour]
    shade = {"r": red, "g": green, "b": blue}
    return {"brightness": ESPHOME_BRIGHTEST, "color": shade, "effect": "None"}


def _of_zigbee(colour: Colour | None, suffix: str) -> dict[str, object]:
    """At once: what a bulb tells while it fades would be another colour."""
    if colour is None:
        return {}
    x, y = XY[colour]
    shade = {f"brightness{suffix}": ZIGBEE_BRIGHTEST, f"color{suffix}": {"x": x, "y": y}}
    return {**shade, "transition": 0}


OUR_NAME = "shopfloor"
"""Under which Shelly devices answer us."""


def _rpc(address: str, relay: int, on: bool, number: int, seconds: float) -> Signal:
    params = {"id": relay, "on": on} | ({"toggle_after": seconds} if on and seconds else {})
    frame = {"id": number, "src": OUR_NAME, "method": "Switch.Set", "params": params}
    return Signal(f"{address}/rpc", _json(frame), f"{OUR_NAME}/rpc", number=number)


def lit(
    address: str, segment: int, colour: Colour | None, *, blinks: bool = False, attempt: int = 0
) -> Signal:
    """One tier of a tower of addressable lights (WLED), black without a colour.

    It speaks only of what changes: another `attempt` is a shade darker, so that it answers.
    """
    rgb, effect = RGB[colour] if colour else BLACK, BLINK if colour and blinks else STEADY
    part = {"id": segment, "col": [rgb], "fx": effect}
    whole = {"on": True, "bri": 255 - attempt % 2, "seg": [part]}
    return Signal(f"{address}/api", _json(whole), f"{address}/v")


def said(text: str, room: str, language: str) -> Signal:
    """A sentence spoken in a room. Plates and names of customers are never put into it."""
    frame = {"text": text[:LONGEST_TEXT], "siteId": room, "lang": language}
    return Signal("hermes/tts/say", _json(frame), "hermes/tts/sayFinished")


def written(address: str, component: str, text: str) -> Signal:
    """The whole content of a display (a text of ESPHome)."""
    head, plain = f"{address}/text/{component}", " ".join(text.split())[:LONGEST_TEXT]
    return _text(f"{head}/command", plain, f"{head}/state")


def told(site: str, device: str, channel: str, value: Mapping[str, object], name: str) -> Signal:
    """A command to a native device, which acknowledges it under its name (`[a-z0-9-]`)."""
    head = f"{ROOT}/{site}/dev/{device}"
    return Signal(f"{head}/cmd/{channel}", _json({"id": name, "set": value}), f"{head}/ack/{name}")


def _text(topic: str, word: str, proof_topic: str) -> Signal:
    return Signal(topic, word.encode(), proof_topic, word)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
