"""Nothing crosses from one shop to another."""

from concurrent.futures import ThreadPoolExecutor

from board.journal import Answer, Journal, Snapshot
from board.search import IndexedJob
from tests.journal.conftest import OpenJournal
from tests.journal.entries import OTHER_SHOP, SHOP, an_entry, append, seqs


def test_each_shop_counts_for_itself(journal: Journal) -> None:
    append(journal, "job-1", "job-1")
    append(journal, "job-1", shop_id=OTHER_SHOP)
    assert seqs(journal.read(SHOP, after=0)) == [1, 2]
    assert seqs(journal.read(OTHER_SHOP, after=0)) == [1]
    assert seqs(journal.history(OTHER_SHOP, "job-1")) == [1]


def test_a_turn_reads_its_own_shop_only(journal: Journal) -> None:
    append(journal, "job-1")
    with journal.turn(OTHER_SHOP) as turn:
        assert turn.head == 0
        assert turn.read(after=0) == []


def test_command_ids_of_two_shops_may_be_equal(journal: Journal) -> None:
    append(journal, "job-1")
    with journal.turn(OTHER_SHOP) as turn:
        assert turn.answers(["command-1"]) == {}
        turn.append([an_entry(1)], {"command-1": Answer(1)})


def test_snapshots_stay_in_their_shop(journal: Journal) -> None:
    journal.save_snapshot(SHOP, Snapshot(5, 1, b"one"), journal.epoch)
    assert journal.latest_snapshot(OTHER_SHOP) is None


def test_search_stays_in_its_shop(journal: Journal) -> None:
    journal.jobs.note(SHOP, [IndexedJob("job-1", "W-1", "working", 1, ticket="A17")])
    journal.jobs.clear(OTHER_SHOP)
    assert journal.jobs.find(OTHER_SHOP, "A17") == []
    assert len(journal.jobs.find(SHOP, "A17")) == 1


def test_only_shops_with_entries_are_listed(journal: Journal) -> None:
    append(journal, "job-1", shop_id="b")
    append(journal, "job-1", shop_id="a")
    with journal.turn("looked at only"):
        pass
    assert journal.shop_ids() == ["a", "b"]


def test_shops_written_at_once_stay_apart(open_journal: OpenJournal) -> None:
    journals = {shop: open_journal() for shop in ("a", "b", "c")}
    with ThreadPoolExecutor() as threads:
        for shop, journal in journals.items():
            for _ in range(20):
                threads.submit(append, journal, shop, shop, shop_id=shop)
    for shop, journal in journals.items():
        kept = journal.read(shop, after=0)
        assert seqs(kept) == list(range(1, 41))
        assert {entry.job_id for entry in kept} == {shop}
