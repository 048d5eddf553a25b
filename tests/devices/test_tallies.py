"""How often a device spoke is counted over a start of the program, and the page says since when."""

import asyncio
from pathlib import Path

import pytest

from devices.deliveries import Delivery
from devices.logbook import Counts, Tally
from devices.logbooks import Logbooks
from devices.readings import Capability, State
from devices.tallies import keep_tallies, read_tallies
from tests.devices.moments import at

EYE = "native:eye"
BEFORE = {EYE: Tally(at(-9000), at(-60), Counts(4000, 3, 2, 1, 0))}


def heard(books: Logbooks, device: str) -> None:
    seen = State(device, "occupancy", Capability.occupancy, True, at(0), False)
    books.note(Delivery(f"shop/main/dev/{device}", b"1", False, at(0)), [seen])


def test_counts_go_on_where_they_were_before_the_start() -> None:
    books = Logbooks(frozenset({EYE, "native:new"}))
    books.remember({}, {**BEFORE, "native:gone": BEFORE[EYE]})
    before = books.fresh(EYE)
    assert (before.counts, before.counted_since, before.last_heard) == (
        Counts(4000, 3, 2, 1, 0),
        at(-9000),
        at(-60),
    )
    heard(books, EYE)
    heard(books, "native:new")
    heard(books, "native:stranger")
    assert books.tallies == {
        EYE: Tally(at(-9000), at(0), Counts(4001, 3, 2, 1, 0)),
        "native:new": Tally(at(0), at(0), Counts(1)),
    }, "of bound devices only"
    assert BEFORE[EYE].counts.messages == 4000


def test_they_are_written_at_the_end_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "device-counts.json"
    found = dict[str, Tally]()

    async def scenario() -> None:
        keeping = asyncio.create_task(keep_tallies(file, lambda: found))
        await asyncio.sleep(0)
        found.update(BEFORE)
        keeping.cancel()
        await asyncio.wait([keeping])

    asyncio.run(scenario())
    assert read_tallies(file) == BEFORE
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"a": 1}', '{"a": ["soon", null, 1]}', '{"a": ["2026-03-01T10:00:00", null, 1]}'],
)
def test_a_broken_file_begins_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "device-counts.json"
    file.write_text(text)
    assert read_tallies(file) == {}
