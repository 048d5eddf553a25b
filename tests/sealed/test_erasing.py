"""An erased car is gone for good: from entries, search, snapshot and live state, everywhere."""

import asyncio
from pathlib import Path

from sqlalchemy import Engine, select

from board.core import commands as c
from board.core.job import Car
from board.core.personal import ERASED
from board.core.roles import TIMEKEEPER
from board.desk import Desk
from board.erasures import apply_erasures, erasures, keep_erasures
from board.journal_sql import SqlJournal
from board.recall import keep_snapshot, rebuild, recall
from board.tables import car_keys, car_names, job_keys, search_keys
from tests.builders import ANNA, CARL, MONA, NOW, receive
from tests.desk.orders import granted, opened, refused
from tests.sealed.conftest import SECRET, SHOP, OpenDesk, in_files, kept
from tests.sealed.visits import SECRETS, found_in, visited

ERASE = c.EraseCar(jobs=("j1",))


async def erased(desk: Desk) -> None:
    """A car came and went, and was erased; another one is still here."""
    await opened(desk)
    await visited(desk)
    granted(await desk.handle(receive("j2", "京A22222"), ANNA))
    keep_snapshot(desk.journal, desk.shop, desk.epoch)
    granted(await desk.handle(ERASE, MONA))


def wrapped_key(engine: Engine) -> bytes:
    """The key of the first car as it lies in the table."""
    with engine.connect() as connection:
        found = select(car_keys.c.wrapped).join(job_keys, job_keys.c.key_id == car_keys.c.key_id)
        return bytes(connection.scalars(found.where(job_keys.c.job_id == "j1")).one() or b"")


def test_what_was_erased_says_nothing_any_more(
    engine: Engine, open_desk: OpenDesk, tmp_path: Path
) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await erased(desk)
        history = desk.journal.history(SHOP, "j1")
        assert [entry.kind for entry in history][-1] == "car_erased"
        assert [secret for secret in SECRETS if secret in str(history)] == []
        assert str(history).count(repr(ERASED)) >= len(SECRETS)
        assert desk.journal.jobs.find(SHOP, "7q9x2") == []
        assert "j1" not in desk.shop.jobs
        assert found_in(kept(engine, tmp_path)) == []
        with engine.connect() as connection:
            left = connection.execute(
                select(search_keys.c.job_id).where(search_keys.c.job_id == "j1")
            )
            assert left.all() == []
        assert desk.shop.jobs["j2"].car.plate == "京A22222"

    asyncio.run(scenario())


def test_the_bytes_of_the_key_leave_the_files(
    engine: Engine, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """On SQLite it falls over without `purge` after the turn: the write-ahead log has it still."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        key = wrapped_key(engine)
        assert (key in in_files(tmp_path)) == (engine.dialect.name == "sqlite")
        granted(await desk.handle(ERASE, MONA))
        assert wrapped_key(engine) == b""
        assert key not in in_files(tmp_path)

    asyncio.run(scenario())


def test_a_restart_and_a_rebuild_do_not_bring_it_back(engine: Engine, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await erased(desk)
        for found in (recall, rebuild):
            shop = found(SqlJournal(engine, SECRET), SHOP)
            assert shop == desk.shop
        assert desk.journal.jobs.find(SHOP, desk.journal.history(SHOP, "j1")[0].job_id or "") == []
        assert desk.journal.jobs.find(SHOP, "R2611-0001") == []

    asyncio.run(scenario())


def test_what_is_erased_is_not_erased_again(engine: Engine, open_desk: OpenDesk) -> None:
    """Falls over without `living` in `jobs_of_cars`: every time would be one more event."""

    async def scenario() -> None:
        desk = open_desk()
        await erased(desk)
        seq = desk.shop.seq
        assert refused(await desk.handle(ERASE, MONA)) == "unknown_job"
        assert desk.shop.seq == seq

    asyncio.run(scenario())


def test_another_process_drops_the_key_when_it_hears_of_it(open_desk: OpenDesk) -> None:
    """Falls over without the `forget` in `SqlTurn.read`: the key was remembered there."""

    async def scenario() -> None:
        one, other = open_desk(), open_desk()
        await opened(one)
        await visited(one)
        await other.catch_up()
        assert SECRETS[0] in str(other.journal.history(SHOP, "j1"))
        granted(await one.handle(ERASE, MONA))
        await other.catch_up()
        assert SECRETS[0] not in str(other.journal.history(SHOP, "j1"))
        assert "j1" not in other.shop.jobs

    asyncio.run(scenario())


def test_a_car_with_an_open_order_is_not_erased(open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        granted(await desk.handle(receive("j2", "粤B7Q9X2"), ANNA))
        assert refused(await desk.handle(ERASE, MONA)) == "car_open"
        assert refused(await desk.handle(ERASE, CARL)) == "not_allowed"
        assert refused(await desk.handle(c.EraseCar(jobs=("j9",)), MONA)) == "unknown_job"
        assert desk.journal.jobs.find(SHOP, "7q9x2") != []

    asyncio.run(scenario())


def test_a_car_that_comes_back_in_the_same_moment_is_kept(open_desk: OpenDesk) -> None:
    """Falls over without CarReturned: the order received beside it would be opened erased."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        answers = await asyncio.gather(
            desk.handle(receive("j2", "粤B7Q9X2"), ANNA), desk.handle(ERASE, MONA)
        )
        granted(answers[0])
        assert refused(answers[1]) == "car_open"
        assert desk.journal.history(SHOP, "j2")[0].body["car"]["plate"] == "粤B7Q9X2"  # type: ignore[index]

    asyncio.run(scenario())


