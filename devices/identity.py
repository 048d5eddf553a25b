"""Which changeable name stands for which stable device id. Pure; knows no family.

The list of names may come after the first messages under a name: these wait here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from devices.readings import Availability, Discovery, Observation, State

MOST_NAMES = 1000
MOST_WAITING = 4

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """Ids by (bridge, name), as two bridges may use one name; and what waits for its id."""

    ids: Mapping[Name, str] = field(default_factory=lambda: MappingProxyType({}))
    waiting: Mapping[Name, tuple[State | Availability, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


def resolve(names: Names, seen: Observation) -> tuple[Names, tuple[Observation, ...]]:
    """The names after one observation, and what it means under stable ids."""
    match seen:
        case Discovery():
            return _learn(names, seen)
        case State(bridge=bridge) | Availability(bridge=bridge) if bridge:
            device = names.ids.get((bridge, seen.device))
            if device is None:
                return _wait(names, (bridge, seen.device), seen), (seen,)
            return names, (replace(seen, device=device),)
    return names, (seen,)


def _learn(names: Names, seen: Discovery) -> tuple[Names, tuple[Observation, ...]]:
    place = (seen.bridge, seen.alias)
    if not seen.alias or names.ids.get(place) == seen.device:
        return names, (seen,)
    kept = {key: device for key, device in names.ids.items() if device != seen.device}
    if len(kept) >= MOST_NAMES and place not in kept:
        return names, (seen,)
    waited = names.waiting.get(place, ())
    waiting = {key: one for key, one in names.waiting.items() if key != place}
    late = tuple(replace(one, device=seen.device) for one in waited)
    return Names(kept | {place: seen.device}, waiting), (seen, *late)


def _wait(names: Names, place: Name, seen: State | Availability) -> Names:
    if place not in names.waiting and len(names.waiting) >= MOST_NAMES:
        return names
    last = (*names.waiting.get(place, ()), seen)[-MOST_WAITING:]
    return replace(names, waiting={**names.waiting, place: last})
