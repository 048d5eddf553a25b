"""The second fold: readings and what was heard before give what a message means now. Pure.

Completes partial readings by their family's memory, puts stable ids in place of changeable
names, and lets each event and each reading through once.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from devices.adapters import Adapter, Remembering
from devices.identity import Names, resolve
from devices.once import Heard, first_time
from devices.readings import Observation, Partial, Reading

LEAST_CLAIM = 0.3
"""Below it a topic goes to the family whose devices have declared it, if there is one."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Everything the fold remembers; `families` holds each family's own, by its name."""

    names: Names = field(default_factory=Names)
    heard: Heard = field(default_factory=Heard)
    families: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def recall(
    before: Recall, adapter: Adapter, seen: Reading
) -> tuple[Recall, tuple[Observation, ...]]:
    """The memory after one reading of `adapter`, and what it means under stable ids."""
    now, complete = _complete(before, adapter, seen)
    names, heard = now.names, now.heard
    found: list[Observation] = []
    for observation in complete:
        names, resolved = resolve(names, observation)
        for one in resolved:
            heard, is_new = first_time(heard, one)
            if is_new:
                found.append(one)
    if names is now.names and heard is now.heard:
        return now, tuple(found)
    return replace(now, names=names, heard=heard), tuple(found)


def adapters_of(now: Recall, adapters: Sequence[Adapter], topic: str) -> Sequence[Adapter]:
    """Who reads a topic: the surest claims (two families may share the discoveries of a third
    scheme), or the family to which the topic was declared.
    """
    claims = [(one.claim(topic), one) for one in adapters]
    best = max((claim for claim, _ in claims), default=0.0)
    if best < LEAST_CLAIM:
        known = [one for one in adapters if topic in declared(now, one)]
        if known:
            return known
    return [one for claim, one in claims if claim == best > 0]


def declared(now: Recall, adapter: Adapter) -> Set[str]:
    """The topics that devices have declared to this family, to be subscribed besides."""
    if not isinstance(adapter, Remembering) or adapter.name not in now.families:
        return frozenset()
    return adapter.declared(now.families[adapter.name])


def _complete(
    before: Recall, adapter: Adapter, seen: Reading
) -> tuple[Recall, Sequence[Observation]]:
    if not isinstance(seen, Partial):
        return before, (seen,)
    if not isinstance(adapter, Remembering):
        return before, ()
    known = before.families.get(adapter.name)
    memory, found = adapter.complete(known, seen)
    if memory is known:
        return before, found
    return replace(before, families={**before.families, adapter.name: memory}), found
