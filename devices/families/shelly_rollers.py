"""A door or shutter on a relay pair of a Shelly: open or closed by where it stands. Pure.

While it moves it is neither. The first generation tells its way and its place apart, and its place
again and again: what it told before it stopped is where it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from devices.families.message import Message
from devices.families.values import is_open
from devices.payloads import Json
from devices.readings import Capability, State

STATES = {"open": True, "closed": False}
"""Of the second generation: where it stands at one of its ends."""
WAYS = ("open", "close")
"""Of the first generation: where it is going."""
STANDS = "stop"
MOST_MOVING = 500


@dataclass(frozen=True, slots=True)
class Rolled:
    """What one topic tells of a door of the first generation: its way, or its place in percent."""

    place: str
    word: str
    is_position: bool
    message: Message


Moving = frozenset[tuple[str, str]]
"""The doors on their way, by device and place."""


def level_of(value: Mapping[str, Json]) -> bool | None:
    """Of a status of the second generation."""
    word = value.get("state")
    if word == "stopped":
        return is_open(value.get("current_pos"))
    return STATES.get(word) if isinstance(word, str) else None


def rolled(moving: Moving, device: str, told: Rolled) -> tuple[Moving, list[State]]:
    """The doors on their way after one message, and whether this one is open."""
    key = (device, told.place)
    if told.word == STANDS:
        return moving - {key}, []
    level: bool | None = None
    if told.is_position:
        level = None if key in moving else is_open(told.word)
    elif told.word not in WAYS:
        return moving, []
    elif len(moving) < MOST_MOVING:
        moving = moving | {key}
    return moving, [told.message.level(device, Capability.door, level, told.place)]
