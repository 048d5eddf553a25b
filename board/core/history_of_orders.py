"""What events mean for the order itself: its state, place, promises, flags and holds.

What concerns its lines, parts, checks and so on is written in files beside, one per subject.
"""

from dataclasses import replace
from functools import singledispatch

from board.core import events as e
from board.core import history_of_checks as on_checks
from board.core import history_of_delivery as on_delivery
from board.core import history_of_lines as on_lines
from board.core import history_of_sheet as on_sheet
from board.core.events import Fact
from board.core.holds import EndedHold
from board.core.job import Job, Promise
from board.core.workflow import State


@singledispatch
def job_meaning(event: object, job: Job, fact: Fact) -> Job:
    """The job after `event`; what concerns its lines is written beside them."""
    return on_lines.line_meaning(event, job, fact)


@job_meaning.register
def _ticketed(event: e.TicketGiven, job: Job, fact: Fact) -> Job:
    return replace(job, ticket=event.ticket, arrived_at=fact.at)


@job_meaning.register
def _described(event: e.JobDescribed, job: Job, fact: Fact) -> Job:
    return replace(
        job,
        car=event.car,
        customer=event.customer,
        asked=event.asked,
        kind=event.kind,
        keys=event.keys,
        advisor=event.advisor,
    )


def _at_state(job: Job, state: str, fact: Fact) -> Job:
    return replace(job, state=state, state_since=fact.at, version=job.version + 1)


@job_meaning.register
def _moved(event: e.JobMoved, job: Job, fact: Fact) -> Job:
    moved = on_delivery.washed(_at_state(job, event.to, fact), event, fact)
    if event.to == State.working and job.marks:
        # Work begins again: what was looked at before says nothing of what is done now.
        moved = replace(moved, marks=())
    if event.booked_for is not None:
        # Booked again: what was made ready for the old time has been put back.
        moved = replace(moved, booked_for=event.booked_for, prepared=())
    if event.source == State.arrived and event.to == State.receiving:
        return replace(moved, reception_at=fact.at)
    # The first way into the queue is the customer's signature, whatever step lies before it.
    if event.to == State.awaiting_dispatch and job.signed_at is None:
        return replace(moved, signed_at=fact.at)
    return moved


@job_meaning.register
def _dispatched(event: e.JobDispatched, job: Job, fact: Fact) -> Job:
    return replace(
        job,
        bay=event.bay,
        technicians=event.technicians,
        start_at=event.start_at,
        version=job.version + 1,
    )


@job_meaning.register
def _recalled(event: e.JobRecalled, job: Job, fact: Fact) -> Job:
    return replace(job, bay="", technicians=(), start_at=None, version=job.version + 1)


@job_meaning.register
def _placed(event: e.CarPlaced, job: Job, fact: Fact) -> Job:
    return replace(job, place=event.place, place_since=fact.at, version=job.version + 1)


@job_meaning.register
def _promised(event: e.PromiseMade, job: Job, fact: Fact) -> Job:
    promise = Promise(event.promised, fact.at, fact.by, event.reason)
    return replace(job, promises=(*job.promises, promise), promise_ask=None)


@job_meaning.register
def _flagged(event: e.FlagsChanged, job: Job, fact: Fact) -> Job:
    return replace(job, flags=(job.flags | event.added) - event.removed)


@job_meaning.register
def _held(event: e.JobHeld, job: Job, fact: Fact) -> Job:
    return replace(_at_state(job, State.held, fact), hold=event.hold)


@job_meaning.register
def _returns_elsewhere(event: e.ReturnChanged, job: Job, fact: Fact) -> Job:
    hold = job.hold and replace(job.hold, from_state=event.to)
    return replace(job, hold=hold, version=job.version + 1)


@job_meaning.register
def _hold_ended(event: e.HoldEnded, job: Job, fact: Fact) -> Job:
    if job.hold is None:
        return job
    ended = EndedHold(job.hold, event.at or fact.at, fact.by, event.at is not None)
    back = _at_state(job, job.hold.from_state, fact)
    return replace(back, hold=None, past_holds=(*job.past_holds, ended))


@job_meaning.register
def _reminded(event: e.HoldReminded, job: Job, fact: Fact) -> Job:
    return replace(job, hold=job.hold and replace(job.hold, reminded_at=fact.at))


@job_meaning.register
def _escalated(event: e.HoldEscalated, job: Job, fact: Fact) -> Job:
    return replace(job, hold=job.hold and replace(job.hold, escalated_at=fact.at))


job_meaning.register(e.SheetSaved, on_sheet.sheet_saved)
job_meaning.register(e.OrderSigned, on_sheet.order_signed)
job_meaning.register(e.PointMarked, on_checks.point_marked)
job_meaning.register(e.CheckPassed, on_checks.check_passed)
job_meaning.register(e.CheckFailed, on_checks.check_failed)
job_meaning.register(e.RoadTestStarted, on_checks.road_test_started)
job_meaning.register(e.RoadTestEnded, on_checks.road_test_ended)
job_meaning.register(e.ComebackLinked, on_checks.comeback_linked)
