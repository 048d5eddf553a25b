"""Two files of one car are made one, and taken apart again; keys, search and erasure follow."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from board.batches import Pending, write_batch
from board.core import commands as c
from board.core.job import Car
from board.core.shop import Settings
from board.desk import Desk
from board.erasures import Erasure, apply_erasures
from board.journal import CarFile
from board.journal_sql import SqlJournal
from board.recall import recall
from board.retention import overdue_in
from board.tables import car_keys
from tests.builders import ANNA, CARL, MONA, NOW, receive
from tests.desk.orders import granted, opened, refused
from tests.sealed.conftest import SECRET, SHOP, OpenDesk

VIN = "LSVAU2180N2183294"
BY_PLATE = receive("j1", "京A11111")
BY_VIN = receive("j2", "京B22222", car=Car("京B22222", VIN))
OTHER = receive("j3", "京C33333")
MERGE = c.MergeCars(kept="j2", merged="j1")

ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""For what does not depend on the database: each of the other kind takes seconds to make."""


async def closed(desk: Desk, *orders: c.ReceiveJob) -> None:
    """Cars that came and were given up."""
    for order in orders:
        granted(await desk.handle(order, ANNA))
        granted(await desk.handle(c.CancelJob(job=order.job, reason="no"), ANNA))


def file_of(desk: Desk, any_id: str) -> CarFile:
    """The file called so or of that order; there must be one."""
    found = desk.journal.car_file(SHOP, any_id)
    assert found is not None, any_id
    return found


def merged(scenario: Callable[[Desk], Coroutine[object, object, None]], desk: Desk) -> None:
    """Play a scenario after j1 and j2 became one file."""

    async def whole() -> None:
        await opened(desk)
        await closed(desk, BY_PLATE, BY_VIN, OTHER)
        granted(await desk.handle(MERGE, ANNA))
        await scenario(desk)

    asyncio.run(whole())


def test_both_histories_are_in_one_file_under_every_old_id(open_desk: OpenDesk) -> None:
    desk = open_desk()

    async def scenario() -> None:
        await opened(desk)
        await closed(desk, BY_PLATE, BY_VIN, OTHER)
        first, second = file_of(desk, "j1"), file_of(desk, "j2")
        assert first.jobs == ("j1",)
        granted(await desk.handle(MERGE, ANNA))
        whole = file_of(desk, "j1")
        assert whole.jobs == ("j1", "j2")
        assert whole.id == second.id
        for old in (first.id, second.id, "j2"):
            assert file_of(desk, old) == whole
        assert file_of(desk, "j3").jobs == ("j3",)
        assert desk.journal.history(SHOP, "j1")[-1].kind == "cars_merged"
        assert {found.job_id for found in desk.journal.jobs.find(SHOP, VIN)} == {"j2"}
        assert {found.job_id for found in desk.journal.jobs.find(SHOP, "A11111")} == {"j1"}

    asyncio.run(scenario())


def test_erasing_either_erases_both_and_no_other(open_desk: OpenDesk) -> None:
    """Falls over without `keys = keys_of(connection, shop_id, list(connection.scalars(asked)))`
    in `board/car_files.py`."""

    async def scenario(desk: Desk) -> None:
        granted(await desk.handle(c.EraseCar(jobs=("j1",)), MONA))
        assert desk.journal.jobs.find(SHOP, VIN) == []
        assert desk.journal.jobs.find(SHOP, "A11111") == []
        assert desk.journal.jobs.find(SHOP, "C33333") != []
        assert desk.journal.car_file(SHOP, "j2") is None

    merged(scenario, open_desk())


@ON_SQLITE
def test_a_merged_car_is_not_erased_while_one_of_its_orders_is_open(open_desk: OpenDesk) -> None:
    async def scenario(desk: Desk) -> None:
        again = replace(BY_VIN, job="j4")
        granted(await desk.handle(again, ANNA))
        assert "j4" in file_of(desk, "j1").jobs
        assert refused(await desk.handle(c.EraseCar(jobs=("j1",)), MONA)) == "car_open"

    merged(scenario, open_desk())


def test_a_merger_is_taken_apart_by_who_made_it(open_desk: OpenDesk) -> None:
    async def scenario(desk: Desk) -> None:
        assert refused(await desk.handle(c.PartCars(car="j1"), MONA)) == "undo_not_yours"
        granted(await desk.handle(c.PartCars(car="j1"), ANNA))
        assert (file_of(desk, "j1").jobs, file_of(desk, "j2").jobs) == (("j1",), ("j2",))
        assert refused(await desk.handle(c.PartCars(car="j2"), ANNA)) == "undo_nothing"
        granted(await desk.handle(c.EraseCar(jobs=("j1",)), MONA))
        assert desk.journal.jobs.find(SHOP, VIN) != []

    merged(scenario, open_desk())


