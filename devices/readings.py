"""What a message can mean: values only, the same for every family of devices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Capability(StrEnum):
    """What a channel measures. Units: distance in mm, battery in percent."""

    occupancy = "occupancy"
    distance = "distance"
    contact = "contact"
    door = "door"
    input = "input"
    motion = "motion"
    battery = "battery"
    link = "link"


class EventKind(StrEnum):
    """Things that happen once; never read from a retained message."""

    press = "press"
    badge = "badge"
    plate = "plate"


class Alive(StrEnum):
    """What is known about a device being there; sleeping is not a fault."""

    online = "online"
    offline = "offline"
    sleeping = "sleeping"
    unknown = "unknown"


@dataclass(frozen=True, slots=True)
class State:
    """One level of one channel. `value` None means that the device has no value now.

    Booleans: occupancy True = something there, contact True = closed, door True = open.
    `bridge` names the gateway that carries the device, empty when it speaks itself.
    """

    device: str
    channel: str
    capability: Capability
    value: bool | float | None
    received_at: datetime
    retained: bool
    device_time: datetime | None = None
    number: int | None = None
    bridge: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened once; `key` is equal for every copy of the same happening."""

    device: str
    channel: str
    kind: EventKind
    value: str
    key: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Availability:
    """A device or a bridge says (or its last will says) whether it is there.

    `boot` names one power-up: a late will of an earlier one can be told apart.
    """

    device: str
    alive: Alive
    received_at: datetime
    retained: bool
    boot: str = ""
    bridge: str = ""


@dataclass(frozen=True, slots=True)
class Discovery:
    """A device exists. `alias` is the changeable name under which its messages come."""

    device: str
    received_at: datetime
    alias: str = ""
    model: str = ""
    channels: tuple[str, ...] = ()
    bridge: str = ""


@dataclass(frozen=True, slots=True)
class Malformed:
    """A message that cannot be read; `device` is empty when not even that is known."""

    topic: str
    reason: str
    device: str = ""


Observation = State | Event | Availability | Discovery | Malformed


class Adapter(Protocol):
    """One family of devices: which topics it takes and what its messages mean."""

    @property
    def filters(self) -> tuple[str, ...]:
        """Subscription filters; no two adapters of a shop may overlap."""

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        """The meaning of one message. Pure, and an answer for every input."""
