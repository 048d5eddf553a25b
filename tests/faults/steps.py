"""Random schedules of faults: what may happen to a running shop, drawn by hypothesis.

A step is a name and numbers, so that a schedule can be printed, read and played again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice, product
from random import Random

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

SERVERS = 2
SEATS = 5
"""Screens at each server."""

DEEDS = 9
JUMPS_SECONDS = (-1800, -2, 2, 1800, 7200)
PAUSES_MS = (5, 50, 200, 600)

_SERVER = range(SERVERS)
_SCREEN = range(SERVERS * SEATS)

KINDS: dict[str, tuple[int, tuple[Sequence[int], ...]]] = {
    "command": (16, (_SERVER, range(DEEDS), range(8))),
    "duplicate": (4, (_SERVER,)),
    "pause": (4, (PAUSES_MS,)),
    "kill": (2, (_SERVER,)),
    "freeze": (1, (_SERVER,)),
    "restart_redis_empty": (2, ()),
    "pause_redis": (2, ()),
    "lose_rings": (1, ()),
    "cut_database": (1, (_SERVER,)),
    "stall_database": (1, (_SERVER,)),
    "cut": (3, (_SCREEN,)),
    "half_open": (2, (_SCREEN,)),
    "stop_reading": (2, (_SCREEN,)),
    "sleep": (2, (_SCREEN,)),
    "wake": (2, (_SCREEN,)),
    "revoke": (2, (_SERVER, _SCREEN)),
    "restore": (1, ()),
    "jump": (1, (_SERVER, JUMPS_SECONDS)),
}
"""By name: how often it comes, and what its numbers may be."""

VARIETY = 24
"""How many entries a kind has for each time it comes: enough for all its numbers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens."""

    name: str
    numbers: tuple[int, ...] = ()


Schedule = Sequence[Step]


def _entries(name: str) -> list[Step]:
    often, numbers = KINDS[name]
    varied = islice(cycle(product(*numbers)), often * VARIETY)
    return [Step(name, each) for each in varied]


STEPS = [step for name in KINDS for step in _entries(name)]
"""Every step as often as it should come, in no order: what is drawn begins with the first ones."""

Random(1).shuffle(STEPS)


def schedules() -> st.SearchStrategy[list[Step]]:
    """Schedules of five to sixteen steps."""
    return st.lists(st.sampled_from(STEPS), min_size=5, max_size=16)


def drawn(start: int, wanted: int) -> list[list[Step]]:
    """So many different schedules, the same ones for the same `start`."""
    found: dict[str, list[Step]] = {}

    @seed(start)
    @settings(max_examples=2 * wanted + 20, deadline=None, database=None, phases=[Phase.generate])
    @given(schedules())
    def draw(schedule: list[Step]) -> None:
        found.setdefault(written(schedule), schedule)

    draw()
    return list(found.values())[:wanted]


def written(schedule: Schedule) -> str:
    """A schedule as one line that `read` understands."""
    return json.dumps([[step.name, *step.numbers] for step in schedule])


def read(text: str) -> list[Step]:
    """A schedule that was written down."""
    return [Step(name, tuple(numbers)) for name, *numbers in json.loads(text)]
