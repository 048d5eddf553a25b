"""Sixty screens while their servers are renewed or restarted: sent away in batches, none stale."""

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tests.e2e.building_anew import FreshBuilder, changed_regions, fresh_builder
from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.watching import Visitor
from tests.faults.follower import Follower, follower_of
from tests.faults.proxy import network
from tests.servers.postgres import Postgres
from tests.servers.redis_server import RedisServer

SCREENS = 60
WORKERS = 3
COME_BACK = 1012
APART_SECONDS = 0.1


@pytest.fixture(scope="module")
def shop(
    tmp_path_factory: pytest.TempPathFactory,
    postgres_cluster: Postgres,
    redis_server: RedisServer,
) -> Iterator[RunningShop]:
    """A running shop of several workers."""
    database = postgres_cluster.new_database()
    settings = {"DATABASE_URL": postgres_cluster.url(database), "REDIS_URL": redis_server.url}
    with running_shop(tmp_path_factory.mktemp("shop"), WORKERS, **settings) as running:
        until(lambda: len(running.worker_pids()) == WORKERS)
        yield running
    postgres_cluster.drop(database)


@pytest.fixture(scope="module")
def screens(shop: RunningShop) -> Iterator[list[Follower]]:
    """Boards that redial by themselves."""
    mona = Visitor(shop).sign_in("mona")
    with network() as net:
        followers = [follower_of(net, mona, "board").start() for _ in range(SCREENS)]
        until(lambda: all(each.told.frames for each in followers))
        yield followers
        for each in followers:
            each.sleep()


@pytest.fixture(scope="module")
def builder(shop: RunningShop) -> Iterator[FreshBuilder]:
    """Builds pages from the journal in another process."""
    with fresh_builder(shop) as builder:
        yield builder


def stale(screens: list[Follower], builder: FreshBuilder) -> list[list[str]]:
    """Regions in which a screen differs from a page built from the journal now."""
    fresh = builder.regions(datetime.now(UTC), ())["board:"]
    found = (changed_regions(each.read(lambda told: dict(told.regions)), fresh) for each in screens)
    return [regions for regions in found if regions]


def batches(screens: list[Follower], since: dict[Follower, int]) -> int:
    """In how many groups, well apart, the screens were sent away; each must be told to return."""
    for each in screens:
        assert each.told.codes[since[each] :], "a screen was never sent away"
        assert set(each.told.codes[since[each] :]) == {COME_BACK}, each.told.codes
    moments = sorted(each.told.closed_at for each in screens)
    return 1 + sum(later - sooner > APART_SECONDS for sooner, later in pairwise(moments))


def test_a_renewal_sends_nobody_away_for_long(
    shop: RunningShop, screens: list[Follower], builder: FreshBuilder
) -> None:
    """Falls over without `_send_away` in `ShopServer.shutdown`: all of a worker go at once."""
    since = {each: len(each.told.codes) for each in screens}
    before = set(shop.worker_pids())
    os.kill(shop.pid, signal.SIGHUP)
    number = 0
    while before & set(shop.worker_pids()):
        number += 1
        shop.receive(f"京A{number:05d}")
    assert number > 0
    until(lambda: stale(screens, builder) == [])
    assert batches(screens, since) > WORKERS
    assert not [fault for each in screens for fault in each.told.faults]


def test_a_restart_brings_everybody_back(
    shop: RunningShop, screens: list[Follower], builder: FreshBuilder
) -> None:
    shop.receive("京B00001")
    shop.stop()
    shop.start()
    shop.receive("京B00002")
    until(lambda: stale(screens, builder) == [])
    assert not [fault for each in screens for fault in each.told.faults]
