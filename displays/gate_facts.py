"""What the page that puts devices at gates is told: values only, read from JSON.

Whoever listens to the devices may be another process; that side has its own shapes.
"""

from datetime import datetime

import msgspec

from displays.rehearsal_facts import Level


class Camera(msgspec.Struct, frozen=True):
    """A camera that was heard to read a plate."""

    id: str
    name: str


class Tells(msgspec.Struct, frozen=True):
    """A channel that may tell that something goes through, and what it said last."""

    device: str
    channel: str
    name: str
    value: Level


class GateNow(msgspec.Struct, frozen=True):
    """What is heard of one table of a gate: whether one can go through, when it spoke last."""

    gate: str
    channel: str
    open: bool | None
    at: datetime | None


class GateWould(msgspec.Struct, frozen=True):
    """What a gate in shadow would have told: a passage, or a plate by its end."""

    at: datetime
    deed: str
    place: str
    value: str


class GatesTold(msgspec.Struct, frozen=True):
    """What can stand at a gate, and what those that are there say."""

    cameras: tuple[Camera, ...]
    tells: tuple[Tells, ...]
    now: tuple[GateNow, ...]
    deeds: tuple[GateWould, ...]
