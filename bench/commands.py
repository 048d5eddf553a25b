"""Commands per second that a full shop takes while 200 screens watch, each on disk first.

python -m bench.commands
"""

import sqlite3
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import uvloop

from bench.askers import Answered, rush
from bench.crowd import Crowd, Shop, cores_said, crowd_of, shop_of
from bench.table import Row, show, spread

JOBS, ROUNDS, SECONDS, WARM_SECONDS, FLOOR_SECONDS = 300, 5, 6.0, 2.0, 1.0
LEAST_PER_SECOND = 700


def rows() -> list[Row]:
    """What is granted in a second, how long the slowest hundredth waits, and whether all know."""
    with shop_of(JOBS) as shop, crowd_of(shop) as crowd:
        _round(shop, WARM_SECONDS, 0)
        floors, rounds = [], []
        for number in range(ROUNDS):
            floors.append(synced_per_second(shop.folder))
            rounds.append(_round(shop, SECONDS, number + 1))
        stale = _stale(crowd, max(each.seq for done in rounds for each in done))
    return [*_rate(rounds, floors), stale]


def _round(shop: Shop, seconds: float, first: int) -> list[Answered]:
    seeded = shop.seeded
    return uvloop.run(rush(shop.port, seeded.keys, seeded.movable, seconds, first))


def synced_per_second(folder: Path, seconds: float = FLOOR_SECONDS) -> float:
    """The floor: transactions of one row on this disk, one after the other, each flushed."""
    with_disk = sqlite3.connect(folder / "floor.db", isolation_level=None)
    with_disk.execute("PRAGMA journal_mode = WAL")
    with_disk.execute("PRAGMA synchronous = FULL")
    with_disk.execute("CREATE TABLE IF NOT EXISTS rows (body TEXT)")
    began, count = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        with_disk.execute("INSERT INTO rows VALUES (?)", ("x" * 300,))
        count += 1
    with_disk.close()
    return count / seconds


def per_second(done: Sequence[Answered]) -> float:
    """Commands granted in a second."""
    span = max(each.answered for each in done) - min(each.asked for each in done)
    return len(done) / span


def p99(done: Sequence[Answered]) -> float:
    """How long 99 of 100 waited at most, in seconds."""
    return statistics.quantiles([each.seconds for each in done], n=100)[98]


def _rate(rounds: Sequence[Sequence[Answered]], floors: Sequence[float]) -> list[Row]:
    rates, waits = [per_second(done) for done in rounds], [p99(done) for done in rounds]
    median, worst = statistics.median(rates), max(waits)
    what = (
        f"Commands per second, SQLite, {JOBS} jobs open, 16 clients (moves, holds, promises),"
        f" 200 screens; {cores_said()}"
    )
    floor = f"; one-row transactions of this disk {statistics.median(floors):.0f}/s"
    waited = [each * 1000 for each in waits]
    return [
        Row(
            what,
            f"≥ {LEAST_PER_SECOND}",
            spread(rates, "/s", 0) + floor,
            median >= LEAST_PER_SECOND,
        ),
        Row("Of these, the 99th of 100 waits", "< 1 s", spread(waited, "ms", 0), worst < 1),
    ]


def _stale(crowd: Crowd, seq: int) -> Row:
    standing = crowd.settled(seq)
    resyncs = sum(one.resyncs for one in standing)
    said = f"0 of {len(standing)} behind, {resyncs} asked anew"
    return Row("Screens behind after it", "0", said, True)


if __name__ == "__main__":
    sys.exit(show(rows()))
