"""Random schedules of faults: what may happen to a running shop, drawn by hypothesis.

A step is a name and numbers, so that a schedule can be printed, read and played again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

SERVERS = 2
SEATS = 5
"""Screens at each server."""

DEEDS = 9
JUMPS_SECONDS = (-1800, -2, 2, 1800, 7200)
PAUSES_MS = (5, 50, 200, 600)

_SERVER = st.integers(0, SERVERS - 1)
_SCREEN = st.integers(0, SERVERS * SEATS - 1)

KINDS: dict[str, tuple[int, tuple[st.SearchStrategy[int], ...]]] = {
    "command": (16, (_SERVER, st.integers(0, DEEDS - 1), st.integers(0, 7))),
    "duplicate": (4, (_SERVER,)),
    "pause": (4, (st.sampled_from(PAUSES_MS),)),
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
    "jump": (1, (_SERVER, st.sampled_from(JUMPS_SECONDS))),
}
"""By name: how often it comes, and its numbers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens."""

    name: str
    numbers: tuple[int, ...] = ()


Schedule = Sequence[Step]


def schedules() -> st.SearchStrategy[list[Step]]:
    """Schedules of five to sixteen steps."""
    kinds = [st.just(name) for name, (often, _) in KINDS.items() for _ in range(often)]
    step = st.one_of(kinds).flatmap(_step)
    return st.lists(step, min_size=5, max_size=16)


def drawn(start: int, wanted: int) -> list[list[Step]]:
    """So many different schedules, the same ones for the same `start`."""
    found: dict[str, list[Step]] = {}

    @seed(start)
    @settings(max_examples=4 * wanted, deadline=None, database=None, phases=[Phase.generate])
    @given(schedules())
    def draw(schedule: list[Step]) -> None:
        found.setdefault(written(schedule), schedule)

    draw()
    return list(found.values())[:wanted]


def _step(name: str) -> st.SearchStrategy[Step]:
    return st.builds(Step, st.just(name), st.tuples(*KINDS[name][1]))


def written(schedule: Schedule) -> str:
    """A schedule as one line that `read` understands."""
    return json.dumps([[step.name, *step.numbers] for step in schedule])


def read(text: str) -> list[Step]:
    """A schedule that was written down."""
    return [Step(name, tuple(numbers)) for name, *numbers in json.loads(text)]
