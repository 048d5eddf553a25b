"""Where a help call comes from, and which of a shop's calls somebody may answer."""

from board.core.calls import ANSWERERS, Call, CallKind, CallStep, urgency
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


def told_at(shop: Shop, call: Call) -> str:
    """The bay that tells of an open call, '' while its car stands in none.

    A call goes with its car, so that nobody hears of it on the next one; without a car it stays
    at its bay, and so does a stop for safety until any car stands there.
    """
    job = shop.jobs.get(call.job)
    if job is None:
        return call.bay
    if job.in_bay:
        return job.in_bay
    stays = call.kind == CallKind.safety and _stands(shop, call.bay)
    return call.bay if stays and shop.car_in(call.bay) is None else ""


def told_by_no_bay(shop: Shop) -> tuple[Call, ...]:
    """The open calls that no bay tells and nobody has reached: their cars stand elsewhere."""
    calls = (call for call in shop.calls.values() if call.step != CallStep.reached)
    return tuple(call for call in calls if not told_at(shop, call))


def same_call(shop: Shop, kind: CallKind, bay: str, job: str) -> Call | None:
    """The open call of that kind for the car of `job`, or without a car from the bay.

    Never that of another car: who calls now must not be taken for who called before.
    """
    of_kind = (call for call in shop.calls.values() if call.kind == kind and call.job == job)
    return next((call for call in of_kind if job or call.bay == bay), None)


def call_at(shop: Shop, bay: str) -> Call | None:
    """The open call at the bay that comes before its others."""
    there = (call for call in shop.calls.values() if told_at(shop, call) == bay)
    return min(there, key=urgency, default=None)


def may_answer(actor: Actor, call: Call) -> bool:
    """Whether help of this kind is the actor's to give."""
    return actor.has(*ANSWERERS[call.kind])
