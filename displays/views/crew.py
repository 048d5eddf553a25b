"""Who has something to do with which job: one index over the jobs, kept from change to change.

Shared by all tablets, so that one more tablet costs nothing per job. Knows no screens.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from board.core.bays import Bay
from board.core.days import business_day
from board.core.job import Job
from board.core.shop import Shop
from board.core.workflow import CheckLevel, Lane, Through, Workflow
from displays.views.parts import changed_jobs

_SHOP_FLOOR = frozenset({Lane.work, Lane.hold, Lane.check})


class _Pile:
    """Jobs by a key. `turns` counts under `name` and key how often each key's jobs changed."""

    def __init__(self, name: str, turns: dict[str, int]) -> None:
        self._name = name
        self._turns = turns
        self._jobs: dict[str, dict[str, Job]] = {}

    def name_of(self, key: str) -> str:
        """Under which name the changes of a key's jobs are counted."""
        return f"{self._name}:{key}"

    def of(self, key: str) -> Iterable[Job]:
        """The jobs of a key."""
        return self._jobs.get(key, {}).values()

    def put(self, key: str, job: Job) -> None:
        """Lay a job onto the key's."""
        self._jobs.setdefault(key, {})[job.id] = job
        self._turns[self.name_of(key)] += 1

    def take(self, key: str, job: Job) -> None:
        """Take a job away from the key's."""
        self._jobs[key].pop(job.id, None)
        self._turns[self.name_of(key)] += 1


class Crew:
    """Jobs of each person, to be looked at, to be washed; and everybody's last changes."""

    def __init__(self) -> None:
        self._begin(None)

    def _begin(self, flow: Workflow | None) -> None:
        self.ground: tuple[object, ...] = ()
        self.work_ground: tuple[object, ...] = ()
        self._workflow = flow
        self._shop: Shop | None = None
        self._now: datetime | None = None
        self._jobs: Mapping[str, Job] = {}
        self._turns: dict[str, int] = defaultdict(int)
        self._own = _Pile("own", self._turns)
        self._waiting = _Pile("waiting", self._turns)
        self._washes = _Pile("washes", self._turns)
        self._changed = _Pile("changed", self._turns)

    def look(self, shop: Shop, now: datetime) -> None:
        """Take in what changed since the last look; jobs are compared by identity.

        `ground` is another object whenever anything changed that every tablet is made of, other
        than jobs: the day, bays, who works where, calls. What sensors say of bays is on no tablet.
        `work_ground` is the same without calls, of which no card of a car tells.
        """
        # Every tablet asks, all of them at the same moment.
        if shop is self._shop and now is self._now:
            return
        try:
            self._take_in(shop, now)
        except Exception:
            # Half sorted it would tell the next tablet that nothing concerns it.
            self._begin(None)
            raise
        self._shop, self._now = shop, now

    def _take_in(self, shop: Shop, now: datetime) -> None:
        if shop.workflow is not self._workflow:
            self._begin(shop.workflow)
        self._stand_on(shop, business_day(now, shop.settings))
        if shop.jobs is not self._jobs:
            self._sort(shop)

    def _stand_on(self, shop: Shop, day: date) -> None:
        # A deed that another car stands in the way of names that car.
        cars = tuple((bay, shop.jobs[job].car.plate) for bay, job in shop.placed.items())
        rules = shop.settings, shop.check_book, shop.indirect
        bays = tuple(map(_as_people_set_it, shop.bays.values()))
        beside = shop.people, bays, shop.placed, shop.running
        if self.work_ground != (work_ground := (day, cars, *rules, *beside)):
            self.work_ground = work_ground
        if self.ground != (ground := (self.work_ground, shop.calls, shop.past_calls)):
            self.ground = ground

    def _sort(self, shop: Shop) -> None:
        before, self._jobs = self._jobs, shop.jobs
        changed, gone = changed_jobs(before, shop.jobs)
        for key in gone:
            self._drop(before[key], shop.workflow)
        for key in changed:
            if (old := before.get(key)) is not None:
                self._drop(old, shop.workflow)
            self._take(shop.jobs[key], shop.workflow)

    def concerns(
        self, person: str, label: str, looks: Iterable[str], washes: Iterable[str]
    ) -> tuple[str, ...]:
        """The names for `turns` of a person who looks at finished work in the states `looks` and
        washes cars in the states `washes`.
        """
        waiting, washed = map(self._waiting.name_of, looks), map(self._washes.name_of, washes)
        return self._own.name_of(person), self._changed.name_of(label), *waiting, *washed

    def turns(self, concerns: Iterable[str]) -> int:
        """A number that grows with every change under these names."""
        return sum(map(self._turns.__getitem__, concerns))

    def own(self, person: str) -> Iterable[Job]:
        """Open jobs on the shop floor that are assigned to the person."""
        return self._own.of(person)

    def waiting(self, state: str) -> Iterable[Job]:
        """Jobs in `state`, where somebody has to look at finished work."""
        return self._waiting.of(state)

    def washes(self, state: str) -> Iterable[Job]:
        """Jobs in `state` of the wash lane."""
        return self._washes.of(state)

    def changed_by(self, label: str) -> Iterable[Job]:
        """Jobs whose last change was made by the actor of that label."""
        return self._changed.of(label)

    def _piles(self, job: Job, flow: Workflow) -> Iterable[tuple[_Pile, str]]:
        if job.last is not None:
            yield self._changed, job.last.by
        lane = flow.lane_of(job.state)
        if lane == Lane.wash:
            yield self._washes, job.state
        if job.is_closed or lane not in _SHOP_FLOOR:
            return
        for person in _assigned(job):
            yield self._own, person
        if is_look(flow, job.state):
            yield self._waiting, job.state

    def _take(self, job: Job, flow: Workflow) -> None:
        for pile, key in self._piles(job, flow):
            pile.put(key, job)

    def _drop(self, job: Job, flow: Workflow) -> None:
        for pile, key in self._piles(job, flow):
            pile.take(key, job)


def _as_people_set_it(bay: Bay) -> Bay:
    return replace(bay, sensed=None, question=None, settled_since=None)


def _assigned(job: Job) -> set[str]:
    return {*job.technicians, *(who for line in job.lines for who in line.technicians)}


def is_look(flow: Workflow, state: str) -> bool:
    """Whether somebody other than the technician looks at finished work in `state`."""
    step = flow.steps[state]
    return step.check != CheckLevel.self and flow.through(state, Through.failed) is not None
