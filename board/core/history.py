"""What events mean: evolve(shop, fact) -> Shop. Total: a valid event never fails here.

Decides nothing and refuses nothing; replay gives the same shop for ever.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from board.core import events as e
from board.core import history_of_arrivals as on_arrivals
from board.core import history_of_checks as on_checks
from board.core import history_of_day as on_day
from board.core import history_of_delivery as on_delivery
from board.core import history_of_extra as on_extra
from board.core import history_of_indirect as on_indirect
from board.core import history_of_lines as on_lines
from board.core import history_of_parts as on_parts
from board.core import history_of_sheet as on_sheet
from board.core import history_of_shop as on_shop
from board.core.days import business_day
from board.core.events import Event, Fact
from board.core.history_of_undo import undone
from board.core.holds import EndedHold
from board.core.job import Job, LastChange, Promise
from board.core.shop import LastDeed, Shop
from board.core.workflow import Lane, State

MEANINGS = (
    on_lines,
    on_shop,
    on_arrivals,
    on_extra,
    on_parts,
    on_delivery,
    on_day,
    on_indirect,
    on_checks,
    on_sheet,
)
"""Where the meaning of events is written beside here; being read, each file registers its own."""

_TOLD = (e.JobMoved, e.JobHeld)
# What time notes beside a job: it is no change of it, so that the last one can still be undone.
_BESIDE = (e.HoldReminded, e.HoldEscalated, e.PartsLate)
_UNTOLD = (e.PointMarked,)
"""What the live line passes over: there are a dozen in every check."""


def evolve(shop: Shop, fact: Fact) -> Shop:
    """The shop after `fact`."""
    changed = _apply(shop, fact)
    return replace(changed, seq=fact.seq)


def replay(shop: Shop, facts: Iterable[Fact]) -> Shop:
    """The shop after all `facts`, in order."""
    for fact in facts:
        shop = evolve(shop, fact)
    return shop


def _apply(shop: Shop, fact: Fact) -> Shop:
    event = fact.event
    if isinstance(event, e.JobOpened):
        return _opened(shop, event, fact)
    if isinstance(event, e.MoveUndone):
        return undone(shop, event, fact)
    if isinstance(event, e.JobForgotten | e.CarErased):
        return _forgotten(shop, event)
    if hasattr(event, "job"):
        return _on_job(shop, event, fact)
    return on_shop.shop_meaning(event, shop, fact)


def _on_job(shop: Shop, event: Event, fact: Fact) -> Shop:
    job = shop.jobs.get(getattr(event, "job", ""))
    if job is None:
        return shop
    if isinstance(event, e.TicketGiven):
        shop = _counted(shop, "ticket:", str(business_day(fact.at, shop.settings)))
    lane = shop.workflow.lane_of(event.to) if isinstance(event, e.JobMoved) else Lane.work
    changed = job_meaning(event, job, fact)
    if lane == Lane.gone:
        changed = replace(changed, closed_at=fact.at)
    if isinstance(event, _BESIDE):
        return shop.with_job(changed)
    after = shop.with_job(replace(changed, last=_last(job, fact)))
    if isinstance(event, e.CarPlaced):
        after = on_shop.bays_touched(after, {job.in_bay, changed.in_bay} - {""}, fact)
    return after if isinstance(event, _UNTOLD) else _with_deed(after, event, fact)


def _last(job: Job, fact: Fact) -> LastChange:
    last = job.last
    if last is not None and last.command_id == fact.command_id:
        return last
    return LastChange(fact.command_id, fact.by, fact.at, replace(job, last=None))


def _with_deed(shop: Shop, event: Event, fact: Fact) -> Shop:
    """The live line tells one thing per command: its move or hold, else its first event."""
    last = shop.last_deed
    same = last is not None and last.command_id == fact.command_id
    if not fact.by.startswith(("person:", "token:")) or (same and not isinstance(event, _TOLD)):
        return shop
    kind = event.to if isinstance(event, e.JobMoved) else type(event).__name__
    job = getattr(event, "job", "")
    return replace(shop, last_deed=LastDeed(kind, fact.by, fact.at, job, fact.command_id))


def _counted(shop: Shop, family: str, period: str) -> Shop:
    key = family + period
    kept = {k: n for k, n in shop.counters.items() if k == key or not k.startswith(family)}
    return replace(shop, counters={**kept, key: kept.get(key, 0) + 1})


def _opened(shop: Shop, event: e.JobOpened, fact: Fact) -> Shop:
    job = Job(
        id=event.job,
        number=event.number,
        car=event.car,
        customer=event.customer,
        state=event.state,
        advisor=event.advisor,
        opened_at=fact.at,
        state_since=fact.at,
        kind=event.kind,
        asked=event.asked,
        keys=event.keys,
        flags=event.flags,
        booked_for=event.booked_for,
        appointment=event.appointment,
        reception_at=fact.at if event.state == State.receiving else None,
        last=LastChange(fact.command_id, fact.by, fact.at),
    )
    year = str(business_day(fact.at, shop.settings).year)
    return _with_deed(_counted(shop.with_job(job), "order:", year), event, fact)


def _forgotten(shop: Shop, event: e.JobForgotten | e.CarErased) -> Shop:
    """The live line must not tell of a job that nobody can look up."""
    deed = shop.last_deed
    if deed is not None and deed.job == event.job:
        shop = replace(shop, last_deed=None)
    return shop.without_job(event.job)


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
    moved = _at_state(job, event.to, fact)
    if event.to == State.working and job.marks:
        # Work begins again: what was looked at before says nothing of what is done now.
        moved = replace(moved, marks=())
    if event.booked_for is not None:
        # Booked again: what was made ready for the old time has been put back.
        moved = replace(moved, booked_for=event.booked_for, prepared=())
    if event.source == State.arrived and event.to == State.receiving:
        return replace(moved, reception_at=fact.at)
    if event.source == State.receiving and event.to == State.awaiting_dispatch:
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
def _hold_ended(event: e.HoldEnded, job: Job, fact: Fact) -> Job:
    if job.hold is None:
        return job
    ended = EndedHold(job.hold, fact.at, fact.by)
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
