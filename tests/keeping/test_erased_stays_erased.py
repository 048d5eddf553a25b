"""A car that was erased after the backup is not brought back by it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from board.core import commands as c
from board.erasures import FILE, erasures, keep_erasures
from board.tables import car_keys, job_keys
from tests.builders import ANNA, MONA
from tests.desk.orders import granted
from tests.keeping.conftest import KeptShop
from tests.servers.postgres import Postgres

PLATE = "京A00001"


def erase(kept: KeptShop, job: str) -> None:
    """Close the order, then forget its car for good."""
    with ThreadPoolExecutor(1) as writer:
        desk = kept.desk(writer)

        async def scenario() -> None:
            granted(await desk.handle(c.CancelJob(job=job, reason="gone"), ANNA))
            granted(await desk.handle(c.EraseCar(jobs=(job,)), MONA))

        asyncio.run(scenario())


def plates(kept: KeptShop) -> set[str]:
    """Every plate the shop can still read."""
    return {job.car.plate for job in kept.shop().jobs.values()}


def test_the_replaced_database_tells_what_was_erased(kept: KeptShop) -> None:
    """Falls over without `apply_erasures` in `board.backup_finish`: the order was open in the
    backup, and its key is there."""
    file = kept.backup()
    erase(kept, "j1")
    assert PLATE not in plates(kept)
    kept.restore(file)
    assert plates(kept) == {"京A00000"}
    assert kept.shop().seq == kept.place()[1]


def test_what_is_erased_while_a_restore_is_at_work_stays_erased(kept: KeptShop) -> None:
    """Falls over without `apply_erasures(engine, erasures(None, origin.data), now)` in
    `board/backup_restore.py`: the list of before the restore does not name this car."""
    file = kept.backup()
    moments: list[str] = []

    def tell(moment: str) -> None:
        if moment == "the restored database is ready":
            erase(kept, "j1")
            keep_erasures(kept.engine, kept.folder)
            moments.append(moment)

    kept.restore(file, tell)
    assert len(moments) == 1
    assert plates(kept) == {"京A00000"}
    assert erasures(None, kept.folder) == erasures(kept.engine, kept.folder)


def wrapped_keys(kept: KeptShop) -> dict[str, bytes]:
    """The key of each job's car as it lies in the table."""
    found = select(job_keys.c.job_id, car_keys.c.wrapped).join_from(
        job_keys, car_keys, job_keys.c.key_id == car_keys.c.key_id
    )
    with kept.engine.connect() as connection:
        return {job: wrapped for job, wrapped in connection.execute(found)}


@pytest.mark.parametrize("kind", ["postgres"])
def test_after_a_restore_no_file_has_the_keys(kept: KeptShop, postgres_cluster: Postgres) -> None:
    """Falls over without `FULL` in `VACUUM FULL {table.name}` in `board/erasing.py`: the rows lie
    on in the holes of their page."""
    kept.receive(2, 8)
    keys = wrapped_keys(kept)
    left, gone = [f"j{number}" for number in range(5)], [f"j{number}" for number in range(5, 10)]
    assert set(keys) == {*gone, *left}
    file = kept.backup()
    for job in gone:
        erase(kept, job)
    for moment in ("erased", "restored"):
        if moment == "restored":
            kept.restore(file)
        text = postgres_cluster.in_files()
        assert [job for job in left if keys[job] not in text] == []
        assert [job for job in gone if keys[job] in text] == [], moment


@pytest.mark.parametrize("kind", ["sqlite"])
def test_on_a_new_machine_the_list_tells_it(kept: KeptShop, tmp_path: Path) -> None:
    file = kept.backup()
    erase(kept, "j1")
    kept.restore(file)
    fresh = KeptShop(f"sqlite:///{tmp_path / 'fresh' / 'baylight.db'}", tmp_path / "fresh")
    (fresh.folder / FILE).write_bytes((kept.folder / FILE).read_bytes())
    fresh.restore(file)
    fresh.open()
    assert plates(fresh) == {"京A00000"}
    assert erasures(None, fresh.folder) == erasures(fresh.engine, fresh.folder)
    fresh.close()
