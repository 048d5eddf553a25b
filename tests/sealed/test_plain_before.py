"""A journal that an earlier version wrote in plain words: it opens, and is sealed at the start."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from board.codec import event_to_entry, shop_to_bytes
from board.core.history import replay
from board.core.shop import Shop
from board.database import connect, open_database, writing
from board.desk import Desk
from board.journal import body_text
from board.journal_memory import MemoryJournal
from board.journal_sql import SqlJournal
from board.recall import facts_from, recall
from board.resealing import seal_what_is_plain
from board.versions import bring_to
from tests.builders import NOW
from tests.desk.orders import opened
from tests.sealed.conftest import SECRET, SHOP, kept
from tests.sealed.visits import NAME, found_in, visited
from tests.servers.postgres import Postgres


def plain_day() -> tuple[Shop, list[dict[str, object]]]:
    """A shop and the rows of its journal as version 4 of the tables had them."""
    journal = MemoryJournal()
    with ThreadPoolExecutor(1) as writer:

        async def play() -> Shop:
            desk = Desk(journal, SHOP, lambda: NOW, writer)
            await opened(desk)
            await visited(desk)
            return desk.shop

        shop = asyncio.run(play())
    rows = []
    for entry, fact in zip(journal.read(SHOP, 0), facts_from(journal.read(SHOP, 0)), strict=True):
        kind, version, body = event_to_entry(fact.event)
        row = {"seq": entry.seq, "at": entry.at, "actor": entry.actor, "c": entry.command_id}
        body_now = {"kind": kind, "version": version, "body": body_text(body)}
        rows.append({**row, **body_now, "job": entry.job_id, "shop": SHOP})
    return shop, rows


def written_plain(url: str) -> Shop:
    """Fill a database as an earlier version left it; the shop that is in it."""
    shop, rows = plain_day()
    engine = connect(url)
    if engine.dialect.name == "sqlite":
        Path(str(engine.url.database)).touch()
    with writing(engine) as connection:
        bring_to(connection, "0004")
        connection.execute(
            text(
                "INSERT INTO events VALUES"
                " (:shop, :seq, :at, :actor, :c, :job, :kind, :version, :body, 'test')"
            ),
            rows,
        )
        head = {"shop": SHOP, "seq": shop.seq}
        connection.execute(text("INSERT INTO heads VALUES (:shop, :seq)"), head)
        connection.execute(
            text("INSERT INTO snapshots VALUES (:shop, :seq, 1, :body)"),
            {**head, "body": shop_to_bytes(shop)},
        )
        marks = "INSERT INTO commands (command_id, shop_id, seq, asked) VALUES ('c', :shop, 1, 'm')"
        connection.execute(text(marks), {"shop": SHOP})
        assert NAME in str(rows)
    engine.dispose()
    return shop


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'baylight.db'}"
    found: str = request.getfixturevalue("postgres_database")
    return found


def test_a_plain_journal_is_sealed_at_the_start(url: str, tmp_path: Path) -> None:
    """Falls over when the migration leaves no mark."""
    shop = written_plain(url)
    engine = open_database(url)
    journal = SqlJournal(engine, SECRET)
    assert replay(Shop(id=SHOP), facts_from(journal.read(SHOP, 0))) == shop
    assert found_in(kept(engine, tmp_path)) != []
    for _ in range(2):
        seal_what_is_plain(engine, journal)
        assert found_in(kept(engine, tmp_path)) == []
    assert recall(journal, SHOP) == shop
    assert [job.customer for job in journal.jobs.find(SHOP, "7q9x2")] == [NAME]
    assert _marks(engine) == [None]
    engine.dispose()


def test_no_file_of_postgres_remembers_a_plain_word(
    postgres_database: str, postgres_cluster: Postgres
) -> None:
    """Falls over without `FULL` in `VACUUM FULL {table.name}` in `board/erasing.py`."""
    written_plain(postgres_database)
    engine = open_database(postgres_database)
    with writing(engine) as connection:
        # Rows that were changed leave their former words in many pages.
        for _ in range(20):
            connection.execute(text("UPDATE events SET body = body || ' '"))
    assert found_in(postgres_cluster.in_files()) != []
    seal_what_is_plain(engine, SqlJournal(engine, SECRET))
    assert found_in(postgres_cluster.in_files()) == []
    engine.dispose()


def test_a_new_database_has_nothing_to_seal(url: str) -> None:
    engine = open_database(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT value FROM meta WHERE key = 'unsealed'"))
        assert found.all() == []
    engine.dispose()


def _marks(engine: Engine) -> list[str | None]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT asked FROM commands")))
