"""The files of merged cars are made anew from the journal, without those of erased cars."""

from sqlalchemy import Engine, select, update

from board.core import commands as c
from board.desk import Desk
from board.recall import rebuild
from board.tables import car_files
from tests.builders import ANNA, MONA
from tests.desk.orders import granted
from tests.sealed.conftest import SHOP, OpenDesk
from tests.sealed.test_car_files import ON_SQLITE, file_of, merged


def test_a_rebuild_makes_the_files_anew(engine: Engine, open_desk: OpenDesk) -> None:
    async def scenario(desk: Desk) -> None:
        granted(await desk.handle(c.MergeCars(kept="j3", merged="j1"), ANNA))
        granted(await desk.handle(c.PartCars(car="j1"), ANNA))
        before = [file_of(desk, job) for job in ("j1", "j2", "j3")]
        with engine.begin() as connection:
            connection.execute(update(car_files).values(file_id="lost"))
        rebuild(desk.journal, SHOP)
        assert [file_of(desk, job) for job in ("j1", "j2", "j3")] == before

    merged(scenario, open_desk())


@ON_SQLITE
def test_a_rebuild_brings_back_no_file_of_an_erased_car(
    engine: Engine, open_desk: OpenDesk
) -> None:
    async def scenario(desk: Desk) -> None:
        granted(await desk.handle(c.EraseCar(jobs=("j1",), reason="asked"), MONA))
        rebuild(desk.journal, SHOP)
        with engine.connect() as connection:
            assert connection.scalars(select(car_files.c.key_id)).all() == []
        assert desk.journal.car_file(SHOP, "j2") is None

    merged(scenario, open_desk())
