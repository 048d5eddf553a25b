"""An acknowledged command is on disk, and commands that wait together are one batch."""

import asyncio
from collections.abc import Sequence

from board.core import commands as c
from board.core.events import Fact
from board.core.shop import Shop
from board.database import open_database
from board.desk import Desk
from board.journal import Journal
from board.journal_sql import SqlJournal
from board.recall import recall
from tests.builders import ANNA, TOM
from tests.desk.conftest import SHOP, OpenDesk, OpenJournal, run
from tests.desk.orders import car, cars, granted, opened, refused, together


def test_what_is_acknowledged_is_in_the_journal(desk: Desk, open_journal: OpenJournal) -> None:
    async def scenario() -> None:
        await opened(desk)
        receipt = granted(await desk.handle(car(1), ANNA))
        other = open_journal()
        assert other.head(SHOP) == receipt.seq == desk.shop.seq
        assert recall(other, SHOP).jobs.keys() == {"j1"}

    run(scenario())


def test_postgresql_keeps_it_too(postgres_database: str, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        journal = SqlJournal(open_database(postgres_database))
        desk = open_desk(journal)
        await opened(desk)
        answers = await together(desk, *cars(20))
        assert [granted(answer).repeated for answer in answers] == [False] * 20
        other = SqlJournal(open_database(postgres_database))
        assert recall(other, SHOP) == desk.shop
        journal.close()
        other.close()

    run(scenario())


def test_the_journal_names_who_did_what_and_from_where(desk: Desk, journal: Journal) -> None:
    async def scenario() -> None:
        await opened(desk)
        await desk.handle(car(1), ANNA, "the-id")
        entry = journal.history(SHOP, "j1")[0]
        assert (entry.actor, entry.command_id, entry.via) == ("person:anna", "the-id", "test")
        assert (entry.kind, entry.at) == ("job_opened", desk.now())

    run(scenario())


def test_commands_that_wait_together_are_one_batch_in_arrival_order(desk: Desk) -> None:
    batches: list[list[str]] = []

    def note(shop: Shop, facts: Sequence[Fact]) -> None:
        batches.append([fact.command_id for fact in facts])

    async def scenario() -> None:
        await opened(desk)
        desk.subscribe(note)
        answers = await together(desk, *cars(5))
        seqs = [granted(answer).seq for answer in answers]
        assert seqs == sorted(seqs)
        numbers = [job.number for job in desk.shop.jobs.values()]
        assert numbers == [f"R2611-000{number}" for number in range(1, 6)]

    run(scenario())
    assert len(batches) == 1
    assert list(dict.fromkeys(batches[0])) == [f"car-{number}" for number in range(5)]


def test_what_arrives_while_a_batch_is_written_waits_for_the_next(desk: Desk) -> None:
    batches: list[int] = []

    async def scenario() -> None:
        await opened(desk)
        desk.subscribe(lambda shop, facts: batches.append(len({f.command_id for f in facts})))
        first = asyncio.create_task(desk.handle(car(0), ANNA, "first"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        rest = await together(desk, *cars(4)[1:])
        assert all(granted(answer) for answer in [await first, *rest])

    run(scenario())
    assert batches == [1, 3]


def test_the_second_of_a_batch_is_decided_on_what_the_first_did(desk: Desk) -> None:
    async def scenario() -> None:
        await opened(desk)
        twice = await together(desk, (car(1), ANNA, "one"), (car(1), ANNA, "two"))
        granted(twice[0])
        assert refused(twice[1]) == "job_exists"

    run(scenario())


def test_nothing_is_published_before_it_is_written(desk: Desk, journal: Journal) -> None:
    heads: list[tuple[int, int]] = []

    async def scenario() -> None:
        await opened(desk)
        desk.subscribe(lambda shop, facts: heads.append((shop.seq, journal.head(SHOP))))
        await together(desk, *cars(3))

    run(scenario())
    assert heads
    assert all(shown <= written for shown, written in heads)


def test_a_cancelled_callers_command_still_happens(desk: Desk) -> None:
    async def scenario() -> None:
        await opened(desk)
        asked = asyncio.create_task(desk.handle(car(1), ANNA))
        await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        assert asked.cancelled()
        await desk.close()
        assert "j1" in desk.shop.jobs

    run(scenario())


def test_close_waits_for_what_was_handed_in(desk: Desk, journal: Journal) -> None:
    async def scenario() -> None:
        await opened(desk)
        asked = [asyncio.create_task(desk.handle(car(n), ANNA)) for n in range(3)]
        await asyncio.sleep(0)
        await desk.close()
        assert len(desk.shop.jobs) == 3
        await asyncio.gather(*asked)
        assert journal.head(SHOP) == desk.shop.seq

    run(scenario())


def test_an_undo_is_in_the_history_of_its_job_and_in_the_search(
    desk: Desk, journal: Journal
) -> None:
    async def scenario() -> None:
        await opened(desk)
        await desk.handle(car(1), ANNA)
        await desk.handle(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
        granted(await desk.handle(c.UndoMove(job="j1"), ANNA))
        assert journal.history(SHOP, "j1")[-1].kind == "move_undone"
        assert [row.state for row in journal.jobs.find(SHOP, "A00001")] == ["receiving"]
        assert refused(await desk.handle(c.UndoMove(job="j1"), TOM)) == "undo_nothing"

    run(scenario())
