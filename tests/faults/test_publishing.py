"""The journal is the log: what reached it reaches every screen, in order, once, whoever dies."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from board.database import open_database
from board.journal import Answer, Entry, Journal
from board.journal_sql import SqlJournal
from tests.e2e.running import RunningShop, until
from tests.e2e.watching import Visitor
from tests.faults.follower import follower_of
from tests.faults.proxy import Network
from tests.journal.entries import SHOP, an_entry

TIMES = 12
DIES = """
import os, signal
from pathlib import Path
from board.desk import Desk
publish = Desk._publish
def die_instead(desk, batch):
    if batch.decided and Path({mark!r}).exists():
        os.kill(os.getpid(), signal.SIGKILL)
    publish(desk, batch)
Desk._publish = die_instead
"""

Two = tuple[RunningShop, RunningShop]


def received(shop: RunningShop, key: str, plate: str) -> int:
    """Ask with a key that makes it safe to ask again; the journal's number in the answer."""
    body = {"job": key, "car": {"plate": plate}}
    status, answer = shop.attempt_once(key, "receive_job", body)
    assert status == 200, answer
    return int(answer["seq"])


def test_crash_between_commit_and_publish_loses_nothing(
    net: Network, two: Two, tmp_path: Path
) -> None:
    """Falls over without `await desk.catch_up()` in Ticking: nobody else would ever look."""
    one, other = two
    board = follower_of(net, Visitor(one).sign_in("mona"), "board").start()
    mark = tmp_path / "dies"
    other.kill()
    other.prelude = DIES.format(mark=str(mark))
    other.start()
    mark.touch()
    with pytest.raises((OSError, HTTPException)):
        received(other, "j1", "京D10001")
    until(lambda: board.read(lambda told: "job-j1" in told.regions), 5)
    seq = one.board()["seq"]
    assert received(one, "j1", "京D10001") <= seq
    assert one.board()["seq"] == seq


@pytest.fixture
def journals(postgres_database: str) -> Iterator[list[Journal]]:
    """Three processes' journals on one database."""
    opened: list[Journal] = [SqlJournal(open_database(postgres_database)) for _ in range(3)]
    yield opened
    for journal in opened:
        journal.close()


def append(journal: Journal, job: str) -> None:
    """Write one entry after what is there."""
    with journal.turn(SHOP) as turn:
        turn.append([an_entry(turn.head + 1, job)], {job: Answer(turn.head + 1)})


def waits_for_a_lock(url: str) -> bool:
    """Whether somebody's transaction waits for another's."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.scalar(text(waiting))
    engine.dispose()
    return bool(found)


def test_out_of_order_commits_cannot_be(postgres_database: str, journals: list[Journal]) -> None:
    """Falls over without `.with_for_update(of=heads)` in journal_statements.LOCKED."""
    slow, quick, reader = journals
    append(slow, "first")
    seen: list[Entry] = reader.read(SHOP, 0)
    with ThreadPoolExecutor(1) as pool:
        with slow.turn(SHOP) as turn:
            turn.append([an_entry(2, "slow")], {"slow": Answer(2)})
            later = pool.submit(append, quick, "quick")
            until(lambda: waits_for_a_lock(postgres_database))
            seen += reader.read(SHOP, seen[-1].seq)
        later.result()
    seen += reader.read(SHOP, seen[-1].seq)
    assert [(entry.seq, entry.job_id) for entry in seen] == [
        (1, "first"),
        (2, "slow"),
        (3, "quick"),
    ]


def test_duplicate_or_retried_publish_is_applied_once(net: Network, two: Two) -> None:
    """Falls over when write_batch gives its draft no answers of the journal: `{}`."""
    one, other = two
    boards = [follower_of(net, Visitor(each).sign_in("mona"), "board").start() for each in two]
    with ThreadPoolExecutor(TIMES) as pool:
        asked = [
            pool.submit(received, shop, "j1", "京D10002") for shop in (one, other) * (TIMES // 2)
        ]
        assert len({each.result() for each in asked}) == 1
    for board in boards:
        until(lambda: board.read(lambda told: "job-j1" in told.regions))  # noqa: B023
    heads = {each.board()["seq"] for each in two}
    assert [job["id"] for job in one.board()["jobs"]] == ["j1"]
    assert len(heads) == 1
