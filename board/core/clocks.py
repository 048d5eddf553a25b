"""All clocks of a technician, on lines and off the cars: what may not overlap, and their sums."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from board.core.indirect import running_indirect
from board.core.lines import Clock, Original
from board.core.shop import Shop


def clocks_of(
    technician: str, shop: Shop, besides: Iterable[str] = (), but_for: Clock | None = None
) -> Iterator[Clock]:
    """The technician's clocks in live state, but not those of the jobs `besides`, nor `but_for`."""
    passed = frozenset(besides)
    for job in shop.jobs.values():
        if job.id not in passed:
            for line in job.lines:
                yield from (
                    one
                    for one in line.clocks
                    if one.technician == technician and one is not but_for
                )
    for each in shop.indirect.get(technician, ()):
        if each.clock is not but_for:
            yield each.clock


def overlap(one: Clock, other: Clock) -> bool:
    """Whether two clocks share a moment; one that runs goes on for ever, ends touch freely."""
    begins_before = other.ended_at is None or one.started_at < other.ended_at
    return begins_before and (one.ended_at is None or other.started_at < one.ended_at)


def overlapped(clock: Clock, others: Iterable[Clock]) -> Clock | None:
    """The first of `others` that shares a moment with `clock`."""
    return next((other for other in others if overlap(clock, other)), None)


def is_clocked(technician: str, shop: Shop) -> bool:
    """Whether any clock of the technician runs, on a line or off the cars."""
    return technician in shop.running or running_indirect(shop.indirect, technician) is not None


def corrected(
    clock: Clock, started_at: datetime, ended_at: datetime | None, mark: tuple[str, datetime, str]
) -> Clock:
    """The clock with other ends; what it said at first is kept. `mark`: who, when, why."""
    first = clock.original or Original(clock.started_at, clock.ended_at, *mark)
    by, at, why = mark
    return replace(
        clock,
        started_at=started_at,
        ended_at=ended_at,
        corrected=True,
        original=replace(first, by=by, at=at, why=why),
    )


def total(clocks: Iterable[Clock], now: datetime) -> timedelta:
    """The time on `clocks` until `now`, all together."""
    spans = ((clock.ended_at or now) - clock.started_at for clock in clocks)
    return sum(spans, timedelta())
