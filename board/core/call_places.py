"""Where a help call comes from, and which of a shop's calls somebody may answer."""

from board.core.calls import ANSWERERS, Call, CallKind, urgency
from board.core.roles import Actor
from board.core.shop import Shop


def place_of(shop: Shop, person: str, bay: str = "", job: str = "") -> tuple[str, str]:
    """The bay and the job a call is about, from what its caller named; each may be ''.

    Without a bay: that of the job, else where the caller's clock runs, else the first home bay.
    Without a job: the car that stands in the bay.
    """
    running = shop.running.get(person)
    if not bay and not job and running is not None:
        job = running.job
    named = shop.jobs.get(job)
    if not bay and named is not None:
        bay = named.in_bay or named.bay
    known = shop.people.get(person)
    if not bay and known is not None:
        bay = next((each for each in known.bays if _stands(shop, each)), "")
    if not job and (car := shop.car_in(bay)) is not None:
        job = car.id
    return bay, job


def _stands(shop: Shop, bay_id: str) -> bool:
    bay = shop.bays.get(bay_id)
    return bay is not None and not bay.removed


def same_call(shop: Shop, kind: CallKind, bay: str) -> Call | None:
    """The open call of that kind from the bay."""
    return next((c for c in shop.calls.values() if (c.kind, c.bay) == (kind, bay)), None)


def call_at(shop: Shop, bay: str) -> Call | None:
    """The open call from the bay that comes before its others."""
    return min((c for c in shop.calls.values() if c.bay == bay), key=urgency, default=None)


def may_answer(actor: Actor, call: Call) -> bool:
    """Whether help of this kind is the actor's to give."""
    return actor.has(*ANSWERERS[call.kind])
