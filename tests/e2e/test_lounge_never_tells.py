"""Whatever people type: customers' screens and phones, the wall, all sound and the log keep it."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.e2e.loud import engine, make_ready, said, screens, turn_up
from tests.e2e.running import RunningShop, running_shop, until
from tests.e2e.talkative_day import MARK, TalkativeDay
from tests.e2e.watching import Visitor, Watcher

CLOCK = "2026-11-23T10:00+08:00,5"
BEGAN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
CARS = 12
DEEDS = 150
SEED = 2
LEAST_SORTS = 10
CALLED = "京AD87654"
_MOMENT = r"\b1[78]\d{8}(?:\d{3})?\b"
_BUILD_OR_BOOT = r"\b[0-9a-f]{12}(?:[0-9a-f]{20})?\b"
_MOMENT_OR_MARK = re.compile(f"{_MOMENT}|{_BUILD_OR_BOOT}")


def as_people_read(text: str) -> str:
    """What a page or a frame says, without moments and marks: any digits may stand in those."""
    return _MOMENT_OR_MARK.sub("", unescape(text))


class Ear:
    """A paired screen that keeps every byte it was ever shown."""

    def __init__(self, shop: RunningShop, audience: str, keeper: Visitor | None = None) -> None:
        """With a `keeper` it is set to sound."""
        known = screens(keeper)[0] if keeper else set()
        self._visitor = Visitor(shop).pair(audience)
        if keeper:
            turn_up(keeper, known, audience)
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

    def listens(self) -> list[str]:
        """The addresses of all that is being said, each fetched once."""
        page = self._visitor.request("GET", f"/{self._audience}")[1]
        marks = " ".join(re.findall(r'data-sounds="([^"]+)"', page)).split()
        paths = [f"/speech/{self._audience}/{mark}.wav" for mark in marks]
        return [path for path in paths if self._visitor.fetches(path)]

    def pries(self, paths: Iterable[str]) -> None:
        """Go where a screen has no business."""
        self._heard += [self._visitor.request("GET", path)[1] for path in paths]

    def told(self) -> str:
        """All of it."""
        return as_people_read("\n".join(self._heard))


class Phone:
    """A customer's phone that keeps its page, and every frame that comes to it."""

    def __init__(self, shop: RunningShop, job: str) -> None:
        advisor = Visitor(shop).sign_in("anna")
        found = re.search(r"/track/[\w.~-]+", advisor.request("GET", f"/orders/{job}/extra")[1])
        assert found
        self._visitor, self._path = Visitor(shop), found[0]
        self._line = HTTPConnection("127.0.0.1", shop.port, timeout=1)
        self._line.request("GET", f"{self._path}/news", headers={"Accept": "text/event-stream"})
        self._stream: HTTPResponse = self._line.getresponse()
        assert self._stream.status == 200

    def told(self) -> str:
        """All that came until it is still for a second, and the page now; its link is any signs."""
        found = b""
        with suppress(TimeoutError):
            while piece := self._stream.read1():
                found += piece
        self._stream.close()
        self._line.close()
        page = self._visitor.request("GET", self._path)[1]
        return as_people_read((found.decode() + page).replace(self._path, ""))


def hidden_plates(plates: list[str]) -> list[str]:
    """What of a plate is too much for a customers' screen: whole, or more than three signs."""
    return [part for plate in plates for part in (plate, plate[2:], plate[3:])]


@pytest.mark.timeout(300)
def test_a_talkative_day_stays_inside_the_workshop(tmp_path: Path) -> None:
    with running_shop(tmp_path, BAYLIGHT_CLOCK=CLOCK, BAYLIGHT_SPEECH=engine(tmp_path)) as shop:
        day, mona = TalkativeDay(shop, BEGAN, SEED), Visitor(shop).sign_in("mona")
        day.receive()
        phone, lounge, tv = Phone(shop, "car-1"), Ear(shop, "lounge", mona), Ear(shop, "tv")
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
        make_ready(shop, CALLED)
        sounds = until(lounge.listens)
        lounge.pries(("/board", "/orders/car-1", "/api/v1/jobs/car-1", "/lounge/car-1"))
        phone_told = phone.told()
        log = shop.log.read_text()

    assert len(day.granted) >= LEAST_SORTS, day.granted
    assert MARK in board
    plates = hidden_plates([*day.plates, CALLED])
    assert "event: part" in phone_told
    assert [secret for secret in (*day.personal, *plates) if secret in phone_told] == []
    voice = "\n".join((*said(tmp_path), *sounds))
    assert re.search(r"^en Ticket [A-Z]( \d){2}, please", voice, re.M)
    assert [secret for secret in (*day.personal, *plates) if secret in voice] == []
    assert [secret for secret in (*day.personal, *plates) if secret in lounge.told()] == []
    assert [secret for secret in day.personal if secret in tv.told()] == []
    assert [secret for secret in (*day.personal, *day.plates, CALLED) if secret in log] == []
    assert any(plate[-3:] in lounge.told() for plate in day.plates)
    assert any(plate[2:] in tv.told() for plate in day.plates)
