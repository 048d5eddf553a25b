"""What views are, and memory of what did not change since the last look.

Views hold codes, message ids, plain strings and epoch seconds, never a job or a running time.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import compress
from operator import is_not
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


def differing(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[list[str], list[str]]:
    """The ids under which `after` holds another object than `before`, and those it lacks.

    Usually both hold the same ids in the same order: then a look costs nanoseconds per id.
    """
    if after is before:
        return [], []
    # Lists compare ids by identity before they compare letters.
    if list(after) == list(before):
        return list(compress(after, map(is_not, after.values(), before.values()))), []
    gone = [key for key in before if key not in after]
    return [key for key, value in after.items() if before.get(key) is not value], gone


class _Identical:
    """A mapping as a key: equal only to itself."""

    __slots__ = ("mapping",)

    def __init__(self, mapping: Mapping[str, Job]) -> None:
        self.mapping = mapping

    def __hash__(self) -> int:
        return id(self.mapping)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identical) and other.mapping is self.mapping


Ids = tuple[str, ...]


def changed_jobs(before: Mapping[str, Job], after: Mapping[str, Job]) -> tuple[Ids, Ids]:
    """As `differing`; every audience asks for the same look, which is taken once for all."""
    return ((), ()) if after is before else _changed_jobs(_Identical(before), _Identical(after))


@lru_cache(maxsize=4)
def _changed_jobs(before: _Identical, after: _Identical) -> tuple[Ids, Ids]:
    changed, gone = differing(before.mapping, after.mapping)
    return tuple(changed), tuple(gone)


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


class Ground:
    """What all that is remembered stands on: some parts of the shop, the business day, and a
    clock that goes forward.
    """

    def __init__(self) -> None:
        self._sources: tuple[object, ...] = ()
        self._day: date | None = None
        self._looked: datetime | None = None

    def shifts(self, shop: Shop, now: datetime, *sources: object) -> bool:
        """Whether any of it is another than when it was last asked, or this is the first time."""
        day, went_back = business_day(now, shop.settings), self._looked and now < self._looked
        shifts = bool(went_back) or day != self._day or sources != self._sources
        self._sources, self._day, self._looked = sources, day, now
        return shifts


class JobMemory(Generic[T]):
    """One value per job of a shop. `depends` names what else of the shop the values come from;
    `told` hears each value that came, changed or went: job id, before and after (None: none).

    Looking over unchanged jobs costs nanoseconds each, and nothing while the shop stands still.
    """

    def __init__(
        self,
        make: Callable[[Shop, Job, datetime], Made[T]],
        told: Callable[[str, T | None, T | None], None],
        depends: Callable[[Shop], tuple[object, ...]] = lambda shop: (shop.settings, shop.workflow),
    ) -> None:
        self._make = make
        self._told = told
        self._depends = depends
        self._ground = Ground()
        self._until: datetime | None = None
        self._jobs: Mapping[str, Job] = {}
        self._kept: dict[str, tuple[datetime | None, T]] = {}

    def look(self, shop: Shop, now: datetime) -> None:
        """Make anew the values of jobs that changed, and those whose time is over."""
        if self._ground.shifts(shop, now, *self._depends(shop)):
            self._forget()
        changed, gone = changed_jobs(self._jobs, shop.jobs)
        self._jobs = shop.jobs
        for job_id in gone:
            self._told(job_id, self._kept.pop(job_id)[1], None)
        for job_id in changed:
            self._renew(shop, shop.jobs[job_id], now)
        if self._until is not None and self._until <= now:
            self._renew_those_over(shop, now)

    def _renew(self, shop: Shop, job: Job, now: datetime) -> None:
        value, until = self._make(shop, job, now)
        known = self._kept.get(job.id)
        self._kept[job.id] = until, value
        # An earlier bound than needed costs one look more, never a change that is missed.
        self._until = soonest(self._until, until)
        if known is None or known[1] != value:
            self._told(job.id, known[1] if known else None, value)

    def _renew_those_over(self, shop: Shop, now: datetime) -> None:
        over = [key for key, (until, _) in self._kept.items() if until and until <= now]
        self._until = soonest(*(until for until, _ in self._kept.values() if until and until > now))
        for job_id in over:
            self._renew(shop, shop.jobs[job_id], now)

    def _forget(self) -> None:
        for job_id, (_, value) in self._kept.items():
            self._told(job_id, value, None)
        self._kept, self._jobs, self._until = {}, {}, None
