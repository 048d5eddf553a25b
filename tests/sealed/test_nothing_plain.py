"""No name, plate or free word lies in the database in the clear; with the key all is readable."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Engine

from board.car_keys import SecretWrong
from board.core import commands as c
from board.journal_sql import SqlJournal
from board.recall import keep_snapshot, rebuild, recall
from tests.builders import CARL
from tests.desk.orders import granted, opened
from tests.sealed.conftest import SECRET, SHOP, OpenDesk, kept
from tests.sealed.visits import SECRETS, found_in, visited


def test_nothing_personal_is_readable_in_the_database(
    engine: Engine, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Falls over without the seal in `row_of`, in `keep_snapshot` or in `note_within`."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        keep_snapshot(desk.journal, desk.shop, desk.epoch)
        assert found_in(kept(engine, tmp_path)) == []
        told = str([entry.body for entry in desk.journal.read(SHOP, 0)])
        assert [secret for secret in SECRETS if secret not in told] == []

    asyncio.run(scenario())


def test_a_restart_with_the_key_gives_the_same_shop(engine: Engine, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        assert recall(SqlJournal(engine, SECRET), SHOP) == desk.shop
        keep_snapshot(desk.journal, desk.shop, desk.epoch)
        assert recall(SqlJournal(engine, SECRET), SHOP) == desk.shop
        assert rebuild(SqlJournal(engine, SECRET), SHOP) == desk.shop
        found = desk.journal.jobs.find(SHOP, "7q9x2")
        assert [job.customer for job in found] == [desk.shop.jobs["j1"].customer.name]

    asyncio.run(scenario())


def test_another_master_key_opens_nothing_and_says_so(engine: Engine, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        stranger = SqlJournal(engine, bytes(32))
        with pytest.raises(SecretWrong, match="BAYLIGHT_SECRET_FILE"):
            stranger.require_secret()
        with pytest.raises(SecretWrong, match="put the file back"):
            stranger.read(SHOP, 0)

    asyncio.run(scenario())


def test_a_move_writes_no_hash_anew(engine: Engine, open_desk: OpenDesk) -> None:
    """Falls over when `found_alike` is always False: every row of search is then another one."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        sealed = "SELECT job_id, sealed FROM job_index"
        with engine.connect() as connection:
            before = connection.exec_driver_sql(sealed).all()
        granted(await desk.handle(c.UndoMove(job="j1"), CARL))
        with engine.connect() as connection:
            assert connection.exec_driver_sql(sealed).all() == before
        (row,) = desk.journal.jobs.find(SHOP, "7q9x2")
        assert row.state == desk.shop.jobs["j1"].state != "cancelled"

    asyncio.run(scenario())
