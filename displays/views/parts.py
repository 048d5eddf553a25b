"""What views are, and memory of what did not change since the last look.

Views hold codes, message ids, plain strings and epoch seconds, never a job or a running time.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import ClassVar, Generic, Protocol, TypeVar

from board.core.days import business_day
from board.core.job import Job
from board.core.shop import Shop


class View(Protocol):
    """What one region shows; `template` turns it into html."""

    template: ClassVar[str]


class Projection(Protocol):
    """Sees a shop as one audience does, and remembers what did not change since."""

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        """Every region of the audience by its id."""
        ...


def N_(text: str) -> str:
    """Marks a message id that is translated when it is shown."""
    return text


def soonest(*moments: datetime | None) -> datetime | None:
    """The earliest of some moments, None when there is none."""
    return min((at for at in moments if at is not None), default=None)


T = TypeVar("T")
Made = tuple[T, datetime | None]
"""A value and the moment at which it may differ though nothing happened (None: never)."""


class Memory(Generic[T]):
    """One value per id, made anew only when what it came from changed or its time is over."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[tuple[object, ...], datetime, datetime | None, T]] = {}

    def recall(
        self, key: str, sources: tuple[object, ...], now: datetime, make: Callable[[], Made[T]]
    ) -> T:
        """The value of `key`; `sources` are compared by identity, so pass what is kept alive."""
        known = self._kept.get(key)
        if known is not None and _same(known[0], sources) and _within(now, known[1], known[2]):
            return known[3]
        value, until = make()
        self._kept[key] = (sources, now, until, value)
        return value

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget every id that is not among `keys`."""
        for key in self._kept.keys() - set(keys):
            del self._kept[key]


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _within(now: datetime, made: datetime, until: datetime | None) -> bool:
    return made <= now and (until is None or now < until)


class JobMemory(Generic[T]):
    """One value per job of a shop. `depends` names what else of the shop the values come from.

    Looking over unchanged jobs costs a comparison each, and nothing while the shop stands still.
    """

    def __init__(
        self,
        make: Callable[[Shop, Job, datetime], Made[T]],
        depends: Callable[[Shop], tuple[object, ...]] = lambda shop: (shop.settings, shop.workflow),
    ) -> None:
        self._make = make
        self._depends = depends
        self._sources: tuple[object, ...] = ()
        self._day: date | None = None
        self._span: tuple[datetime, datetime | None] | None = None
        self._jobs: Mapping[str, Job] = {}
        self._kept: dict[str, tuple[Job, datetime | None, T]] = {}
        self._values: dict[str, T] = {}

    def recall(self, shop: Shop, now: datetime) -> Mapping[str, T]:
        """The value of every job of the shop, by job id, in the shop's order."""
        self._forget_when_ground_shifts(shop, now)
        still = self._span is not None and _within(now, *self._span)
        if still and shop.jobs is self._jobs:
            return self._values
        kept = {job.id: self._entry(shop, job, now) for job in shop.jobs.values()}
        self._kept, self._jobs = kept, shop.jobs
        self._values = {key: entry[2] for key, entry in kept.items()}
        self._span = now, soonest(*(entry[1] for entry in kept.values()))
        return self._values

    def _entry(self, shop: Shop, job: Job, now: datetime) -> tuple[Job, datetime | None, T]:
        known = self._kept.get(job.id)
        if known is not None and known[0] is job and (known[1] is None or now < known[1]):
            return known
        value, until = self._make(shop, job, now)
        return job, until, value

    def _forget_when_ground_shifts(self, shop: Shop, now: datetime) -> None:
        sources, today = self._depends(shop), business_day(now, shop.settings)
        went_back = self._span is not None and now < self._span[0]
        if went_back or today != self._day or not _same(sources, self._sources):
            self._kept, self._span = {}, None
        self._sources, self._day = sources, today
