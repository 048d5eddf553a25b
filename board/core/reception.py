"""The line before reception: who is next, how many come before, about how many minutes. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import median

from board.core.days import business_day
from board.core.job import Job
from board.core.shop import Settings
from board.core.workflow import State

USUAL_SECONDS = 600.0
"""How long a reception takes until the day has shown it itself."""
ENOUGH = 3
"""So many receptions of today say more than the usual."""
_STEP_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the line: so many cars come before, about so many minutes (in fives).

    Nobody before means: next, and then no minutes are told.
    """

    before: int
    minutes: int


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """What decides when a car's turn is: those already called first, else as they came."""

    is_waiting: bool
    since: float
    ticket: str


def waits(job: Job) -> bool:
    """Whether the car has arrived and nobody has begun to receive it."""
    return job.state == State.arrived


def is_in_line(job: Job) -> bool:
    """Whether the car waits for its turn; who was not there when called waits beside the line."""
    return waits(job) and job.passed_at is None


def turn(job: Job) -> Turn:
    """The car's turn, for sorting. Coming back brings the old turn back."""
    if job.called_at is not None:
        return Turn(False, job.called_at.timestamp(), job.ticket)
    return Turn(True, (job.arrived_at or job.opened_at).timestamp(), job.ticket)


def line(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """The cars in line, the next one first."""
    return tuple(sorted(filter(is_in_line, jobs), key=turn))


def reception_seconds(job: Job, now: datetime, settings: Settings) -> float | None:
    """How long the car's reception took, from its beginning to the signature; None unless it was
    signed on the business day of `now`.
    """
    if job.reception_at is None or job.signed_at is None:
        return None
    if business_day(job.signed_at, settings) != business_day(now, settings):
        return None
    return (job.signed_at - job.reception_at).total_seconds()


def usual_seconds(today: Collection[float]) -> float:
    """How long a reception takes here today: the median, or the usual before there are enough."""
    return median(today) if len(today) >= ENOUGH else USUAL_SECONDS


def place(before: int, seconds: float, desks: int) -> Place:
    """The place of a car with so many before it. `seconds` a reception takes; `desks`: how many
    are going on side by side. Minutes are rounded up to fives: a precise time would be a promise.
    """
    if before == 0:
        return Place(0, 0)
    minutes = before * seconds / max(1, desks) / 60
    return Place(before, max(1, ceil(minutes / _STEP_MINUTES)) * _STEP_MINUTES)
