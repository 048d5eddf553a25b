"""Comebacks on an order's page: the earlier order it is linked to, or those it may come back to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from board.core import commands as c
from board.core import events as e
from board.core.comebacks import Visit, likely_comebacks
from board.core.events import Fact
from board.core.job import Flag, Job
from board.core.rules.coming_back import inspector_of, workers
from board.core.workflow import CheckLevel, State
from displays.desk_pages import Looks
from displays.dialog_asks import Ask, may
from displays.views.moments import Moment, moment

_MOST_READ = 8


@dataclass(frozen=True, slots=True)
class ComebackFacts:
    """The earlier order by number and who worked on it; no number: not linked.

    `is_flagged`: the job is called a comeback, nobody said to what, and who looks may say it.
    """

    number: str
    technicians: tuple[str, ...]
    inspector: str
    may_link: bool
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """An earlier order that the car may come back to; `given`: what linking it is sent with."""

    number: str
    delivered: Moment
    mileage: int | None
    technicians: tuple[str, ...]
    inspector: str
    given: str


def comeback_facts(ask: Ask, job: Job) -> ComebackFacts:
    """What the job is linked to."""
    name, link = ask.shop.name_of, job.comeback
    may_link = may(ask.actor, c.LinkComeback) and not job.is_closed
    if link is None:
        return ComebackFacts("", (), "", may_link, may_link and Flag.comeback in job.flags)
    people = tuple(name(who) for who in link.technicians)
    return ComebackFacts(link.number, people, name(link.inspector), may_link, False)


async def read_proposals(looks: Looks, ask: Ask) -> Mapping[str, object]:
    """The earlier orders of this car that are near enough, for whoever may link them.

    Of a link that says nothing but a number, the order tells who worked on it.
    """
    job = ask.job
    if job is None or job.is_closed or not may(ask.actor, c.LinkComeback):
        return {}
    if job.comeback and (job.comeback.order or job.comeback.technicians):
        return {}
    visits = [visit for visit in map(visit_of, ask.shop.jobs.values()) if visit]
    visits += await _older(looks, ask, job)
    car, arrived = job.car, job.arrived_at or ask.now
    found = likely_comebacks(car.plate, car.vin, car.mileage, arrived, visits)
    return {"proposals": tuple(_proposal(ask, job, visit) for visit in found)}


async def _older(looks: Looks, ask: Ask, job: Job) -> list[Visit]:
    """Delivered orders of the car that left live state, the newest few."""
    rows = {}
    for query in (job.car.vin, job.car.plate):
        for row in await looks.find(ask.shop.id, query) if query else ():
            if row.state == State.delivered and row.job_id not in ask.shop.jobs:
                rows[row.job_id] = row
    read = [await looks.history(ask.shop.id, job_id) for job_id in list(rows)[:_MOST_READ]]
    return [visit for visit in map(visit_in, read) if visit]


def visit_of(job: Job) -> Visit | None:
    """A delivered job of live state as an earlier visit."""
    if job.state != State.delivered or job.closed_at is None:
        return None
    return Visit(
        job=job.id,
        number=job.number,
        delivered_at=job.closed_at,
        plate=job.car.plate,
        vin=job.car.vin,
        mileage=job.car.mileage,
        technicians=workers(job),
        inspector=inspector_of(job),
    )


def visit_in(facts: Sequence[Fact]) -> Visit | None:
    """The visit that the facts of one job tell of; None when the car was not delivered."""
    opened = next((one.event for one in facts if isinstance(one.event, e.JobOpened)), None)
    ends = [one.at for one in facts if _is_delivery(one)]
    if opened is None or not ends:
        return None
    told = [one.event for one in facts if isinstance(one.event, e.JobDescribed)]
    car = told[-1].car if told else opened.car
    return Visit(
        job=opened.job,
        number=opened.number,
        delivered_at=ends[-1],
        plate=car.plate,
        vin=car.vin,
        mileage=car.mileage,
        technicians=_began(facts),
        inspector=_passed(facts),
    )


def _is_delivery(fact: Fact) -> bool:
    return isinstance(fact.event, e.JobMoved) and fact.event.to == State.delivered


def _began(facts: Iterable[Fact]) -> tuple[str, ...]:
    events = (fact.event for fact in facts)
    return tuple(dict.fromkeys(one.technician for one in events if isinstance(one, e.LineStarted)))


def _passed(facts: Iterable[Fact]) -> str:
    by = [fact.by for fact in facts if _is_final(fact.event)]
    return by[-1].partition(":")[2] if by else ""


def _is_final(event: object) -> bool:
    return isinstance(event, e.CheckPassed) and event.level == CheckLevel.final


def _proposal(ask: Ask, job: Job, visit: Visit) -> Proposal:
    name, known = ask.shop.name_of, ask.shop.people
    people = [who for who in visit.technicians if who in known]
    inspector = visit.inspector if visit.inspector in known else ""
    live = visit.job in ask.shop.jobs
    given = [("job", job.id), ("comeback_of", visit.job if live else visit.number)]
    given += [] if live else [("technicians", who) for who in people]
    given += [("inspector", inspector)] if inspector and not live else []
    return Proposal(
        number=visit.number,
        delivered=moment(visit.delivered_at, ask.now, ask.shop.settings),
        mileage=visit.mileage,
        technicians=tuple(name(who) for who in people),
        inspector=name(inspector),
        given=urlencode(given),
    )
