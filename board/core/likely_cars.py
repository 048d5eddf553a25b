"""Which car it may be that a sensor has just seen in a bay: by the plan, the wash, a plate read."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from board.core.appointments import PROPOSAL_LASTS
from board.core.bays import Bay, BayKind, Presence
from board.core.job import Job
from board.core.shop import Shop
from board.core.washing import wash_queue
from board.core.workflow import Lane, State, Workflow

READ_IN_THE_BAY = timedelta(seconds=60)
"""So much later than the sensor a camera at the bay itself may have read the plate."""
_WAITING = frozenset({State.awaiting_dispatch, State.dispatched, State.rework})


def likely_car(shop: Shop, bay: Bay, now: datetime) -> Job | None:
    """The likeliest car, None where nothing speaks for any."""
    return next(likely_cars(shop, bay, now), None)


def likely_cars(shop: Shop, bay: Bay, now: datetime) -> Iterator[Job]:
    """Every car it may be, the likeliest first."""
    planned = (job for job in shop.jobs_for(bay.id) if job.state in _WAITING)
    yield from (job for job in planned if not job.in_bay)
    if bay.kind == BayKind.wash:
        yield from waits_for_wash(shop)
    came = (bay.sensed.car_since or bay.sensed.since) if bay.sensed else now
    read = [job for job in shop.jobs.values() if _was_read(job, shop.workflow, came, now)]
    yield from sorted(read, key=_seen, reverse=True)


def waits_for_wash(shop: Shop) -> list[Job]:
    """The cars that may be washed now, in their turn. Where one was repaired it is said to stand
    until somebody says otherwise; only a sensor that sees it there speaks against it.
    """
    queue = wash_queue(shop.jobs.values(), shop.workflow, shop.settings)
    waiting = (job for job in queue if shop.workflow.way(job.state, State.washing))
    return [job for job in waiting if not _is_seen(job, shop)]


def _is_seen(job: Job, shop: Shop) -> bool:
    """Whether the car stands in a bay whose sensors see a car, or in a wash bay."""
    bay = shop.bays.get(job.in_bay)
    if bay is None:
        return False
    return bay.kind == BayKind.wash or (
        bay.sensed is not None and bay.sensed.presence == Presence.present
    )


def _was_read(job: Job, flow: Workflow, came: datetime, now: datetime) -> bool:
    """Whether its plate was read a moment ago, it stands in no bay yet, and what came into this one
    may be it: who passes the gate later does not stand there already.
    """
    told = job.proposal
    if told is None or job.in_bay or now >= told.seen + PROPOSAL_LASTS:
        return False
    if told.seen > came + READ_IN_THE_BAY:
        return False
    lane = flow.lane_of(job.state)
    return lane == Lane.reception or (lane == Lane.arrivals and not told.answered)


def _seen(job: Job) -> datetime:
    return job.proposal.seen if job.proposal else job.opened_at
