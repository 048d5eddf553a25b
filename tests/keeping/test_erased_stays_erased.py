"""A car that was erased after the backup is not brought back by it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from board.core import commands as c
from board.erasures import FILE, erasures, keep_erasures
from tests.builders import ANNA, MONA
from tests.desk.orders import granted
from tests.keeping.conftest import KeptShop

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
