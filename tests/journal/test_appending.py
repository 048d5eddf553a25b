"""What is appended is read again, whole, in order and unchanged."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from board.journal import Answer, Journal, JournalMoved
from tests.journal.conftest import OpenJournal
from tests.journal.entries import NOON, SHOP, an_entry, append, seqs


def test_an_empty_journal_has_head_zero(journal: Journal) -> None:
    assert journal.head(SHOP) == 0
    assert journal.read(SHOP, after=0) == []


def test_an_entry_comes_back_as_it_was(journal: Journal) -> None:
    entry = an_entry(1)
    with journal.turn(SHOP) as turn:
        turn.append([entry], {})
    assert journal.read(SHOP, after=0) == [entry]


def test_a_time_of_another_zone_comes_back_as_utc(journal: Journal) -> None:
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    with journal.turn(SHOP) as turn:
        turn.append([replace(an_entry(1), at=beijing)], {})
    (kept,) = journal.read(SHOP, after=0)
    assert kept.at == NOON
    assert kept.at.utcoffset() == timedelta(0)


def test_a_time_without_zone_is_no_entry() -> None:
    with pytest.raises(ValueError, match="without zone"):
        replace(an_entry(1), at=datetime(2026, 3, 2))  # noqa: DTZ001 - what is refused


def test_reading_after_a_number_gives_what_is_greater(journal: Journal) -> None:
    append(journal, "job-1", "job-2", "job-3", "job-4")
    assert seqs(journal.read(SHOP, after=2)) == [3, 4]
    assert seqs(journal.read(SHOP, after=1, limit=2)) == [2, 3]
    assert journal.read(SHOP, after=4) == []


def test_entries_of_several_turns_are_numbered_on(journal: Journal) -> None:
    for size in (1, 3, 2):
        append(journal, *["job-1"] * size)
    assert seqs(journal.read(SHOP, after=0)) == [1, 2, 3, 4, 5, 6]
    assert journal.head(SHOP) == 6


def test_a_turn_sees_what_it_has_appended(journal: Journal) -> None:
    append(journal, "job-1")
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(2)], {"c": Answer(2)})
        assert turn.head == 2
        assert seqs(turn.read(after=0)) == [1, 2]
        assert turn.answers(["c"]) == {"c": Answer(2)}
        turn.append([an_entry(3)], {})
    assert journal.head(SHOP) == 3


@pytest.mark.parametrize("wrong", [[1], [3], [2, 4], [2, 2], [3, 2]])
def test_entries_that_do_not_follow_the_head_are_refused(
    journal: Journal, wrong: list[int]
) -> None:
    append(journal, "job-1")
    with pytest.raises(JournalMoved), journal.turn(SHOP) as turn:
        turn.append([an_entry(seq) for seq in wrong], {"c": Answer(2)})
    assert journal.head(SHOP) == 1
    with journal.turn(SHOP) as turn:
        assert turn.answers(["c"]) == {}


@pytest.mark.parametrize("unkept", [float("nan"), {1, 2}, "\ud800"])
def test_a_body_that_nobody_could_read_again_is_refused(journal: Journal, unkept: object) -> None:
    bad = replace(an_entry(2), body={"note": unkept})
    with pytest.raises(ValueError, match=r".+"), journal.turn(SHOP) as turn:
        turn.append([an_entry(1), bad], {})
    assert journal.head(SHOP) == 0


def test_a_big_batch_is_kept_whole(journal: Journal) -> None:
    append(journal, *["job-1"] * 5000)
    assert journal.head(SHOP) == 5000
    assert seqs(journal.read(SHOP, after=0, limit=9999)) == list(range(1, 5001))


def test_what_was_appended_is_there_after_reopening(open_journal: OpenJournal) -> None:
    first = open_journal()
    entries = append(first, "job-1", "job-2")
    first.close()
    assert open_journal().read(SHOP, after=0) == entries
