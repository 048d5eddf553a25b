"""One channel's readings to a level that lasts: dwell, distance thresholds, flaps. Pure."""

from datetime import UTC, datetime, timedelta
from math import isfinite, nan

from msgspec import Struct
from msgspec.structs import replace

from devices.bindings import Sensor
from devices.readings import Capability, State
from devices.unrest import CALM, Unrest, after, has_no_rest

VOTES = 5
VOTES_NEEDED = 3
NO_READING_SECONDS = 60
FLAP_WINDOW_SECONDS = 600
CLOCK_SECONDS = 120
OLDEST_TIME = datetime(2015, 1, 1, tzinfo=UTC)
"""A device that names an earlier time has never set its clock."""
MOST_FLIPS = 6
Votes = tuple[bool | None, ...]


class Channel(Struct, frozen=True, gc=False):
    """What is remembered of one channel. Levels: True = car, False = none, None = unknown.

    `level` has lasted; `coming` is another one that has not yet. `last_live` is the last
    usable reading that was no replay, `seeded_at` the first replay without a live one.
    `doubted_since`: a replay says that no car is there, which only a live reading may say.
    `unrest`: how its readings contradict each other, each sooner than a level could last.
    """

    level: bool | None = None
    since: datetime | None = None
    coming: bool | None = None
    coming_since: datetime | None = None
    votes: Votes = ()
    last_live: datetime | None = None
    seeded_at: datetime | None = None
    fault_since: datetime | None = None
    device_time: datetime | None = None
    number: int | None = None
    flips: tuple[datetime, ...] = ()
    doubted_since: datetime | None = None
    unrest: Unrest = CALM


def observe(channel: Channel, sensor: Sensor, state: State) -> Channel:
    """The channel after one reading; replays never refresh its age."""
    if is_repeated(channel, state):
        return channel
    before = settle(_forget_if_old(channel, sensor, state.received_at), sensor, state.received_at)
    usable = _usable(sensor, state)
    if state.retained:
        return before if not usable else _seed(before, sensor, state)
    if not usable:
        return replace(
            before,
            number=state.number,
            device_time=state.device_time,
            fault_since=before.fault_since or state.received_at,
        )
    votes, says = _vote(before, sensor, state)
    alive = Channel(
        level=before.level,
        since=before.since,
        coming=before.coming,
        coming_since=before.coming_since,
        votes=votes,
        last_live=state.received_at,
        device_time=state.device_time,
        number=state.number,
        flips=before.flips,
        unrest=after(before.unrest, says, _lasting(sensor), state.received_at),
    )
    return _propose(alive, sensor, says, state.received_at)


def settle(channel: Channel, sensor: Sensor, now: datetime) -> Channel:
    """The channel with a coming level taken over, or a doubt, once it has lasted long enough."""
    if channel.level and _passed(channel.doubted_since, now, sensor.leave_seconds):
        return replace(channel, level=None, since=None, coming=None, coming_since=None)
    if channel.coming is None or channel.coming_since is None:
        return channel
    if not channel.coming and channel.fault_since is not None:
        return channel  # Since it said so it has said nothing: no bay is free by that.
    dwell = sensor.enter_seconds if channel.coming else sensor.leave_seconds
    if now - channel.coming_since < timedelta(seconds=dwell):
        return channel
    return replace(
        channel,
        level=channel.coming,
        since=channel.coming_since,
        coming=None,
        coming_since=None,
        flips=_recent(channel, now) + ((now,) if channel.level is not None else ()),
    )


def is_repeated(channel: Channel, state: State) -> bool:
    """Whether the very same reading came before (a second delivery), or an older one comes late.

    Only a clock that was right tells that: one that was set back, or begins anew with its device,
    makes all that follows look old.
    """
    if state.number is None or channel.number is None or state.retained:
        return False
    if state.number == channel.number:
        return state.device_time == channel.device_time
    if state.device_time is None or channel.device_time is None:
        return False
    if state.number > channel.number or state.device_time > channel.device_time:
        return False
    return _was_right(channel) and state.device_time >= OLDEST_TIME


def _was_right(channel: Channel) -> bool:
    if channel.last_live is None or channel.device_time is None:
        return False
    return abs(channel.device_time - channel.last_live) <= timedelta(seconds=CLOCK_SECONDS)


