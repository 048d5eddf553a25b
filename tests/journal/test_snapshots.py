"""The latest snapshot of a shop is kept, whoever saves an older one."""

from board.journal import Journal, Snapshot
from tests.journal.conftest import OpenJournal
from tests.journal.entries import SHOP


def test_there_is_no_snapshot_at_first(journal: Journal) -> None:
    assert journal.latest_snapshot(SHOP) is None


def test_a_snapshot_comes_back_after_reopening(open_journal: OpenJournal) -> None:
    snapshot = Snapshot(seq=7, version=2, body=b"\x00\xffshop")
    first = open_journal()
    first.save_snapshot(SHOP, snapshot, first.epoch)
    first.close()
    assert open_journal().latest_snapshot(SHOP) == snapshot


def test_a_later_snapshot_replaces_an_earlier_one(journal: Journal) -> None:
    journal.save_snapshot(SHOP, Snapshot(7, 1, b"early"), journal.epoch)
    journal.save_snapshot(SHOP, Snapshot(9, 1, b"late"), journal.epoch)
    assert journal.latest_snapshot(SHOP) == Snapshot(9, 1, b"late")


def test_an_earlier_snapshot_does_not_replace_a_later_one(journal: Journal) -> None:
    journal.save_snapshot(SHOP, Snapshot(9, 1, b"late"), journal.epoch)
    journal.save_snapshot(SHOP, Snapshot(7, 1, b"early"), journal.epoch)
    assert journal.latest_snapshot(SHOP) == Snapshot(9, 1, b"late")


def test_a_snapshot_in_a_new_form_replaces_one_of_the_same_number(journal: Journal) -> None:
    journal.save_snapshot(SHOP, Snapshot(9, 1, b"old form"), journal.epoch)
    journal.save_snapshot(SHOP, Snapshot(9, 2, b"new form"), journal.epoch)
    assert journal.latest_snapshot(SHOP) == Snapshot(9, 2, b"new form")
