"""CPU of the serving process for one card move, at ten a second with 200 screens watching.

python -m bench.moves

What the process uses at rest with the same screens (ticks, heartbeats, pings) is measured before
and after each round and taken off; both figures are told. So is what the least possible server
(bench/latency_floor.py) uses at the same pace for as many sockets as a move reaches.
"""

import asyncio
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import uvloop

from bench.askers import Asker, day_of
from bench.crowd import (
    Shop,
    cores_said,
    cpu_seconds,
    crowd_of,
    family_cpu_seconds,
    postgres_of_its_own,
    shop_of,
)
from bench.delays import mark, timers
from bench.latency_floor import floor_server
from bench.table import Row, show, spread
from tests.servers.processes import free_port

JOBS, ROUNDS, SECONDS, REST_SECONDS, PER_SECOND = 300, 5, 8.0, 4.0, 10
MOST_MS = 4.0
REACHED = 151
_MOVES = frozenset({"dispatch_job", "move_job", "hold_job", "resume_job"})


def rows() -> list[Row]:
    """The figure with SQLite, which must hold, and with PostgreSQL, which is told beside it."""
    with shop_of(JOBS) as shop:
        net, gross = _measured(shop, lambda: cpu_seconds(shop.pid))
        floor = _floor(shop.folder)
    what = (
        f"CPU of our process per card move, {PER_SECOND}/s, {JOBS} jobs open, 200 screens, SQLite;"
        f" {cores_said()}"
    )
    told = f"{spread(net, 'ms')}; rest included {statistics.median(gross):.2f} ms"
    sqlite = Row(what, f"≤ {MOST_MS:.0f} ms", told, statistics.median(net) <= MOST_MS)
    least = Row(
        f"The least possible: a bare protocol that flushes one row and writes to {REACHED} sockets",
        "shown",
        f"{floor:.2f} ms; ours {statistics.median(net) / floor:.1f} ×",
        True,
    )
    return [sqlite, least, *(_with_postgres() if shutil.which("pg_lsclusters") else ())]


def _floor(folder: Path) -> float:
    """Milliseconds of CPU for each change of the floor."""
    port = free_port()
    with floor_server(port, folder) as process, timers(port, REACHED):
        uvloop.run(_change(port, 1.0))
        began = cpu_seconds(process)
        count = uvloop.run(_change(port, SECONDS))
        return (cpu_seconds(process) - began) / count * 1e3


async def _change(port: int, seconds: float) -> int:
    """Changes at the pace of the moves; how many."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = int(seconds * PER_SECOND)
    for _ in range(count):
        writer.write(mark().encode())
        await reader.readexactly(4)
        await asyncio.sleep(1 / PER_SECOND)
    writer.close()
    return count


def _with_postgres() -> list[Row]:
    with postgres_of_its_own() as (url, postgres), shop_of(JOBS, {"DATABASE_URL": url}) as shop:
        net, gross = _measured(shop, lambda: cpu_seconds(shop.pid), rounds=3)
        database, _ = _measured(shop, lambda: family_cpu_seconds(postgres), rounds=3)
    told = f"{spread(net, 'ms')}; rest included {statistics.median(gross):.2f} ms"
    return [
        Row("The same with PostgreSQL, our process", "shown", told, True),
        Row("The same, PostgreSQL's own processes", "shown", spread(database, "ms"), True),
    ]


def _measured(
    shop: Shop, used: Callable[[], float], rounds: int = ROUNDS
) -> tuple[list[float], list[float]]:
    """Milliseconds per move without and with what rest costs, one of each per round."""
    net, gross = [], []
    with crowd_of(shop) as crowd:
        _moved(shop, 2.0)
        before = _at_rest(used)
        for _ in range(rounds):
            began, start = used(), time.monotonic()
            seqs = _moved(shop, SECONDS)
            spent, span = used() - began, time.monotonic() - start
            after = _at_rest(used)
            gross.append(spent / len(seqs) * 1e3)
            net.append((spent - (before + after) / 2 * span) / len(seqs) * 1e3)
            before = after
        crowd.settled(max(seqs))
    return net, gross


def _at_rest(used: Callable[[], float]) -> float:
    """CPU seconds in a second without commands."""
    # What the last move leaves behind (an undo that is over, a window) is no rest yet.
    time.sleep(1.0)
    began, start = used(), time.monotonic()
    time.sleep(REST_SECONDS)
    return (used() - began) / (time.monotonic() - start)


def _moved(shop: Shop, seconds: float) -> Sequence[int]:
    return uvloop.run(_move(shop, seconds))


async def _move(shop: Shop, seconds: float) -> list[int]:
    """Moves at an even pace, one after the other, until the jobs are where they were."""
    asker = await Asker(shop.port, shop.seeded.keys[0]).dial()
    jobs = shop.seeded.movable[:10]
    due, until = time.monotonic(), time.monotonic() + seconds
    seqs: list[int] = []
    for name, body in day_of(jobs, 0):
        if name in _MOVES:
            await asyncio.sleep(due - time.monotonic())
            due += 1 / PER_SECOND
            seqs.append((await asker.ask(name, body)).seq)
        if time.monotonic() > until and (name, body["job"]) == ("move_job", jobs[-1]):
            break
    asker.hang_up()
    return seqs


if __name__ == "__main__":
    sys.exit(show(rows()))
