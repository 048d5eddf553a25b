"""What a person did last on the cars of a page, while they can take it back."""

from collections.abc import Callable
from dataclasses import dataclass

from board.core.job import Job
from board.core.rules.undoing import WINDOW
from displays.dialog_asks import Ask


@dataclass(frozen=True, slots=True)
class LastDeed:
    """The job of the deed, and until when (epoch seconds) it can be taken back."""

    job: str
    until: int


def own_last_deed(ask: Ask, is_here: Callable[[Job], bool]) -> LastDeed | None:
    """The person's newest deed among the jobs that the page is about; None when it is too late."""
    own = [
        (job.last.at, job.id)
        for job in ask.shop.jobs.values()
        if job.last and job.last.before and job.last.by == ask.actor.label and is_here(job)
    ]
    at, job_id = max(own, default=(None, ""))
    if at is None or ask.now - at > WINDOW:
        return None
    return LastDeed(job_id, int((at + WINDOW).timestamp()))
