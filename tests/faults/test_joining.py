"""Between reading a page and following it nothing is lost, and no state is ever shown in parts."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest

from tests.e2e.building_anew import FreshBuilder, changed_regions
from tests.e2e.page_regions import opened
from tests.e2e.running import RunningShop
from tests.e2e.watching import Regions, Visitor, Watcher
from tests.faults.follower import follower_of
from tests.faults.proxy import Network
from tests.faults.truth import fresh_at
from tests.hub.live_server import until

MOVES = 60


def test_event_between_snapshot_and_join_arrives(
    shop: RunningShop, mona: Visitor, builder: FreshBuilder
) -> None:
    """Falls over when Fanout.join takes who joins for current: `screen.rev = self.channel.rev`."""
    board = Watcher(mona, "board")
    board.regions, board.boot, board.rev = opened(mona, "/board")
    job = shop.receive("京C10001")
    board.dial()
    first = board.hear()
    board.hang_up()
    assert not first["full"]
    assert f"job-{job}" in first["regions"]
    assert changed_regions(board.regions, fresh_at(builder, board.at)["board:"]) == []


@pytest.fixture
def wanderer(shop: RunningShop) -> Iterator[str]:
    """The id of a car that moves between two bays all the time."""
    job, done = shop.receive("京C77777"), Event()
    with ThreadPoolExecutor(1) as pool:
        moving = pool.submit(_wander, shop, job, done)
        yield job
        done.set()
        moving.result()


def _wander(shop: RunningShop, job: str, done: Event) -> None:
    """Until nobody looks any more: a slow machine shows many moves in one frame."""
    for number in count():
        if done.is_set():
            return
        shop.do("place_car", job=job, where="bay", spot=str(1 + number % 2))


def is_whole(regions: Regions) -> bool:
    """Whether bays and card tell the same: the car's version counts its moves from bay to bay."""
    bays = [key for key in ("bay-1", "bay-2") if "77777" in regions[key]]
    card = next(html for key, html in regions.items() if key[:4] == "job-" and "77777" in html)
    version = re.search(r'data-version="(\d+)"', card)
    return version is not None and bays == [f"bay-{1 + int(version[1]) % 2}"]


def test_torn_snapshot_is_never_shown(
    net: Network, shop: RunningShop, mona: Visitor, wanderer: str
) -> None:
    """Falls over when Live._bring publishes a change region by region instead of at once."""
    until(lambda: is_whole(opened(mona, "/board")[0]))
    seen: list[bool] = []
    board = follower_of(net, mona, "board")
    board.look = lambda regions: seen.append(is_whole(regions))
    board.start()
    pages = [is_whole(opened(mona, "/board")[0]) for _ in range(MOVES // 3)]
    until(lambda: len(seen) > MOVES)
    board.sleep()
    assert all(pages)
    assert all(seen)
