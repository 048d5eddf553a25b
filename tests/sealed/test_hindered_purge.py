"""A long read keeps the bytes of destroyed keys on PostgreSQL; afterwards they go all the same."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from board.core import commands as c
from board.database import open_database
from board.desk import Desk
from board.journal_sql import SqlJournal
from board.retention import overdue_in
from settings import read_settings
from tests.builders import MONA, NOW
from tests.desk.orders import granted, opened
from tests.sealed.conftest import SECRET, SHOP
from tests.sealed.test_erasing import wrapped_key
from tests.sealed.visits import visited
from tests.servers.postgres import Postgres
from workshop import Workshop

SAID = "a long read keeps bytes of destroyed keys in the database's files"


def erased_under_a_long_read(engine: Engine) -> bytes:
    """The key of a car that was erased while somebody read; the read is over now."""
    with ThreadPoolExecutor(1) as writer:

        async def scenario() -> bytes:
            desk = Desk(SqlJournal(engine, SECRET), SHOP, lambda: NOW, writer)
            await opened(desk)
            await visited(desk)
            key = wrapped_key(engine)
            with engine.execution_options(isolation_level="REPEATABLE READ").connect() as reader:
                # Of another table: the table of keys itself is free.
                reader.execute(text("SELECT count(*) FROM leases"))
                granted(await desk.handle(c.EraseCar(jobs=("j1",)), MONA))
            return key

        return asyncio.run(scenario())


def retention_round(engine: Engine, _folder: Path) -> None:
    """What happens once a day."""
    with ThreadPoolExecutor(1) as writer:
        desk = Desk(SqlJournal(engine, SECRET), SHOP, lambda: NOW, writer)
        assert overdue_in(engine)(desk.shop, NOW) == []


def start(engine: Engine, folder: Path) -> None:
    """What happens when a process starts."""
    (folder / "secret").write_text(SECRET.hex())
    url = engine.url.render_as_string(hide_password=False)
    wanted = {"BAYLIGHT_DATA": str(folder), "MQTT_URL": "off", "DATABASE_URL": url}
    workshop = Workshop(read_settings(wanted))
    workshop.close()
    workshop.engine.dispose()


@pytest.fixture
def engine(postgres_database: str) -> Iterator[Engine]:
    """An empty database."""
    opened_database = open_database(postgres_database)
    yield opened_database
    opened_database.dispose()


@pytest.mark.parametrize("again", [start, retention_round])
def test_a_key_that_a_long_read_kept_goes_later(
    engine: Engine,
    postgres_cluster: Postgres,
    again: Callable[[Engine, Path], None],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Falls over without `_note(connection, due=not purged)` in `board/erasing.py`, and without
    `purge_if_due(engine)` in `board/retention.py` or `purge_if_due(self.engine)` in `workshop.py`.
    """
    key = erased_under_a_long_read(engine)
    assert [record.message for record in caplog.records].count(SAID) == 1
    assert key in postgres_cluster.in_files()
    again(engine, tmp_path)
    assert key not in postgres_cluster.in_files()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM meta WHERE key = 'purge'")) == 0
    assert [record.message for record in caplog.records].count(SAID) == 1
