"""A server that dies or is replaced: nothing acknowledged is lost, nothing happens twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.e2e.building_anew import compare, fresh_builder, watchers_of
from tests.e2e.running import RunningShop, running_shop, shop_file, until
from tests.e2e.watching import Visitor, Watcher

ASKERS = 6
KILLED_AFTER = 40
SEEN_WITHIN_SECONDS = 2
CLOCK = "2026-11-23T10:00+08:00,1"
COME_BACK = 1012


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[RunningShop]:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as running:
        yield running


class Askers:
    """Threads that receive cars until the server does not answer any more."""

    def __init__(self, shop: RunningShop) -> None:
        self._shop = shop
        self.acknowledged: dict[str, int] = {}
        self.unanswered: list[str] = []
        self.many = Event()

    def run(self, asker: int) -> None:
        """Ask, and note what was answered."""
        for number in range(10_000):
            plate = f"京{'ABCDEF'[asker]}{number:05d}"
            try:
                answer = receive(self._shop, plate)
            except (OSError, HTTPException):
                self.unanswered.append(plate)
                return
            self.acknowledged[plate] = int(answer["seq"])
            if len(self.acknowledged) >= KILLED_AFTER:
                self.many.set()


def receive(shop: RunningShop, plate: str) -> dict[str, Any]:
    """Receive a car; the key makes it safe to ask again."""
    name = plate[1:].lower()
    status, answer = shop.attempt_once(name, "receive_job", {"job": name, "car": {"plate": plate}})
    assert status == 200, answer
    return answer


def plates(shop: RunningShop) -> list[str]:
    """Every car of the board, sorted."""
    return sorted(job["car"]["plate"] for job in shop.board()["jobs"])


def test_what_was_acknowledged_survives_a_power_cut_and_happens_once(shop: RunningShop) -> None:
    watchers = watchers_of(shop)
    for watcher in watchers.values():
        watcher.hear()
    boots = {key: watcher.boot for key, watcher in watchers.items()}
    askers = Askers(shop)
    with ThreadPoolExecutor(ASKERS) as pool:
        asked = [pool.submit(askers.run, number) for number in range(ASKERS)]
        askers.many.wait()
        shop.kill()
        for each in asked:
            each.result()
    shop.start()

    kept = plates(shop)
    assert len(set(kept)) == len(kept)
    assert set(askers.acknowledged) <= set(kept)
    for plate, seq in askers.acknowledged.items():
        assert receive(shop, plate)["seq"] == seq
    for plate in askers.unanswered:
        receive(shop, plate)
    assert plates(shop) == sorted([*askers.acknowledged, *askers.unanswered])

    for key, watcher in watchers.items():
        watcher.dial()
        first = watcher.hear()
        assert first["full"], key
        assert first["boot"] != boots[key]
    with fresh_builder(shop) as builder:
        compare(shop, watchers, builder)


def test_a_deploy_tells_every_screen_to_come_back(shop: RunningShop) -> None:
    mona = Visitor(shop).sign_in("mona")
    watchers = [Watcher(mona, each).dial() for each in ("board", "tv", "lounge", "tablet")]
    for watcher in watchers:
        watcher.hear()
    with ThreadPoolExecutor(len(watchers)) as pool:
        codes = [pool.submit(watcher.goodbye) for watcher in watchers]
        shop.stop()
        assert {code.result() for code in codes} == {COME_BACK}


def test_what_the_command_line_does_is_seen_by_the_running_server(shop: RunningShop) -> None:
    shop.command_line("person", "pin", "tom", typed="1357\n")
    until(lambda: Visitor(shop).tries("tom", "1357") in (200, 303), SEEN_WITHIN_SECONDS)

    code = shop.screen_code("tv")
    until(lambda: Visitor(shop).claims(code) in (200, 303), SEEN_WITHIN_SECONDS)

    file = shop.folder / "larger.toml"
    file.write_text(shop_file() + '\n[[bays]]\nid = "12"\nname = "12"\n')
    mona = Visitor(shop).sign_in("mona")
    board = Watcher(mona, "board").dial()
    board.hear()
    shop.command_line("shop", "import", str(file))
    until(lambda: len(shop.board()["bays"]) == 7, SEEN_WITHIN_SECONDS)
    while "bay-12" not in board.regions:
        board.hear()
