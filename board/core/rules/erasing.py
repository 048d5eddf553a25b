"""Erasing a car: never while one of its jobs is open, and never undone."""

from board.core import commands as c
from board.core import events as e
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, shop_rule


@shop_rule.register
def _erase(command: c.EraseCar, case: Case) -> Outcome:
    """`jobs` are every job of the cars, as the journal knows them; none: nobody knows them."""
    if not command.jobs:
        return Refused("unknown_job")
    for job_id in command.jobs:
        job = case.shop.jobs.get(job_id)
        if job is not None and not job.is_closed:
            return Refused("car_open", {"number": job.number}, job=job_id)
    return tuple(e.CarErased(job_id) for job_id in command.jobs)
