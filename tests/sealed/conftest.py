"""Databases of each kind with a master key, and desks on them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from board import tables
from board.database import open_database
from board.desk import Desk
from board.journal_sql import SqlJournal
from tests.builders import NOW

SHOP = "test"
SECRET = bytes(range(32))
OpenDesk = Callable[[], Desk]


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind; the SQLite file lies in the test's folder."""
    kind: str = request.param
    url = f"sqlite:///{tmp_path / 'baylight.db'}"
    if kind == "postgres":
        url = request.getfixturevalue("postgres_database")
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def open_desk(engine: Engine) -> Iterator[OpenDesk]:
    """Opens desks on journals of their own, as several processes would."""
    writers: list[ThreadPoolExecutor] = []

    def opens() -> Desk:
        writers.append(ThreadPoolExecutor(1))
        return Desk(SqlJournal(engine, SECRET), SHOP, lambda: NOW, writers[-1])

    yield opens
    for writer in writers:
        writer.shutdown()


def kept(engine: Engine, folder: Path) -> bytes:
    """Everything that lies in the database: its rows, and what else stands in SQLite's files."""
    with engine.connect() as connection:
        rows = [
            repr(tuple(row))
            for table in tables.metadata.sorted_tables
            for row in connection.execute(select(table))
        ]
    return "\n".join(rows).encode() + in_files(folder)


def in_files(folder: Path) -> bytes:
    """What SQLite's files hold, free pages and write-ahead log included."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("baylight.db*")))
