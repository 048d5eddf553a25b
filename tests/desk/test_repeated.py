"""A repeated command id answers the first result; a refusal is not remembered."""

import pytest

from board.core import commands as c
from board.desk import Desk
from board.journal import Journal
from tests.builders import ANNA, CARL, MONA
from tests.desk.conftest import SHOP, OpenDesk, OpenJournal, run
from tests.desk.orders import car, granted, opened, refused, together


def test_the_first_result_is_answered_again(desk: Desk, journal: Journal) -> None:
    async def scenario() -> None:
        await opened(desk)
        first = granted(await desk.handle(car(1), ANNA, "once"))
        await desk.handle(car(2), ANNA)
        again = granted(await desk.handle(car(1), ANNA, "once"))
        assert (again.seq, again.repeated) == (first.seq, True)
        assert len(desk.shop.jobs) == 2

    run(scenario())


def test_within_one_batch_too(desk: Desk) -> None:
    async def scenario() -> None:
        await opened(desk)
        answers = await together(desk, *[(car(1), ANNA, "once")] * 3)
        receipts = [granted(answer) for answer in answers]
        assert [receipt.repeated for receipt in receipts] == [False, True, True]
        assert len({receipt.seq for receipt in receipts}) == 1

    run(scenario())


def test_after_a_restart_too(open_journal: OpenJournal, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        desk = open_desk(open_journal())
        await opened(desk)
        first = granted(await desk.handle(car(1), ANNA, "once"))
        again = granted(await open_desk(open_journal()).handle(car(1), ANNA, "once"))
        assert (again.seq, again.repeated) == (first.seq, True)

    run(scenario())


def test_a_command_that_changes_nothing_is_remembered_too(desk: Desk) -> None:
    async def scenario() -> None:
        await opened(desk)
        nothing = c.SetUpShop(settings=desk.shop.settings, reason="so")
        first = granted(await desk.handle(nothing, MONA, "nothing"))
        assert granted(await desk.handle(nothing, MONA, "nothing")).repeated
        assert first.seq == desk.shop.seq

    run(scenario())


@pytest.mark.parametrize("together_with", [0, 2])
def test_a_refusal_is_not_remembered(desk: Desk, together_with: int) -> None:
    sign = c.MoveJob(job="j1", to="awaiting_dispatch")

    async def scenario() -> None:
        await opened(desk)
        others = [(car(n), ANNA, f"n{n}") for n in range(5, 5 + together_with)]
        answers = await together(desk, (sign, ANNA, "sign"), *others)
        assert refused(answers[0]) == "unknown_job"
        await desk.handle(car(1), ANNA)
        assert not granted(await desk.handle(sign, ANNA, "sign")).repeated

    run(scenario())


def test_without_an_id_every_command_is_its_own(desk: Desk, journal: Journal) -> None:
    async def scenario() -> None:
        await opened(desk)
        await desk.handle(car(1), ANNA)
        assert refused(await desk.handle(car(1), CARL)) == "job_exists"
        ids = {entry.command_id for entry in journal.history(SHOP, "j1")}
        assert len(ids) == 1

    run(scenario())
