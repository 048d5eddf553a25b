"""Sessions that are asked for at once are read at once: a crowd that dials asks few questions."""

import asyncio
from collections.abc import Collection, Mapping

import pytest

from board.web import together
from board.web.together import Together


class Table:
    """What is read, and every question to it."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.begun = asyncio.Event()
        self.fault: Exception | None = None

    async def read(self, keys: Collection[str]) -> Mapping[str, str]:
        """Knows every key but `nobody`."""
        self.asked.append(list(keys))
        self.begun.set()
        await asyncio.sleep(0)
        if self.fault is not None:
            raise self.fault
        return {key: key.upper() for key in keys if key != "nobody"}


def test_a_thousand_at_once_are_one_question() -> None:
    """Falls over when each `find` reads for itself."""
    table = Table()

    async def scene() -> list[str | None]:
        looks = Together(table.read)
        return await asyncio.gather(*(looks.find(f"k{number}") for number in range(1000)))

    assert asyncio.run(scene()) == [f"K{number}" for number in range(1000)]
    assert len(table.asked) == 1


def test_who_asks_during_a_reading_is_answered_by_the_next() -> None:
    """Falls over without the `while` in `Together._read_on`: nobody would read for the second."""
    table = Table()

    async def scene() -> tuple[str | None, str | None]:
        looks = Together(table.read)
        first = asyncio.create_task(looks.find("a"))
        await table.begun.wait()
        return await looks.find("nobody"), await first

    assert asyncio.run(scene()) == (None, "A")
    assert table.asked == [["a"], ["nobody"]]


def test_a_crowd_that_trickles_in_is_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Falls over without `self._is_crowd(…)` in `Together._read_on`."""
    monkeypatch.setattr(together, "CROWD_SECONDS", 0.05)
    table = Table()

    async def late(looks: "Together[str]", number: int) -> str | None:
        await asyncio.sleep(number * 0.0005)
        return await looks.find(f"k{number}")

    async def scene() -> None:
        looks = Together(table.read)
        await asyncio.gather(*(late(looks, number) for number in range(400)))

    asyncio.run(scene())
    assert sum(map(len, table.asked)) == 400
    assert len(table.asked) < 60


def test_a_crowd_is_read_as_soon_as_nobody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Falls over without `before < len(self._waiting)` in `Together._gathered`."""
    monkeypatch.setattr(together, "CROWD_SECONDS", 60)
    table = Table()

    async def scene() -> None:
        looks = Together(table.read)
        async with asyncio.timeout(60):
            for number in range(together.FREE + 3):
                await looks.find(f"k{number}")

    asyncio.run(scene())
    assert len(table.asked) == together.FREE + 3


def test_a_crowd_without_an_end_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Falls over without `clock() < until` in `Together._gathered`."""
    monkeypatch.setattr(together, "CROWD_SECONDS", 0.05)
    monkeypatch.setattr(together, "FREE", 0)
    table = Table()

    async def scene() -> str | None:
        looks = Together(table.read)
        first = asyncio.create_task(looks.find("first"))
        others: list[asyncio.Task[str | None]] = []
        async with asyncio.timeout(60):
            while not first.done():
                others.append(asyncio.create_task(looks.find(f"k{len(others)}")))
                await asyncio.sleep(0.001)
        await asyncio.gather(*others)
        return await first

    assert asyncio.run(scene()) == "FIRST"


def test_who_leaves_takes_nobody_elses_answer_away() -> None:
    """Falls over with one future for all who ask for a key, and without `_awaited`."""
    table = Table()

    async def scene() -> str | None:
        looks = Together(table.read)
        leaves = asyncio.create_task(looks.find("a"))
        stays = asyncio.create_task(looks.find("a"))
        await asyncio.sleep(0)
        leaves.cancel()
        return await stays

    assert asyncio.run(scene()) == "A"


def test_a_reading_that_fails_fails_for_all_and_the_next_goes_on() -> None:
    """Falls over without `except Exception` in `Together._answer`: they would wait for ever."""
    table = Table()

    async def scene() -> list[str | BaseException | None]:
        looks = Together(table.read)
        table.fault = OSError("the disk is gone")
        found = await asyncio.gather(looks.find("a"), looks.find("b"), return_exceptions=True)
        table.fault = None
        return [*found, await looks.find("a")]

    first, second, third = asyncio.run(scene())
    assert isinstance(first, OSError)
    assert isinstance(second, OSError)
    assert third == "A"
