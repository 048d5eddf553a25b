"""Backup and restore beside servers that run: screens, sessions, keys of commands."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.e2e.building_anew import compare, fresh_builder
from tests.e2e.running import RunningShop, running_shop
from tests.e2e.watching import Visitor, Watcher
from tests.servers.fair_clock import fair_seconds

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
        deadline = fair_seconds() + CURRENT_WITHIN_SECONDS
        while (after := shop.board())["epoch"] == before["epoch"]:
            assert fair_seconds() < deadline
        assert goodbye.result() == REVOKED
    assert after["seq"] < before["seq"]
    for key, watcher in watchers.items():
        [first, *more] = heard_of(watcher, after["epoch"])
        assert (first["full"], first["seq"], more) == (True, after["seq"], []), key
    assert fair_seconds() < deadline + CURRENT_WITHIN_SECONDS
    with fresh_builder(shop) as builder:
        compare(shop, watchers, builder)

    assert [job["car"]["plate"] for job in after["jobs"]] == ["京A00001"]
    assert key_of(shop, "京A00001", "kept") == kept
    again = key_of(shop, "京A00003", "gone")
    assert again[0] == gone[0] == 200
    assert sorted(job["car"]["plate"] for job in shop.board()["jobs"]) == ["京A00001", "京A00003"]


@pytest.mark.parametrize("loss", ["moved", "damaged"])
def test_a_shop_whose_file_is_lost_takes_nothing_until_it_is_restored(
    tmp_path: Path, loss: str
) -> None:
    """Falls over without `_leave_what_was_moved`: commands go on into the file that was deleted."""
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as shop:
        file, data = str(tmp_path / "kept.tar.gz"), tmp_path / "data"
        shop.receive("京A00001")
        shop.command_line("backup", file)
        if loss == "moved":
            (tmp_path / "away").mkdir()
            for part in data.glob("baylight.db*"):
                part.rename(tmp_path / "away" / part.name)
            assert key_of(shop, "京A00002", "gone")[0] == 503
            assert shop.get("/readyz")[0] == 503
        else:
            with (data / "baylight.db").open("r+b") as database:
                database.write(b"?" * 4096)
            (data / "baylight.db-wal").unlink()
        assert "restored" in shop.command_line("restore", "--yes", file)
        assert key_of(shop, "京A00003", "after")[0] == 200
        assert shop.get("/readyz")[0] == 200
        assert "Traceback" not in shop.log.read_text()
        shop.kill()
        shop.start()
        assert sorted(job["car"]["plate"] for job in shop.board()["jobs"]) == [
            "京A00001",
            "京A00003",
        ]
