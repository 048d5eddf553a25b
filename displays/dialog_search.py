"""Search: open jobs at once, and every job ever through the index; and a bay's dialog."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from board.core import commands as c
from board.core.bays import BayState
from board.core.conditions import condition
from board.core.job import Job
from board.core.plates import split_plate
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may, needs_why
from displays.picks import picks
from displays.views.moments import Moment, moment

OPEN_SHOWN = 12
OLD_SHOWN = 20


class Found(Protocol):
    """A job of any age, as the search index has it."""

    @property
    def job_id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def plate(self) -> str: ...
    @property
    def vin(self) -> str: ...
    @property
    def customer(self) -> str: ...
    @property
    def arrived_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """One result; `live` when its details can be opened."""

    job: str
    number: str
    region: str
    tail: str
    state: str
    state_name: str
    who: str
    at: Moment | None
    live: bool


def search_sheet(ask: Ask) -> Sheet:
    """Open jobs that match; what the index finds is added where it is asked."""
    query = _plain(ask.given.get("q", ""))
    jobs = [job for job in ask.shop.jobs.values() if query and _matches(job, query)]
    jobs.sort(key=lambda job: (job.is_closed, job.opened_at), reverse=False)
    hits = tuple(_hit(ask, job) for job in jobs[:OPEN_SHOWN])
    return Sheet("board/search.html", {"query": ask.given.get("q", ""), "hits": hits, "old": ()})


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in folded if sign.isalnum())


def _matches(job: Job, query: str) -> bool:
    texts = (job.car.plate, job.number, job.ticket, job.car.vin, job.customer.name)
    phone = _plain(job.customer.phone)
    return any(query in _plain(text) for text in texts) or phone.endswith(query)


def _hit(ask: Ask, job: Job) -> Hit:
    shop = ask.shop
    at = job.arrived_at or job.booked_for
    return Hit(
        job.id,
        job.number,
        *split_plate(job.car.plate),
        job.state,
        shop.workflow.steps[job.state].name,
        job.customer.name,
        moment(at, ask.now, shop.settings) if at else None,
        live=True,
    )


def old_hits(ask: Ask, found: Sequence[Found]) -> tuple[Hit, ...]:
    """Results of the index that are not among the shop's live jobs."""
    old = [one for one in found if one.job_id not in ask.shop.jobs][:OLD_SHOWN]
    return tuple(_old_hit(ask, one) for one in old)


def _old_hit(ask: Ask, found: Found) -> Hit:
    steps = ask.shop.workflow.steps
    step = steps.get(found.state)
    at = moment(found.arrived_at, ask.now, ask.shop.settings) if found.arrived_at else None
    region, tail = split_plate(found.plate)
    name = step.name if step else found.state
    return Hit(
        found.job_id, found.number, region, tail, found.state, name, found.customer, at, live=False
    )


def bay_sheet(ask: Ask) -> Sheet:
    """A bay: who stands there, who comes next, and its state for those who may change it."""
    bay = ask.shop.bays.get(ask.given.get("bay", ""))
    if bay is None or bay.removed:
        return GONE
    car = ask.shop.car_in(bay.id)
    queue = [job for job in ask.shop.jobs_for(bay.id) if job is not car]
    context = {
        "bay": bay.id,
        "name": bay.name,
        "kind": bay.kind.value,
        "state": bay.state.value,
        "condition": condition(ask.shop, bay).value,
        "sensed": bay.sensed.presence.value if bay.sensed else "",
        "until": moment(bay.until, ask.now, ask.shop.settings) if bay.until else None,
        "car": head_of(ask.shop, car) if car else None,
        "queue": tuple(_hit(ask, job) for job in queue),
        "states": tuple(state.value for state in BayState),
        "may_change": may(ask.actor, c.ChangeBay),
        "why": needs_why(ask.actor, c.ChangeBay),
        "picks": picks(ask.now, ask.shop.settings, count=4, first=1),
    }
    return Sheet("board/bay.html", context)
