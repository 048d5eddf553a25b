"""What a message on a declared topic means: levels, presses, badges, availability. Pure."""

from collections.abc import Mapping, Sequence

from devices.entities import Entity
from devices.families.message import Message
from devices.families.values import button_and_press, number, percent, press, text_of, uid
from devices.families.words import CLASSES, NUMBER_CLASSES, in_our_unit
from devices.payloads import BadPayload, Json, read_json, read_text
from devices.readings import (
    Alive,
    Capability,
    Event,
    EventKind,
    Observation,
    Quality,
    State,
)

LOST = frozenset({"none", "null", "unknown", "unavailable", "nan"})
ANY_ACTION = "action"
"""The type of triggers whose subtype says how which button was pressed."""
MOST_KNOWN = 2000


def meaning(device: str, entity: Entity, message: Message) -> Sequence[Observation]:
    """What a declared value is now. A value that is a device by itself needs no place."""
    told = _picked(entity.path, message)
    if isinstance(told, BadPayload):
        return message.malformed(told.reason, device)
    if told is None:
        return ()
    place = "" if device == f"ha:{entity.key}" else entity.key
    match entity.kind:
        case "binary_sensor" | "switch" | "cover":
            return _boolean(device, entity, told, place, message)
        case "sensor":
            return _number(device, entity, told, place, message)
        case "badge":
            badge = uid(told)
            return message.once(device, "badge", EventKind.badge, badge) if badge else ()
        case "event":
            return _event(device, entity, told, message)
    return _button(device, entity, told, message)


def _picked(path: tuple[str, ...], message: Message) -> str | BadPayload | None:
    """The value that the path leads to, as text; None when it is not in this message."""
    if not message.payload:
        return None
    if not path:
        return read_text(message.payload)
    value: Json | BadPayload = read_json(message.payload)
    if isinstance(value, BadPayload):
        return value
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    if value is None:
        return "None"
    if isinstance(value, bool | int | float):
        return str(value)
    return value if isinstance(value, str) else BadPayload("the value is not plain")


def _boolean(
    device: str, entity: Entity, told: str, place: str, message: Message
) -> Sequence[Observation]:
    capability = CLASSES.get(entity.device_class, Capability.input)
    if entity.kind != "binary_sensor":
        capability = Capability.output if entity.kind == "switch" else Capability.door
    moves = entity.kind == "cover" and told in ("opening", "closing", "stopped")
    if moves or told.strip().lower() in LOST:
        return [message.level(device, capability, None, place)]
    shut = number(entity.off) if entity.kind == "cover" else None
    if shut is not None and number(entity.on) is None:
        far = percent(told)
        return [message.level(device, capability, None if far is None else far != shut, place)]
    words = {entity.off.lower(): False, entity.on.lower(): True}
    if told.lower() not in words:
        return message.malformed(f"neither {entity.on[:20]} nor {entity.off[:20]}", device)
    return [message.level(device, capability, words[told.lower()], place)]


def _number(
    device: str, entity: Entity, told: str, place: str, message: Message
) -> Sequence[State]:
    capability = NUMBER_CLASSES.get(entity.device_class)
    if capability is None:
        return ()
    value = number(told)
    known = None if value is None else in_our_unit(capability, value, entity.unit)
    where = "rssi" if capability is Capability.link else place
    lost = Quality.bad if told.strip().lower() == "nan" else Quality.good
    return [message.level(device, capability, known, where, quality=lost)]


def _event(device: str, entity: Entity, told: str, message: Message) -> Sequence[Event]:
    """An event entity tells a JSON object with its type, or a path leads to it."""
    word = told
    if not entity.path:
        value = message.read_object()
        word = "" if isinstance(value, BadPayload) else text_of(value.get("event_type"))
    plain = press(word)
    return message.press(device, entity.key, plain) if plain else ()


def _button(device: str, entity: Entity, told: str, message: Message) -> Sequence[Event]:
    if entity.payload and told != entity.payload:
        return ()
    button, word = entity.subtype or "1", press(entity.press)
    if word == ANY_ACTION:
        button, word = button_and_press(entity.subtype)
    return message.press(device, button, word) if word else ()


def availability(
    there: Mapping[tuple[str, str], bool], device: str, entity: Entity, message: Message
) -> tuple[Mapping[tuple[str, str], bool], Sequence[Observation]]:
    """What its availability topics say together, by the declared mode."""
    [one, *_] = (one for one in entity.presence if one.topic == message.topic)
    word = _picked(one.path, message)
    if isinstance(word, BadPayload):
        return there, message.malformed(word.reason, device)
    # True and 1.0 are as JSON and as people write them.
    words = {one.not_available.lower(): False, one.available.lower(): True}
    is_there = words.get((word or "").strip().lower())
    if is_there is None:
        return there, ()
    place = (device, message.topic)
    if len(there) >= MOST_KNOWN and place not in there:
        return there, ()
    now = there if there.get(place) is is_there else {**there, place: is_there}
    said = [now.get((device, topic)) for topic in entity.availability]
    return now, [message.alive(device, _together(entity.mode, said, is_there))]


def _together(mode: str, said: list[bool | None], latest: bool) -> Alive:
    """What is not yet said leaves it unknown, where it could turn the answer."""
    if mode not in ("all", "any"):
        return Alive.online if latest else Alive.offline
    decides = mode == "any"
    if decides in said:
        return Alive.online if decides else Alive.offline
    if None in said:
        return Alive.unknown
    return Alive.offline if decides else Alive.online
