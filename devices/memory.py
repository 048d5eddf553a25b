"""What is remembered of sensors and bays, and what is said of a bay. Values only."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from board.core.bays import NO_SENSOR
from devices.debounce import Channel
from devices.liveness import Life


class Cause(StrEnum):
    """Why a bay's sensors say what they say."""

    sensor = "sensor"
    remembered = "remembered"
    silent = "no reading yet"
    replayed = "only a replay says free"
    stale = "no reading for too long"
    faulty = "no usable reading"
    unreliable = "changes too often"
    offline = "device offline"
    bridge_offline = "bridge offline"
    conflict = "sensors disagree"
    unbound = NO_SENSOR


class BayReport(Struct, frozen=True):
    """What a bay's sensors say: car (True), none (False), unknown (None), and since when.

    `device` is the deciding one; in a disagreement all that take part, with spaces.
    """

    bay: str
    present: bool | None
    since: datetime
    device: str
    reason: Cause


class Memory(Struct, frozen=True):
    """Everything the fold remembers. `started_at`: when it began to listen. `shadows`: what
    bays would say if their sensors in shadow counted.
    """

    started_at: datetime
    bays: Mapping[str, BayReport] = field(default_factory=lambda: MappingProxyType({}))
    channels: Mapping[tuple[str, str], Channel] = field(
        default_factory=lambda: MappingProxyType({})
    )
    lives: Mapping[str, Life] = field(default_factory=lambda: MappingProxyType({}))
    conflicts: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    shadows: Mapping[str, BayReport] = field(default_factory=lambda: MappingProxyType({}))
    shadow_conflicts: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    settling: bool = False


def moved(memory: Memory, ids: Mapping[str, str]) -> Memory:
    """What was remembered under names, under the stable ids that are known now."""
    channels = {
        (ids.get(device, device), channel): kept
        for (device, channel), kept in memory.channels.items()
    }
    lives = {
        ids.get(device, device): replace(life, bridge=ids.get(life.bridge, life.bridge))
        for device, life in memory.lives.items()
    }
    return replace(memory, channels=channels, lives=lives)
