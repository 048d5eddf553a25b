"""Batteries by day are there again after a start, whatever became of their file."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from devices.batteries import Battery
from devices.battery_days import keep_days, read_days
from devices.deliveries import Delivery
from devices.logbook import Point
from devices.logbooks import Logbooks
from devices.readings import Capability, State
from tests.devices.moments import at

EYE = "native:eye"
BEFORE = {EYE: (Point(date(2026, 3, 1), 90), Point(date(2026, 3, 2), 88, 2900, False))}


def heard(books: Logbooks, device: str = EYE) -> None:
    seen = State(device, "battery", Capability.battery, 80, at(0), False)
    books.note(Delivery(f"shop/main/dev/{device}", b"80", False, at(0)), [seen])
    books.weigh(device, Battery(at(0), 80))


def test_todays_level_follows_those_from_before_the_start() -> None:
    books = Logbooks(frozenset({EYE, "native:silent"}))
    books.remember({**BEFORE, "native:silent": BEFORE[EYE], "native:gone": BEFORE[EYE]}, {})
    heard(books)
    heard(books, "native:unbound")
    assert [one.percent for one in books.batteries[EYE]] == [90, 80]
    assert books.batteries["native:silent"] == BEFORE[EYE]
    assert set(books.batteries) == {EYE, "native:silent"}, "of bound devices only"


def test_they_are_written_at_the_end_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "batteries.json"
    found = dict[str, tuple[Point, ...]]()

    async def scenario() -> None:
        keeping = asyncio.create_task(keep_days(file, lambda: found))
        await asyncio.sleep(0)
        found.update(BEFORE)
        keeping.cancel()
        await asyncio.wait([keeping])

    asyncio.run(scenario())
    assert read_days(file) == BEFORE
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"a": 1}', '{"a": [["soon", 1, 2, 3]]}', '{"a": [[]]}']
)
def test_a_broken_file_begins_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "batteries.json"
    assert read_days(file) == {}
    file.write_text(text)
    assert read_days(file) == {}
