"""A SQLite file that is taken away or replaced under an open journal takes nothing any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from board.database import open_database
from board.journal import JournalUnavailable
from board.journal_sql import SqlJournal
from tests.journal.entries import SHOP, append


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / "baylight.db"


@pytest.fixture
def journal(file: Path) -> Iterator[SqlJournal]:
    """A journal with one entry and an open connection."""
    journal = SqlJournal(open_database(f"sqlite:///{file}"))
    append(journal, "job-1")
    yield journal
    journal.close()


def move_away(file: Path) -> None:
    """As a person does who looks for what is wrong: with all that belongs to it."""
    away = file.parent / "away"
    away.mkdir()
    for part in file.parent.glob("baylight.db*"):
        part.rename(away / part.name)


def test_nothing_is_written_into_a_file_that_was_moved_away(
    file: Path, journal: SqlJournal
) -> None:
    """Falls over without `_leave_what_was_moved`: the open file takes what nobody finds again.
    Without `mode=rw` an empty database is made and asked for its tables."""
    move_away(file)
    with pytest.raises(JournalUnavailable, match="cannot be opened"):
        append(journal, "job-2")
    with pytest.raises(JournalUnavailable, match="cannot be opened"):
        journal.writable()
    with pytest.raises(JournalUnavailable, match="cannot be opened"):
        journal.head(SHOP)
    assert not file.exists()


def test_the_file_that_takes_the_place_is_the_one_in_use(file: Path, journal: SqlJournal) -> None:
    """Falls over without `_leave_what_was_moved`: the epoch stays that of the former file."""
    before = journal.place(SHOP)
    move_away(file)
    replaced = SqlJournal(open_database(f"sqlite:///{file}"))
    append(replaced, "job-a", "job-b")
    assert journal.place(SHOP) == replaced.place(SHOP) != before
    append(journal, "job-c")
    assert replaced.head(SHOP) == 3
    replaced.close()


def test_what_was_written_while_the_file_went_is_not_acknowledged(
    file: Path, journal: SqlJournal
) -> None:
    """Falls over without `require_in_place` after the commit."""
    with (
        pytest.raises(JournalUnavailable, match="was moved away or replaced"),
        journal.turn(SHOP),
    ):
        move_away(file)
