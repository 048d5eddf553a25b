"""One visit on its way through the shop: looks at its job, does what its state asks for next.

Driven by the job as it is, so that people may move it too, and the server may restart.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from simulator.crew import Crew
from simulator.doors import Doors, Person
from simulator.hall import Choice, Claim, Floor, Hall
from simulator.http import Answer, Json, is_object, objects
from simulator.plan import Trouble, Visit
from simulator.shop_clock import ShopTime

LOG = logging.getLogger(__name__)
# Nobody leaves a car that is nearly done.
_BEGINS, CLOSES = time(8, 0), time(21, 0)
MOST_TRIES = 25
_NEED_BAY = frozenset(
    ("awaiting_dispatch", "dispatched", "working", "rework", "held", "self_check", "team_check")
)
_NEED_TECHNICIAN = _NEED_BAY - {"held", "team_check"}


def _locks() -> defaultdict[str, asyncio.Lock]:
    return defaultdict(asyncio.Lock)


@dataclass(slots=True)
class Play:
    """What all visits of a day share. `busy`: whoever does one thing after the other.

    `codes`: the catalogue's codes by what is done. `is_peak`: reception takes tickets.
    """

    doors: Doors
    time: ShopTime
    crew: Crew
    hall: Hall
    floor: Floor
    happened: Counter[str] = field(default_factory=Counter)
    busy: defaultdict[str, asyncio.Lock] = field(default_factory=_locks)
    codes: Mapping[str, str] = field(default_factory=dict)
    is_peak: bool = False


class Walk:
    """One visit under way. `bay` and `technician` are what it has taken from the floor.

    `is_called_away`: the technician is out of the shop, and comes back to this car.
    """

    def __init__(self, play: Play, visit: Visit) -> None:
        self.play = play
        self.visit = visit
        self.bay = ""
        self.technician = ""
        self.is_called_away = False
        self.is_back_in_line = False
        self.is_known_again = False
        self.random = Random(visit.id)
        self._met: set[Trouble] = set()

    @property
    def advisor(self) -> str:
        """Who looks after this customer."""
        advisors = self.play.crew.advisors
        return advisors[self.visit.advisor % len(advisors)]

    @property
    def leader(self) -> str:
        """The team leader who sees to this car."""
        return self._one_of(self.play.crew.leaders)

    @property
    def inspector(self) -> str:
        """The inspector of this car."""
        return self._one_of(self.play.crew.inspectors)

    @property
    def washer(self) -> str:
        """Who washes this car."""
        return self._one_of(self.play.crew.washers)

    @property
    def wash_bay(self) -> str:
        """Where this car is washed, '' where nobody washes."""
        return self._one_of(self.play.crew.wash_bays or ("",))

    def _one_of(self, known: tuple[str, ...]) -> str:
        return known[sum(self.visit.id.encode()) % len(known)]

    def person(self, person_id: str) -> Person:
        """Somebody at their door."""
        return self.play.doors.people[person_id]

    async def act(self, who: str, name: str, *expected: str, **body: object) -> Answer:
        """Somebody sends a command about this job."""
        return await self.person(who).do(name, *expected, job=self.visit.id, **body)

    async def look(self) -> Json | None:
        """The job as it is now; None when it has left the board."""
        body = await self.person(self.advisor).read(f"/api/v1/jobs/{self.visit.id}")
        job = body.get("job")
        return job if is_object(job) else None

    async def minutes(self, least: float, most: float) -> None:
        """Something takes that long, in the shop's time."""
        await self.play.time.minutes(self.random.uniform(least, most))

    def meets(self, trouble: Trouble) -> bool:
        """Whether this trouble is this visit's and happens now; it happens once."""
        if self.visit.trouble != trouble or trouble in self._met:
            return False
        self._met.add(trouble)
        self.play.happened[trouble] += 1
        return True

    def spare(self, trouble: Trouble) -> None:
        """It did not come about, somebody else moved the job first; it may happen later."""
        self._met.discard(trouble)
        self.play.happened[trouble] -= 1

    async def take(self, choose: Choice) -> None:
        """Wait for a pair from the floor; what the visit had before and is not in it is free."""
        claim = await self.play.floor.take(choose, Claim(self.bay, self.technician))
        self.bay, self.technician = claim.bay, claim.technician

    async def free_technician(self) -> None:
        """The technician can do something else."""
        technician, self.technician = self.technician, ""
        await self.play.floor.give_back(technician=technician)

    async def leave_bay(self) -> None:
        """The car makes room."""
        self.play.hall.drive_out(self.visit.plate)
        bay, self.bay = self.bay, ""
        await self.play.floor.give_back(bay=bay)

    async def leave_all(self) -> None:
        """Give everything back."""
        await self.free_technician()
        await self.leave_bay()

    async def within_hours(self) -> None:
        """Wait for the morning when everybody has gone home."""
        await self.play.time.until(next_shift(self.play.time.now()))


Step = Callable[[Walk, Json], Awaitable[None]]


async def walk(
    walk: Walk, come: Callable[[Walk], Awaitable[None]], steps: Mapping[str, Step]
) -> None:
    """Bring a visit from arrival to its job's end; when cancelled its car stays where it is."""
    await come(walk)
    await _steps(walk, steps)
    await walk.leave_all()


async def _steps(walk: Walk, steps: Mapping[str, Step]) -> None:
    tries: Counter[str] = Counter()
    while (job := await walk.look()) is not None and job.get("closed_at") is None:
        state = str(job["state"])
        tries[state] += 1
        if tries[state] > MOST_TRIES or state not in steps:
            walk.play.doors.tally.surprises.append(f"{walk.visit.plate} is stuck in {state}")
            return
        await _let_go(walk, state)
        await walk.within_hours()
        await steps[state](walk, job)


async def _let_go(walk: Walk, state: str) -> None:
    """Whoever moved the job on: what its state needs no more is there for others."""
    walk.is_called_away = walk.is_called_away and state == "held"
    if state not in _NEED_TECHNICIAN and not walk.is_called_away:
        await walk.free_technician()
    if walk.bay and state not in _NEED_BAY:
        await walk.leave_bay()


def next_shift(now: datetime) -> datetime:
    """Now if people are at work, else when they come next."""
    if _BEGINS <= now.time() < CLOSES:
        return now
    day = now.date() if now.time() < _BEGINS else now.date() + timedelta(days=1)
    return datetime.combine(day, _BEGINS, now.tzinfo)


def lines_of(job: Json, *states: str) -> list[Json]:
    """The lines of a job in one of these states."""
    return [line for line in objects(job.get("lines")) if line.get("state") in states]


def technicians_of(job: Json) -> list[str]:
    """Whoever works on the job, the lead first."""
    found = job.get("technicians")
    return [str(one) for one in found] if isinstance(found, list) else []
