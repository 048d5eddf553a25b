"""The wash step begun and ended by what the wash bay's sensors see, where the shop wants that.

Only what a washer may do by hand, and only by a change that was heard live.
"""

from board.core import events as e
from board.core.bays import Bay, BayKind, Presence
from board.core.events import Event
from board.core.job import Job, Place, Where
from board.core.likely_cars import waits_for_wash
from board.core.roles import Role
from board.core.rules.case import Case, moved
from board.core.rules.needs import need_unmet
from board.core.workflow import Lane, State, Through, Way

_OPPOSITE = {Presence.present: Presence.absent, Presence.absent: Presence.present}


def washed_by_itself(bay: Bay, presence: Presence, case: Case) -> tuple[Event, ...]:
    """What follows from an edge at a wash bay, which was known before and is known now."""
    before = bay.sensed.presence if bay.sensed else Presence.unknown
    if bay.kind != BayKind.wash or before != _OPPOSITE.get(presence):
        return ()
    if not case.shop.settings.sensor_rules.wash_by_sensor:
        return ()
    return _begun(bay, case) if presence == Presence.present else _ended(bay, case)


def _begun(bay: Bay, case: Case) -> tuple[Event, ...]:
    """The wash of the car that the board has there, or of the only one that waits for it."""
    car = case.shop.car_in(bay.id)
    if car is not None:
        return wash_begun(car, bay, case)
    waiting = waits_for_wash(case.shop)
    if len(waiting) != 1:
        return ()
    begun = wash_begun(waiting[0], bay, case)
    return (e.CarPlaced(waiting[0].id, Place(Where.bay, bay.id)), *begun) if begun else ()


def wash_begun(job: Job, bay: Bay, case: Case) -> tuple[Event, ...]:
    """The job's way into the wash, none where the shop, the bay or the workflow has none."""
    if bay.kind != BayKind.wash or not case.shop.settings.sensor_rules.wash_by_sensor:
        return ()
    way = case.shop.workflow.way(job.state, State.washing)
    return _moved(job, way, case) if way is not None else ()


def _ended(bay: Bay, case: Case) -> tuple[Event, ...]:
    car = case.shop.car_in(bay.id)
    if car is None or car.state != State.washing or car.open_lines:
        return ()
    flow = case.shop.workflow
    onward = [way for way in flow.ways_from(car.state) if flow.lane_of(way.to) == Lane.handover]
    ended = _moved(car, onward[0], case) if onward else ()
    return (*ended, e.CarPlaced(car.id, Place(Where.parking))) if ended else ()


def _moved(job: Job, way: Way, case: Case) -> tuple[Event, ...]:
    if way.through != Through.move or Role.washer not in way.by:
        return ()
    events = (moved(job, way.to),)
    return events if need_unmet(events, case) is None else ()
