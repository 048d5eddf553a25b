"""Which changeable name stands for which stable device id. Pure; knows no family.

What tells the name may come after the first messages under it: levels wait here for it.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from devices.readings import (
    Availability,
    Diagnostic,
    Discovery,
    Event,
    Malformed,
    Observation,
    State,
)

MOST_NAMES = 1000
MOST_WAITING = 12
NAMED = frozenset({"z2m", "tasmota", "shelly", "esphome"})
"""Kinds of id that are changeable names until a discovery tells what is behind them."""

BEHIND = re.compile(r"((?:tasmota|shelly):.+)(/(?:[0-9A-F]{4}|bthomedevice:\d{1,5}))\Z")
"""Zigbee behind a Tasmota, Bluetooth behind a Shelly: under its name, and one of their own."""

Name = tuple[str, str]


class Names(Struct, frozen=True):
    """Ids by (bridge, name), as two bridges may use one name; and what waits for its id."""

    ids: Mapping[Name, str] = field(default_factory=lambda: MappingProxyType({}))
    waiting: Mapping[Name, tuple[State | Availability, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


NO_NAMES = Names()


def resolve(names: Names, seen: Observation) -> tuple[Names, tuple[Observation, ...]]:
    """The names after one observation, and what it means under stable ids."""
    match seen:
        case Discovery():
            return _learn(names, seen)
        case State() | Availability() if _is_name(seen.device):
            names = _learn_behind(names, seen)
            device = names.ids.get((seen.bridge, seen.device))
            if device is None:
                return _wait(names, (seen.bridge, seen.device), seen), (seen,)
            return names, (replace(seen, device=device),)
        case Event() | Diagnostic():
            names = _learn_behind(names, seen)
            device = names.ids.get((seen.bridge, seen.device), seen.device)
            return names, (replace(seen, device=device),)
        case Malformed():
            return names, (replace(seen, device=_behind(names, seen)),)
    return names, (seen,)


def ids_by_name(names: Names) -> Mapping[str, str]:
    """The stable id behind each name that only one bridge uses."""
    found: dict[str, str] = {}
    shared = set[str]()
    for (_, name), device in names.ids.items():
        if found.setdefault(name, device) != device:
            shared.add(name)
    return {name: device for name, device in found.items() if name not in shared}


def _behind(names: Names, seen: Malformed) -> str:
    """Whose message it is: names may have slashes, and the last word may be an attribute's."""
    place = (seen.bridge, seen.device)
    without = (seen.bridge, seen.device.rpartition("/")[0])
    return names.ids.get(place) or names.ids.get(without) or seen.device


def _is_name(device: str) -> bool:
    return device.partition(":")[0] in NAMED


def _learn(names: Names, seen: Discovery) -> tuple[Names, tuple[Observation, ...]]:
    place = (seen.bridge, seen.alias)
    if seen.gone or not seen.alias or names.ids.get(place) == seen.device:
        return names, (seen,)
    kept = {key: device for key, device in names.ids.items() if device != seen.device}
    if len(kept) >= MOST_NAMES and place not in kept:
        return names, (seen,)
    waited = names.waiting.get(place, ())
    waiting = {key: one for key, one in names.waiting.items() if key != place}
    late = tuple(replace(one, device=seen.device) for one in waited)
    return Names(kept | {place: seen.device}, waiting), (seen, *late)


def gateway_of(device: str) -> str:
    """The device through which another speaks, where its id tells; else empty."""
    found = BEHIND.match(device) if "/" in device else None
    return found[1] if found else ""


def _learn_behind(names: Names, seen: State | Availability | Event | Diagnostic) -> Names:
    """Who speaks through a device whose id is known keeps its own when that is renamed."""
    place = (seen.bridge, seen.device)
    if "/" not in seen.device or place in names.ids or len(names.ids) >= MOST_NAMES:
        return names
    found = BEHIND.match(seen.device)
    gateway = names.ids.get((seen.bridge, found[1])) if found else None
    if not found or gateway is None:
        return names
    waiting = {key: one for key, one in names.waiting.items() if key != place}
    return Names({**names.ids, place: gateway + found[2]}, waiting)


def _wait(names: Names, place: Name, seen: State | Availability) -> Names:
    if place not in names.waiting and len(names.waiting) >= MOST_NAMES:
        return names
    others = [one for one in names.waiting.get(place, ()) if _what(one) != _what(seen)]
    last = (*others, seen)[-MOST_WAITING:]
    return replace(names, waiting={**names.waiting, place: last})


def _what(seen: State | Availability) -> str:
    return seen.channel if isinstance(seen, State) else ""
