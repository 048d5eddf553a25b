"""Three processes over one PostgreSQL and one Redis, which is killed and comes back empty.

Sixty screens are spread evenly over the processes; askers go from one process to another.
"""

import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bench.crowd import Crowd, Shop, crowd_of, postgres_of_its_own, shop_of
from bench.fresh import Fresh, fresh_process
from bench.kill import events_of, stale
from bench.patient import Askers, asking
from bench.seeding import Seat
from bench.table import Row, show
from tests.servers.processes import free_port, start_somewhere
from tests.servers.redis_server import RedisServer

JOBS = 60
PROCESSES = 3
SCREENS = 60
ROUNDS = 7
A_SECOND = 10
ASKERS = 6
AWAY_SECONDS = (0.3, 1.5)
BACK_SECONDS = (0.2, 1.0)


@dataclass(slots=True)
class Rounds:
    """What all rounds found; `settled` in seconds from the last acknowledged command."""

    stale: int = 0
    compared: int = 0
    settled: list[float] = field(default_factory=list)


@contextmanager
def redis_of_its_own() -> Iterator[RedisServer]:
    """A Redis that keeps nothing."""
    folder = Path(tempfile.mkdtemp(prefix="baylight-bench-redis-"))
    try:
        server = start_somewhere(lambda port: RedisServer(folder, port))
        yield server
        server.stop(signal.SIGKILL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def three_processes(redis: RedisServer) -> Iterator[list[Shop]]:
    """The processes, over a database of their own."""
    with ExitStack() as running:
        url, _pid = running.enter_context(postgres_of_its_own())
        first = running.enter_context(shop_of(JOBS, {"DATABASE_URL": url, "REDIS_URL": redis.url}))
        shops = [first]
        for _ in range(PROCESSES - 1):
            own = {**first.environment, "BAYLIGHT_PORT": str(free_port())}
            shop = replace(first, environment=own, _server=None)
            shop.start()
            running.callback(shop.stop, signal.SIGKILL)
            shops.append(shop)
        yield shops


def seats_of(seats: Sequence[Seat], number: int) -> tuple[Seat, ...]:
    """A third of sixty seats: boards, tablets, televisions and lounges as in the whole shop."""
    share = SCREENS // PROCESSES
    return tuple(seats[number :: len(seats) // share][:share])


def one_round(
    redis: RedisServer, crowds: Sequence[Crowd], askers: Askers, fresh: Fresh, found: Rounds
) -> None:
    """Redis dies while commands go on, comes back empty; who is stale when they rest?"""
    askers.go_on()
    time.sleep(random.uniform(*BACK_SECONDS))
    redis.stop(signal.SIGKILL)
    time.sleep(random.uniform(*AWAY_SECONDS))
    redis.start()
    time.sleep(random.uniform(*BACK_SECONDS))
    askers.rest()
    rested = time.monotonic()
    begin = 0
    for crowd in crowds:
        seats = slice(begin, begin := begin + len(crowd.seats))
        found.stale += stale(crowd, partial(_of_process, fresh, seats))
    found.compared += begin
    found.settled.append(time.monotonic() - rested)


def _of_process(fresh: Fresh, seats: slice) -> list[str]:
    return fresh.hashes()[seats]


def rows(rounds: int = ROUNDS) -> list[Row]:
    """How many screens were stale, and what was lost or done twice."""
    found = Rounds()
    with ExitStack() as running:
        redis = running.enter_context(redis_of_its_own())
        shops = running.enter_context(three_processes(redis))
        seats = shops[0].seeded.seats
        crowds = [
            running.enter_context(crowd_of(shop, seats_of(seats, number)))
            for number, shop in enumerate(shops)
        ]
        every = tuple(seat for crowd in crowds for seat in crowd.seats)
        alone = {**shops[0].environment, "REDIS_URL": ""}
        fresh = running.enter_context(fresh_process(alone, every))
        ports = [shop.port for shop in shops]
        seeded = shops[0].seeded
        with asking(ports, seeded.keys[:ASKERS], seeded.movable, A_SECOND) as askers:
            for _ in range(rounds):
                one_round(redis, crowds, askers, fresh, found)
            kept = askers.kept(events_of(shops[0]))
    what = (
        f"{PROCESSES} processes, {SCREENS} screens, PostgreSQL; Redis killed and restarted empty "
        f"{rounds} times during {A_SECOND} commands/s"
    )
    return [
        Row(
            f"{what}: screens that show something else than a page built anew",
            "0",
            f"{found.stale} of {found.compared}; all alike "
            f"{statistics.median(found.settled):.1f} s after the last answer (median of {rounds})",
            found.stale == 0,
        ),
        Row(
            f"{what}: acknowledged commands lost, or done twice",
            "0 and 0",
            f"{len(kept.lost)} and {len(kept.twice)} of {len(askers.acknowledged)} acknowledged",
            not kept.lost and not kept.twice and bool(askers.acknowledged),
        ),
    ]


if __name__ == "__main__":
    sys.exit(show(rows(*map(int, sys.argv[1:]))))
