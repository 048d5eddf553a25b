"""What events mean: evolve(shop, fact) -> Shop. Total: a valid event never fails here.

Decides nothing and refuses nothing; replay gives the same shop for ever.
"""

from collections.abc import Iterable
from dataclasses import replace

from board.core import events as e
from board.core import history_of_arrivals as on_arrivals
from board.core import history_of_calls as on_calls
from board.core import history_of_day as on_day
from board.core import history_of_delivery as on_delivery
from board.core import history_of_extra as on_extra
from board.core import history_of_indirect as on_indirect
from board.core import history_of_lines as on_lines
from board.core import history_of_orders as on_order
from board.core import history_of_parts as on_parts
from board.core import history_of_shop as on_shop
from board.core.closing import without
from board.core.counting import counted
from board.core.days import business_day
from board.core.events import Event, Fact
from board.core.history_of_undo import undone
from board.core.job import Job, LastChange
from board.core.shop import LastDeed, Shop
from board.core.tickets import number_of
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
    on_calls,
)
"""Where the meaning of events is written beside here; being read, each file registers its own."""

_OF_THE_SHOP = (e.CarsMerged, e.CarsParted, e.QuestionAsked, *on_calls.OF_CALLS)
"""What names a job and does not change it."""
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
    if isinstance(event, _OF_THE_SHOP):
        return on_shop.shop_meaning(event, shop, fact)
    if hasattr(event, "job"):
        return _on_job(shop, event, fact)
    return on_shop.shop_meaning(event, shop, fact)


def _on_job(shop: Shop, event: Event, fact: Fact) -> Shop:
    job = shop.jobs.get(getattr(event, "job", ""))
    if job is None:
        return shop
    if isinstance(event, e.TicketGiven):
        day = str(business_day(fact.at, shop.settings))
        shop = counted(shop, "ticket:", day, number_of(event.ticket))
    lane = shop.workflow.lane_of(event.to) if isinstance(event, e.JobMoved) else Lane.work
    changed = on_order.job_meaning(event, job, fact)
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
    if not _is_told(event, fact) or (same and not isinstance(event, _TOLD)):
        return shop
    kind = event.to if isinstance(event, e.JobMoved) else type(event).__name__
    job = getattr(event, "job", "")
    return replace(shop, last_deed=LastDeed(kind, fact.by, fact.at, job, fact.command_id))


def _is_told(event: Event, fact: Fact) -> bool:
    """Of what devices do, only where they moved a car: somebody may want to take it back."""
    moved = fact.by.startswith("device:") and isinstance(event, e.JobMoved)
    return moved or fact.by.startswith(("person:", "token:"))


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
    return _with_deed(counted(shop.with_job(job), "order:", year), event, fact)


def _forgotten(shop: Shop, event: e.JobForgotten | e.CarErased) -> Shop:
    """The live line must not tell of a job that nobody can look up."""
    deed = shop.last_deed
    if deed is not None and deed.job == event.job:
        shop = replace(shop, last_deed=None)
    job = shop.jobs.get(event.job)
    if job is not None:
        shop = replace(shop, day=without(shop, job))
    return shop.without_job(event.job)
