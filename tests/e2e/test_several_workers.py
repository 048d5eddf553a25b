"""`baylight serve --workers`: one address, one greeting, workers that are replaced."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, running_shop, until
from tests.servers.postgres import Postgres

WORKERS = 3
LISTENS = "0A"


@pytest.fixture(scope="module")
def shop(
    tmp_path_factory: pytest.TempPathFactory, postgres_cluster: Postgres
) -> Iterator[RunningShop]:
    """A running shop of several workers, for all tests here."""
    database = postgres_cluster.new_database()
    settings = {"DATABASE_URL": postgres_cluster.url(database)}
    with running_shop(tmp_path_factory.mktemp("shop"), WORKERS, **settings) as running:
        until(lambda: listeners(running) == WORKERS)
        yield running
    postgres_cluster.drop(database)


def listeners(shop: RunningShop) -> int:
    """How many workers listen: each has a socket of its own on the shop's port."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    sockets = [(here, state) for _, here, _, state, *_ in map(str.split, lines)]
    return sum(here.endswith(f":{shop.port:04X}") and state == LISTENS for here, state in sockets)


def answers(shop: RunningShop) -> bool:
    """Whether many requests, each on a line of its own, are all answered."""
    return all(shop.get("/healthz")[0] == 200 for _ in range(20))


def is_replaced(shop: RunningShop, victim: int) -> bool:
    """Whether another worker stands in the place of one, and serves."""
    return victim not in shop.worker_pids() and listeners(shop) == WORKERS


def test_one_greeting_is_printed_and_one_shop_is_made(shop: RunningShop) -> None:
    assert shop.log.read_text().count("/welcome/") == 1
    assert answers(shop)


def test_a_worker_that_dies_is_replaced(shop: RunningShop) -> None:
    victim = shop.worker_pids()[1]
    os.kill(victim, signal.SIGKILL)
    until(lambda: is_replaced(shop, victim))
    assert answers(shop)
    log = shop.log.read_text()
    assert "a worker ended with code -9;" in log
    assert "Unknown child" not in log


def test_a_worker_that_hangs_is_replaced(shop: RunningShop) -> None:
    """Falls over without `asyncio.timeout(SILENT_SECONDS)` in `cli_workers.py`."""
    victim = shop.worker_pids()[1]
    os.kill(victim, signal.SIGSTOP)
    until(lambda: is_replaced(shop, victim), seconds=60)
    assert answers(shop)


def test_a_hangup_renews_every_worker_one_after_another(shop: RunningShop) -> None:
    before = set(shop.worker_pids())
    os.kill(shop.pid, signal.SIGHUP)
    seen = []
    while before & set(shop.worker_pids()):
        assert shop.get("/healthz")[0] == 200
        seen.append(len(shop.worker_pids()))
    assert min(seen) >= WORKERS
    assert max(seen) <= WORKERS + 1
    until(lambda: len(shop.worker_pids()) == WORKERS)
    assert shop.get("/healthz")[0] == 200


def test_all_leave_together_when_told_to(shop: RunningShop) -> None:
    workers = shop.worker_pids()
    shop.stop()
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    shop.start()


def test_workers_whose_watch_was_killed_leave_too(shop: RunningShop) -> None:
    workers = shop.worker_pids()
    os.kill(shop.pid, signal.SIGKILL)
    until(lambda: not [pid for pid in workers if Path(f"/proc/{pid}").exists()])
