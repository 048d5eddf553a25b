"""A worker that dies again and again: the others serve meanwhile, a renewal puts it right."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, running_shop, until
from tests.servers.postgres import Postgres

WORKERS = 2
NEWCOMERS = 40
LONG_ENOUGH_SECONDS = 4.0


@pytest.fixture
def shop(tmp_path: Path, postgres_cluster: Postgres) -> Iterator[RunningShop]:
    """A running shop of two workers."""
    database = postgres_cluster.new_database()
    settings = {"DATABASE_URL": postgres_cluster.url(database)}
    with running_shop(tmp_path, WORKERS, **settings) as running:
        until(lambda: len(running.worker_pids()) == WORKERS)
        yield running
    postgres_cluster.drop(database)


def pauses(shop: RunningShop) -> list[float]:
    """The pauses before a start that the log tells of."""
    found = re.findall(r"another one starts in ([0-9.]+) s", shop.log.read_text())
    return [float(seconds) for seconds in found]


def kill_the_one_beside(shop: RunningShop, steady: int) -> None:
    """Kill the other worker as soon as there is one, and wait for the line about it."""
    known = len(pauses(shop))
    [victim] = until(lambda: [pid for pid in shop.worker_pids() if pid != steady])
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(pauses(shop)) > known)


def test_nobody_waits_for_a_worker_that_died_twice(shop: RunningShop) -> None:
    """Falls over without `self._listeners.pop(slot).close()` in `cli_workers.py`."""
    steady = shop.worker_pids()[0]
    for _ in range(3):
        kill_the_one_beside(shop, steady)
    served = 0
    while shop.worker_pids() == [steady] and served < NEWCOMERS:
        assert shop.get("/healthz")[0] == 200
        served += 1
    assert served == NEWCOMERS
    until(lambda: len(shop.worker_pids()) == WORKERS)


def test_a_renewal_in_the_pause_leaves_as_many_workers_as_wanted(shop: RunningShop) -> None:
    """Falls over without `if self._at.get(slot) is not gone:` in `cli_workers.py`."""
    steady = shop.worker_pids()[-1]
    while max(pauses(shop), default=0.0) < LONG_ENOUGH_SECONDS:
        kill_the_one_beside(shop, steady)
    over = time.monotonic() + pauses(shop)[-1] + 1
    os.kill(shop.pid, signal.SIGHUP)
    until(lambda: time.monotonic() > over and steady not in shop.worker_pids())
    until(lambda: len(shop.worker_pids()) == WORKERS)
    kill_the_one_beside(shop, max(shop.worker_pids()))
    assert pauses(shop)[-1] < LONG_ENOUGH_SECONDS