@ON_SQLITE
def test_mergers_are_taken_back_the_last_first(open_desk: OpenDesk) -> None:
    async def scenario(desk: Desk) -> None:
        granted(await desk.handle(c.MergeCars(kept="j3", merged="j1"), ANNA))
        assert file_of(desk, "j2").jobs == ("j1", "j2", "j3")
        granted(await desk.handle(c.PartCars(car="j1"), ANNA))
        assert file_of(desk, "j1").jobs == ("j1", "j2")
        assert file_of(desk, "j3").jobs == ("j3",)

    merged(scenario, open_desk())


@ON_SQLITE
def test_one_file_or_an_unknown_one_is_not_merged(open_desk: OpenDesk) -> None:
    async def scenario(desk: Desk) -> None:
        again = c.MergeCars(kept="j1", merged="j2")
        assert refused(await desk.handle(again, ANNA)) == "same_car"
        for pair in (("j1", "nobody"), ("nobody", "j1")):
            command = c.MergeCars(kept=pair[0], merged=pair[1], moved=("x",), order="j1")
            assert refused(await desk.handle(command, ANNA)) == "unknown_car"
        assert refused(await desk.handle(MERGE, CARL)) == "not_allowed"

    merged(scenario, open_desk())


@ON_SQLITE
def test_mergers_of_one_batch_see_each_other(open_desk: OpenDesk) -> None:
    """Falls over without `self._regroup(event)` in `board/batches.py`."""
    desk = open_desk()

    async def scenario() -> None:
        await opened(desk)
        await closed(desk, BY_PLATE, BY_VIN, OTHER)
        chain = [("j2", "j1"), ("j3", "j2")]
        asked = [
            Pending(c.MergeCars(kept=kept, merged=gone), ANNA, f"m{n}")
            for n, (kept, gone) in enumerate(chain)
        ]
        write_batch(desk.journal, desk.epoch, desk.shop, asked, NOW)
        assert file_of(desk, "j1").jobs == ("j1", "j2", "j3")
        assert file_of(desk, "j1").id == file_of(desk, "j3").id

    asyncio.run(scenario())


@ON_SQLITE
def test_another_process_and_a_recall_know_the_same(open_desk: OpenDesk) -> None:
    desk, other = open_desk(), open_desk()

    async def scenario(desk: Desk) -> None:
        await other.catch_up()
        assert file_of(other, "j1").jobs == ("j1", "j2")
        assert recall(desk.journal, SHOP) == other.shop == desk.shop

    merged(scenario, desk)


@ON_SQLITE
def test_a_new_order_with_plate_and_vin_joins_the_merged_file(open_desk: OpenDesk) -> None:
    """The plate's file has a VIN through its merger, so another VIN on that plate is another car.

    Falls over without `names_of(self._connection, self._shop_id, key_id)` in `board/car_keys.py`.
    """

    async def scenario(desk: Desk) -> None:
        mine = replace(BY_PLATE, job="j5", car=Car("京A11111", VIN))
        granted(await desk.handle(mine, ANNA))
        assert "j5" in file_of(desk, "j1").jobs
        granted(await desk.handle(c.CancelJob(job="j5", reason="no"), ANNA))
        sold = replace(BY_PLATE, job="j6", car=Car("京A11111", "LFV2A2152M3583295"))
        granted(await desk.handle(sold, ANNA))
        assert file_of(desk, "j6").jobs == ("j6",)

    merged(scenario, open_desk())


def test_what_must_still_be_kept_keeps_the_whole_car(open_desk: OpenDesk, engine: Engine) -> None:
    """Falls over without `.group_by(file)` in `board/retention.py`."""

    async def scenario(desk: Desk) -> None:
        settings = Settings(name="Test", retention={"repair": 1})
        granted(await desk.handle(c.SetUpShop(settings=settings), MONA))
        again = replace(BY_VIN, job="j4")
        granted(await desk.handle(again, ANNA))
        later = NOW + timedelta(days=400)
        found = [due[0] for due in overdue_in(engine)(desk.shop, later)]
        assert [erase.jobs for erase in found if isinstance(erase, c.EraseCar)] == [("j3",)]

    merged(scenario, open_desk())


@ON_SQLITE
def test_a_restored_merger_that_was_taken_back_erases_one_car_only(
    open_desk: OpenDesk, engine: Engine
) -> None:
    """Falls over without `part(connection, shop_id, [each.key_id], whole=True)` in
    `board/erasures.py`."""

    async def scenario(desk: Desk) -> None:
        with engine.connect() as connection:
            keys = list(connection.scalars(select(car_keys.c.key_id)))
        mine = next(
            k for k in keys if k in file_of(desk, "j1").keys and k != file_of(desk, "j1").id
        )
        assert apply_erasures(engine, [Erasure(SHOP, mine, NOW)], NOW) == 1
        fresh = SqlJournal(engine, SECRET)
        assert fresh.car_file(SHOP, "j1") is None
        assert fresh.jobs.find(SHOP, VIN) != []

    merged(scenario, open_desk())