def is_restless(channel: Channel, sensor: Sensor, now: datetime) -> bool:
    """Whether its readings have contradicted each other for so long that no level could last: what
    it said before is not what it says.
    """
    return has_no_rest(channel.unrest, _lasting(sensor), now)


def _lasting(sensor: Sensor) -> timedelta:
    return timedelta(seconds=max(sensor.enter_seconds, sensor.leave_seconds))


def is_unreliable(channel: Channel, now: datetime) -> bool:
    """Whether the level changed too often lately to be believed."""
    return len(channel.flips) > MOST_FLIPS and len(_recent(channel, now)) > MOST_FLIPS


def is_faulty(channel: Channel, now: datetime) -> bool:
    """Whether the device has answered for a while without any usable reading."""
    return _passed(channel.fault_since, now, NO_READING_SECONDS)


def is_stale(channel: Channel, sensor: Sensor, now: datetime) -> bool:
    """Whether the last reading (or the first replay) is too old to be believed."""
    return _passed(channel.last_live or channel.seeded_at, now, sensor.stale_seconds)


def _passed(since: datetime | None, now: datetime, seconds: float) -> bool:
    return since is not None and now - since > timedelta(seconds=seconds)


def _recent(channel: Channel, now: datetime) -> tuple[datetime, ...]:
    oldest = now - timedelta(seconds=FLAP_WINDOW_SECONDS)
    return tuple(at for at in channel.flips if at >= oldest)


def _forget_if_old(channel: Channel, sensor: Sensor, now: datetime) -> Channel:
    """After a silence nobody knows whether the same car still stands there."""
    return Channel(flips=_recent(channel, now)) if is_stale(channel, sensor, now) else channel


def _usable(sensor: Sensor, state: State) -> bool:
    if state.value is None or state.capability is Capability.door:
        return False
    if state.capability is not Capability.distance:
        return isinstance(state.value, bool)
    distance = _millimetres(state)
    return isfinite(distance) and sensor.nearest_mm < distance < sensor.farthest_mm


def _vote(channel: Channel, sensor: Sensor, state: State) -> tuple[Votes, bool | None]:
    """The last votes, and what they say; a distance speaks only with enough others (3 of 5)."""
    if state.capability is not Capability.distance:
        return channel.votes, bool(state.value) is not sensor.invert
    votes = (*channel.votes, _by_distance(sensor, state))[-VOTES:]
    says = (one for one in (True, False) if votes.count(one) >= VOTES_NEEDED)
    return votes, next(says, None)


def _by_distance(sensor: Sensor, state: State) -> bool | None:
    distance = _millimetres(state)
    if distance < sensor.enter_below_mm:
        return not sensor.invert
    return sensor.invert if distance > sensor.leave_above_mm else None


def _millimetres(state: State) -> float:
    """A distance; what is no number is nothing that can be compared."""
    return float(state.value) if isinstance(state.value, int | float) else nan


def _propose(channel: Channel, sensor: Sensor, says: bool | None, at: datetime) -> Channel:
    if says is None or says is channel.coming:
        return channel
    if says is channel.level:
        is_coming = channel.coming is not None
        return replace(channel, coming=None, coming_since=None) if is_coming else channel
    return settle(replace(channel, coming=says, coming_since=at), sensor, at)


def _seed(channel: Channel, sensor: Sensor, state: State) -> Channel:
    """A replay fills an empty channel at once; a known level it can only question. It never says
    that no car is there: nobody knows how old it is, nor whether it was ever so.
    """
    says = _by_distance(sensor, state)
    if state.capability is not Capability.distance:
        says = bool(state.value) is not sensor.invert
    if says is None or _is_older(channel, state):
        return channel
    if not says:
        return replace(channel, doubted_since=channel.doubted_since or state.received_at)
    channel = replace(channel, doubted_since=None)
    if channel.level is not None:
        return _propose(channel, sensor, says, state.received_at)
    return replace(
        channel,
        level=says,
        since=state.received_at,
        coming=None,
        coming_since=None,
        seeded_at=channel.seeded_at or state.received_at,
        device_time=state.device_time,
    )


def _is_older(channel: Channel, state: State) -> bool:
    if state.device_time is None or channel.device_time is None:
        return False
    return state.device_time < channel.device_time
