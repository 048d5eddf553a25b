"""Runs simulated days against a shop: everybody and everything of them as tasks on one loop."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from devices.address import BrokerAddress
from simulator.crew import Crew
from simulator.day import USUAL_VISITS, plan_day
from simulator.doors import Doors
from simulator.hall import Floor, Hall
from simulator.handover import STEPS
from simulator.moment import Moment
from simulator.plan import Day, Visit
from simulator.progress import Progress
from simulator.reception import come
from simulator.sensors import Sensors
from simulator.walk import Play, Walk, walk
from simulator.watch import Watch

DAY_ENDS = time(21, 0)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to run. `until`: stop at this time of the first day, with everything on the board."""

    url: str
    crew: Crew
    broker: BrokerAddress | None = None
    seed: int = 1
    visits: int = USUAL_VISITS
    days: int = 1
    until: time | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went. `spoken`: MQTT messages; `presences`: what the board said of bays, by word."""

    summary: str
    surprises: tuple[str, ...]
    finished: int
    visits: int
    spoken: int
    presences: frozenset[str]
    happened: frozenset[str]

    @property
    def went_well(self) -> bool:
        """Whether nothing unexpected came."""
        return not self.surprises


class Stage:
    """One shop on which days are played."""

    def __init__(self, wish: Wish, play: Play) -> None:
        self.wish = wish
        self.play = play
        self.watch = Watch(play, 10)
        self.progress = Progress(play, self.watch)
        self.sensors = Sensors(play.hall, play.time, Random(wish.seed))

    async def run(self) -> None:
        """Play all days, with sensors, the controller's eye and the progress line beside."""
        beside = [self.watch.run(), self.progress.run()]
        if self.wish.broker is not None:
            beside.append(self.sensors.run(self.wish.broker))
        tasks = [asyncio.create_task(work) for work in beside]
        days = asyncio.create_task(self._days())
        try:
            done, _ = await asyncio.wait([*tasks, days], return_when=asyncio.FIRST_COMPLETED)
            await next(iter(done))
        finally:
            for task in [*tasks, days]:
                task.cancel()
            await asyncio.gather(*tasks, days, return_exceptions=True)

    async def _days(self) -> None:
        zone, today = self.play.time.zone, self.play.time.now().date()
        for number in range(self.wish.days):
            date = today + timedelta(days=number)
            day = plan_day(self.wish.seed, date, zone, self.wish.visits)
            self.play.hall.misreadings.extend(day.misreadings)
            self.watch.minutes_to_answer = day.minutes_to_answer
            self.progress.visits += len(day.visits)
            await self._day(day)

    async def _day(self, day: Day) -> None:
        zone = self.play.time.zone
        ends = datetime.combine(day.date, self.wish.until or DAY_ENDS, zone)
        walks = [asyncio.create_task(self._walk(visit)) for visit in day.visits]
        moment = Moment(self.play, self.watch) if self.wish.until else None
        try:
            if moment is not None:
                await moment.prepare(ends)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds_to(ends)):
                    await asyncio.gather(*walks)
        finally:
            for task in walks:
                task.cancel()
            await asyncio.gather(*walks, return_exceptions=True)
        if moment is not None:
            await moment.complete()

    def _seconds_to(self, at: datetime) -> float:
        return max(0.0, (at - self.play.time.now()).total_seconds() / self.play.time.rate)

    async def _walk(self, visit: Visit) -> None:
        await walk(Walk(self.play, visit), come, STEPS)
        self.progress.finished += 1

    def outcome(self) -> Outcome:
        """How it went so far."""
        return Outcome(
            self.progress.summary(),
            tuple(self.play.doors.tally.surprises),
            self.progress.finished,
            self.progress.visits,
            self.sensors.spoken,
            frozenset(self.watch.presences) - {""},
            frozenset(self.play.happened),
        )


async def simulate(wish: Wish) -> Outcome:
    """Play the wished days; raises ShopGone, OSError or ValueError with a sentence."""
    crew = wish.crew
    doors = Doors(wish.url, crew.pins)
    try:
        await doors.open()
        time = await doors.time(crew.zone)
        floor = Floor(crew.work_bays, crew.skills)
        stage = Stage(wish, Play(doors, time, crew, Hall(), floor))
        try:
            await stage.run()
        finally:
            stage.progress.write(always=True)
        return stage.outcome()
    finally:
        doors.close()
