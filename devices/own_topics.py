"""What this program keeps on the broker for others: each bay and each car here, masked. Pure.

Retained and ours alone: nothing of it is ever read back as a device, and what is gone is emptied.
"""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from devices.shown import BayShown, JobShown, ShopShown
from devices.topics import ROOT

MOST_AT_ONCE = 50
"""A shop's whole state after a connection is said in parts; devices get a word in between."""
MOST_REMEMBERED = 4096
"""Payloads that were made already: of many cars one changes at a time."""


def core(site: str) -> str:
    """Under which all of this is."""
    return f"{ROOT}/{site}/core"


def filters(site: str) -> tuple[str, ...]:
    """Where what a former run has left behind is found."""
    return (f"{core(site)}/bay/+", f"{core(site)}/job/+")


def is_ours(topic: str) -> bool:
    """Whether it is one of ours, at whatever site, and so no device's."""
    words = topic.split("/", 3)
    return len(words) > 2 and words[0] == ROOT and words[2] == "core"


def kept(site: str, shop: ShopShown) -> Mapping[str, bytes]:
    """Every topic and its payload as it should be now."""
    head = core(site)
    bays = {f"{head}/bay/{one.bay}": _bay(one) for one in shop.bays}
    return bays | {f"{head}/job/{one.job}": _job(one) for one in shop.jobs}


def doubted(shop: ShopShown, watched: Container[str]) -> ShopShown:
    """Of a bay whose sensors have never told anything nobody knows that it is free; `watched`:
    the bays that have sensors.
    """
    bays = tuple(
        replace(one, occupied=None)
        if not one.sensed and not one.occupied and one.bay in watched
        else one
        for one in shop.bays
    )
    return replace(shop, bays=bays)


@lru_cache(MOST_REMEMBERED)
def _bay(bay: BayShown) -> bytes:
    told = {
        "name": bay.name,
        "occupied": bay.occupied,
        "state": bay.condition,
        "tone": bay.tone.value,
        "late": bay.late,
        "ticket": bay.ticket,
        "plate": bay.plate,
    }
    return packed(told)


@lru_cache(MOST_REMEMBERED)
def _job(job: JobShown) -> bytes:
    told = {
        "state": job.state,
        "lane": job.lane,
        "bay": job.bay,
        "held": job.held,
        "late": job.late,
        "ticket": job.ticket,
        "plate": job.plate,
    }
    return packed(told)


def packed(value: object) -> bytes:
    """As JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the broker is believed to keep of ours, by topic. `left`: what must be emptied, if it
    is there still.
    """

    there: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))

    def found(self, topic: str, payload: bytes) -> "Kept":
        """What the broker keeps on one of our topics, from a former run or by somebody else."""
        if self.there.get(topic, b"") == payload:
            return self
        there = {**self.there, topic: payload}
        if not payload:
            del there[topic]
        return Kept(there)

    def anew(self) -> "Kept":
        """After another connection: the broker may have lost everything, and gets all again."""
        return replace(self, there=dict.fromkeys(self.there, b""))


def differing(
    kept: Kept, wanted: Mapping[str, bytes], most: int = MOST_AT_ONCE
) -> tuple[Kept, Sequence[tuple[str, bytes]]]:
    """What the broker keeps after this, and what has to be said for it: at most so much."""
    said = list(_first(_differing(kept.there, wanted), most))
    if not said:
        return kept, said
    there = {**kept.there, **dict(said)}
    for topic, payload in said:
        if not payload:
            del there[topic]
    return Kept(there), said


def _differing(
    there: Mapping[str, bytes], wanted: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    yield from ((topic, b"") for topic in there if topic not in wanted)
    yield from (one for one in wanted.items() if there.get(one[0]) != one[1])


def _first(said: Iterator[tuple[str, bytes]], most: int) -> Iterator[tuple[str, bytes]]:
    for _, one in zip(range(most), said, strict=False):
        yield one
