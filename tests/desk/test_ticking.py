"""A process hears of what another one wrote: at once by the bell, else by looking itself."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from board.desk import Desk
from board.doorbell import HouseBell
from board.journal import Journal
from board.ticking import Ticking
from tests.builders import ANNA, NOW
from tests.desk.bells import until
from tests.desk.conftest import SHOP, OpenJournal, run
from tests.desk.orders import car, opened

NEVER = 3600.0


async def _nothing() -> None:
    """No session is over."""


@asynccontextmanager
async def process(
    journal: Journal, house: list[HouseBell], tick_seconds: float
) -> AsyncIterator[Desk]:
    """A desk with its tick and its bell."""
    bell = HouseBell(house)
    with ThreadPoolExecutor(1) as writer:
        desk = Desk(journal, SHOP, lambda: NOW, writer, bell.ring)
        ticking = Ticking([desk], lambda _desk: None, _nothing, tick_seconds)
        bell.answer(ticking.hear)
        tasks = [asyncio.create_task(work) for work in (ticking.run(), bell.run())]
        yield desk
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await desk.close()


def test_a_ring_brings_the_others_up_to_date_without_any_tick(open_journal: OpenJournal) -> None:
    """Falls over without `_ring` in `Desk._one_batch` or `hear` in `Ticking`."""

    async def scenario() -> None:
        house: list[HouseBell] = []
        async with (
            process(open_journal(), house, NEVER) as one,
            process(open_journal(), house, NEVER) as two,
        ):
            await opened(one)
            await one.handle(car(1), ANNA)
            await until(lambda: two.shop == one.shop)

    run(scenario())


def test_without_any_ring_the_tick_finds_it(open_journal: OpenJournal) -> None:
    async def scenario() -> None:
        async with (
            process(open_journal(), [], NEVER) as one,
            process(open_journal(), [], 0.01) as two,
        ):
            await opened(one)
            await one.handle(car(1), ANNA)
            await until(lambda: two.shop == one.shop)

    run(scenario())


def test_rings_that_are_late_repeated_or_invented_do_no_harm(open_journal: OpenJournal) -> None:
    async def scenario() -> None:
        house: list[HouseBell] = []
        async with (
            process(open_journal(), house, NEVER) as one,
            process(open_journal(), house, NEVER) as two,
        ):
            await opened(one)
            liar = HouseBell(house)
            for shop, seq in ((SHOP, 1), (SHOP, 2**62), ("nowhere", 5), (SHOP, 3), (SHOP, 3)):
                liar.ring(shop, seq)
                liar.sound({shop: seq})
            lying = asyncio.create_task(liar.run())
            await one.handle(car(1), ANNA)
            await until(lambda: two.shop == one.shop)
            lying.cancel()

    run(scenario())
