"""As what a car is counted in the head and the foot of the workshop TV. Pure."""

from datetime import datetime
from enum import IntFlag

from board.core.days import business_day
from board.core.job import Job
from board.core.promises import Tone, tone
from board.core.shop import Shop
from board.core.workflow import Lane, State


class Mark(IntFlag):
    """What the head and the foot count."""

    late = 1
    held = 2
    dispatch = 4
    check = 8
    wash = 16
    delivered = 32
    due = 64


def progress(shop: Shop, job: Job, now: datetime) -> Mark:
    """What a car counts as at `now`."""
    today = business_day(now, shop.settings)
    lane = shop.workflow.lane_of(job.state)
    if lane == Lane.arrivals:
        return Mark(0)
    if job.closed_at is not None:
        gone = job.state == State.delivered and business_day(job.closed_at, shop.settings) == today
        return Mark.delivered | Mark.due if gone else Mark(0)
    mark = _WAITS.get(lane, Mark(0))
    if job.state in (State.road_test, State.washing):
        mark = Mark(0)
    if tone(job, now) == Tone.late:
        mark |= Mark.late
    promise = job.promise
    if promise is not None and business_day(promise.at, shop.settings) <= today:
        mark |= Mark.due
    return mark


_WAITS: dict[Lane, Mark] = {
    Lane.hold: Mark.held,
    Lane.dispatch: Mark.dispatch,
    Lane.check: Mark.check,
    Lane.wash: Mark.wash,
}
