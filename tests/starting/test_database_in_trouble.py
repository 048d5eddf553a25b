"""A running shop whose database cannot be written says so, writes nothing by halves, recovers."""

import json
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from tests.e2e.building_anew import changed_regions, fresh_builder
from tests.e2e.running import RunningShop, until
from tests.e2e.watching import Visitor, Watcher

CAR = {"job": "j1", "car": {"plate": "京A12345"}, "asked": "brakes"}


@contextmanager
def held(shop: RunningShop) -> Iterator[None]:
    """Another process holds the database."""
    holder = sqlite3.connect(shop.folder / "data" / "baylight.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.close()


@contextmanager
def full_disk(shop: RunningShop) -> Iterator[None]:
    """No file of the server may grow any more, as on a full disk."""
    log = shop.folder / "data" / "baylight.db-wal"
    before = resource.prlimit(shop.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(shop.pid, resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
    yield
    if shop.runs:
        resource.prlimit(shop.pid, resource.RLIMIT_FSIZE, before)


def trouble(shop: RunningShop) -> str:
    """What /readyz says about the journal, with 503; empty when it is well."""
    status, body = shop.get("/readyz")
    told = json.loads(body)["degraded"].get("journal", "")
    assert bool(told) == (status == 503)
    return str(told)


def assert_refused_then_done_once(shop: RunningShop, before: dict[str, object]) -> None:
    """Nothing was written, and the same command under the same key now happens once."""
    assert shop.board()["seq"] == before["seq"]
    assert shop.board()["jobs"] == []
    answers = [shop.attempt_once("key-1", "receive_job", CAR) for _ in range(2)]
    assert [status for status, _ in answers] == [200, 200]
    assert answers[0][1]["seq"] == answers[1][1]["seq"]
    assert len(shop.board()["jobs"]) == 1


def assert_shows_the_journal(shop: RunningShop, board: Watcher) -> None:
    """The board that was open all the time equals a page built anew."""
    head = board.probed(shop.board()["seq"])
    board.catch_up(head)
    with fresh_builder(shop) as builder:
        fresh = builder.regions(datetime.fromtimestamp(head.at / 1000, UTC))["board:"]
    assert changed_regions(board.regions, fresh) == []


def test_a_locked_database_refuses_commands_and_recovers(shop: RunningShop) -> None:
    board = Watcher(Visitor(shop).sign_in("mona"), "board").dial()
    before = shop.board()
    with held(shop):
        status, answer = shop.attempt_once("key-1", "receive_job", CAR)
        assert (status, answer["code"]) == (503, "journal_unavailable")
        assert "Please try again" in answer["message"]
        assert "is locked: another process holds it; end it." in trouble(shop)
        assert shop.get("/healthz")[0] == 200
    until(lambda: not trouble(shop))
    assert_refused_then_done_once(shop, before)
    assert_shows_the_journal(shop, board)


def test_a_full_disk_refuses_commands_and_recovers(shop: RunningShop) -> None:
    board = Watcher(Visitor(shop).sign_in("mona"), "board").dial()
    before = shop.board()
    with full_disk(shop):
        for _ in range(3):
            status, answer = shop.attempt_once("key-1", "receive_job", CAR)
            assert (status, answer["code"]) == (503, "journal_unavailable")
        assert f"The disk of {shop.folder}/data/baylight.db" in trouble(shop)
        assert "check it and its space" in trouble(shop)
        assert shop.get("/healthz")[0] == 200
    until(lambda: not trouble(shop))
    assert_refused_then_done_once(shop, before)
    assert_shows_the_journal(shop, board)


def test_a_power_cut_on_a_full_disk_loses_nothing_acknowledged(shop: RunningShop) -> None:
    acknowledged = [shop.receive(f"京A{number}") for number in range(10_000, 10_010)]
    with full_disk(shop):
        assert shop.attempt("receive_job", **CAR)[0] == 503
        shop.kill()
    shop.start()
    assert sorted(job["id"] for job in shop.board()["jobs"]) == sorted(acknowledged)
    assert shop.attempt("receive_job", **CAR)[0] == 200
