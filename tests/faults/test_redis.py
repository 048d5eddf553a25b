"""Redis is a doorbell and nothing else: away, hung, empty or mad, no screen stays behind."""

import json
from collections.abc import Iterator
from itertools import count

import pytest
from redis import Redis

from tests.desk.bells import channels_of
from tests.e2e.building_anew import FreshBuilder
from tests.e2e.running import RunningShop, until
from tests.e2e.watching import Visitor
from tests.faults.cluster import Cluster
from tests.faults.follower import Follower, follower_of
from tests.faults.left_over import figures_of

STALE_SECONDS = 5.0
TIMES = 200
MINUTES = 2
"""How many may end while the rings are heard."""
_PLATES = (f"京J{number}" for number in count(10_000))


@pytest.fixture
def rung(kept: tuple[Cluster, FreshBuilder]) -> Iterator[Cluster]:
    """A shop in two processes and their Redis, with nothing wrong before and after."""
    both, _ = kept
    until(lambda: not any(trouble(shop) for shop in both.shops))
    yield both
    both.heal()


@pytest.fixture
def boards(rung: Cluster) -> Iterator[list[Follower]]:
    """A board at each process."""
    started = [
        follower_of(rung.net, Visitor(shop).sign_in("mona"), "board").start() for shop in rung.shops
    ]
    for board in started:
        until(lambda: board.read(lambda told: told.beats))  # noqa: B023
    yield started
    for board in started:
        board.sleep()


def trouble(shop: RunningShop) -> str:
    """What a process says about its doorbell."""
    told = json.loads(shop.get("/readyz")[1])
    return str(told.get("degraded", {}).get("doorbell", ""))


def touch(board: Follower) -> str:
    """The board's line for staff about the other servers; without words while all is well."""
    return str(board.read(lambda told: told.regions["touch"]))


def shown_by_both(rung: Cluster, boards: list[Follower], at: int = 0) -> None:
    """A car received at one process is on the boards of both in time."""
    job = rung.shops[at].receive(next(_PLATES))
    for board in boards:
        seen = lambda: board.read(lambda told: f"job-{job}" in told.regions)  # noqa: B023, E731
        until(seen, STALE_SECONDS)


def test_redis_restarts_empty_and_rings_again(rung: Cluster, boards: list[Follower]) -> None:
    """Falls over when RedisBell._again_and_again gives up after a failure."""
    epochs = {board.told.epoch for board in boards}
    rung.restart_redis_empty()
    shown_by_both(rung, boards)
    until(lambda: not any(trouble(shop) for shop in rung.shops))
    heard = figures_of(rung.shops[1])["bell_heard"]
    shown_by_both(rung, boards)
    until(lambda: figures_of(rung.shops[1])["bell_heard"] > heard)
    assert {board.told.epoch for board in boards} == epochs
    assert {board.told.snapshots for board in boards} == {1}


def test_redis_unreachable_loses_no_write_and_is_told(
    rung: Cluster, boards: list[Follower]
) -> None:
    """Falls over without `desk.is_behind` in Ticking; the sentence without `_lost` in RedisBell."""
    usual = [touch(board) for board in boards]
    rung.pause_redis()
    for number in range(6):
        shown_by_both(rung, boards, at=number % 2)
    until(lambda: all("REDIS_URL" in trouble(shop) for shop in rung.shops))
    until(lambda: all(touch(board) != usual[0] for board in boards))
    shown_by_both(rung, boards)
    rung.heal()
    until(lambda: [touch(board) for board in boards] == usual)
    shown_by_both(rung, boards, at=1)
    until(lambda: len({shop.board()["seq"] for shop in rung.shops}) == 1)


def test_bus_drops_a_message_silently_and_screens_are_current_within_five_seconds(
    rung: Cluster, boards: list[Follower]
) -> None:
    """Falls over without `desk.is_behind` in Ticking: only a ring would tell."""
    for process in rung.processes:
        process.redis.swallow()
    shown_by_both(rung, boards)
    for process in rung.processes:
        process.redis.heal()
    shown_by_both(rung, boards, at=1)


def test_duplicate_rings_and_poisoned_ones_change_nothing(
    rung: Cluster, boards: list[Follower]
) -> None:
    """Falls over without `except Unreadable` in RedisBell._hear_one: the bell would break off."""
    shown_by_both(rung, boards)
    shop_id, seq = rung.shop_id, rung.head()
    until(lambda: {board.told.seq for board in boards} == {seq})
    rings, _ = channels_of(rung.shops[0].folder / "data")
    frames = [board.told.frames for board in boards]
    with Redis.from_url(rung.redis.url) as mad:
        for _ in range(TIMES):
            mad.publish(rings, json.dumps({shop_id: seq}))
            mad.publish(rings, json.dumps({shop_id: seq + 1000}))
        mad.publish(rings, b"\xff no ring")
        mad.publish(rings, json.dumps({shop_id: -1}))
    for shop in rung.shops:
        until(lambda: figures_of(shop)["bell_poisoned"] >= 2)  # noqa: B023
    assert rung.head() == seq
    more = [board.told.frames - before for board, before in zip(boards, frames, strict=True)]
    assert max(more) <= MINUTES, "a minute that ends may change a card, a ring may not"
    shown_by_both(rung, boards)
