"""Random schedules of faults: what may happen to a running shop, drawn from a seed.

A step is a name and numbers, so that a schedule can be printed, read and played again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

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


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens."""

    name: str
    numbers: tuple[int, ...] = ()


Schedule = Sequence[Step]


def drawn(seed: int, wanted: int) -> list[list[Step]]:
    """So many schedules of five to sixteen steps, the same ones for the same `seed` everywhere."""
    return [_drawn(Random(f"{seed} {number}")) for number in range(wanted)]


def _drawn(random: Random) -> list[Step]:
    often = [times for times, _ in KINDS.values()]
    names = random.choices(list(KINDS), often, k=random.randint(5, 16))
    return [Step(name, tuple(random.choice(each) for each in KINDS[name][1])) for name in names]


def written(schedule: Schedule) -> str:
    """A schedule as one line that `read` understands."""
    return json.dumps([[step.name, *step.numbers] for step in schedule])


def read(text: str) -> list[Step]:
    """A schedule that was written down."""
    return [Step(name, tuple(numbers)) for name, *numbers in json.loads(text)]
