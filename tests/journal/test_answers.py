"""A command id is answered with its first result, for ever."""

import pytest

from board.journal import Answer, CommandRepeated, Journal
from tests.journal.conftest import OpenJournal
from tests.journal.entries import SHOP, an_entry, append


def test_a_repeated_command_finds_its_first_answer(open_journal: OpenJournal) -> None:
    append(open_journal(), "job-1", "job-1")
    append(open_journal(), "job-1")
    with open_journal().turn(SHOP) as turn:
        assert turn.answers(["command-2", "never seen"]) == {"command-2": Answer(2)}


def test_an_answer_keeps_what_was_asked(open_journal: OpenJournal) -> None:
    with open_journal().turn(SHOP) as turn:
        turn.append([], {"marked": Answer(0, "a mark"), "bare": Answer(0)})
    with open_journal().turn(SHOP) as turn:
        known = turn.answers(["marked", "bare"])
    assert known == {"marked": Answer(0, "a mark"), "bare": Answer(0)}


def test_a_second_answer_is_refused_and_the_first_stays(journal: Journal) -> None:
    append(journal, "job-1")
    with pytest.raises(CommandRepeated), journal.turn(SHOP) as turn:
        turn.append([], {"command-1": Answer(99)})
    with journal.turn(SHOP) as turn:
        assert turn.answers(["command-1"]) == {"command-1": Answer(1)}


def test_a_command_without_entries_is_answered_too(journal: Journal) -> None:
    append(journal, "job-1")
    with journal.turn(SHOP) as turn:
        turn.append([], {"nothing to do": Answer(1)})
    with journal.turn(SHOP) as turn:
        assert turn.head == 1
        assert turn.answers(["nothing to do"]) == {"nothing to do": Answer(1)}


def test_one_command_may_have_several_entries(journal: Journal) -> None:
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(1, command_id="c"), an_entry(2, command_id="c")], {"c": Answer(2)})
        assert turn.answers(["c"]) == {"c": Answer(2)}


def test_asking_for_no_command_gives_nothing(journal: Journal) -> None:
    with journal.turn(SHOP) as turn:
        assert turn.answers([]) == {}
