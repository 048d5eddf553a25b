"""The epoch names a history: it stays over reopening and changes on purpose only."""

from board.database import open_database, renew_epoch
from board.journal_memory import MemoryJournal
from board.journal_sql import SqlJournal
from tests.journal.conftest import OpenJournal
from tests.journal.entries import SHOP, an_entry


def test_the_epoch_is_the_same_after_reopening(open_journal: OpenJournal) -> None:
    first = open_journal()
    epoch = first.epoch
    first.close()
    assert open_journal().epoch == epoch
    assert epoch


def test_a_place_is_the_epoch_and_the_number_of_the_last_entry(open_journal: OpenJournal) -> None:
    journal = open_journal()
    assert journal.place(SHOP) == (journal.epoch, 0)
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(1)], {})
        assert turn.epoch == journal.epoch
    assert journal.place(SHOP) == (journal.epoch, 1)


def test_two_histories_have_two_epochs(open_journal: OpenJournal) -> None:
    assert open_journal().epoch != MemoryJournal().epoch


def test_a_restored_history_gets_another_epoch(database_url: str) -> None:
    engine = open_database(database_url)
    before = SqlJournal(engine).epoch
    renewed = renew_epoch(engine)
    assert renewed != before
    assert SqlJournal(engine).epoch == renewed
    engine.dispose()
