"""What was acknowledged is on disk, even when the process is killed the moment after."""

import sqlite3
import subprocess
from itertools import islice

from sqlalchemy import Connection, event, text

from board.database import connect, open_database
from board.journal_sql import SqlJournal
from tests.journal.entries import SHOP, append, seqs, with_option
from tests.journal.processes import an_appender


def _killed_after(appender: subprocess.Popen[str], lines: int) -> list[int]:
    assert appender.stdout is not None
    first = list(islice(appender.stdout, lines))
    appender.kill()
    rest = appender.stdout.read().splitlines()
    appender.wait()
    appender.stdout.close()
    return [int(line) for line in (*first, *rest)]


def test_every_acknowledged_entry_survives_a_kill(database_url: str) -> None:
    acknowledged: list[int] = []
    for run in range(3):
        acknowledged += _killed_after(an_appender(database_url, f"run-{run}", 0, 3), 40)
    journal = SqlJournal(open_database(database_url))
    kept = seqs(journal.read(SHOP, after=0, limit=10**6))
    head = journal.head(SHOP)
    journal.close()
    assert len(acknowledged) >= 120
    assert set(acknowledged) <= set(kept)
    assert kept == list(range(1, head + 1))
    assert head % 3 == 0


def test_the_writer_of_a_file_waits_for_the_disk(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    levels: list[object] = []

    @event.listens_for(engine, "commit")
    def _look(connection: Connection) -> None:
        levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())

    journal = SqlJournal(engine)
    levels.clear()
    append(journal, "job-1")
    journal.close()
    assert levels == [2]


def test_a_file_has_a_write_ahead_log(sqlite_url: str) -> None:
    engine = open_database(sqlite_url)
    engine.dispose()
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


def test_a_server_that_would_acknowledge_early_is_overruled(postgres_url: str) -> None:
    easy = connect(with_option(postgres_url, "synchronous_commit=off"))
    strict = connect(with_option(postgres_url, "synchronous_commit=remote_apply"))
    found = []
    for engine in (easy, strict):
        with engine.connect() as connection:
            found.append(connection.scalar(text("SHOW synchronous_commit")))
        engine.dispose()
    assert found == ["on", "remote_apply"]
