"""A backup is one moment: all that was acknowledged before it began, and nothing by halves."""

from threading import Event, Thread

from board.journal_sql import SqlJournal
from tests.keeping.conftest import SHOP, KeptShop


def test_commands_go_on_and_those_before_are_inside(kept: KeptShop) -> None:
    """Falls over on PostgreSQL without `--snapshot` for pg_dump: the manifest would name other
    events than the dump holds."""
    over, began = Event(), Event()
    received: list[int] = []

    def receive() -> None:
        number = 2
        while not over.is_set():
            kept.receive(number)
            received.append(number)
            began.set()
            number += 1

    server = Thread(target=receive)
    server.start()
    began.wait()
    before = list(received)
    file = kept.backup()
    during = len(received) - len(before)
    over.set()
    server.join()
    heads = kept.restore(file).heads
    shop = kept.shop()
    assert {f"j{number}" for number in (0, 1, *before)} <= shop.jobs.keys()
    assert len(shop.jobs) <= 2 + len(before) + during + 1
    entries = SqlJournal(kept.engine).read(SHOP, 0)
    assert [entry.seq for entry in entries] == list(range(1, heads[SHOP] + 2))
