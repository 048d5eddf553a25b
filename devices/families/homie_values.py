"""What the text of a Homie property means, by its description or else by its name. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from devices.families.homie_devices import Property
from devices.families.message import Message
from devices.families.values import PRESSES, number, press, uid
from devices.families.words import (
    BADGES,
    BOOLEANS,
    BUTTONS,
    NUMBERS,
    in_our_unit,
    meant,
    speaks_of,
)
from devices.readings import Capability, Event, EventKind, Malformed, State

BOOLEAN = {"true": True, "false": False}
OPENNESS = {
    "open": True, "opened": True, "closed": False,
    "opening": None, "closing": None, "moving": None, "stopped": None, "unknown": None,
}  # fmt: skip
"""A door on its way is neither."""
NUMERIC = ("integer", "float")
UNDESCRIBED = Property()


@dataclass(frozen=True, slots=True)
class Told:
    """A property's text, with the message it came in."""

    node: str
    property: str
    text: str
    message: Message


def meaning(
    device: str, told: Told, described: Mapping[str, Property]
) -> Sequence[State | Event | Malformed]:
    """The level or the event that a text is; a text that breaks its datatype is malformed."""
    place = f"{told.node}/{told.property}"
    known = described.get(place, UNDESCRIBED)
    if known.datatype == "boolean" and told.text not in BOOLEAN:
        return told.message.malformed("not true or false", device)
    value = number(told.text)
    if known.datatype in NUMERIC and value is None and told.text.lower() != "nan":
        return told.message.malformed("not a number", device)
    if not _is_legal(told.text, value, known):
        return told.message.malformed("outside of its format", device)
    if _is_event(told, known):
        return _event(device, place, told)
    if told.text in BOOLEAN and known.datatype in ("", "boolean"):
        return _boolean(device, told)
    if told.text in OPENNESS and known.datatype in ("", "enum"):
        return _openness(device, told)
    if known.datatype in ("", *NUMERIC):
        return _number(device, told, value, known.unit)
    return ()


def _is_legal(text: str, value: float | None, known: Property) -> bool:
    """A value that its description does not allow is none: `20:400` or `open,closed`."""
    if known.datatype == "enum" and known.format:
        return text in map(str.strip, known.format.split(","))
    if known.datatype not in NUMERIC or value is None:
        return True
    if known.datatype == "integer" and value != int(value):
        return False
    least, _, most = known.format.partition(":")
    ends = (number(least), number(most.partition(":")[0]))
    return (ends[0] is None or value >= ends[0]) and (ends[1] is None or value <= ends[1])


def _is_event(told: Told, known: Property) -> bool:
    """What is described decides; else a word for a press on what is called like a button."""
    if known.datatype:
        return not known.is_retained
    if speaks_of(told.property, BADGES):
        return True
    return speaks_of(told.property, BUTTONS) and told.text.lower() in PRESSES


def _event(device: str, place: str, told: Told) -> Sequence[Event]:
    if speaks_of(told.property, BADGES):
        badge = uid(told.text)
        return told.message.once(device, "badge", EventKind.badge, badge) if badge else ()
    if told.text in BOOLEAN:
        word = "single" if BOOLEAN[told.text] else "release"
        return told.message.press(device, place, word)
    word = press(told.text)
    return told.message.press(device, place, word) if word else ()


def _boolean(device: str, told: Told) -> Sequence[State]:
    capability, rest = meant(told.property, BOOLEANS)
    level = BOOLEAN[told.text]
    if capability is None:
        place = f"{told.node}_{told.property}"
        return [told.message.level(device, Capability.input, level, place)]
    return [told.message.level(device, capability, level, _place(told, rest))]


def _openness(device: str, told: Told) -> Sequence[State]:
    """A door may be an enumeration; nothing else is open or closed."""
    capability, rest = meant(told.property, BOOLEANS)
    if capability is not Capability.door:
        return ()
    level = OPENNESS[told.text]
    return [told.message.level(device, capability, level, _place(told, rest))]


def _number(device: str, told: Told, value: float | None, unit: str) -> Sequence[State]:
    capability, rest = meant(told.property, NUMBERS)
    if capability is None:
        return ()
    place = _place(told, rest)
    if capability is Capability.link:
        place = "rssi"
    elif capability in (Capability.battery, Capability.battery_mv):
        place = ""
    if value is None:
        return [told.message.level(device, capability, None, place)]
    known = in_our_unit(capability, value, unit)
    return [told.message.level(device, capability, known, place)]


def _place(told: Told, rest: str) -> str:
    return f"{told.node}_{rest}" if rest else told.node
