"""Every deed asked again under its id, as a tablet does that heard no answer, is done once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from board.core.commands import Command
from board.core.roles import Actor
from board.core.workflow_shipped import SHIPPED
from board.desk import Desk
from board.journal_memory import MemoryJournal
from tests.builders import Trial
from tests.core.deed import WHO, Deed, asked_in, at, granted
from tests.core.every_deed import DEEDS
from tests.desk.orders import granted as receipt_of


def asked_first(deed: Deed) -> tuple[Trial, Command, Actor]:
    """The way to the first state in which the deed is granted, the deed, and who asks it."""
    for state in SHIPPED.steps:
        if who := granted(deed, state):
            return at(state)[1], deed.command(asked_in(deed, state)), WHO[who[0]]
    raise AssertionError(f"nobody is ever granted {deed.name}")


async def replayed(way: Trial, clock: list[datetime]) -> Desk:
    """A desk that was asked all that led there."""
    desk = Desk(MemoryJournal(), "test", lambda: clock[-1], ThreadPoolExecutor(1))
    for command, actor, when in way.asked:
        clock.append(when)
        await desk.handle(command, actor)
    clock.append(way.now)
    return desk


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_deed_asked_again_under_its_id_is_done_once(deed: Deed) -> None:
    way, command, actor = asked_first(deed)

    async def scenario() -> None:
        clock: list[datetime] = []
        desk = await replayed(way, clock)
        for before, asker in deed.before:
            await desk.handle(before, asker)
        first = receipt_of(await desk.handle(command, actor, "once"))
        job = desk.shop.jobs["j1"]
        again = receipt_of(await desk.handle(command, actor, "once"))
        assert (again.seq, again.repeated) == (first.seq, True)
        assert desk.shop.jobs["j1"] is job
        await desk.close()

    asyncio.run(scenario())
