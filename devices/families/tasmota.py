"""Tasmota: telemetry, results, buttons, its last will and its discovery. Pure.

The base is the device's FullTopic. Sensors, readers and switches come in separate messages on
one topic: each tells only the levels that stand in it, so that none takes away another's.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache

from devices.families.message import Message
from devices.families.tasmota_memory import Heads, Waiting, more
from devices.families.tasmota_names import discovery, words_of
from devices.families.tasmota_sensors import levels, outputs, presses, zigbee
from devices.families.tasmota_words import USUAL_WORDS, Words, has_others, is_other
from devices.payloads import BadPayload, Json, read_text
from devices.readings import Alive, Discovery, Finding, Observation, Partial, Reading

USUAL = "%prefix%/%topic%"
DISCOVERY = "tasmota/discovery/"
SURE = re.compile(r"(LWT|SENSOR|STATE|RESULT|ZbReceived|STATUS\d*|POWER\d*|BUTTON\d+|SWITCH\d+)\Z")
TOLD = re.compile(r"((tele|stat)/RESULT|tele/(SENSOR|STATE|ZbReceived)|stat/STATUS(8|10|11))\Z")
PLAIN = re.compile(r"(POWER|BUTTON|SWITCH)\d*\Z")


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
            return [*discovery(message), *self._learnt(message)]
        place = _pattern(self.base).match(topic)
        if place is None:
            return [Partial("", topic, message, retained, received_at)]
        name, prefix, what = place["topic"], place["prefix"], place["what"]
        found = self._told(name, prefix, what, message, None)
        if found is not None:
            return found
        waiting = Waiting(name, prefix, what, message)
        return [Partial(f"tasmota:{name}", topic, waiting, retained, received_at)]

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """Reads devices with a FullTopic or words of their own, once discovery has told them."""
        heads = memory if isinstance(memory, Heads) else Heads()
        if isinstance(seen.body, Heads):
            return more(heads, seen.body), ()
        if isinstance(seen.body, Waiting):
            place = (seen.body.name, seen.body.prefix)
            return heads, self._read_again(heads, place, seen.body.what, seen.body.message)
        assert isinstance(seen.body, Message)
        head, _, what = seen.topic.rpartition("/")
        if head not in heads.by_head:
            return heads, seen.body.malformed("not a topic of this FullTopic")
        prefix, name = heads.by_head[head]
        return heads, self._read_again(heads, (name, prefix), what, seen.body)

    def _read_again(
        self, heads: Heads, place: tuple[str, str], what: str, message: Message
    ) -> Sequence[Observation]:
        words = heads.words.get(place[0], USUAL_WORDS)
        return self._told(*place, what, message, words) or ()

    def declared(self, memory: object) -> Set[str]:
        """The topics that devices with a FullTopic of their own speak on."""
        if not isinstance(memory, Heads):
            return frozenset()
        return {
            f"{head}/{what}"
            for head, (prefix, _) in memory.by_head.items()
            for what in SPOKEN[prefix]
        }

    def _told(
        self, name: str, prefix: str, what: str, message: Message, words: Words | None
    ) -> Sequence[Observation] | None:
        """None for a message that needs its device's `words`, when they are not known."""
        if not message.payload or prefix == "cmnd":
            return []
        device = f"tasmota:{name}"
        found = _read(device, (prefix, what), message, self.zone, words)
        return message.malformed(found.reason, device) if isinstance(found, BadPayload) else found

    def _learnt(self, message: Message) -> Sequence[Partial]:
        """What a device's discovery tells of its words and topics, to be remembered."""
        heads, words = self._elsewhere(message), words_of(message)
        if not heads and not words:
            return []
        body, at = Heads(heads, words), message.received_at
        return [Partial("", message.topic, body, message.retained, at)]

    def _elsewhere(self, message: Message) -> Mapping[str, tuple[str, str]]:
        """The topics of a device that are not of this FullTopic."""
        heads = {
            topic.strip("/"): (prefix, device.alias.removeprefix("tasmota:"))
            for device in discovery(message)
            if isinstance(device, Discovery)
            for prefix, topic in device.topics
            if prefix in SPOKEN and not _pattern(self.base).match(f"{topic.strip('/')}/LWT")
        }
        return {} if any("+" in head or "#" in head for head in heads) else heads


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
    device: str, place: tuple[str, str], message: Message, zone: tzinfo, words: Words | None
) -> Sequence[Observation] | BadPayload | None:
    prefix, what = place
    if prefix == "tele" and what == "LWT":
        return _alive(device, message, words)
    is_plain = PLAIN.match(what) is not None
    if is_plain and not message.payload.lstrip().startswith(b"{"):
        return _plain(device, what, message, words)
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
    if words is None and has_others(value):
        return None
    return _telemetry(device, value if words is None else words.within(value), message, zone)


def _plain(
    device: str, what: str, message: Message, words: Words | None
) -> Sequence[Observation] | BadPayload | None:
    word = read_text(message.payload)
    if isinstance(word, BadPayload):
        return word
    if words is None and is_other(word):
        return None
    told = (words or USUAL_WORDS).of_state(word.strip())
    return outputs(device, {what: told}, message)


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


def _alive(
    device: str, message: Message, words: Words | None
) -> Sequence[Observation] | BadPayload | None:
    word = read_text(message.payload)
    if isinstance(word, BadPayload):
        return word
    told = (words or USUAL_WORDS).of_presence(word.strip()).lower()
    if told == "online":
        return [message.alive(device, Alive.online)]
    if words is None:
        return None
    if told != "offline":
        return BadPayload("not Online or Offline")
    return [message.alive(device, Alive.sleeping if words.sleeps else Alive.offline)]
