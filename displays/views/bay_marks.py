"""Which bays anything changed about: cars that stand there, jobs that are allocated to them.

Kept from change to change, so that a bay with many jobs costs nothing while they rest.
"""

from collections.abc import Mapping

from board.core.job import Job
from board.core.shop import Shop
from displays.views.parts import differing


class BayMarks:
    """One mark per bay: another object after every change of one of its jobs."""

    def __init__(self) -> None:
        self._jobs: Mapping[str, Job] = {}
        self._marks: dict[str, object] = {}

    def look(self, shop: Shop) -> None:
        """Take in what changed since the last look; jobs are compared by identity."""
        before, self._jobs = self._jobs, shop.jobs
        changed, gone = differing(before, shop.jobs)
        for job_id in (*changed, *gone):
            for job in (before.get(job_id), shop.jobs.get(job_id)):
                if job is not None:
                    self._marks[job.bay] = self._marks[job.in_bay] = object()

    def of(self, bay: str) -> object:
        """The mark of a bay, to be compared by identity; None while it never had a job."""
        return self._marks.get(bay)
