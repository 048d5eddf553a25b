"""A badge at a bay's reader: the labour clock of its holder starts or stops there."""

from datetime import timedelta

from board.core import commands as c
from board.core.job import Job
from board.core.permissions import is_own
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule, shop_rule

ONE_SHOWING = timedelta(seconds=60)
"""Held before the reader once more, or told again by it after our restart."""


@shop_rule.register
def _show(command: c.ShowBadge, case: Case) -> Outcome:
    bay = case.shop.bays.get(command.bay)
    if bay is None or bay.removed:
        return Refused("unknown_bay", {"bay": command.bay}, ("bay",))
    job = _at_hand(bay.id, case) or _to_begin(bay.id, case)
    if job is None:
        return Refused("badge_no_car", {"bay": bay.name}, ("bay",))
    if _was_shown(job, case):
        return ()
    if _at_hand(bay.id, case) is not None:
        return job_rule(c.PauseLine(job=job.id), job, case)
    return job_rule(c.StartLine(job=job.id), job, case)


def _at_hand(bay_id: str, case: Case) -> Job | None:
    """The car of this bay on which the holder's clock runs: it stands here, or is planned here and
    no other of the holder's does.
    """
    running = case.shop.running.get(case.actor.id)
    job = case.shop.jobs.get(running.job) if running else None
    if job is None or bay_id not in (job.in_bay, job.bay):
        return None
    there = case.shop.car_in(bay_id)
    is_next = there is not None and there.id != job.id and is_own(there, case.actor)
    return None if is_next else job


def _to_begin(bay_id: str, case: Case) -> Job | None:
    """The car that stands there, else the next one of the holder's own that is planned there, but
    for the one on which the holder works elsewhere.
    """
    running = case.shop.running.get(case.actor.id)
    begun = running.job if running else ""
    planned = (job for job in case.shop.jobs_for(bay_id) if job.id != begun)
    own = (job for job in planned if is_own(job, case.actor))
    return case.shop.car_in(bay_id) or next(own, None)


def _was_shown(job: Job, case: Case) -> bool:
    clocks = (clock for line in job.lines for clock in line.clocks)
    return any(
        case.now - (clock.ended_at or clock.started_at) < ONE_SHOWING
        for clock in clocks
        if clock.technician == case.actor.id
    )
