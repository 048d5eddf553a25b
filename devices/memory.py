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
    """Everything the fold remembers. `started_at`: when it began to listen; `ticked_at`: to when
    time has come. `shadows`: what bays would say if their sensors in shadow counted.
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
    ticked_at: datetime | None = None


def as_at_a_start(memory: Memory, now: datetime) -> Memory:
    """The same with nothing left that is measured by a clock which has been set back since: levels
    and who is there are kept, as over a restart, and readings count anew.
    """
    return Memory(
        started_at=now,
        bays={bay: replace(one, since=min(one.since, now)) for bay, one in memory.bays.items()},
        lives={
            device: replace(life, since=min(life.since, now)) if life.since else life
            for device, life in memory.lives.items()
        },
        settling=memory.settling,
        ticked_at=now,
    )


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
