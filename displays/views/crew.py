"""Who has something to do with which job: one index over the jobs, kept from change to change.

Shared by all tablets, so that one more tablet costs nothing per job. Knows no screens.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from board.core.job import Job
from board.core.shop import Shop
from board.core.workflow import CheckLevel, Lane, Through, Workflow
from displays.views.parts import differing

_SHOP_FLOOR = frozenset({Lane.work, Lane.hold, Lane.check})


class _Pile:
    """Jobs by a key; `turns` counts how often each key's jobs changed."""

    def __init__(self) -> None:
        self.turns: Counter[str] = Counter()
        self._jobs: dict[str, dict[str, Job]] = {}

    def of(self, key: str) -> Iterable[Job]:
        """The jobs of a key."""
        return self._jobs.get(key, {}).values()

    def put(self, key: str, job: Job) -> None:
        """Lay a job onto the key's."""
        self._jobs.setdefault(key, {})[job.id] = job
        self.turns[key] += 1

    def take(self, key: str, job: Job) -> None:
        """Take a job away from the key's."""
        self._jobs[key].pop(job.id, None)
        self.turns[key] += 1


class Crew:
    """Jobs of each person, to be looked at, to be washed; and everybody's last changes."""

    def __init__(self) -> None:
        self._begin(None)

    def _begin(self, flow: Workflow | None) -> None:
        self._workflow = flow
        self._jobs: Mapping[str, Job] = {}
        self._own = _Pile()
        self._waiting = _Pile()
        self._washes = _Pile()
        self._changed = _Pile()

    def look(self, shop: Shop) -> None:
        """Take in what changed since the last look; jobs are compared by identity."""
        if shop.workflow is not self._workflow:
            self._begin(shop.workflow)
        if shop.jobs is self._jobs:
            return
        before, self._jobs = self._jobs, shop.jobs
        changed, gone = differing(before, shop.jobs)
        for key in gone:
            self._drop(before[key], shop.workflow)
        for key in changed:
            if (old := before.get(key)) is not None:
                self._drop(old, shop.workflow)
            self._take(shop.jobs[key], shop.workflow)

    def turns(
        self, person: str, label: str, looks: Iterable[str], washes: Iterable[str]
    ) -> tuple[int, ...]:
        """Numbers that stay the same while nothing changes for a person who looks at finished
        work in the states `looks` and washes cars in the states `washes`.
        """
        waiting, washed = self._waiting.turns, self._washes.turns
        return (
            self._own.turns[person],
            self._changed.turns[label],
            *(waiting[state] for state in looks),
            *(washed[state] for state in washes),
        )

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


def _assigned(job: Job) -> set[str]:
    return {*job.technicians, *(who for line in job.lines for who in line.technicians)}


def is_look(flow: Workflow, state: str) -> bool:
    """Whether somebody other than the technician looks at finished work in `state`."""
    step = flow.steps[state]
    return step.check != CheckLevel.self and flow.through(state, Through.failed) is not None
