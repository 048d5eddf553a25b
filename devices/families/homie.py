"""Homie, the fourth and the fifth edition of the convention: properties of nodes of devices.

Pure. What a property is stands in its description, which is remembered; a value without one is
read by its name. A property that is not retained is an event.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from devices.families.homie_devices import Devices, Life, described, lives, told_of
from devices.families.homie_values import Told, meaning
from devices.families.message import Message
from devices.families.values import number, percent
from devices.payloads import BadPayload, read_text
from devices.readings import Alive, Capability, Discovery, Finding, Observation, Partial, Reading

WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")
STATES = {
    "ready": Alive.online,
    "alert": Alive.online,
    "init": Alive.unknown,
    "sleeping": Alive.sleeping,
    "disconnected": Alive.offline,
    "lost": Alive.offline,
}
EMPTY = b"\0"
"""The fifth edition's empty text; no bytes at all mean that a topic was taken back."""


@dataclass(frozen=True, slots=True)
class Homie:
    """Adapter of every Homie device under one base topic, of both editions."""

    base: str = "homie"

    @property
    def filters(self) -> tuple[str, ...]:
        """Everything under the base topic."""
        return (f"{self.base}/#",)

    def claim(self, topic: str) -> float:
        """Sure of its base topic."""
        return 0.9 if topic.startswith(f"{self.base}/") else 0.0

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """The meaning of one message; settings, targets and logs mean nothing."""
        message = Message(topic, payload, retained, received_at)
        if not topic.startswith(f"{self.base}/"):
            return message.malformed("not under the base topic")
        words = topic[len(self.base) + 1 :].split("/")
        fifth = words[0] == "5"
        words = words[1:] if fifth else words
        if len(words) < 2 or words[-1] in ("set", "$target") or words[0].startswith("$"):
            return []
        if not WORD.match(words[0]):
            return message.malformed("a device's id has only a-z, 0-9 and -")
        device = f"homie:{words[0]}"
        found = _read(device, words[1:], message, fifth)
        return message.malformed(found.reason, device) if isinstance(found, BadPayload) else found

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """Learns descriptions; reads values by them; a lost root takes its children along."""
        devices = memory if isinstance(memory, Devices) else Devices()
        match seen.body:
            case Told():
                return devices, meaning(seen.device, seen.body, devices.of(seen.device))
            case Life():
                return lives(devices, seen.device, seen.body)
        return told_of(devices, seen.device, seen.body), ()

    def declared(self, memory: object) -> Set[str]:
        """None: everything comes under the base topic."""
        return frozenset()


def _read(
    device: str, words: list[str], message: Message, fifth: bool
) -> Sequence[Reading] | BadPayload:
    if words[0] == "$state":
        return _state(device, message)
    if words[0] == "$description" and fifth:
        return described(device, message)
    if words == ["$name"]:
        return _name(device, message)
    if words[0] == "$alert" and len(words) == 2:
        return _alert(device, words[1], message)
    if words[0] == "$stats" and len(words) == 2:
        return _stats(device, words[1], message)
    if words[0].startswith("$") or not all(map(_is_word, words)):
        return []
    if not message.payload:
        return []
    text = _text(message)
    if isinstance(text, BadPayload):
        return text
    if words[-1].startswith("$"):
        path = "/".join(words[:-1])
        return [_partial(device, (path, words[-1], text[:120]), message)]
    if len(words) != 2:
        return []
    return [_partial(device, Told(words[0], words[1], text, message), message)]


def _is_word(word: str) -> bool:
    return WORD.match(word.removeprefix("$")) is not None


def _partial(device: str, body: object, message: Message) -> Partial:
    return Partial(device, message.topic, body, message.retained, message.received_at)


def _text(message: Message) -> str | BadPayload:
    return read_text(b"" if message.payload == EMPTY else message.payload)


def _state(device: str, message: Message) -> Sequence[Reading] | BadPayload:
    """An emptied state takes the device back."""
    if not message.payload:
        return [Discovery(device, message.received_at, gone=True)]
    word = read_text(message.payload)
    if isinstance(word, BadPayload):
        return word
    if word not in STATES:
        return BadPayload("not a state of Homie")
    said = message.alive(device, STATES[word])
    return [_partial(device, Life(said, is_lost=word == "lost"), message)]


def _name(device: str, message: Message) -> Sequence[Reading] | BadPayload:
    """What people call it, in the fourth edition; the fifth has it in the description."""
    text = _text(message)
    if isinstance(text, BadPayload):
        return text
    return [Discovery(device, message.received_at, name=text[:120])] if text else []


def _alert(device: str, name: str, message: Message) -> Sequence[Reading] | BadPayload:
    """A free text that says that something is wrong, and nothing once it is well."""
    text = _text(message)
    if isinstance(text, BadPayload):
        return text
    if "battery" in name.split("-"):
        return [message.level(device, Capability.battery_low, bool(text.strip()))]
    return [message.finding(device, Finding.alert, text[:120])] if text else []


def _stats(device: str, name: str, message: Message) -> Sequence[Reading] | BadPayload:
    """The fourth edition's figures: how full the battery is, how often the device speaks."""
    text = _text(message)
    if isinstance(text, BadPayload):
        return text
    if name == "battery" and text:
        return [message.level(device, Capability.battery, percent(text))]
    seconds = number(text)
    if name == "interval" and seconds is not None and seconds > 0:
        return [message.finding(device, Finding.interval, interval=seconds)]
    return []
