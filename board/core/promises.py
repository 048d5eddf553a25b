"""Promises against the clock: none, calm, soon, late. A car that is ready is never late."""

from datetime import datetime, timedelta
from enum import StrEnum

from board.core.job import Job
from board.core.workflow import State

SOON = timedelta(minutes=60)
_KEPT = frozenset({State.ready, State.unclaimed, State.delivered, State.cancelled})


class Tone(StrEnum):
    """How a promise stands for a given now."""

    none = "none"
    calm = "calm"
    soon = "soon"
    late = "late"


def tone(job: Job, now: datetime) -> Tone:
    """How the job's promise stands: soon from 60 minutes before it, late after it."""
    promise = job.promise
    if promise is None:
        return Tone.none
    if job.state in _KEPT or promise.at - now > SOON:
        return Tone.calm
    return Tone.soon if now <= promise.at else Tone.late


def tone_changes_at(job: Job, now: datetime) -> datetime | None:
    """The next moment at which `tone` may differ if nothing else happens."""
    promise = job.promise
    if promise is None or job.state in _KEPT or now > promise.at:
        return None
    soon_from = promise.at - SOON
    return soon_from if now < soon_from else promise.at + timedelta(microseconds=1)
