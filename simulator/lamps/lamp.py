"""What a simulated lamp is: told something, it does it and says so. Pure: no clock, no broker."""

import json
from collections.abc import Mapping, Sequence
from typing import Protocol

from simulator.tongues.tongue import Said


class Lamp(Protocol):
    """One device with outputs. `shows`: how each of its channels looks now; what is dark is not
    in it.
    """

    shows: dict[str, str]

    @property
    def family(self) -> str:
        """The family's name in sensors.toml, '' where none is needed."""

    @property
    def base(self) -> str:
        """What the family is opened with there; '' for its usual topics."""

    @property
    def device(self) -> str:
        """The stable id."""

    @property
    def hears(self) -> str:
        """The filter of the topics on which it is told."""

    def lives(self, is_there: bool) -> Sequence[Said]:
        """What it says of itself when it comes, and its will."""

    def obeys(self, topic: str, payload: bytes) -> Sequence[Said]:
        """Do what is told, and what it says to that; nothing where it is told no such thing."""


def turn(shows: dict[str, str], channel: str, on: bool) -> bool:
    """Whether that changed anything."""
    was = channel in shows
    if on:
        shows[channel] = "ON"
    else:
        shows.pop(channel, None)
    return was is not on


def json_of(payload: bytes) -> Mapping[str, object]:
    """An object in JSON; empty for anything else."""
    try:
        found = json.loads(payload)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
