"""What was done last on the cars of a page, while whoever looks can take it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from board.core.job import Job
from board.core.rules.undoing import may_take_back
from displays.dialog_asks import Ask


@dataclass(frozen=True, slots=True)
class LastDeed:
    """The job of the deed, and until when (epoch seconds) it can be taken back."""

    job: str
    until: int


def own_last_deed(ask: Ask, is_here: Callable[[Job], bool]) -> LastDeed | None:
    """The newest deed, the person's own or a device's, among the jobs that the page is about;
    None when it is too late.
    """
    found: list[tuple[datetime, str, datetime]] = []
    for job in ask.shop.jobs.values():
        until = may_take_back(job, ask.actor, ask.shop.workflow) if job.last else None
        if until is not None and ask.now <= until and job.last and is_here(job):
            found.append((job.last.at, job.id, until))
    if not found:
        return None
    _, job_id, until = max(found)
    return LastDeed(job_id, int(until.timestamp()))
