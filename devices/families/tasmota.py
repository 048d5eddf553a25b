"""Tasmota: telemetry, results, buttons, its last will and its discovery. Pure.

The base is the device's FullTopic. Sensors, readers and switches come in separate messages on
one topic: each tells only the levels that stand in it, so that none takes away another's.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cache
from types import MappingProxyType

from devices.families.message import Message
from devices.families.tasmota_names import discovery
from devices.families.tasmota_sensors import levels, outputs, presses, zigbee
from devices.payloads import BadPayload, Json, read_text
from devices.readings import Alive, Discovery, Finding, Observation, Partial, Reading

USUAL = "%prefix%/%topic%"
DISCOVERY = "tasmota/discovery/"
SURE = re.compile(r"(LWT|SENSOR|STATE|RESULT|ZbReceived|STATUS\d*|POWER\d*|BUTTON\d+|SWITCH\d+)\Z")
TOLD = re.compile(r"((tele|stat)/RESULT|tele/(SENSOR|STATE|ZbReceived)|stat/STATUS(8|10|11))\Z")
PLAIN = re.compile(r"(POWER|BUTTON|SWITCH)\d*\Z")


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands before the last word of a device's topics: its prefix and its own topic."""

    by_head: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Tasmota:
    """Adapter of all Tasmota devices of one FullTopic; `zone` is that of their local times."""

    base: str = USUAL
    zone: tzinfo = UTC

    @property
    def filters(self) -> tuple[str, ...]:
        """What devices tell and answer, and their discovery; topics may have slashes."""
        pattern = self.base.strip("/").replace("%topic%", "+")
        told = tuple(f"{pattern.replace('%prefix%', prefix)}/#" for prefix in ("tele", "stat"))
        return (*told, f"{DISCOVERY}#")

    def claim(self, topic: str) -> float:
        """Sure of the last word of its own topics, half sure of others in the same shape."""
        if topic.startswith(DISCOVERY):
            return 1.0
        place = _pattern(self.base).match(topic)
        if place is None or place["prefix"] == "cmnd":
            return 0.0
        return 0.9 if SURE.match(place["what"]) else 0.4

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """The meaning of one message; commands and what devices say of themselves mean nothing."""
        message = Message(topic, payload, retained, received_at)
        if topic.startswith(DISCOVERY):
            return [*discovery(message), *self._elsewhere(message)]
        place = _pattern(self.base).match(topic)
        if place is None:
            return [Partial("", topic, message, retained, received_at)]
        return self._told(place["topic"], place["prefix"], place["what"], message)

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """Reads devices with a FullTopic of their own, once their discovery has told it."""
        heads = memory if isinstance(memory, Heads) else Heads()
        if isinstance(seen.body, Heads):
            known = {**heads.by_head, **seen.body.by_head}
            return (Heads(known) if len(known) <= MOST_HEADS else heads), ()
        assert isinstance(seen.body, Message)
        head, _, what = seen.topic.rpartition("/")
        if head not in heads.by_head:
            return heads, seen.body.malformed("not a topic of this FullTopic")
        prefix, topic = heads.by_head[head]
        return heads, self._told(topic, prefix, what, seen.body)

    def declared(self, memory: object) -> Set[str]:
        """The topics that devices with a FullTopic of their own speak on."""
        if not isinstance(memory, Heads):
            return frozenset()
        return {
            f"{head}/{what}"
            for head, (prefix, _) in memory.by_head.items()
            for what in SPOKEN[prefix]
        }

    def _told(self, name: str, prefix: str, what: str, message: Message) -> Sequence[Observation]:
        if not message.payload or prefix == "cmnd":
            return []
        device = f"tasmota:{name}"
        found = _read(device, prefix, what, message, self.zone)
        return message.malformed(found.reason, device) if isinstance(found, BadPayload) else found

    def _elsewhere(self, message: Message) -> Sequence[Partial]:
        """The topics of a device that are not of this FullTopic, to be remembered."""
        heads = {
            topic.strip("/"): (prefix, device.alias.removeprefix("tasmota:"))
            for device in discovery(message)
            if isinstance(device, Discovery)
            for prefix, topic in device.topics
            if prefix in SPOKEN and not _pattern(self.base).match(f"{topic.strip('/')}/LWT")
        }
        if not heads or any("+" in head or "#" in head for head in heads):
            return []
        body, at = Heads(heads), message.received_at
        return [Partial("", message.topic, body, message.retained, at)]


MOST_HEADS = 1000
SPOKEN = {
    "tele": ("LWT", "SENSOR", "STATE", "ZbReceived"),
    "stat": (
        "RESULT",
        *(f"{word}{n}" for word in ("BUTTON", "SWITCH", "POWER") for n in range(1, 9)),
    ),
}
"""The last words of topics that mean something, by prefix."""


@cache
def _pattern(base: str) -> re.Pattern[str]:
    """A topic of this FullTopic taken apart; the device's part may have slashes."""
    shape = re.escape(base.strip("/")).replace("%prefix%", r"(?P<prefix>tele|stat|cmnd)", 1)
    shape = shape.replace("%topic%", r"(?P<topic>.+?)", 1)
    if "(?P<prefix>" not in shape or "(?P<topic>" not in shape:
        return re.compile(r"(?P<prefix>)(?P<topic>)(?P<what>)(?!)")
    return re.compile(shape + r"/(?P<what>[^/]+)\Z")


def _read(
    device: str, prefix: str, what: str, message: Message, zone: tzinfo
) -> Sequence[Observation] | BadPayload:
    if prefix == "tele" and what == "LWT":
        return _alive(device, message)
    is_plain = PLAIN.match(what) is not None
    if is_plain and not message.payload.lstrip().startswith(b"{"):
        word = read_text(message.payload)
        return word if isinstance(word, BadPayload) else outputs(device, {what: word}, message)
    if not is_plain and not TOLD.match(f"{prefix}/{what}"):
        return []
    value = message.read_object()
    if isinstance(value, BadPayload):
        return value
    if is_plain and prefix == "stat":
        value = {what.title(): {key.title(): word for key, word in value.items()}}
    if what == "ZbReceived":
        # SetOption118 has it in the topic.
        value = {what: value}
    for key in ("StatusSNS", "StatusSTS"):
        inside = value.get(key)
        value = inside if isinstance(inside, dict) else value
    return _telemetry(device, value, message, zone)


def _telemetry(
    device: str, value: dict[str, Json], message: Message, zone: tzinfo
) -> Sequence[Observation] | BadPayload:
    """All that one object tells; Time is the device's local time and may never have been set."""
    told = _local(value.get("Time"), zone)
    at = message.believed(told)
    off = [message.finding(device, Finding.clock)] if "Time" in value and at is None else []
    known = levels(device, value, message, at)
    behind = zigbee(device, value.get("ZbReceived"), message)
    if isinstance(known, BadPayload) or isinstance(behind, BadPayload):
        return known if isinstance(known, BadPayload) else behind
    pressed = presses(device, value, message)
    return [*known, *behind, *outputs(device, value, message), *pressed, *off]


def _local(text: Json, zone: tzinfo) -> datetime | None:
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _alive(device: str, message: Message) -> Sequence[Observation] | BadPayload:
    word = read_text(message.payload)
    if isinstance(word, BadPayload):
        return word
    if word.strip().lower() not in ("online", "offline"):
        return BadPayload("not Online or Offline")
    return [message.alive(device, Alive(word.strip().lower()))]
