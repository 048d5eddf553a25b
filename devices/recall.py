"""The second fold: readings and what was heard before give what a message means now. Pure.

Completes partial readings by their family's memory, puts stable ids in place of changeable
names, says presses in the words of their models' profiles, and lets each event and each reading
through once.
"""

from collections.abc import Mapping, Sequence, Set
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from devices.adapters import Adapter, remembers
from devices.identity import Names, resolve
from devices.once import Heard, as_it_is, first_time, returned
from devices.profiles.known import Known, in_our_words, learn
from devices.profiles.shelf import Shelf
from devices.readings import Event, Observation, Partial, Reading, State

NO_PROFILES = Shelf()
LEAST_CLAIM = 0.3
"""Below it a topic goes to the family whose devices have declared it, if there is one."""


class Recall(Struct, frozen=True):
    """Everything the fold remembers; `families` holds the own of each family under its base.

    `copies`: the devices of which the last reading told something again.
    """

    names: Names = field(default_factory=Names)
    known: Known = field(default_factory=Known)
    heard: Heard = field(default_factory=Heard)
    families: Mapping[Adapter, object] = field(default_factory=lambda: MappingProxyType({}))
    copies: tuple[str, ...] = ()


def recall(
    before: Recall, adapter: Adapter, seen: Reading, shelf: Shelf = NO_PROFILES
) -> tuple[Recall, tuple[Observation, ...]]:
    """The memory after one reading of `adapter`, and what it means under stable ids."""
    now, complete = _complete(before, adapter, seen)
    names, heard, known = now.names, now.heard, now.known
    found: list[Observation] = []
    copies: tuple[str, ...] = ()
    for observation in complete:
        names, resolved = resolve(names, observation)
        for one in resolved:
            known = learn(known, one)
            said = _said(known, shelf, one)
            if said is None:
                continue
            if heard.away and isinstance(said, State | Event):
                heard = returned(heard, said)
            if isinstance(said, State) and heard.returns:
                said = as_it_is(heard, said)
            heard, is_new = first_time(heard, said)
            if is_new:
                found.append(said)
            else:
                copies = (*copies, said.device)
    same = names is now.names and heard is now.heard and known is now.known
    if same and not copies and not now.copies:
        return now, tuple(found)
    after = replace(now, names=names, heard=heard, known=known, copies=copies)
    return after, tuple(found)


def _said(known: Known, shelf: Shelf, seen: Observation) -> Observation | None:
    if not isinstance(seen, Event):
        return seen
    return in_our_words(known.profile(shelf, seen.device), seen)


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
    if not remembers(adapter) or adapter not in now.families:
        return frozenset()
    return adapter.declared(now.families[adapter])


def _complete(
    before: Recall, adapter: Adapter, seen: Reading
) -> tuple[Recall, Sequence[Observation]]:
    if not isinstance(seen, Partial):
        return before, (seen,)
    if not remembers(adapter):
        return before, ()
    known = before.families.get(adapter)
    memory, found = adapter.complete(known, seen)
    if memory is known:
        return before, found
    return replace(before, families={**before.families, adapter: memory}), found
