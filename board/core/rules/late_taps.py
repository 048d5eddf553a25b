"""Taps on the labour clock that arrive late, from a tablet that had no connection."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from board.core.clocks import clocks_of
from board.core.job import Job
from board.core.rules.case import Case

LONGEST = timedelta(hours=12)
"""A tap that waited longer than a long shift counts from its arrival."""


def moment_of_tap(
    tapped: datetime | None, technician: str, job: Job, case: Case
) -> datetime | None:
    """When labour begins or ends by a tap; None: now, as for a tap that did not wait.

    Never in the future, never before what somebody else did to the car last, and never before an
    end of the technician's own clocks: hours are neither made up nor counted twice.
    """
    if tapped is None or not timedelta() < case.now - tapped <= LONGEST:
        return None
    return max(tapped, *_bounds(technician, job, case))


def _bounds(technician: str, job: Job, case: Case) -> Iterator[datetime]:
    yield job.arrived_at or job.opened_at
    if job.last is not None and job.last.by != case.actor.label:
        yield job.last.at
    for clock in clocks_of(technician, case.shop):
        yield clock.ended_at or clock.started_at
