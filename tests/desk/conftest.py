"""Journals and desks for the tests of the desk."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from board.database import open_database
from board.desk import Desk
from board.journal import Journal
from board.journal_memory import MemoryJournal
from board.journal_sql import SqlJournal
from tests.builders import NOW

SHOP = "test"
OpenJournal = Callable[[], Journal]
OpenDesk = Callable[[Journal], Desk]


@pytest.fixture(params=["memory", "sqlite"])
def open_journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenJournal]:
    """Opens the same journal as often as asked, as several processes would."""
    opened: list[Journal] = []
    memory = MemoryJournal()

    def opens() -> Journal:
        journal: Journal = memory
        if request.param == "sqlite":
            journal = SqlJournal(open_database(f"sqlite:///{tmp_path / 'desk.db'}"))
        opened.append(journal)
        return journal

    yield opens
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(open_journal: OpenJournal) -> Journal:
    """An empty journal."""
    return open_journal()


@pytest.fixture
def open_desk() -> Iterator[OpenDesk]:
    """Opens desks on journals, each with a writer thread of its own."""
    writers: list[ThreadPoolExecutor] = []

    def opens(journal: Journal) -> Desk:
        writers.append(ThreadPoolExecutor(1))
        return Desk(journal, SHOP, lambda: NOW, writers[-1])

    yield opens
    for writer in writers:
        writer.shutdown()


@pytest.fixture
def desk(journal: Journal, open_desk: OpenDesk) -> Desk:
    """A desk on an empty journal."""
    return open_desk(journal)


def run(scenario: Coroutine[object, object, None]) -> None:
    """Play a scenario to its end."""
    asyncio.run(scenario)
