"""Appointments: changes, preparation, and how their cars arrive."""

from board.core import commands as c
from board.core import events as e
from board.core.appointments import Task
from board.core.job import Job
from board.core.permissions import permit
from board.core.plates import normal_plate
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule, moved, no_way
from board.core.rules.dispatching import is_awaited
from board.core.rules.kinds import kind_fault
from board.core.rules.receiving import ticket_event, time_fault
from board.core.rules.wishes import tidied, wishes_fault
from board.core.workflow import State, Through, Way


def _not_awaited(job: Job, case: Case) -> Refused | None:
    """None while somebody makes ready for the car; a no-show is booked again first."""
    if is_awaited(job, case) and job.state != State.no_show:
        return None
    return Refused("not_awaited", job=job.id)


@job_rule.register
def _change(command: c.ChangeBooking, job: Job, case: Case) -> Outcome:
    booked_for = command.booked_for or job.booked_for
    if booked_for is None:
        return Refused("not_awaited", job=job.id)
    kind = job.kind if command.kind is None else command.kind
    wishes = job.appointment if command.appointment is None else tidied(command.appointment)
    moved_to = None if booked_for == job.booked_for else booked_for
    refused = (
        _not_awaited(job, case)
        or (time_fault(moved_to, "booked_for", case) if moved_to else None)
        or kind_fault(kind, job.kind, case.shop.check_book)
        or wishes_fault(wishes, case)
    )
    if refused is not None:
        return refused
    if (booked_for, kind, wishes) == (job.booked_for, job.kind, job.appointment):
        return ()
    changed = e.BookingChanged(job.id, booked_for, kind, wishes)
    return (changed, *_put_back(job, changed))


def _put_back(job: Job, changed: e.BookingChanged) -> tuple[e.PreparationTicked, ...]:
    """Ticks that no longer hold: they were of another time, bay, technician or work."""
    before, after = job.appointment, changed.appointment
    later = changed.booked_for != job.booked_for
    touched = {
        Task.parts_picked: (before.work, before.codes) != (after.work, after.codes),
        Task.bay_kept: later or before.bay_kind != after.bay_kind,
        Task.technician_told: later or before.technician != after.technician,
        Task.loaner_ready: later,
    }
    return tuple(
        e.PreparationTicked(job.id, one.task, done=False)
        for one in job.prepared
        if touched[one.task]
    )


@job_rule.register
def _tick(command: c.TickPreparation, job: Job, case: Case) -> Outcome:
    refused = _not_awaited(job, case)
    if refused is not None:
        return refused
    is_done = any(one.task == command.task for one in job.prepared)
    if is_done == command.done:
        return ()
    begins = command.done and _plain_way(job.state, State.preparing, case) is not None
    begun = (moved(job, State.preparing),) if begins else ()
    return (*begun, e.PreparationTicked(job.id, command.task, command.done))


def _plain_way(state: str, to: State, case: Case) -> Way | None:
    way = case.shop.workflow.way(state, to)
    return way if way is not None and way.through == Through.move else None


def awaited(plate: str, case: Case) -> Job | None:
    """The job of an appointment whose car bears this plate."""
    wanted = normal_plate(plate)
    jobs = case.shop.jobs.values()
    return next((j for j in jobs if j.car.plate == wanted and is_awaited(j, case)), None)


@job_rule.register
def _answer(command: c.AnswerArrival, job: Job, case: Case) -> Outcome:
    if job.proposal is None or not job.proposal.is_open(case.now):
        return Refused("no_proposal", job=job.id)
    answered = e.ArrivalAnswered(job.id, command.agreed)
    if not command.agreed:
        return (answered,)
    came = came_by_hand(job, command.reason, case)
    return came if isinstance(came, Refused) else (answered, *came)


@job_rule.register
def _arrive(command: c.ArriveJob, job: Job, case: Case) -> Outcome:
    return came_by_hand(job, command.reason, case)


def came_by_hand(job: Job, reason: str, case: Case) -> Outcome:
    """The arrival, where the workflow lets the actor say so."""
    if not is_awaited(job, case):
        return Refused("not_awaited", job=job.id)
    way = _plain_way(_awaits_in(job), State.arrived, case)
    if way is None:
        return no_way(job, State.arrived)
    return permit(way.by, case.actor, reason) or arrival(job, case)


def arrival(job: Job, case: Case) -> Outcome:
    """The events of an awaited car's arrival; who is late is first awaited again."""
    late = job.state == State.no_show
    if late and _plain_way(job.state, State.booked, case) is None:
        return no_way(job, State.arrived)
    return (
        *((moved(job, State.booked),) if late else ()),
        ticket_event(job.id, case),
        e.JobMoved(job.id, _awaits_in(job), State.arrived),
    )


def _awaits_in(job: Job) -> str:
    return State.booked if job.state == State.no_show else job.state
