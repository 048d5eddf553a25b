"""Databases and journals: one contract, kept by memory, SQLite and PostgreSQL alike."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from board.database import open_database
from board.journal import Journal
from board.journal_memory import MemoryJournal
from board.journal_sql import SqlJournal

OpenJournal = Callable[[], Journal]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'baylight.db'}"


@pytest.fixture
def postgres_url(postgres_database: str) -> str:
    """A PostgreSQL database with nothing in it."""
    return postgres_database


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An opened database of each kind."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def open_journal(request: pytest.FixtureRequest) -> Iterator[OpenJournal]:
    """Opens the same journal as often as asked, as several processes would."""
    opened: list[Journal] = []
    memory = MemoryJournal()
    url = None if request.param == "memory" else request.getfixturevalue(f"{request.param}_url")

    def opens() -> Journal:
        journal: Journal = memory if url is None else SqlJournal(open_database(url))
        opened.append(journal)
        return journal

    yield opens
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(open_journal: OpenJournal) -> Journal:
    """An empty journal of each kind."""
    return open_journal()
