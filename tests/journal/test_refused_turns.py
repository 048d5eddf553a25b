"""A turn that ends with an exception has written nothing."""

from contextlib import suppress

import pytest

from board.journal import Answer, CommandRepeated, Journal
from board.search import IndexedJob
from tests.journal.entries import SHOP, an_entry, append


def _write_and_fail(journal: Journal) -> None:
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(2), an_entry(3)], {"c": Answer(3)})
        turn.index([IndexedJob("job-1", "W-1", "working", 3, ticket="A17")])
        raise LookupError


def test_an_exception_writes_nothing(journal: Journal) -> None:
    append(journal, "job-1")
    with pytest.raises(LookupError):
        _write_and_fail(journal)
    assert journal.head(SHOP) == 1
    assert journal.jobs.find(SHOP, "A17") == []
    with journal.turn(SHOP) as turn:
        assert turn.head == 1
        assert turn.answers(["c"]) == {}


def test_the_next_turn_may_use_the_numbers_of_a_refused_one(journal: Journal) -> None:
    append(journal, "job-1")
    with pytest.raises(LookupError):
        _write_and_fail(journal)
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(2)], {"c": Answer(2)})
    assert journal.head(SHOP) == 2


def test_one_bad_answer_keeps_the_whole_batch_out(journal: Journal) -> None:
    append(journal, "job-1")
    with pytest.raises(CommandRepeated), journal.turn(SHOP) as turn:
        turn.append([an_entry(2), an_entry(3)], {"new": Answer(2), "command-1": Answer(3)})
    assert journal.head(SHOP) == 1


def _write_and_ignore_a_refusal(journal: Journal) -> None:
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(2)], {})
        with suppress(CommandRepeated):
            turn.append([an_entry(3)], {"command-1": Answer(3)})


def test_catching_the_exception_does_not_save_the_turn(journal: Journal) -> None:
    append(journal, "job-1")
    with pytest.raises(CommandRepeated):
        _write_and_ignore_a_refusal(journal)
    assert journal.head(SHOP) == 1


def test_what_a_turn_indexes_is_found_after_it(journal: Journal) -> None:
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(1)], {})
        turn.index([IndexedJob("job-1", "W-1", "working", 1, ticket="A17")])
    assert [job.job_id for job in journal.jobs.find(SHOP, "a17")] == ["job-1"]
