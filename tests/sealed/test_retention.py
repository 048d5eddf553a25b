"""After the years a shop keeps its orders, time erases a car: all of it or nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from board.core import commands as c
from board.core.events import CarErased, Fact
from board.core.job import Car
from board.core.shop import Settings, Shop
from board.desk import Desk
from board.lease import Lease
from board.retention import overdue_in
from board.shop_file import ShopFile, check, read_shop_file
from board.timekeeper import Timekeeper
from tests.builders import ANNA, MONA, NOW, set_up
from tests.desk.orders import granted, opened
from tests.sealed.conftest import OpenDesk

YEAR = timedelta(days=366)
FILE = """
[shop]
name = "S"
[[people]]
id = "m"
name = "M"
roles = ["manager"]
[retention]
"""


async def closed(desk: Desk, job: str, plate: str, kind: str = "repair") -> None:
    """A car came and its order was given up."""
    granted(await desk.handle(c.ReceiveJob(job=job, car=Car(plate), kind=kind), ANNA))
    granted(await desk.handle(c.CancelJob(job=job, reason="sold"), ANNA))


async def keeps(desk: Desk, years: Mapping[str, int] | None) -> None:
    """The shop's set-up says how long orders are kept."""
    settings = replace(set_up().settings, retention=years)
    granted(await desk.handle(c.SetUpShop(settings=settings), MONA))


def over(engine: Engine, shop: Shop, now: datetime) -> list[str]:
    """The jobs by which time would erase cars."""
    found = overdue_in(engine)(shop, now)
    return sorted(job for command, _ in found for job in getattr(command, "jobs", ()))


def test_a_car_goes_when_the_last_of_its_orders_is_old(engine: Engine, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await closed(desk, "j1", "京A11111")
        await closed(desk, "j2", "京A22222", "accident")
        await closed(desk, "j3", "京A11111", "service")
        granted(await desk.handle(c.ReceiveJob(job="j4", car=Car("京A44444")), ANNA))
        assert over(engine, desk.shop, NOW + 90 * YEAR) == []
        await keeps(desk, {"repair": 2, "service": 5, "accident": 0})
        assert over(engine, desk.shop, NOW + 4 * YEAR) == []
        assert over(engine, desk.shop, NOW + 6 * YEAR) == ["j1"]

    asyncio.run(scenario())


def test_the_timekeeper_erases_it_once(engine: Engine, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await closed(desk, "j1", "京A11111")
        await keeps(desk, {"repair": 2})
        desk._clock = lambda: NOW + 3 * YEAR
        lease = Lease(engine, "timekeeper")
        overdue = overdue_in(engine)
        keeper = Timekeeper(lambda: [desk], lease, "one", overdue)
        gone = asyncio.Event()

        def hear(_shop: Shop, facts: Sequence[Fact]) -> None:
            if any(isinstance(fact.event, CarErased) for fact in facts):
                gone.set()

        desk.subscribe(hear)
        work = asyncio.create_task(keeper.run(0.001))
        await asyncio.wait_for(gone.wait(), 20)
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        assert desk.journal.history(desk.shop.id, "j1")[-1].kind == "car_erased"
        assert overdue(desk.shop, NOW + 3 * YEAR) == []

    asyncio.run(scenario())


def test_a_settings_form_that_knows_nothing_of_it_keeps_it(open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await keeps(desk, {"repair": 2})
        await keeps(desk, None)
        assert desk.shop.settings.retention == {"repair": 2}
        await keeps(desk, {})
        assert desk.shop.settings.retention == {}

    asyncio.run(scenario())


def test_the_shop_file_says_the_years() -> None:
    found = read_shop_file(FILE + "repair = 5\naccident = 0\n")
    assert isinstance(found, ShopFile)
    assert found.command.settings.retention == {"repair": 5, "accident": 0}
    assert Settings().retention is None


def test_years_that_make_no_sense_are_named_by_line() -> None:
    mistakes = check(FILE + 'repair = "long"\nservice = 101\n')
    assert [(each.line, each.code) for each in mistakes] == [(9, "years"), (10, "years")]
