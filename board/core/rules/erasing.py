"""Erasing a car: never while one of its jobs is open, and never undone."""

from collections.abc import Collection

from board.core import commands as c
from board.core import events as e
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.shop import Shop


@shop_rule.register
def _erase(command: c.EraseCar, case: Case) -> Outcome:
    """`jobs` are every job of the cars, as the journal knows them; none: nobody knows them."""
    if not command.jobs:
        return Refused("unknown_job")
    events = tuple(e.CarErased(job_id) for job_id in command.jobs)
    return refused_while_open(case.shop, command.jobs) or events


def refused_while_open(shop: Shop, jobs: Collection[str]) -> Refused | None:
    """Why a car with these jobs cannot be erased yet."""
    for job_id in jobs:
        job = shop.jobs.get(job_id)
        if job is not None and not job.is_closed:
            return Refused("car_open", {"number": job.number}, job=job_id)
    return None
