"""Zigbee2MQTT: what its devices say, whether they are there, and who they are. Pure.

Messages come under a friendly name that people change; the list of devices gives the
address behind each name. States leave here under the name, `identity` puts the address in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from devices.families.message import Message
from devices.families.values import button_and_press, iso_moment, moment, number, percent, text_of
from devices.families.zigbee_names import discoveries, joined, stable_id
from devices.payloads import MOST_BYTES, BadPayload, Json, read_json
from devices.readings import Alive, Capability, Event, EventKind, Malformed, Observation, State
from devices.typed import kept

LEVELS = {
    "occupancy": Capability.occupancy,
    "presence": Capability.occupancy,
    "contact": Capability.contact,
    "vibration": Capability.vibration,
    "water_leak": Capability.leak,
    "battery_low": Capability.battery_low,
}
"""Keys whose value is a boolean. `contact` is True when closed."""
GARAGE, OF_A_GARAGE = "garage_door_contact", "contact-garage_door"
"""The contact of a garage door's motor, and its channel."""
ENDPOINT = re.compile(r"(?P<key>[a-z]+)_(?P<place>l?\d{1,2}|left|right|center|top|bottom)\Z")
"""A device with several inputs says `contact_l1` and `contact_l2`."""
LONGEST_KEY = 40
"""No key that means something here is longer, and what keys mean is remembered."""
BEGUN_AND_ENDED = re.compile(
    r"(?:(?P<button>[a-z0-9_]{1,20}?)_)?(?P<part>initial_press|short_release)\Z"
)
SWITCHED = {"ON": True, "OFF": False}
ANGLES = {"angle_x": "x", "angle_y": "y", "angle_z": "z"}
MILLIVOLTS = (1_000, 20_000)
"""Less is volts, of the mains; a battery's are always in mV."""
MILLIMETRES = {"target_distance": 1000.0, "distance": 1000.0}
"""Keys of radar sensors; they measure in metres."""


@dataclass(frozen=True, slots=True)
class Zigbee2Mqtt:
    """Adapter of one Zigbee2MQTT instance, named by its base topic."""

    base: str = "zigbee2mqtt"

    @property
    def filters(self) -> tuple[str, ...]:
        """Everything under the base topic: names may contain slashes."""
        return (f"{self.base}/#",)

    @property
    def bridge(self) -> str:
        """The id of the instance itself, whose absence makes all its devices unknown."""
        return f"z2m-bridge:{self.base}"

    def claim(self, topic: str) -> float:
        """Sure of everything under its base topic, which belongs to nobody else."""
        return float(topic.startswith(f"{self.base}/"))

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one message; commands mean nothing, copies of an action come marked."""
        head, slash, name = topic.partition(f"{self.base}/")
        if head or not slash or not name:
            return [Malformed(topic, "not under the base topic")]
        if not payload or _is_command(name):
            return []
        carried = "" if name == "bridge/state" else self.bridge
        message = Message(topic, payload, retained, received_at, carried)
        found = _read(name, message)
        if isinstance(found, BadPayload):
            device = self.bridge if name.startswith("bridge/") else stable_id(name)
            return [Malformed(topic, found.reason, device, self.bridge)]
        return found


def _read(name: str, message: Message) -> Sequence[Observation] | BadPayload:
    if name == "bridge/devices":
        return discoveries(message)
    if name == "bridge/event":
        return [] if message.retained else joined(message) or _left(message)
    if name == "bridge/state":
        return _alive(f"z2m-bridge:{message.topic.removesuffix('/bridge/state')}", message)
    if name.startswith("bridge/"):
        return []
    if name.endswith("/availability"):
        return _alive(stable_id(name.removesuffix("/availability")), message)
    return _device(name, message)


def _left(message: Message) -> Sequence[Observation]:
    """Who leaves the network says no more of itself: that is not silence, but being away."""
    value = message.read_object()
    told = value.get("data") if isinstance(value, dict) else None
    if isinstance(value, BadPayload) or value.get("type") != "device_leave":
        return []
    address = text_of(told.get("ieee_address")).lower() if isinstance(told, dict) else ""
    return [message.alive(stable_id(address), Alive.offline)] if address else []


def _device(name: str, message: Message) -> Sequence[Observation] | BadPayload:
    payload = message.payload
    is_object = payload.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    if "/" in name and len(payload) <= MOST_BYTES and not is_object:
        return _attribute(name, message)
    value = message.read_object()
    if isinstance(value, BadPayload):
        return value
    device = stable_id(name)
    levels = _levels(device, value, message)
    if isinstance(levels, BadPayload):
        return levels
    return [*levels, *_action(device, value.get("action"), message, "whole")]


def _attribute(name: str, message: Message) -> Sequence[Observation] | BadPayload:
    """One attribute on a topic of its own, beside the whole message or instead of it."""
    device, _, key = name.rpartition("/")
    text = message.payload.decode("utf-8", "replace").strip()
    if key == "action":
        return _action(stable_id(device), text, message, "attribute")
    value = read_json(message.payload)
    plain: Json = text if isinstance(value, BadPayload) else value
    if key in MILLIMETRES or isinstance(plain, dict | list):
        return []
    return _levels(stable_id(device), {key: plain}, message)


def _action(device: str, word: Json, message: Message, source: str) -> list[Event]:
    """A press; some versions send an empty action after each, which means nothing."""
    if not isinstance(word, str) or not word.strip():
        return []
    button, press = _parts_of_a_press(word)
    if not press:
        return []
    if press in ("vibration", "tilt", "drop"):
        return message.once(device, "vibration", EventKind.vibration, press, source=source)
    channel = f"button-{button}"
    return message.once(device, channel, EventKind.press, kept(press, channel), source=source)


def _parts_of_a_press(word: str) -> tuple[str, str]:
    """IKEA's later remotes tell the beginning of each press, and then that it was a short one."""
    found = BEGUN_AND_ENDED.match(word.strip().lower())
    if found is None:
        return button_and_press(word)
    return found["button"] or "1", "single" if found["part"] == "short_release" else ""


