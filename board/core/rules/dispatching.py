"""Dispatch (bay and technicians) and placement (where the car stands): two things."""

from board.core import commands as c
from board.core import events as e
from board.core.bays import BayState
from board.core.job import OUTSIDE, Job, Place, Where
from board.core.permissions import permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.absence import absence_fault
from board.core.rules.case import Case, Outcome, job_rule, moved, no_way
from board.core.rules.limits import text_fault
from board.core.workflow import Lane, State, Through

_MOST_TECHNICIANS = 10
_REALLOCATED = frozenset({State.dispatched, State.working, State.rework, State.held})


@job_rule.register
def _dispatch(command: c.DispatchJob, job: Job, case: Case) -> Outcome:
    refused = _not_permitted(command, case) or _dispatch_fault(command, case)
    if refused is not None:
        return refused
    technicians = tuple(dict.fromkeys(command.technicians))
    given = e.JobDispatched(job.id, command.bay, technicians, command.start_at)
    way = case.shop.workflow.through(job.state, Through.dispatch)
    if way is not None:
        return (given, moved(job, way.to, command.reason))
    if job.state in _REALLOCATED and job.signed_at is not None:
        return (given,)
    return no_way(job, State.dispatched)


def _not_permitted(command: c.DispatchJob, case: Case) -> Refused | None:
    return permit(dispatchers(case), case.actor, command.reason)


def dispatchers(case: Case) -> frozenset[Role]:
    """Who dispatches here: the controller, and advisors where the shop's switch is on."""
    advisors = {Role.advisor} if case.shop.settings.advisors_dispatch else set()
    return frozenset({Role.controller} | advisors)


def _dispatch_fault(command: c.DispatchJob, case: Case) -> Refused | None:
    bay = case.shop.bays.get(command.bay)
    if bay is None or bay.removed:
        return Refused("unknown_bay", {"bay": command.bay}, ("bay",))
    if bay.state in {BayState.closed, BayState.maintenance} and bay.until is None:
        return Refused("bay_closed", {"bay": bay.name}, ("bay",))
    if not command.technicians:
        return Refused("technician_needed", fields=("technicians",))
    start = command.start_at or case.now
    return technicians_fault(command.technicians, case) or absence_fault(
        command.technicians, start, case
    )


def technicians_fault(people: tuple[str, ...], case: Case) -> Refused | None:
    """None when all of them work here as technicians and a car has room for them."""
    if len(set(people)) > _MOST_TECHNICIANS:
        return Refused("too_many", {"limit": _MOST_TECHNICIANS}, ("technicians",))
    faults = (technician_fault(who, case) for who in people)
    return next((fault for fault in faults if fault is not None), None)


def technician_fault(person_id: str, case: Case) -> Refused | None:
    """None when that person works here as a technician."""
    person = case.shop.people.get(person_id)
    if person is None or person.removed:
        return Refused("unknown_person", {"person": person_id}, ("technicians",))
    if Role.technician not in person.roles:
        return Refused("not_a_technician", {"person": person.name}, ("technicians",))
    return None


@job_rule.register
def _place(command: c.PlaceCar, job: Job, case: Case) -> Outcome:
    place = Place(command.where, command.spot.strip())
    if place == job.place:
        return ()
    refused = text_fault(place.spot, 40, "spot")
    if refused is not None:
        return refused
    if place != OUTSIDE and is_awaited(job, case):
        return Refused("not_here", job=job.id)
    if place.where == Where.bay:
        refused = bay_fault(place.spot, job, case)
        if refused is not None:
            return refused
    return (e.CarPlaced(job.id, place),)


def is_awaited(job: Job, case: Case) -> bool:
    """Whether the job's car has yet to come: it stands nowhere here."""
    return case.shop.workflow.lane_of(job.state) == Lane.arrivals


def bay_fault(bay_id: str, job: Job, case: Case) -> Refused | None:
    """None when the car may stand in that bay: it exists and no other car is there."""
    bay = case.shop.bays.get(bay_id)
    if bay is None or bay.removed:
        return Refused("unknown_bay", {"bay": bay_id}, ("spot",))
    other = case.shop.car_in(bay_id)
    if other is not None and other.id != job.id:
        params = {"bay": bay.name, "plate": other.car.plate}
        return Refused("bay_taken", params, ("spot",), other.id)
    return None