def test_every_order_of_the_car_goes_by_whatever_name_it_came(open_desk: OpenDesk) -> None:
    """A plate alone, then a VIN with it, then another plate with that VIN: one car."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        vin = "LSVAU2180N2183294"
        for job, car in (
            ("j1", Car("京A11111")),
            ("j2", Car("京A11111", vin)),
            ("j3", Car("京B33333", vin)),
            ("j4", Car("京C44444")),
        ):
            granted(await desk.handle(c.ReceiveJob(job=job, car=car), ANNA))
            granted(await desk.handle(c.CancelJob(job=job, reason="sold"), ANNA))
        granted(await desk.handle(ERASE, MONA))
        assert sorted(desk.shop.jobs) == ["j4"]

    asyncio.run(scenario())


def test_a_car_that_was_erased_may_come_again(engine: Engine, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await erased(desk)
        granted(await desk.handle(receive("j3", "粤B7Q9X2"), ANNA))
        assert [job.job_id for job in desk.journal.jobs.find(SHOP, "7q9x2")] == ["j3"]
        assert SqlJournal(engine, SECRET).history(SHOP, "j3")[0].body["asked"] != ERASED
        with engine.connect() as connection:
            keys = set(connection.scalars(select(car_names.c.key_id)))
            assert keys <= set(
                connection.scalars(select(car_keys.c.key_id).where(car_keys.c.wrapped.is_not(None)))
            )

    asyncio.run(scenario())


def test_time_may_erase_but_never_twice(open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        first = granted(await desk.handle(ERASE, TIMEKEEPER, "erase:k"))
        again = granted(await desk.handle(ERASE, TIMEKEEPER, "erase:k"))
        assert (again.seq, again.repeated) == (first.seq, True)

    asyncio.run(scenario())


def test_an_old_copy_forgets_again(engine: Engine, open_desk: OpenDesk, tmp_path: Path) -> None:
    """The list outlives the database in a file; applied to a copy the car is gone there too."""

    async def scenario() -> None:
        desk = open_desk()
        await opened(desk)
        await visited(desk)
        copy = wrapped_key(engine)
        granted(await desk.handle(ERASE, MONA))
        keep_erasures(engine, tmp_path)
        keep_erasures(engine, tmp_path)
        (known,) = erasures(None, tmp_path)
        assert erasures(engine, tmp_path) == [known]
        _bring_back(engine, copy)
        assert SECRETS[0] in str(SqlJournal(engine, SECRET).history(SHOP, "j1"))
        assert apply_erasures(engine, [known], NOW) == 1
        assert apply_erasures(engine, [known], NOW) == 0
        journal = SqlJournal(engine, SECRET)
        assert SECRETS[0] not in str(journal.history(SHOP, "j1"))
        assert journal.history(SHOP, "j1")[-1].actor == "operator:restore"
        assert "j1" not in recall(journal, SHOP).jobs

    asyncio.run(scenario())


def _bring_back(engine: Engine, wrapped: bytes) -> None:
    with engine.begin() as connection:
        lost = car_keys.c.erased_at.is_not(None)
        connection.execute(car_keys.update().where(lost).values(wrapped=wrapped, erased_at=None))


def test_no_list_means_nothing_was_erased(tmp_path: Path) -> None:
    assert erasures(None, tmp_path) == []
