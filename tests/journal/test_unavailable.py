"""A database that cannot be used is told in one sentence that says what to do."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, make_url, text

from board.database import LOCK_WAIT_SECONDS, connect, open_database
from board.journal import JournalUnavailable
from board.journal_sql import SqlJournal
from tests.journal.entries import SHOP, append, with_option


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A SQLite database with one entry."""
    file = tmp_path / "baylight.db"
    journal = SqlJournal(open_database(f"sqlite:///{file}"))
    append(journal, "job-1")
    journal.close()
    return file


@pytest.fixture
def impatient(file: Path) -> Iterator[Engine]:
    """That database, opened by somebody who does not wait for locks."""
    engine = connect(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def _hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    yield engine
    engine.dispose()


def test_a_journal_that_can_be_written_says_nothing(engine: Engine) -> None:
    journal = SqlJournal(engine)
    journal.writable()
    append(journal, "job-1")
    assert journal.head(SHOP) == 1


def test_a_locked_file_names_the_other_process(file: Path, impatient: Engine) -> None:
    journal = SqlJournal(impatient)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalUnavailable, match="locked: another process holds it"):
            journal.writable()
        with pytest.raises(JournalUnavailable, match="locked: another process holds it"):
            append(journal, "job-2")
        assert journal.head(SHOP) == 1
    append(journal, "job-2")
    assert journal.head(SHOP) == 2


def test_a_read_only_file_names_the_file(file: Path) -> None:
    journal = SqlJournal(connect(f"sqlite:///file:{file}?mode=ro&uri=true"))
    with pytest.raises(JournalUnavailable, match=rf"read-only: check the permissions of .*{file}"):
        journal.writable()
    journal.close()


def test_a_full_disk_asks_for_space(file: Path) -> None:
    engine = connect(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def _no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    journal = SqlJournal(engine)
    with pytest.raises(JournalUnavailable, match=rf"free space on the disk of {file}"):
        append(journal, *["job-1"] * 1000)
    assert journal.head(SHOP) == 1
    journal.close()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(JournalUnavailable, match=r"check the folder of .*nowhere"):
        open_database(f"sqlite:///{tmp_path}/nowhere/baylight.db")


def test_a_file_of_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "baylight.db").write_text("this is a letter, not a database " * 100)
    with pytest.raises(JournalUnavailable, match="is not a database"):
        open_database(f"sqlite:///{tmp_path}/baylight.db")


def test_a_server_that_is_away_asks_to_check_its_address() -> None:
    with socket.socket() as taken:
        # Bound but not listening: whoever calls is refused at once.
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://lin:secret@127.0.0.1:{taken.getsockname()[1]}/shop"
        with pytest.raises(JournalUnavailable, match="check it and DATABASE_URL") as told:
            open_database(url)
    assert "secret" not in told.value.sentence


def test_a_server_without_the_database_says_so(postgres_url: str) -> None:
    elsewhere = make_url(postgres_url).set(database="nowhere")
    with pytest.raises(JournalUnavailable, match=r"nowhere .*DATABASE_URL"):
        open_database(elsewhere.render_as_string(hide_password=False))


def test_a_head_row_held_for_long_is_told(postgres_url: str) -> None:
    holder = SqlJournal(open_database(postgres_url))
    engine = connect(postgres_url)

    @event.listens_for(engine, "connect")
    def _hurry(connection: object, _record: object) -> None:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("SET lock_timeout = '50ms'")
        connection.commit()  # type: ignore[attr-defined]

    waiting = SqlJournal(engine)
    append(holder, "job-1")
    with (
        holder.turn(SHOP),
        pytest.raises(JournalUnavailable, match="another process holds it"),
        waiting.turn(SHOP),
    ):
        pass
    append(waiting, "job-2")
    holder.close()
    waiting.close()


def test_a_standby_names_the_primary(postgres_url: str) -> None:
    open_database(postgres_url).dispose()
    journal = SqlJournal(connect(with_option(postgres_url, "default_transaction_read_only=on")))
    with pytest.raises(JournalUnavailable, match="must name the primary"):
        journal.writable()
    journal.close()


def _end_other_connections(url: str) -> None:
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    engine = connect(url)
    with engine.connect() as connection:
        connection.execute(text(ended)).all()
    engine.dispose()


def _read_while_cut_off(journal: SqlJournal, url: str) -> None:
    with journal.turn(SHOP) as turn:
        _end_other_connections(url)
        turn.read(after=0)


def test_a_lost_connection_is_told_and_the_next_one_works(postgres_url: str) -> None:
    journal = SqlJournal(open_database(postgres_url))
    with pytest.raises(JournalUnavailable, match="check that it runs"):
        _read_while_cut_off(journal, postgres_url)
    append(journal, "job-1")
    assert journal.head(SHOP) == 1
    journal.close()


def test_locks_are_waited_for_a_bounded_time(engine: Engine) -> None:
    asked = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with engine.connect() as connection:
        waits = connection.exec_driver_sql(asked[engine.dialect.name]).scalar()
    assert waits in (LOCK_WAIT_SECONDS * 1000, f"{LOCK_WAIT_SECONDS}s")
