"""What only the holder of a lease may ask for is refused to a former holder, inside the turn."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

from board.claim import Claim
from board.core import commands as c
from board.core.bays import Presence
from board.database import open_database
from board.desk import Desk
from board.journal import FormerHolder
from board.journal_sql import SqlJournal
from board.lease import Lease
from tests.builders import NOW, SENSOR
from tests.desk.bells import until
from tests.desk.conftest import SHOP, run
from tests.desk.orders import granted, opened

SEEN = c.ReportBay(bay="1", since=NOW, device="eye", presence=Presence.present)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of either kind."""
    url = f"sqlite:///{tmp_path}/shop.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")
    engine = open_database(url)
    yield engine
    engine.dispose()


def test_a_report_of_a_former_holder_is_refused(engine: Engine) -> None:
    """Falls over without the comparison of fences in `_Draft.take`."""

    async def scenario() -> None:
        with ThreadPoolExecutor(1) as writer:
            desk = Desk(SqlJournal(engine), SHOP, lambda: NOW, writer)
            await opened(desk)
            lease = Lease(engine, "sensors")
            first = lease.take("one", 0) or 0
            granted(await desk.handle(SEEN, SENSOR, "first", ("sensors", first)))
            second = lease.take("two", 5) or 0
            seq = desk.shop.seq
            with pytest.raises(FormerHolder):
                await desk.handle(SEEN, SENSOR, "late", ("sensors", first))
            assert desk.shop.seq == seq
            granted(await desk.handle(SEEN, SENSOR, "second", ("sensors", second)))

    run(scenario())


def test_a_claim_that_cannot_be_renewed_is_over_by_its_own_count(engine: Engine) -> None:
    """Falls over without `_until` in `Claim.fence`."""
    passed = [0.0]
    claim = Claim(Lease(engine, "sensors"), "sensors", "one", 5.0, lambda: passed[0])

    async def scenario() -> None:
        renewing = asyncio.create_task(claim.run())
        fence = await claim.held()
        renewing.cancel()
        losing = asyncio.create_task(claim.lost(fence))
        passed[0] = 4.9
        assert claim.fence == fence
        passed[0] = 5.0
        await asyncio.wait_for(losing, 60)

    run(scenario())


def test_one_of_two_claims_holds_and_the_other_follows_a_release(engine: Engine) -> None:
    async def scenario() -> None:
        one, two = (Claim(Lease(engine, "sensors"), "sensors", name) for name in ("one", "two"))
        first = asyncio.create_task(one.run())
        fence = await one.held()
        second = asyncio.create_task(two.run())
        await asyncio.sleep(0)
        assert two.fence is None
        first.cancel()
        await asyncio.wait([first])
        await one.release()
        await until(lambda: two.fence is not None)
        assert (two.fence or 0) > fence
        second.cancel()
        await asyncio.wait([second])

    run(scenario())
