"""What a simulated device does and how its family says it. Pure: no clock, no broker."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

NEAR_MM, FAR_MM = 540, 2600
VOTES = 3
"""A distance counts only with others that say the same."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message to the broker."""

    topic: str
    payload: bytes
    retain: bool = False


@dataclass(frozen=True, slots=True)
class Car:
    """A level: whether a car stands there."""

    there: bool


@dataclass(frozen=True, slots=True)
class Press:
    """A press of its first button: single, double or long."""

    word: str = "single"


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge held before it; `uid` in hex."""

    uid: str


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate that it read, and how sure it is of it, from 0 to 1."""

    text: str
    score: float = 1.0


Deed = Car | Press | Badge | Plate


@dataclass(frozen=True, slots=True)
class Moment:
    """When a device speaks by its own clock, and which of its messages it is."""

    at: datetime
    number: int

    @property
    def seconds(self) -> float:
        """Since 1970."""
        return round(self.at.timestamp(), 3)

    @property
    def noise_mm(self) -> int:
        """By how much two measurements of the same differ."""
        return self.number * 37 % 61 - 30

    def distance_mm(self, car: Car) -> int:
        """What a sonar over the bay measures."""
        return (NEAR_MM if car.there else FAR_MM) + self.noise_mm


class Tongue(Protocol):
    """How one device speaks. `device` and `channel` are what a shop binds to a bay."""

    @property
    def family(self) -> str:
        """The family's name in sensors.toml."""

    @property
    def base(self) -> str:
        """What the family is opened with there; '' for its usual topics."""

    @property
    def device(self) -> str:
        """The stable id."""

    @property
    def channel(self) -> str:
        """Where its levels, presses, badges or plates come."""

    def lives(self, is_there: bool) -> Sequence[Said]:
        """What it says of itself when it comes (birth, description), and its will."""

    def says(self, deed: Deed, now: Moment) -> Sequence[Said]:
        """The messages of a deed; none where it can do no such thing."""


@runtime_checkable
class Asked(Protocol):
    """A device that is born again when somebody asks for it."""

    @property
    def asked_on(self) -> str:
        """The topic on which it is asked."""


def told(topic: str, value: object, *, retain: bool = False) -> Said:
    """A message in JSON."""
    return Said(topic, json.dumps(value, ensure_ascii=False).encode(), retain)


def word(topic: str, text: str, *, retain: bool = False) -> Said:
    """A message that is one word."""
    return Said(topic, text.encode(), retain)
