"""A worker that ends again and again: whoever comes meanwhile is served by the others."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, running_shop, until
from tests.servers.postgres import Postgres

WORKERS = 2
NEWCOMERS = 40


@pytest.fixture
def shop(tmp_path: Path, postgres_cluster: Postgres) -> Iterator[RunningShop]:
    """A running shop of two workers."""
    database = postgres_cluster.new_database()
    settings = {"DATABASE_URL": postgres_cluster.url(database)}
    with running_shop(tmp_path, WORKERS, **settings) as running:
        until(lambda: len(running.worker_pids()) == WORKERS)
        yield running
    postgres_cluster.drop(database)


def ends(shop: RunningShop) -> int:
    """How often the log tells of a worker's end."""
    return len(re.findall(r"a worker ended", shop.log.read_text()))


def kill_the_one_beside(shop: RunningShop, steady: int) -> None:
    """Kill the other worker as soon as there is one, and wait for the line about it."""
    known = ends(shop)
    [victim] = until(lambda: [pid for pid in shop.worker_pids() if pid != steady])
    os.kill(victim, signal.SIGKILL)
    until(lambda: ends(shop) > known)


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
