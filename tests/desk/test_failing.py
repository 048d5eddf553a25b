"""What fails, fails alone: a journal away, a command that cannot be written, a bad listener."""

import asyncio
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from board.core.commands import Command
from board.core.events import Fact
from board.core.shop import Shop
from board.database import connect, open_database
from board.desk import Desk, Receipt
from board.journal import JournalUnavailable
from board.journal_sql import SqlJournal
from tests.builders import ANNA
from tests.desk.conftest import SHOP, OpenDesk, run
from tests.desk.orders import car, cars, granted, opened, refused, together


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A SQLite database that is set up."""
    file = tmp_path / "desk.db"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture
def impatient(file: Path) -> Iterator[SqlJournal]:
    """Its journal, opened by somebody who does not wait for locks."""
    engine = connect(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def _hurry(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    journal = SqlJournal(engine)
    yield journal
    journal.close()


class Strange(Command):
    """A command for which there is no rule."""


def test_a_locked_journal_drops_the_tentative_shop_and_says_so(
    file: Path, impatient: SqlJournal, open_desk: OpenDesk
) -> None:
    async def scenario() -> None:
        desk = open_desk(impatient)
        await opened(desk)
        before = desk.shop
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answers = await together(desk, *cars(3))
        assert [type(answer) for answer in answers] == [JournalUnavailable] * 3
        assert desk.shop is before
        receipt = granted(await desk.handle(car(1), ANNA, "car-1"))
        assert receipt == Receipt(impatient.head(SHOP))
        assert desk.shop.jobs.keys() == {"j1"}

    run(scenario())


def test_a_full_disk_loses_nothing_acknowledged(file: Path, open_desk: OpenDesk) -> None:
    engine = connect(f"sqlite:///{file}")
    journal = SqlJournal(engine)

    async def scenario() -> None:
        desk = open_desk(journal)
        await opened(desk)
        before = desk.shop
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")
        answers = await together(desk, *cars(200))
        assert {type(answer) for answer in answers} == {JournalUnavailable}
        assert desk.shop is before
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
        granted(await desk.handle(car(1), ANNA))

    run(scenario())
    journal.close()


def test_listeners_hear_nothing_of_what_was_not_written(
    file: Path, impatient: SqlJournal, open_desk: OpenDesk
) -> None:
    heard: list[int] = []

    async def scenario() -> None:
        desk = open_desk(impatient)
        await opened(desk)
        desk.subscribe(lambda shop, facts: heard.append(shop.seq))
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await together(desk, *cars(2))

    run(scenario())
    assert heard == []


def test_a_defect_in_one_command_does_not_hurt_its_neighbours(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        await opened(desk)
        first, second = cars(2)
        answers = await together(desk, first, (Strange(), ANNA, "strange"), second)
        granted(answers[0])
        assert isinstance(answers[1], KeyError)
        granted(answers[2])
        assert desk.shop.jobs.keys() == {"j0", "j1"}

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert "deciding Strange failed" in caplog.text


def test_what_cannot_be_written_fails_alone(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        await opened(desk)
        first, second = cars(2)
        broken = replace(car(7), asked="half a sign \ud800")
        answers = await together(desk, first, (broken, ANNA, "broken"), second)
        granted(answers[0])
        assert isinstance(answers[1], ValueError)
        granted(answers[2])
        assert desk.shop.jobs.keys() == {"j0", "j1"}

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert "could not be written" in caplog.text


def test_a_refusal_in_a_batch_is_nobody_elses(desk: Desk) -> None:
    async def scenario() -> None:
        await opened(desk)
        first, second = cars(2)
        wrong = replace(car(7), job="No Id")
        answers = await together(desk, first, (wrong, ANNA, "wrong"), second)
        assert refused(answers[1]) == "id_wrong"
        assert [granted(answer).repeated for answer in answers[::2]] == [False, False]

    run(scenario())


def test_a_failing_listener_does_not_stop_others(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[int] = []

    def fails(shop: Shop, facts: Sequence[Fact]) -> None:
        raise RuntimeError("this listener is broken")

    async def scenario() -> None:
        desk.subscribe(fails)
        desk.subscribe(lambda shop, facts: heard.append(shop.seq))
        await opened(desk)
        granted(await desk.handle(car(1), ANNA))

    with caplog.at_level(logging.ERROR):
        run(scenario())
    assert heard == [desk.shop.seq - 2, desk.shop.seq]
    assert "a listener failed" in caplog.text


def test_a_caller_who_left_does_not_hurt_a_failing_batch(
    file: Path, impatient: SqlJournal, open_desk: OpenDesk
) -> None:
    async def scenario() -> None:
        desk = open_desk(impatient)
        await opened(desk)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            leaving = asyncio.create_task(desk.handle(car(1), ANNA))
            staying = asyncio.create_task(desk.handle(car(2), ANNA))
            await asyncio.sleep(0)
            leaving.cancel()
            outcomes = await asyncio.gather(leaving, staying, return_exceptions=True)
        assert [type(each) for each in outcomes] == [asyncio.CancelledError, JournalUnavailable]
        granted(await desk.handle(car(3), ANNA))

    run(scenario())


def test_catching_up_says_when_the_journal_is_away(
    file: Path, impatient: SqlJournal, open_desk: OpenDesk
) -> None:
    async def scenario() -> None:
        desk = open_desk(impatient)
        await opened(desk)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(JournalUnavailable):
                await desk.catch_up()
        await desk.catch_up()

    run(scenario())


def test_catching_up_is_not_hurt_by_what_cannot_be_written(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        await opened(desk)
        broken = replace(car(7), asked="half a sign \ud800")
        outcomes = await asyncio.gather(
            desk.handle(broken, ANNA), desk.catch_up(), return_exceptions=True
        )
        assert isinstance(outcomes[0], ValueError)
        assert outcomes[1] is None

    with caplog.at_level(logging.ERROR):
        run(scenario())
