"""What is shown of each bay, kept from change to change and made anew only for bays concerned.

A bay is concerned when it, a job or a help call of it changed, or when its view's time is over; so
a bay with many jobs costs nothing while they rest.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Generic, TypeVar

from board.core.bays import Bay
from board.core.calls import Call
from board.core.job import Job
from board.core.shop import Shop
from displays.views.parts import Ground, Made, changed_jobs, differing, soonest

T = TypeVar("T")


class BayMemory(Generic[T]):
    """One value per bay that was not removed; `make` may use people, settings and workflow."""

    def __init__(self, make: Callable[[Shop, Bay, datetime], Made[T]]) -> None:
        self._make = make
        self._ground = Ground()
        self._forget()

    def _forget(self) -> None:
        self._jobs: Mapping[str, Job] = {}
        self._bays: Mapping[str, Bay] = {}
        self._calls: Mapping[str, Call] = {}
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
        self._jobs, self._bays, self._calls = shop.jobs, shop.bays, shop.calls
        return self._values

    def _renew(self, shop: Shop, bay: Bay, now: datetime) -> None:
        value, self._until[bay.id] = self._make(shop, bay, now)
        before = self._values.get(bay.id)
        self._values[bay.id] = before if before is not None and before == value else value

    def _concerned(self, shop: Shop, now: datetime) -> set[str]:
        changed, gone = changed_jobs(self._jobs, shop.jobs)
        concerned = _bays_of((*changed, *gone), self._jobs, shop.jobs)
        if shop.bays is not self._bays:
            concerned.update(*differing(self._bays, shop.bays))
        if shop.calls is not self._calls:
            concerned.update(_called_from(self._calls, shop.calls))
        if self._soonest is not None and self._soonest <= now:
            concerned.update(key for key, until in self._until.items() if until and until <= now)
        return concerned


def _called_from(before: Mapping[str, Call], after: Mapping[str, Call]) -> set[str]:
    """The bays whose help calls differ."""
    changed, gone = differing(before, after)
    return {after[key].bay for key in changed} | {before[key].bay for key in gone}


def _bays_of(job_ids: Iterable[str], *shops: Mapping[str, Job]) -> set[str]:
    """The bays in which these jobs stand, stood, or are awaited."""
    jobs = (jobs[job_id] for job_id in job_ids for jobs in shops if job_id in jobs)
    return {bay for job in jobs for bay in (job.bay, job.in_bay) if bay}
