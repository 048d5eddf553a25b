"""Two desks on one journal, as two processes have them."""

import asyncio
from collections.abc import Sequence

from board.core import commands as c
from board.core.events import Fact
from board.core.job import Where
from board.core.shop import Shop
from tests.builders import ANNA, CARL
from tests.desk.conftest import OpenDesk, OpenJournal, run
from tests.desk.orders import car, granted, opened, refused


def into_bay(number: int) -> c.PlaceCar:
    """The n-th car into bay 1."""
    return c.PlaceCar(job=f"j{number}", where=Where.bay, spot="1")


def test_each_catches_up_with_the_other_before_it_decides(
    open_journal: OpenJournal, open_desk: OpenDesk
) -> None:
    async def scenario() -> None:
        one, two = open_desk(open_journal()), open_desk(open_journal())
        await opened(one)
        granted(await two.handle(car(1), ANNA))
        assert refused(await one.handle(car(1), CARL)) == "job_exists"
        assert one.shop == two.shop

    run(scenario())


def test_catching_up_alone_publishes_what_others_wrote(
    open_journal: OpenJournal, open_desk: OpenDesk
) -> None:
    heard: list[str] = []

    def note(shop: Shop, facts: Sequence[Fact]) -> None:
        heard.extend(fact.command_id for fact in facts)

    async def scenario() -> None:
        one, two = open_desk(open_journal()), open_desk(open_journal())
        await opened(one)
        await two.catch_up()
        two.subscribe(note)
        await one.handle(car(1), ANNA, "theirs")
        await two.catch_up()
        assert two.shop == one.shop
        await two.catch_up()

    run(scenario())
    assert set(heard) == {"theirs"}


def test_listeners_hear_every_fact_once_and_in_order(
    open_journal: OpenJournal, open_desk: OpenDesk
) -> None:
    heard: list[int] = []

    async def scenario() -> None:
        one, two = open_desk(open_journal()), open_desk(open_journal())
        two.subscribe(lambda shop, facts: heard.extend(fact.seq for fact in facts))
        await opened(one)
        for number in range(6):
            await (one, two)[number % 2].handle(car(number), ANNA)
        await asyncio.gather(two.catch_up(), two.handle(car(9), ANNA), one.handle(car(8), ANNA))
        await two.catch_up()
        assert heard == list(range(1, two.shop.seq + 1))

    run(scenario())


def test_one_bay_takes_one_car_whoever_asks(open_journal: OpenJournal, open_desk: OpenDesk) -> None:
    async def scenario() -> None:
        one, two = open_desk(open_journal()), open_desk(open_journal())
        await opened(one)
        await one.handle(car(1), ANNA)
        await two.handle(car(2), ANNA)
        answers = await asyncio.gather(one.handle(into_bay(1), ANNA), two.handle(into_bay(2), CARL))
        codes = sorted(getattr(answer, "code", "done") for answer in answers)
        assert codes == ["bay_taken", "done"]

    run(scenario())


def test_an_id_used_at_one_desk_is_known_at_the_other(
    open_journal: OpenJournal, open_desk: OpenDesk
) -> None:
    async def scenario() -> None:
        one, two = open_desk(open_journal()), open_desk(open_journal())
        await opened(one)
        first = granted(await one.handle(car(1), ANNA, "once"))
        again = granted(await two.handle(car(1), ANNA, "once"))
        assert (again.seq, again.repeated) == (first.seq, True)

    run(scenario())
