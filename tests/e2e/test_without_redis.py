"""Two processes on one PostgreSQL while Redis hangs and comes back: said, survived, over."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.test_sign_out_everywhere import REVOKED, Manager, live
from tests.e2e.watching import Visitor, Watcher
from tests.servers.redis_server import RedisServer

OUT = "out of touch"


@pytest.fixture
def pair(
    tmp_path: Path, postgres_database: str, private_redis: RedisServer
) -> Iterator[tuple[RunningShop, RunningShop]]:
    """Two processes that hear each other."""
    settings = {"DATABASE_URL": postgres_database, "REDIS_URL": private_redis.url}
    with running_shop(tmp_path, **settings) as one:
        two = one.neighbour(tmp_path / "two")
        try:
            two.start()
            until(lambda: figure(one, "processes") == figure(two, "processes") == 2)
            yield one, two
        finally:
            two.kill()


def figure(shop: RunningShop, name: str) -> float:
    """A figure of the metrics page."""
    page = shop.get("/metrics")[1].decode()
    found = re.search(rf"^baylight_{name} (\S+)$", page, re.MULTILINE)
    return float(found[1]) if found else -1


def told(shop: RunningShop) -> bool:
    """Whether the readiness page names the doorbell."""
    return b'"doorbell":"Redis cannot be used' in shop.get("/readyz")[1]


def hears(watcher: Watcher, lost: bool) -> None:
    """Hear until the board says, or does not say, that servers are out of touch."""
    while (OUT in watcher.regions["touch"]) is not lost:
        watcher.hear()


def shows(watcher: Watcher, plate: str) -> None:
    """Hear until a card has this plate."""
    while not any(plate in html for html in watcher.regions.values()):
        watcher.hear()


def test_staff_are_told_changes_go_on_and_the_word_goes_away(
    pair: tuple[RunningShop, RunningShop], private_redis: RedisServer
) -> None:
    one, two = pair
    boards = [live(Visitor(shop).sign_in("mona"), "board")[0] for shop in pair]
    one.receive("京A10001")
    shows(boards[1], "10001")
    private_redis.hang()
    for shop, board in zip(pair, boards, strict=True):
        hears(board, lost=True)
        assert told(shop)
        assert figure(shop, "bell_away") == 1
    one.receive("京A10002")
    two.receive("京A10003")
    for board in boards:
        shows(board, "10002")
        shows(board, "10003")
    private_redis.wake()
    for board in boards:
        hears(board, lost=False)
    assert not told(one)


@pytest.mark.parametrize("rings", [True, False])
def test_a_revocation_holds_at_the_other_process(
    pair: tuple[RunningShop, RunningShop], private_redis: RedisServer, rings: bool
) -> None:
    """Falls over without `hear` and `_look_around` in `Ticking`: nobody else tells of it."""
    one, two = pair
    tom = live(Visitor(two).sign_in("tom"), "tablet")[0]
    wall = Visitor(two).pair("tv")
    tv = live(wall, "tv")[0]
    manager = Manager(one)
    until(lambda: 'data-connected="true"' in manager.page())
    if not rings:
        private_redis.hang()
        until(lambda: told(one) and told(two))
    (screen,) = manager.found(r'action="(/admin/screens/[^/]+/revoke)"')
    manager.press(screen)
    assert tv.goodbye() == REVOKED
    one.command_line("person", "pin", "tom", typed="1357\n")
    assert tom.goodbye() == REVOKED
    status, _ = wall.request("GET", "/tv")
    assert status != 200 or "data-audience" not in wall.request("GET", "/tv")[1]
