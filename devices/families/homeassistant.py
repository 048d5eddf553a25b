"""Devices that declare themselves by Home Assistant's MQTT discovery, each value on its topic.

Pure. What a topic means is known only after its discovery: messages leave as partial readings.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from devices.entities import Entity
from devices.families import esphome
from devices.families.ha_entities import Place, declared, place_of
from devices.families.ha_values import availability, meaning
from devices.families.ha_words import Declared
from devices.families.message import Message
from devices.payloads import MOST_BYTES, BadPayload
from devices.readings import Discovery, Finding, Observation, Partial, Reading

MOST_DECLARED = 2000
FAR = ("distance",)
STALE_AFTER = 2.5
"""Of how often it speaks: after so much of it a sensor is believed no longer."""
Topics = dict[str, tuple[tuple[str, Entity], ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a discovery said of a device, or None of it when taken back; or a value's bytes."""

    place: Place | None
    declared: Declared | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The declared values by discovery topic, the devices and keys by their topics, and what
    each availability topic said last.
    """

    declared: Mapping[Place, Declared] = field(default_factory=lambda: MappingProxyType({}))
    topics: Mapping[str, tuple[tuple[str, Entity], ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    there: Mapping[tuple[str, str], bool] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class HomeAssistant:
    """Adapter of everything declared under one discovery prefix."""

    base: str = "homeassistant"

    @property
    def filters(self) -> tuple[str, ...]:
        """The discoveries; the topics that they declare are told by `declared`."""
        return (f"{self.base}/+/+/config", f"{self.base}/+/+/+/config")

    def claim(self, topic: str) -> float:
        """Sure of discoveries; other topics are its own only when they were declared."""
        if not topic.startswith(f"{self.base}/"):
            return 0.0
        return 0.9 if topic.endswith("/config") else 0.2

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        """A discovery, or a value that only a discovery explains."""
        message = Message(topic, payload, retained, received_at)
        place = place_of(topic, self.base)
        if place is None:
            if len(payload) > MOST_BYTES:
                return message.malformed(f"more than {MOST_BYTES} bytes")
            return [Partial("", topic, Said(None, None, message), retained, received_at)]
        if not payload:
            return [Partial("", topic, Said(place), retained, received_at)]
        value = message.read_object()
        found = value if isinstance(value, BadPayload) else declared(place, value)
        if isinstance(found, BadPayload | str):
            return message.malformed(found if isinstance(found, str) else found.reason)
        if found.elsewhere:
            return []
        if not found.entities:
            # What it declared before, it has taken back value by value.
            return [Partial("", topic, Said(place), retained, received_at)]
        said = Partial("", topic, Said(place, found), retained, received_at)
        return [*_discoveries(found, message), said]

    def complete(
        self, memory: object | None, seen: Partial
    ) -> tuple[object, Sequence[Observation]]:
        """Learns what is declared, and reads the values of it."""
        known = memory if isinstance(memory, Known) else Known()
        assert isinstance(seen.body, Said)
        if seen.body.message is not None:
            return _value(known, seen.body.message)
        assert seen.body.place is not None
        return _learn(known, seen.body.place, seen.body.declared, seen.received_at)

    def declared(self, memory: object) -> Set[str]:
        """Every topic of a declared value and of its availability."""
        return memory.topics.keys() if isinstance(memory, Known) else frozenset()


def _discoveries(found: Declared, message: Message) -> list[Observation]:
    """The device with its values; one that runs ESPHome also tells its node's name."""
    mapped = tuple(one for one in found.entities if not one.unmapped)
    discovery = Discovery(
        stable_id(found),
        message.received_at,
        alias=esphome.alias_of(found),
        model=found.model,
        name=found.name,
        channels=tuple(f"{one.kind}-{one.key}" for one in mapped),
        entities=found.entities,
    )
    left = [one for one in found.entities if one.unmapped]
    return [
        discovery,
        *(
            message.finding(discovery.device, Finding.unmapped, f"{one.key}: {one.unmapped}")
            for one in left
        ),
    ]


def stable_id(found: Declared) -> str:
    """The id of a declared device: that of its family where it is known."""
    kind = "esphome" if esphome.alias_of(found) else "ha"
    return f"{kind}:{found.id}"


def _learn(
    known: Known, place: Place, found: Declared | None, at: datetime
) -> tuple[Known, Sequence[Observation]]:
    before = known.declared.get(place)
    if found is None:
        return _withdrawn(known, place, before, at) if before else (known, ())
    kept = _without(known, place)
    if before == found or len(kept) >= MOST_DECLARED:
        return known, ()
    now = {**kept, place: found}
    topics = _topics(now) if before else _more(dict(known.topics), found)
    return replace(known, declared=now, topics=topics), _often(now, found, at)


def _withdrawn(
    known: Known, place: Place, before: Declared, at: datetime
) -> tuple[Known, Sequence[Observation]]:
    """The device has gone with its last declaration."""
    kept = _without(known, place)
    is_last = all(what.id != before.id for what in kept.values())
    gone = [Discovery(stable_id(before), at, gone=True)] if is_last else []
    return replace(known, declared=kept, topics=_topics(kept)), gone


def _without(known: Known, place: Place) -> dict[Place, Declared]:
    return {one: what for one, what in known.declared.items() if one != place}


def _often(known: Mapping[Place, Declared], found: Declared, at: datetime) -> list[Discovery]:
    """How often a device says it speaks: what it declares to expire is stale then, not later."""
    device, alias = stable_id(found), esphome.alias_of(found)
    seconds = [
        one.stale_after_seconds / STALE_AFTER
        for declared in known.values()
        if declared.id == found.id
        for one in declared.entities
        if one.stale_after_seconds and (one.kind == "binary_sensor" or one.device_class in FAR)
    ]
    every = min(seconds, default=0)
    if every <= 0:
        return []
    return [Discovery(device, at, alias=alias, model=found.model, interval_seconds=every)]


def _topics(found: Mapping[Place, Declared]) -> Topics:
    """Whose values and whose availability stand on each topic."""
    listed: Topics = {}
    for one in found.values():
        _more(listed, one)
    return listed


def _more(listed: Topics, found: Declared) -> Topics:
    for entity in found.entities:
        for topic in {entity.topic, *entity.availability} - {""}:
            if not entity.unmapped:
                listed[topic] = (*listed.get(topic, ()), (stable_id(found), entity))
    return listed


def _value(known: Known, message: Message) -> tuple[Known, Sequence[Observation]]:
    """The values and availabilities that stand on a topic; an undeclared one means nothing."""
    found: list[Observation] = []
    there = known.there
    spoken: set[str] = set()
    for device, entity in known.topics.get(message.topic, ()):
        if entity.topic == message.topic:
            found += meaning(device, entity, message)
        if message.topic in entity.availability and device not in spoken:
            there, said = availability(there, device, entity, message)
            found += said
            spoken.add(device)
    return (known if there is known.there else replace(known, there=there)), found
