"""What the board says of a bay, and where its sensors disagree with it."""

from datetime import datetime

from board.core.bays import NO_SENSOR, Bay, BayCondition, BayState, Presence, QuestionKind
from board.core.job import Job
from board.core.shop import Shop
from board.core.workflow import State

_CLOSED = {
    BayState.cleaning: BayCondition.cleaning,
    BayState.maintenance: BayCondition.maintenance,
    BayState.closed: BayCondition.closed,
}
_EXPECTED_SOON = frozenset({State.dispatched, State.working, State.rework})


def is_worked_on(job: Job) -> bool:
    """Whether somebody works on the car now: a clock runs, or it is being washed."""
    return bool(job.running_lines) or job.state == State.washing


def condition(shop: Shop, bay: Bay) -> BayCondition:
    """What the board says of `bay`. A car that only the sensors see blocks it too."""
    car = shop.car_in(bay.id)
    if car is not None:
        return BayCondition.worked if is_worked_on(car) else BayCondition.blocked
    if bay.state in _CLOSED:
        return _CLOSED[bay.state]
    if seen_since(bay) is not None:
        return BayCondition.blocked
    if any(job.state in _EXPECTED_SOON for job in shop.jobs_for(bay.id)):
        return BayCondition.reserved
    return BayCondition.free


def seen_since(bay: Bay) -> datetime | None:
    """Since when the sensors have a car there. Their silence takes none away: people do."""
    told = bay.sensed
    if told is None or told.presence != Presence.unknown:
        return told.since if told and told.presence == Presence.present else None
    by_hand = (one for one in (bay.placed_since, bay.opened_since) if one is not None)
    return None if any(one >= told.since for one in by_hand) else told.car_since


def idle_since(shop: Shop, bay: Bay) -> datetime | None:
    """Since when a blocked bay stands still: the car came, or the last clock stopped."""
    car = shop.car_in(bay.id)
    if car is None:
        return seen_since(bay)
    ends = [clock.ended_at for line in car.lines for clock in line.clocks if clock.ended_at]
    moments = [*ends, *([car.place_since] if car.place_since else [])]
    return max(moments, default=None)


def disagreement(shop: Shop, bay: Bay) -> QuestionKind | None:
    """Where sensors and board contradict each other now; unknown contradicts nothing."""
    if bay.sensed is None or bay.state != BayState.open or bay.removed:
        return None
    has_car = shop.car_in(bay.id) is not None
    if bay.sensed.presence == Presence.present and not has_car:
        return QuestionKind.car_seen
    if bay.sensed.presence == Presence.absent and has_car:
        return QuestionKind.car_gone
    return None


def is_open_still(shop: Shop, bay: Bay, asked: QuestionKind) -> bool:
    """Whether a question that was asked still is one. Sensors that fall silent take nothing back:
    it stays until somebody answers, places the car or takes the last sensor off.
    """
    told = bay.sensed
    if told is None or told.presence != Presence.unknown or told.reason == NO_SENSOR:
        return disagreement(shop, bay) == asked
    has_car = shop.car_in(bay.id) is not None
    return (
        bay.state == BayState.open
        and not bay.removed
        and has_car is (asked == QuestionKind.car_gone)
    )


def disagrees_since(bay: Bay) -> datetime | None:
    """When the youngest of the contradicting facts began; a bay set aside contradicts nothing."""
    if bay.sensed is None:
        return None
    moments = (bay.sensed.since, bay.placed_since, bay.opened_since)
    return max(moment for moment in moments if moment is not None)
