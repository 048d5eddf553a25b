"""A shop at a desk in memory, visited by one car, and what its pages read."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

from board.core import commands as c
from board.core.extra import AnswerMeans
from board.core.handover import NextService
from board.core.job import Car
from board.core.roles import Actor
from board.desk import Desk
from board.journal_memory import MemoryJournal
from board.languages import Languages
from board.web.lookups import Lookups
from displays.dialog_asks import Ask
from tests.builders import ANNA, CARL, CLOCK, INES, LEE, NOW, TOM, WILLY, receive
from tests.desk.orders import granted, opened

LOCALES = Path(__file__).resolve().parents[2] / "locales"
SAID = NextService(date(2027, 5, 20), 52_000)
PLATE, VIN = "京AD12345", "LSVAU2180N2183294"


class Garage:
    """A desk in memory whose clock the test turns, and what pages read of it."""

    def __init__(self) -> None:
        self.now = NOW
        journal = MemoryJournal()
        self.desk = Desk(journal, "test", self._clock, ThreadPoolExecutor(1))
        self.looks = Lookups(journal, Languages(LOCALES))

    def _clock(self) -> datetime:
        return self.now

    async def do(self, command: c.Command, by: Actor) -> None:
        """Ask for a command that must be granted, a minute later."""
        self.now += timedelta(minutes=1)
        granted(await self.desk.handle(command, by))

    def ask(self, by: Actor = ANNA, **given: str) -> Ask:
        """Somebody asks for a page."""
        return Ask(self.desk.shop, by, self.now, given)

    async def visit(self, job: str, *, delivered: bool = False) -> None:
        """A car comes, one line is declined, the work is checked twice, and it is long ago."""
        car = Car(PLATE, VIN, "ID.4", mileage=42_100)
        await self.do(receive(job, PLATE, car=car), ANNA)
        await self.do(c.AddLine(job=job, text="Oil", standard_hours=0.8), ANNA)
        await self.do(c.ProposeLine(job=job, text="Brake pads", photos=("a" * 64,)), ANNA)
        price = {"price": 12_000, "parts_price": 38_000}
        await self.do(c.PriceLine(job=job, line="2", **price), ANNA)  # type: ignore[arg-type]
        said = c.DecideLine(
            job=job, line="2", approved=False, how=AnswerMeans.in_person, said_by="Lena"
        )
        await self.do(said, ANNA)
        await self.do(c.MoveJob(job=job, to="awaiting_dispatch"), ANNA)
        await self.do(c.DispatchJob(job=job, bay="1", technicians=("tom",)), CARL)
        await self.do(c.StartLine(job=job), TOM)
        await self.do(c.FinishLine(job=job), TOM)
        await self.do(c.PassCheck(job=job), TOM)
        if delivered:
            await self._delivered(job)
            return
        await self.do(c.FailCheck(job=job, defect="noise", note="rear left"), LEE)
        await self.do(c.CancelJob(job=job, reason="in a hurry"), CARL)

    async def _delivered(self, job: str) -> None:
        """The checks are passed, and the next service is named at the handover."""
        await self.do(c.PassCheck(job=job), LEE)
        await self.do(c.PassCheck(job=job), INES)
        await self.do(c.MoveJob(job=job, to="washing"), WILLY)
        await self.do(c.MoveJob(job=job, to="awaiting_settlement"), WILLY)
        said = c.TickHandover(job=job, point="next_service", next_service=SAID)
        await self.do(said, ANNA)
        await self.do(c.MoveJob(job=job, to="ready"), ANNA)
        await self.do(c.MoveJob(job=job, to="delivered"), ANNA)

    async def long_ago(self, *jobs: str) -> None:
        """The orders leave live state."""
        self.now += timedelta(days=400)
        for job in jobs:
            await self.do(c.ForgetJob(job=job), CLOCK)


def played(*visits: str) -> Garage:
    """A garage after visits of one car that are long over."""
    garage = Garage()

    async def scenario() -> None:
        await opened(garage.desk)
        for job in visits:
            await garage.visit(job)
        await garage.long_ago(*visits)

    asyncio.run(scenario())
    return garage
