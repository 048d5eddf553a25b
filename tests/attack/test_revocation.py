"""Who may no longer look is closed within a second in every process, and stays out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from board.accounts import open_accounts
from board.clock import real_now
from board.core.roles import Role
from board.database import connect
from board.shops import Shops
from tests.e2e.running import PIN, RunningShop, running_shop
from tests.e2e.watching import Visitor, Watcher
from tests.servers.fair_clock import fair_seconds

WITHIN_SECONDS = 1.0
PAGES = ("/board", "/board/dialog/search?q=1", "/api/v1/board", "/api/v1/events")

Two = tuple[RunningShop, RunningShop]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two processes of one shop on one database."""
    folder = tmp_path_factory.mktemp("first")
    with running_shop(folder) as first:
        secret = str(folder / "data" / "secret")
        elsewhere = tmp_path_factory.mktemp("second")
        second = RunningShop(
            elsewhere, DATABASE_URL=first.database, BAYLIGHT_SECRET_FILE=secret
        ).start()
        second.token = first.token
        yield first, second
        second.kill()


def _elsewhere(visitor: Visitor, shop: RunningShop) -> Visitor:
    return Visitor(shop, visitor.cookies)


def _closed(watcher: Watcher) -> tuple[int, float]:
    return watcher.goodbye(), fair_seconds()


def _watching(visitor: Visitor) -> Watcher:
    watcher = Watcher(visitor, "board").dial()
    watcher.hear()
    return watcher


def _assert_out(two: Two, visitor: Visitor, began: float, watchers: list[Watcher]) -> None:
    with ThreadPoolExecutor(len(watchers)) as pool:
        closed = list(pool.map(_closed, watchers))
    assert {code for code, _ in closed} == {4401}
    assert max(at for _, at in closed) - began < WITHIN_SECONDS
    for shop in two:
        old = _elsewhere(visitor, shop)
        assert Watcher(old, "board").dial().goodbye() == 4401
        assert {old.request("GET", page)[0] for page in PAGES} <= {303, 401, 403}


def test_a_session_that_ended_is_out_everywhere(two: Two) -> None:
    """Falls over in its own process without `self._hub.close_holder` on what `Access.watch` tells,
    in the other without `self._spawn(self.recheck())` in `Showing._changed`, at the door without
    `revoked_at.is_(None)` in `board/accounts_sessions.py`.
    """
    carl = Visitor(two[0]).sign_in("carl")
    watchers = [_watching(_elsewhere(carl, shop)) for shop in two]
    csrf = carl.request("GET", "/board")[1].split('name="csrf" content="')[1].split('"')[0]
    old = Visitor(two[0], carl.cookies)
    began = fair_seconds()
    assert carl.request("POST", "/sign-out", {"csrf": csrf})[0] == 303
    _assert_out(two, old, began, watchers)


def test_who_left_the_shop_gets_nothing_more(two: Two) -> None:
    """Falls over without `to_sign_out` in the wiring, and at the door without `person.removed` in
    `board/web/session.py`.
    """
    first, second = two
    ines = Visitor(first).sign_in("ines")
    watchers = [_watching(_elsewhere(ines, shop)) for shop in two]
    began = fair_seconds()
    first.do("remove_person", person="ines")
    job = second.receive("京A00001")
    _assert_out(two, ines, began, watchers)
    assert not any(f"job-{job}" in watcher.regions for watcher in watchers)
    assert Visitor(second).tries("ines", PIN) in (404, 422)


def test_a_key_that_ended_opens_nothing_within_a_second(two: Two) -> None:
    """Falls over without `api_tokens.c.revoked_at.is_(None)` in `board/accounts_tokens.py`."""
    engine = connect(two[0].database)
    shop_id = Shops(engine).all()[0].id
    keys = open_accounts(engine, real_now, b"none").tokens
    made = keys.create(shop_id, "till", [Role.advisor])
    key = {"Authorization": f"Bearer {made.secret}"}
    assert [shop.get("/api/v1/board", **key)[0] for shop in two] == [200, 200]
    assert keys.revoke(shop_id, made.id)
    engine.dispose()
    began = fair_seconds()
    while any(shop.get("/api/v1/board", **key)[0] == 200 for shop in two):
        assert fair_seconds() - began < WITHIN_SECONDS + 0.2
