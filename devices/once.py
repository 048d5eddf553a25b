"""Which events and readings are copies of one that came before. Pure; knows no family.

Everything remembered is bounded: the longest unheard is forgotten first.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from devices.readings import (
    Alive,
    Availability,
    Event,
    EventKind,
    Observation,
    Scope,
    State,
)

MOST_KEYS = 2000
ALIKE_SECONDS = 2
AT_ONCE_SECONDS = 0.25
"""Quicker than any finger presses twice."""
READING_SECONDS = 10
RETURN = timedelta(seconds=5)
REMEMBERS = "z2m-bridge:"

Key = TypeVar("Key")
Value = TypeVar("Value")


class Heard(Struct, frozen=True):
    """When each was last heard: event keys, alike events with their source, readings;
    the best score of each car's track before a camera; when each bridge came back, and which
    are away.
    """

    keys: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    alike: Mapping[tuple[str, str], tuple[datetime, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    readings: Mapping[tuple[str, str, str], datetime] = field(
        default_factory=lambda: MappingProxyType({})
    )
    tracks: Mapping[tuple[str, str], float] = field(default_factory=lambda: MappingProxyType({}))
    returns: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    away: frozenset[str] = frozenset()


def first_time(heard: Heard, seen: Observation) -> tuple[Heard, bool]:
    """The memory after one observation, and whether it is no copy."""
    match seen:
        case Event():
            return _event(heard, seen)
        case Availability(scope=Scope.bridge):
            return _bridge(heard, seen), True
        case State(dedupe=dedupe, retained=False) if dedupe:
            return _reading(heard, seen)
    return heard, True


def _bridge(heard: Heard, seen: Availability) -> Heard:
    if seen.alive is Alive.offline:
        has_room = len(heard.away) < MOST_KEYS
        return replace(heard, away=heard.away | {seen.device}) if has_room else heard
    if seen.alive is not Alive.online:
        return heard
    heard = replace(heard, away=heard.away - {seen.device}) if heard.away else heard
    if seen.retained:
        return heard
    return replace(heard, returns=_with(heard.returns, seen.device, seen.received_at))


def returned(heard: Heard, seen: State | Event) -> Heard:
    """A bridge whose devices speak again is back, also before it says so itself."""
    if seen.bridge not in heard.away or (isinstance(seen, State) and seen.retained):
        return heard
    returns = _with(heard.returns, seen.bridge, seen.received_at)
    return replace(heard, returns=returns, away=heard.away - {seen.bridge})


def as_it_is(heard: Heard, seen: State) -> State:
    """The same, as a replay where it is one: Zigbee2MQTT says all that it remembers of its devices
    when it comes back, as if it were now. What it has heard since has a time of its own.
    """
    back = heard.returns.get(seen.bridge) if seen.bridge.startswith(REMEMBERS) else None
    if back is None or not timedelta(0) <= seen.received_at - back <= RETURN:
        return seen
    is_new = seen.device_time is not None and seen.device_time >= back - RETURN
    return seen if is_new else replace(seen, retained=True)


def _event(heard: Heard, seen: Event) -> tuple[Heard, bool]:
    if _is_told_again(heard, seen):
        return heard, False
    if seen.key in heard.keys:
        return replace(heard, keys=_with(heard.keys, seen.key, seen.received_at)), False
    if seen.alike and _is_alike(heard, seen):
        return heard, False
    heard = replace(heard, keys=_with(heard.keys, seen.key, seen.received_at))
    if seen.alike:
        last = (seen.received_at, seen.source)
        heard = replace(heard, alike=_with(heard.alike, (seen.device, seen.alike), last))
    return _track(heard, seen) if seen.kind is EventKind.plate and seen.track else (heard, True)


def _is_told_again(heard: Heard, seen: Event) -> bool:
    """A bridge that comes back sends the last action of its devices anew, as if it were now."""
    back = heard.returns.get(seen.bridge) if seen.source else None
    return back is not None and timedelta(0) <= seen.received_at - back <= RETURN


def _is_alike(heard: Heard, seen: Event) -> bool:
    """Two equal presses come by one way, one after the other; the same press comes by two ways,
    or twice at once where a network delivers it again.
    """
    at, source = heard.alike.get((seen.device, seen.alike), (None, ""))
    if at is None:
        return False
    seconds = AT_ONCE_SECONDS if source == seen.source else ALIKE_SECONDS
    seconds = seconds if seen.alike_seconds is None else seen.alike_seconds
    return abs(seen.received_at - at) <= timedelta(seconds=seconds)


def _track(heard: Heard, seen: Event) -> tuple[Heard, bool]:
    """Of several reads of one car only one that is surer than all before counts."""
    place, score = (seen.device, seen.track), seen.score or 0.0
    best = heard.tracks.get(place)
    if best is not None and score <= best:
        return heard, False
    return replace(heard, tracks=_with(heard.tracks, place, score)), True


def _reading(heard: Heard, seen: State) -> tuple[Heard, bool]:
    place = (seen.device, seen.channel, seen.dedupe)
    last = heard.readings.get(place)
    is_new = last is None or abs(seen.received_at - last) > timedelta(seconds=READING_SECONDS)
    return replace(heard, readings=_with(heard.readings, place, seen.received_at)), is_new


def _with(known: Mapping[Key, Value], key: Key, value: Value) -> dict[Key, Value]:
    """The same with `key` as the latest."""
    kept = dict(known)
    kept.pop(key, None)
    if len(kept) >= MOST_KEYS:
        del kept[next(iter(kept))]
    kept[key] = value
    return kept
