"""The timekeeper tells of what it would otherwise ask for ever."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from board.core import commands as c
from board.core.bays import BayState
from board.core.roles import TIMEKEEPER
from board.database import open_database
from board.desk import Desk
from board.journal_memory import MemoryJournal
from board.lease import Lease
from board.timekeeper import Timekeeper
from tests.builders import CARL, NOW
from tests.desk.conftest import OpenDesk, run
from tests.desk.orders import granted, opened


async def keep_time(desk: Desk, lease: Lease, rounds: int) -> None:
    """Let a timekeeper ask at least so often."""
    asked: list[int] = []
    enough = asyncio.Event()

    def desks() -> list[Desk]:
        asked.append(1)
        if len(asked) == rounds:
            enough.set()
        return [desk]

    keeper = asyncio.create_task(Timekeeper(desks, lease, "one").run(0.001))
    await enough.wait()
    keeper.cancel()
    await asyncio.gather(keeper, return_exceptions=True)


def test_what_is_due_although_it_was_answered_is_logged_once(
    tmp_path: Path, open_desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'lease.db'}")
    until = NOW + timedelta(hours=1)
    name = f"open:1:{int(until.timestamp() * 1000)}"

    writer = ThreadPoolExecutor(1)

    async def scenario() -> None:
        desk = open_desk(MemoryJournal())
        await opened(desk)
        aside = c.ChangeBay(bay="1", state=BayState.closed, until=until)
        granted(await desk.handle(aside, CARL))
        # The id of the opening is used up by something else.
        granted(await desk.handle(c.NoteAccess(what="pin_set", subject="tom"), TIMEKEEPER, name))
        late = Desk(desk.journal, desk.shop.id, lambda: until, writer)
        await keep_time(late, Lease(engine, "time"), rounds=6)

    with caplog.at_level(logging.ERROR):
        run(scenario())
    engine.dispose()
    writer.shutdown()
    told = [record for record in caplog.records if "in vain" in record.message]
    assert [record.getMessage() for record in told] == [f"ChangeBay is asked in vain: {name}"]
