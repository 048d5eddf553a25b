"""Several writers leave no gap, no double number and no batch in pieces, and a follower sees so."""

from concurrent.futures import ThreadPoolExecutor

from board.database import open_database
from board.journal import Answer, Entry, Journal
from board.journal_sql import SqlJournal
from tests.journal.conftest import OpenJournal
from tests.journal.entries import SHOP, an_entry, seqs
from tests.journal.processes import an_appender

TURNS = 25
SIZE = 4


def _write(journal: Journal, writer: str) -> None:
    for number in range(TURNS):
        command = f"{writer}-{number}"
        with journal.turn(SHOP) as turn:
            entries = [an_entry(turn.head + n, writer, command) for n in range(1, SIZE + 1)]
            turn.append(entries, {command: Answer(turn.head + SIZE)})


def _follow(journal: Journal, until: int) -> list[Entry]:
    seen: list[Entry] = []
    while len(seen) < until:
        seen.extend(journal.read(SHOP, after=len(seen)))
    return seen


def _batches(entries: list[Entry]) -> list[set[str]]:
    return [{e.command_id for e in entries[n : n + SIZE]} for n in range(0, len(entries), SIZE)]


def test_threads_with_their_own_connections_leave_no_gap(open_journal: OpenJournal) -> None:
    writers = [open_journal() for _ in range(3)]
    follower = open_journal()
    with ThreadPoolExecutor() as threads:
        seen = threads.submit(_follow, follower, 3 * TURNS * SIZE)
        done = [threads.submit(_write, each, f"writer-{n}") for n, each in enumerate(writers)]
        for each in done:
            each.result()
    _assert_gapless(seen.result(), 3)


def test_processes_leave_no_gap(database_url: str) -> None:
    appenders = [an_appender(database_url, f"writer-{n}", TURNS, SIZE) for n in range(2)]
    journal = SqlJournal(open_database(database_url))
    seen = _follow(journal, 2 * TURNS * SIZE)
    said = [appender.communicate()[0] for appender in appenders]
    journal.close()
    assert [appender.returncode for appender in appenders] == [0, 0]
    _assert_gapless(seen, 2)
    acknowledged = sorted(int(line) for text in said for line in text.split())
    assert acknowledged == list(range(SIZE, 2 * TURNS * SIZE + 1, SIZE))


def _assert_gapless(seen: list[Entry], writers: int) -> None:
    assert seqs(seen) == list(range(1, writers * TURNS * SIZE + 1))
    assert {len(commands) for commands in _batches(seen)} == {1}
    for n in range(writers):
        own = [entry.command_id for entry in seen if entry.job_id == f"writer-{n}"]
        assert own[::SIZE] == [f"writer-{n}-{number}" for number in range(TURNS)]


def test_a_turn_waits_for_the_turn_of_another(open_journal: OpenJournal) -> None:
    first, second = open_journal(), open_journal()
    with ThreadPoolExecutor() as threads:
        with first.turn(SHOP) as turn:
            waiting = threads.submit(_write, second, "second")
            turn.append([an_entry(1, "first")], {})
            assert not waiting.done()
            assert second.head(SHOP) == 0
        waiting.result()
    assert first.history(SHOP, "first") == [an_entry(1, "first")]
    assert first.head(SHOP) == 1 + TURNS * SIZE
