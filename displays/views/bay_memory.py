"""What is shown of each bay, kept from change to change and made anew only for bays concerned.

A bay is concerned when it, a job or a help call of it changed, a job that is asked about there, or
when its view's time is over; so a bay with many jobs costs nothing while they rest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import datetime
from typing import Generic, TypeVar

from board.core.bays import Bay
from board.core.call_places import told_at
from board.core.calls import Call
from board.core.job import Job
from board.core.shop import Shop
from displays.views.parts import Ground, Made, changed_jobs, differing, soonest

T = TypeVar("T")
_Told = tuple[str, Call, Job | None]
"""Where a call is told, the call, and its car."""


class BayMemory(Generic[T]):
    """One value per bay that was not removed; `make` may use people, settings and workflow."""

    def __init__(self, make: Callable[[Shop, Bay, datetime], Made[T]]) -> None:
        self._make = make
        self._ground = Ground()
        self._forget()

    def _forget(self) -> None:
        self._jobs: Mapping[str, Job] = {}
        self._bays: Mapping[str, Bay] = {}
        self._told: dict[str, _Told] = {}
        self._until: dict[str, datetime | None] = {}
        self._soonest: datetime | None = None
        self._values: dict[str, T] = {}

    def look(self, shop: Shop, now: datetime) -> Mapping[str, T]:
        """Every value by bay, in the order of the bays; the same mapping while all stay alike."""
        if self._ground.shifts(shop, now, shop.people, shop.settings, shop.workflow):
            self._forget()
        if concerned := self._concerned(shop, now):
            kept = {bay.id: bay for bay in shop.bays.values() if not bay.removed}
            for bay_id in concerned & kept.keys():
                self._renew(shop, kept[bay_id], now)
            # Anew, so that whoever holds the former one sees that something changed.
            self._values = {bay_id: self._values[bay_id] for bay_id in kept}
            self._soonest = soonest(*(self._until[bay_id] for bay_id in kept))
        self._jobs, self._bays = shop.jobs, shop.bays
        return self._values

    def _renew(self, shop: Shop, bay: Bay, now: datetime) -> None:
        value, self._until[bay.id] = self._make(shop, bay, now)
        before = self._values.get(bay.id)
        self._values[bay.id] = before if before is not None and before == value else value

    def _concerned(self, shop: Shop, now: datetime) -> set[str]:
        changed, gone = changed_jobs(self._jobs, shop.jobs)
        concerned = _bays_of((*changed, *gone), self._jobs, shop.jobs)
        concerned |= _asked_about({*changed, *gone}, shop)
        if shop.bays is not self._bays:
            concerned.update(*differing(self._bays, shop.bays))
        if shop.calls or self._told:
            told = {key: _told(shop, call) for key, call in shop.calls.items()}
            concerned.update(_bays_that_tell(self._told, told))
            self._told = told
        if self._soonest is not None and self._soonest <= now:
            concerned.update(key for key, until in self._until.items() if until and until <= now)
        return concerned


def _told(shop: Shop, call: Call) -> _Told:
    return told_at(shop, call), call, shop.jobs.get(call.job)


def _bays_that_tell(before: Mapping[str, _Told], after: Mapping[str, _Told]) -> Iterator[str]:
    """The bays whose help calls differ, or the cars of these."""
    for key in before.keys() | after.keys():
        if before.get(key) != after.get(key):
            yield from (told[key][0] for told in (before, after) if key in told)


def _asked_about(job_ids: Set[str], shop: Shop) -> set[str]:
    """The bays where a question names one of these jobs, though nothing else binds it there."""
    if not job_ids:
        return set()
    return {bay.id for bay in shop.bays.values() if bay.question and bay.question.job in job_ids}


def _bays_of(job_ids: Iterable[str], *shops: Mapping[str, Job]) -> set[str]:
    """The bays in which these jobs stand, stood, or are awaited."""
    jobs = (jobs[job_id] for job_id in job_ids for jobs in shops if job_id in jobs)
    return {bay for job in jobs for bay in (job.bay, job.in_bay) if bay}
