"""What a bay's sensors say together: doubts, priorities, disagreements. Pure."""

from datetime import datetime, timedelta

from devices import debounce
from devices.bindings import Sensor
from devices.debounce import Channel
from devices.liveness import BRIDGE_HOLD_SECONDS, Life, is_offline
from devices.memory import BayReport, Cause, Memory
from devices.readings import Alive

CONFLICT_SECONDS = 30
NOTHING = (Cause.silent, Cause.replayed)
CLOCK_TOLERANCE_SECONDS = 120
UNHEARD = Life()


def judge(
    memory: Memory,
    bay: str,
    sensors: tuple[Sensor, ...],
    conflicts: dict[str, datetime],
    now: datetime,
) -> BayReport | None:
    """What the sensors of one bay say together; None = as before, for the moment.

    Notes in `conflicts` since when sensors of equal priority disagree.
    """
    if not sensors:
        return BayReport(bay, None, now, "", Cause.unbound)
    said = [say(memory, sensor, now) for sensor in sensors]
    known = [
        (one, sensor) for one, sensor in zip(said, sensors, strict=True) if one.present is not None
    ]
    if len(known) == 1:
        conflicts.pop(bay, None)
        return known[0][0]
    if not known:
        conflicts.pop(bay, None)
        return None if _may_still_come(memory, bay, sensors, said, now) else said[0]
    top = [one for one, sensor in known if sensor.priority == known[0][1].priority]
    if len({one.present for one in top}) == 1:
        conflicts.pop(bay, None)
        return min(top, key=lambda one: one.since)
    began = conflicts.setdefault(bay, now)
    if now - began < timedelta(seconds=CONFLICT_SECONDS):
        return None
    devices = " ".join(dict.fromkeys(one.device for one in top))
    return BayReport(bay, None, now, devices, Cause.conflict)


def _may_still_come(
    memory: Memory,
    bay: str,
    sensors: tuple[Sensor, ...],
    said: list[BayReport],
    now: datetime,
) -> bool:
    """After a start the journal's level holds until a reading could have come, or until a replay
    says that its car has gone.
    """
    if bay not in memory.bays or all(one.reason not in NOTHING for one in said):
        return False
    if memory.bays[bay].present and any(one.reason is Cause.replayed for one in said):
        return False
    longest = max(sensor.stale_seconds for sensor in sensors)
    return now - memory.started_at <= timedelta(seconds=longest)


def say(memory: Memory, sensor: Sensor, now: datetime) -> BayReport:
    """What one sensor says by itself."""
    channel = memory.channels.get(sensor.key, Channel())
    doubt = _doubt(memory, channel, sensor, now)
    if doubt is not None or channel.level is None or channel.since is None:
        nothing = Cause.silent if channel.doubted_since is None else Cause.replayed
        return BayReport(sensor.bay, None, now, sensor.device, doubt or nothing)
    # A replay may have begun the level: it is the sensor's own once a live reading bears it out.
    is_own = channel.last_live is not None and channel.last_live >= channel.since
    cause = Cause.sensor if is_own else Cause.remembered
    return BayReport(sensor.bay, channel.level, channel.since, sensor.device, cause)


def _doubt(memory: Memory, channel: Channel, sensor: Sensor, now: datetime) -> Cause | None:
    life = memory.lives.get(sensor.device, UNHEARD)
    bridge = memory.lives.get(life.bridge, UNHEARD)
    if is_offline(bridge, now, BRIDGE_HOLD_SECONDS):
        return Cause.bridge_offline
    if is_offline(life, now):
        return Cause.offline
    if debounce.is_stale(channel, sensor, now):
        return Cause.stale
    if debounce.is_faulty(channel, now):
        return Cause.faulty
    if debounce.is_unreliable(channel, now) or debounce.is_restless(channel, sensor, now):
        return Cause.unreliable
    return None if _has_age(channel, life, sensor, now) else Cause.silent


def _has_age(channel: Channel, life: Life, sensor: Sensor, now: datetime) -> bool:
    """A replay may be days old: the device must be there, or its own clock must vouch."""
    if channel.last_live is not None or channel.seeded_at is None:
        return True
    if life.alive in (Alive.online, Alive.sleeping):
        return True
    if channel.device_time is None or life.alive is Alive.offline:
        return False
    age = (now - channel.device_time).total_seconds()
    return -CLOCK_TOLERANCE_SECONDS <= age <= sensor.stale_seconds
