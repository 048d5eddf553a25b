"""Whatever people type, the customers' screen, the wall and the log do not tell it."""

from datetime import datetime
from html import unescape
from pathlib import Path

import pytest

from tests.e2e.running import RunningShop, running_shop
from tests.e2e.talkative_day import MARK, TalkativeDay
from tests.e2e.watching import Visitor, Watcher

CLOCK = "2026-11-23T10:00+08:00,1"
BEGAN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
CARS = 12
DEEDS = 150
SEED = 2
LEAST_SORTS = 10


class Ear:
    """A paired screen that keeps every byte it was ever shown."""

    def __init__(self, shop: RunningShop, audience: str) -> None:
        self._visitor = Visitor(shop).pair(audience)
        self._audience = audience
        self._watcher = Watcher(self._visitor, audience).dial()
        self._heard: list[str] = []

    def look(self, seq: int) -> None:
        """Open the page, and hear what has come until the journal's `seq`."""
        status, page = self._visitor.request("GET", f"/{self._audience}")
        assert status == 200
        self._heard.append(page)
        head = self._watcher.probed(seq)
        while not self._watcher.reaches(head):
            self._heard.append(str(self._watcher.hear()))

    def told(self) -> str:
        """All of it as people read it."""
        return unescape("\n".join(self._heard))


def hidden_plates(plates: list[str]) -> list[str]:
    """What of a plate is too much for a customers' screen: whole, or more than three signs."""
    return [part for plate in plates for part in (plate, plate[2:], plate[3:])]


@pytest.mark.timeout(300)
def test_a_talkative_day_stays_inside_the_workshop(tmp_path: Path) -> None:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK) as shop:
        day, mona = TalkativeDay(shop, BEGAN, SEED), Visitor(shop).sign_in("mona")
        lounge, tv = Ear(shop, "lounge"), Ear(shop, "tv")
        for number in range(DEEDS):
            if number % 8 == 0 and len(day.plates) < CARS:
                day.receive()
            day.something()
            if number % 10 == 9:
                lounge.look(shop.board()["seq"])
                tv.look(shop.board()["seq"])
        for words in (MARK, day.plates[0][1:], day.personal[-1]):
            mona.request("GET", f"/board/dialog/search?q={words}")
        board = mona.request("GET", "/board")[1]
        log = shop.log.read_text()

    assert len(day.granted) >= LEAST_SORTS, day.granted
    assert MARK in board
    plates = hidden_plates(day.plates)
    assert [secret for secret in (*day.personal, *plates) if secret in lounge.told()] == []
    assert [secret for secret in day.personal if secret in tv.told()] == []
    assert [secret for secret in (*day.personal, *day.plates) if secret in log] == []
    assert any(plate[-3:] in lounge.told() for plate in day.plates)
    assert any(plate[2:] in tv.told() for plate in day.plates)
