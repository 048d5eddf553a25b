"""A thousand random schedules of faults on real processes: no screen may stay stale, nothing lost.

    python -m bench.schedules [--seed N] [--count N] [--clusters N]
    python -m bench.schedules --replay '[["kill", 0], ...]'      a schedule that was printed
    python -m bench.schedules --shrink '[["kill", 0], ...]'      the shortest that still fails

Several clusters side by side, each with its own PostgreSQL, Redis and screens; a cluster is kept
from schedule to schedule and made anew after one that failed.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from bench.table import Row, show
from tests.faults.cluster import cluster
from tests.faults.ledger import Broken
from tests.faults.left_over import left_by_redials
from tests.faults.playing import Player
from tests.faults.steps import Schedule, drawn, read, written
from tests.servers.postgres import Postgres, postgres_folder

COUNT = 1000
CLUSTERS = 4
TOLD_EVERY = 25


@dataclass(slots=True)
class Part:
    """What one cluster played."""

    played: int = 0
    broken: list[Broken] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def note(self, schedule: Schedule, broken: Sequence[Broken]) -> None:
        """Count one schedule, and print it if it failed."""
        self.played += 1
        self.broken += broken
        if broken:
            self.failed.append(written(schedule))
            _say(f"FAILED {written(schedule)}")
        for each in broken:
            _say(f"    {each.kind}: {each.text}")

    def end(self, left: Sequence[Broken]) -> None:
        """Count what redials leave in processes that have lived through it all."""
        self.broken += left
        self.failed += [each.text for each in left]


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@contextmanager
def playing() -> Iterator[Player]:
    """A cluster of its own with its screens."""
    data, folder = postgres_folder(), Path(tempfile.mkdtemp(prefix="baylight-bench-"))
    postgres = Postgres(data)
    postgres.start()
    try:
        with cluster(folder, postgres) as (made, builder):
            player = Player(made, builder)
            yield player
            player.seats.stop()
    finally:
        postgres.stop()
        for each in (data, folder):
            shutil.rmtree(each, ignore_errors=True)
        data.with_name(f"{data.name}.log").unlink(missing_ok=True)


def play(schedules: Sequence[Schedule]) -> Part:
    """Play all, on one cluster as long as nothing fails."""
    part, waiting = Part(), list(reversed(schedules))
    while waiting:
        with playing() as player:
            broken: list[Broken] = []
            while waiting and not broken:
                schedule = waiting.pop()
                broken = player.play(schedule)
                part.note(schedule, broken)
                if part.played % TOLD_EVERY == 0:
                    _say(f"a cluster has played {part.played} of {len(schedules)}")
            if not broken:
                part.end(left_by_redials(player.cluster, player.seats))
    return part


def measured(seed: int, count: int, clusters: int) -> Row:
    """Play so many schedules, drawn from a seed, on so many clusters side by side."""
    _say(f"seed {seed}: {count} schedules on {clusters} clusters")
    began, schedules = time.monotonic(), drawn(seed, count)
    context = get_context("spawn")
    with ProcessPoolExecutor(clusters, mp_context=context) as pool:
        parts = [pool.submit(play, schedules[number::clusters]) for number in range(clusters)]
        done = [each.result() for each in as_completed(parts)]
    return _row(seed, done, time.monotonic() - began)


def _row(seed: int, parts: Sequence[Part], seconds: float) -> Row:
    played = sum(part.played for part in parts)
    failed = [schedule for part in parts for schedule in part.failed]
    kinds = Counter(broken.kind for part in parts for broken in part.broken)
    told = [f"{kinds['stale']} divergent screens", f"{kinds['lost']} lost"]
    told += [f"{kinds['doubled']} doubled", f"{kinds['looked on']} looked on unauthorised"]
    told += [f"{kinds['left over']} queues or descriptors left over"]
    return Row(
        name=f"{played} random fault schedules (2 processes, PostgreSQL, Redis, 10 screens)",
        must="0 divergent screens, 0 lost, 0 doubled 5 s after healing",
        measured=f"{', '.join(told)} (seed {seed}, {seconds:.0f} s)",
        met=played > 0 and not failed,
    )


def rows() -> list[Row]:
    """The row of the table: a new seed each time."""
    return [measured(int.from_bytes(os.urandom(4)), COUNT, CLUSTERS)]


def fails(schedule: Schedule) -> bool:
    """Whether a schedule fails on a new cluster."""
    return bool(play([schedule]).broken)


def shrunk(schedule: Schedule) -> Schedule:
    """The same schedule without the steps that it fails without."""
    for number in reversed(range(len(schedule))):
        shorter = [*schedule[:number], *schedule[number + 1 :]]
        if fails(shorter):
            schedule = shorter
    return schedule


def main() -> int:
    """Play what was chosen."""
    parser = argparse.ArgumentParser(prog="python -m bench.schedules")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--clusters", type=int, default=CLUSTERS)
    parser.add_argument("--replay", metavar="SCHEDULE")
    parser.add_argument("--shrink", metavar="SCHEDULE")
    chosen = parser.parse_args()
    if chosen.shrink:
        _say(f"shortest: {written(shrunk(read(chosen.shrink)))}")
        return 1
    if chosen.replay:
        return int(fails(read(chosen.replay)))
    return show([measured(chosen.seed, chosen.count, chosen.clusters)])


if __name__ == "__main__":
    sys.exit(main())