def _levels(device: str, value: dict[str, Json], message: Message) -> list[State] | BadPayload:
    at = message.believed(_last_seen(value.get("last_seen")))
    found: list[State] = []
    for key, level in value.items():
        if len(key) > LONGEST_KEY:
            continue
        capability, channel = _boolean(key)
        if capability is Capability.output:
            level = SWITCHED.get(level) if isinstance(level, str) else None
            if level is None:
                continue
        if capability is None:
            continue
        if level is not None and not isinstance(level, bool):
            return BadPayload(f"{key} is not a boolean")
        found.append(message.level(device, capability, level, channel=channel, at=at))
    return found + _numbers(device, value, message, at)


@lru_cache(1024)
def _boolean(key: str) -> tuple[Capability | None, str]:
    """What a key with a boolean measures, and its channel."""
    if key == GARAGE:
        return Capability.contact, OF_A_GARAGE
    one = ENDPOINT.match(key)
    name, place = (one["key"], f"-{one['place']}") if one else (key, "")
    if name == "state":
        return Capability.output, f"output{place}"
    capability = LEVELS.get(name if one else key)
    return capability, f"{name}{place}"


def _numbers(
    device: str, value: dict[str, Json], message: Message, at: datetime | None
) -> list[State]:
    found: list[State] = []
    for key in filter(value.__contains__, MILLIMETRES):
        metres = number(value[key])
        far = None if metres is None or metres < 0 else round(metres * MILLIMETRES[key], 3)
        found.append(message.level(device, Capability.distance, far, at=at))
    if "battery" in value:
        left = percent(value["battery"])
        found.append(message.level(device, Capability.battery, left, at=at))
    volts = number(value.get("voltage"))
    if volts is not None and MILLIVOLTS[0] <= volts <= MILLIVOLTS[1]:
        found.append(message.level(device, Capability.battery_mv, volts, at=at))
    for key in filter(value.__contains__, ANGLES):
        degrees, axis = number(value[key]), ANGLES[key]
        if degrees is not None:
            found.append(message.level(device, Capability.angle, degrees, axis, at=at))
    quality = number(value.get("linkquality"))
    if quality is not None and 0 <= quality <= 255:
        found.append(message.level(device, Capability.link, quality, "lqi", at=at))
    return found


def _last_seen(value: Json) -> datetime | None:
    """Zigbee2MQTT writes it as it was set up: ISO with zone, or milliseconds."""
    if isinstance(value, str):
        return iso_moment(value)
    return moment(value)


def _alive(device: str, message: Message) -> list[Observation] | BadPayload:
    """The word is a JSON object since version 2 and was plain text before."""
    plain = message.payload.strip()
    word: Json | BadPayload = text_of(plain.decode("utf-8", "replace"))
    if plain.startswith(b"{"):
        value = read_json(message.payload)
        word = value.get("state") if isinstance(value, dict) else value
    if isinstance(word, BadPayload):
        return word
    if word not in ("online", "offline"):
        return BadPayload("state is not online or offline")
    return [message.alive(device, Alive(str(word)))]


def _is_command(name: str) -> bool:
    words = name.split("/")
    return any(word in ("set", "get") for word in words[1:]) or name.startswith("bridge/request/")
