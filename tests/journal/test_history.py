"""The history of a job is all its entries, and only its own."""

from board.journal import Journal
from tests.journal.entries import SHOP, append, seqs


def test_history_is_the_entries_of_one_job_in_order(journal: Journal) -> None:
    append(journal, "job-1", "job-2", None, "job-1")
    append(journal, "job-2", "job-1")
    assert seqs(journal.history(SHOP, "job-1")) == [1, 4, 6]
    assert seqs(journal.history(SHOP, "job-2")) == [2, 5]


def test_a_job_never_seen_has_no_history(journal: Journal) -> None:
    append(journal, "job-1")
    assert journal.history(SHOP, "job-9") == []
