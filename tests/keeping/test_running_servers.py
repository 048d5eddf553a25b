"""Backup and restore beside servers that run: screens, sessions, keys of commands."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.building_anew import compare, fresh_builder
from tests.e2e.running import RunningShop, running_shop
from tests.e2e.watching import Visitor, Watcher

CLOCK = "2026-11-23T10:00+08:00,1"
CURRENT_WITHIN_SECONDS = 5.0
REVOKED = 4401


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningShop]:
    """A server on each kind of database."""
    settings = {"BAYLIGHT_CLOCK": CLOCK}
    if request.param == "postgres":
        settings["DATABASE_URL"] = str(request.getfixturevalue("postgres_database"))
    with running_shop(tmp_path, **settings) as running:
        yield running


def watching(shop: RunningShop) -> dict[str, Watcher]:
    """Paired walls and people at their screens."""
    mona = Visitor(shop).sign_in("mona")
    watchers = {
        "board:": Watcher(mona, "board"),
        "tv:": Watcher(Visitor(shop).pair("tv"), "tv"),
        "lounge:": Watcher(Visitor(shop).pair("lounge"), "lounge"),
        "tablet:tom": Watcher(Visitor(shop).sign_in("tom"), "tablet"),
    }
    for watcher in watchers.values():
        watcher.dial().hear()
    return watchers


def heard_of(watcher: Watcher, epoch: str) -> list[dict[str, object]]:
    """The frames of another history, from the first one to the next heartbeat."""
    frames: list[dict[str, object]] = []
    while True:
        message = watcher.hear()
        if message["epoch"] == epoch and not message.get("beat"):
            frames.append(message)
        elif frames and message.get("beat"):
            return frames


def key_of(shop: RunningShop, plate: str, key: str) -> tuple[int, int]:
    """Status and position of receiving a car under a key."""
    body = {"job": key, "car": {"plate": plate}}
    status, answer = shop.attempt_once(key, "receive_job", body)
    return status, int(answer.get("seq", 0))


def test_every_screen_shows_the_restored_shop(shop: RunningShop, tmp_path: Path) -> None:
    """Falls over without `is_behind` in the tick (nobody asks anything here), without the epoch in
    `Live.refresh` (no snapshot), without `keep_ended` (Carl's screen would stay)."""
    file = str(tmp_path / "kept.tar.gz")
    kept = key_of(shop, "京A00001", "kept")
    watchers = watching(shop)
    shop.command_line("backup", file)
    gone = key_of(shop, "京A00002", "gone")
    late = Watcher(Visitor(shop).sign_in("carl"), "board").dial()
    before = shop.board()

    with ThreadPoolExecutor(1) as pool:
        goodbye = pool.submit(late.goodbye)
        assert "restored" in shop.command_line("restore", "--yes", file)
        deadline = time.monotonic() + CURRENT_WITHIN_SECONDS
        while (after := shop.board())["epoch"] == before["epoch"]:
            assert time.monotonic() < deadline
        assert goodbye.result() == REVOKED
    assert after["seq"] < before["seq"]
    for key, watcher in watchers.items():
        [first, *more] = heard_of(watcher, after["epoch"])
        assert (first["full"], first["seq"], more) == (True, after["seq"], []), key
    assert time.monotonic() < deadline + CURRENT_WITHIN_SECONDS
    with fresh_builder(shop) as builder:
        compare(shop, watchers, builder)

    assert [job["car"]["plate"] for job in after["jobs"]] == ["京A00001"]
    assert key_of(shop, "京A00001", "kept") == kept
    again = key_of(shop, "京A00003", "gone")
    assert again[0] == gone[0] == 200
    assert sorted(job["car"]["plate"] for job in shop.board()["jobs"]) == ["京A00001", "京A00003"]
