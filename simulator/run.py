"""Runs simulated days against a shop: everybody and everything of them as tasks on one loop."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from devices.address import BrokerAddress
from simulator.catalogue import take_in
from simulator.crew import Crew
from simulator.day import USUAL_VISITS, plan_day
from simulator.doors import Doors
from simulator.fittings import fixtures
from simulator.hall import Floor, Hall
from simulator.handover import STEPS
from simulator.http import objects
from simulator.lamp_hub import LampHub
from simulator.lamps.troubles import LampTrouble
from simulator.leaves import leave
from simulator.moment import Moment
from simulator.office import close_day, open_day
from simulator.peak import watch_the_line
from simulator.plan import Day, Visit
from simulator.progress import Progress
from simulator.reception import come
from simulator.sensors import Sensors
from simulator.troubles import Trouble
from simulator.walk import CLOSES, Play, Walk, walk
from simulator.watch import Watch

NEXT_BEGIN = time(7, 50)
_QUIET_HOURS = 8.5
MOST_MORNINGS = 2
"""How many days more the cars may take that stayed overnight; on a fast machine one morning."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to run. `until`: stop at this time of the first day, with everything on the board.

    `skip_night` sets the shop's clock to a morning; nights are waited for without it. `troubles`:
    what the devices do besides; `has_badges`: whether the shop knows whose badge is whose.
    """

    url: str
    crew: Crew
    broker: BrokerAddress | None = None
    seed: int = 1
    visits: int = USUAL_VISITS
    days: int = 1
    until: time | None = None
    skip_night: Callable[[datetime], None] | None = None
    troubles: tuple[Trouble | LampTrouble, ...] = ()
    has_badges: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went. `spoken`: MQTT messages; `presences`: what the board said of bays, by word.

    `taken`: bays and technicians that some visit still has.
    """

    summary: str
    surprises: tuple[str, ...]
    finished: int
    visits: int
    spoken: int
    presences: frozenset[str]
    happened: frozenset[str]
    taken: frozenset[str]

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
        of_sensors = [one for one in wish.troubles if isinstance(one, Trouble)]
        of_lamps = [one for one in wish.troubles if isinstance(one, LampTrouble)]
        self.sensors = Sensors(play.hall, play.time, Random(wish.seed), of_sensors)
        self.lamps = LampHub(fixtures(), Random(wish.seed), of_lamps)

    async def run(self) -> None:
        """Play all days, with devices, the controller's eye and the progress line beside."""
        beside = [self.watch.run(), self.progress.run(), watch_the_line(self.play, self.watch)]
        if self.wish.broker is not None:
            beside += [self.sensors.run(self.wish.broker), self.lamps.run(self.wish.broker)]
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
        tomorrow = today
        walks: set[asyncio.Task[None]] = set()
        try:
            for number in range(self.wish.days):
                day = today + timedelta(days=number)
                await open_day(self.play)
                walks |= self._opened(plan_day(self.wish.seed, day, zone, self.wish.visits))
                if self.wish.until is not None:
                    await self._to_the_moment(datetime.combine(day, self.wish.until, zone), walks)
                    return
                await self._go_on(walks, datetime.combine(day, CLOSES, zone))
                is_last = number == self.wish.days - 1
                if is_last and all(task.done() for task in walks):
                    break
                tomorrow = day + timedelta(days=1)
                await self._night(walks, datetime.combine(tomorrow, NEXT_BEGIN, zone))
            else:
                await self._finish(walks, tomorrow)
            await _stopped(walks)
            await close_day(self.play)
        finally:
            await _stopped(walks)

    async def _finish(self, walks: set[asyncio.Task[None]], first: date) -> None:
        """Go on with the cars that stayed overnight, and with nothing else."""
        for number in range(MOST_MORNINGS):
            today = first + timedelta(days=number)
            await open_day(self.play)
            await self._go_on(walks, datetime.combine(today, CLOSES, self.play.time.zone))
            if all(task.done() for task in walks) or number == MOST_MORNINGS - 1:
                return
            morning = datetime.combine(today + timedelta(days=1), NEXT_BEGIN, self.play.time.zone)
            await self._night(walks, morning)

    async def _night(self, walks: set[asyncio.Task[None]], morning: datetime) -> None:
        """Close the day when nobody works any more; nights are skipped where they can be."""
        await self._go_home(walks, morning - timedelta(hours=_QUIET_HOURS))
        await close_day(self.play)
        if self.wish.skip_night is None:
            await self._go_on(walks, morning)
            await self.play.time.until(morning)
            return
        # It blocks on purpose: whoever acted now would act at night.
        self.wish.skip_night(morning)
        self.play.time.follow(await self.play.doors.time(self.play.crew.zone))
        self.play.hall.moved.set()
        self.progress.say(f"The night is skipped: it is {self.play.time.now():%m-%d %H:%M}.")

    async def _go_home(self, walks: set[asyncio.Task[None]], latest: datetime) -> None:
        """Return when no clock of a technician runs, or at `latest`."""
        while self.play.time.now() < latest and not all(task.done() for task in walks):
            people = objects((await self.watch.look()).get("technicians"))
            if people and not any(one.get("running") for one in people):
                return
            await self._go_on(walks, self.play.time.now() + timedelta(minutes=2))

    def _opened(self, day: Day) -> set[asyncio.Task[None]]:
        self.play.hall.misreadings.extend(day.misreadings)
        self.watch.minutes_to_answer = day.minutes_to_answer
        self.progress.visits += len(day.visits)
        visits = {asyncio.create_task(self._walk(visit)) for visit in day.visits}
        return visits | {asyncio.create_task(leave(self.play, one)) for one in day.leaves}

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
            frozenset(+self.play.happened),
            self.play.floor.taken,
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
        codes = await take_in(doors, crew)
        floor = Floor(crew.work_bays, crew.skills)
        hall = Hall(has_badges=wish.has_badges)
        stage = Stage(wish, Play(doors, time, crew, hall, floor, codes=codes))
        try:
            await stage.run()
        finally:
            stage.progress.write(always=True)
        return stage.outcome()
    finally:
        doors.close()
