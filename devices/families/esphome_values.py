"""What an ESPHome component's text means, by its declared class or else by its name. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from devices.entities import Entity
from devices.families.message import Message
from devices.families.values import PRESSES, number, press, text_of, uid
from devices.families.words import (
    BADGES,
    BOOLEANS,
    BUTTONS,
    CLASSES,
    NUMBER_CLASSES,
    NUMBERS,
    in_our_unit,
    meant,
    speaks_of,
)
from devices.payloads import BadPayload
from devices.readings import Capability, Event, EventKind, Quality, State

OPENNESS = {"open": True, "closed": False}
SWITCHED = {"ON": True, "OFF": False}
LOST = frozenset({"nan", "none", "na", "unknown", "unavailable"})
"""Which of them a node writes is a setting of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """A component's text, with the message it came in."""

    kind: str
    object: str
    word: str
    message: Message


def levels(device: str, told: Told, entity: Entity | None) -> Sequence[State] | BadPayload:
    """The level that a component tells; none for events, texts and what says nothing here."""
    match told.kind:
        case "binary_sensor" | "switch":
            return _boolean(device, told, entity)
        case "cover":
            level = OPENNESS.get(told.word.lower())
            return [told.message.level(device, Capability.door, level, told.object)]
        case "sensor":
            return _number(device, told, entity)
    return ()


def _boolean(device: str, told: Told, entity: Entity | None) -> Sequence[State] | BadPayload:
    if told.word not in SWITCHED:
        return BadPayload("not ON or OFF")
    level = SWITCHED[told.word]
    if told.kind == "switch":
        return [told.message.level(device, Capability.output, level, told.object)]
    named, place = meant(told.object, BOOLEANS)
    declared = CLASSES.get(entity.device_class) if entity else None
    capability = declared or named or Capability.input
    where = place if capability is named or named is None else told.object
    return [told.message.level(device, capability, level, where)]


def _number(device: str, told: Told, entity: Entity | None) -> Sequence[State] | BadPayload:
    """A number in the declared unit; a word instead is a sensor that has lost what it measures."""
    named, place = meant(told.object, NUMBERS)
    capability = NUMBER_CLASSES.get(entity.device_class) if entity else None
    capability = capability or named
    if capability is None:
        return ()
    where = "rssi" if capability is Capability.link else place
    if told.word.lower() in LOST:
        lost = Quality.bad
        return [told.message.level(device, capability, None, where, quality=lost)]
    value = number(told.word)
    if value is None:
        return BadPayload("not a number")
    known = in_our_unit(capability, value, entity.unit if entity else "")
    return [told.message.level(device, capability, known, where)]


def events(device: str, told: Told, entity: Entity | None) -> Sequence[Event]:
    """A press of an event component, or a badge or a press that is written into a text."""
    if told.kind == "text_sensor" and speaks_of(told.object, BADGES):
        badge = uid(told.word)
        return told.message.once(device, "badge", EventKind.badge, badge) if badge else ()
    if told.kind == "text_sensor" and speaks_of(told.object, BUTTONS):
        word = told.word.lower()
        return told.message.press(device, told.object, press(word)) if word in PRESSES else ()
    if told.kind != "event":
        return ()
    word = told.word
    if word.startswith("{"):
        value = told.message.read_object()
        word = "" if isinstance(value, BadPayload) else text_of(value.get("event_type"))
    plain = press(word)
    return told.message.press(device, told.object, plain) if plain else ()
