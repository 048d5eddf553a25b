"""Runs simulated days against a shop: everybody and everything of them as tasks on one loop."""

import asyncio
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

NEXT_BEGIN = time(7, 30)
LAST_END = time(12, 0)
"""When a last day ends at the latest: cars that stayed overnight are done by noon."""


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
        """Day after day; cars that stay overnight go on in the morning beside the new ones."""
        zone, today = self.play.time.zone, self.play.time.now().date()
        walks: set[asyncio.Task[None]] = set()
        try:
            for number in range(self.wish.days):
                date = today + timedelta(days=number)
                walks |= self._opened(plan_day(self.wish.seed, date, zone, self.wish.visits))
                if self.wish.until is not None:
                    await self._to_the_moment(datetime.combine(date, self.wish.until, zone), walks)
                    return
                is_last = number == self.wish.days - 1
                ends = LAST_END if is_last else NEXT_BEGIN
                await self._go_on(walks, datetime.combine(date + timedelta(days=1), ends, zone))
                if not is_last:
                    tomorrow = datetime.combine(date + timedelta(days=1), NEXT_BEGIN, zone)
                    await self.play.time.until(tomorrow)
        finally:
            await _stopped(walks)

    def _opened(self, day: Day) -> set[asyncio.Task[None]]:
        self.play.hall.misreadings.extend(day.misreadings)
        self.watch.minutes_to_answer = day.minutes_to_answer
        self.progress.visits += len(day.visits)
        return {asyncio.create_task(self._walk(visit)) for visit in day.visits}

    async def _go_on(self, walks: set[asyncio.Task[None]], until: datetime) -> None:
        """Return when all visits are over, or at `until`; raises what went wrong in one."""
        left = (until - self.play.time.now()).total_seconds() / self.play.time.rate
        done, _ = await asyncio.wait(
            walks, timeout=max(0.0, left), return_when=asyncio.FIRST_EXCEPTION
        )
        for task in done:
            task.result()

    async def _to_the_moment(self, at: datetime, walks: set[asyncio.Task[None]]) -> None:
        moment = Moment(self.play, self.watch)
        await moment.prepare(at)
        await self._go_on(walks, at)
        await _stopped(walks)
        await moment.complete()

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


async def _stopped(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


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
