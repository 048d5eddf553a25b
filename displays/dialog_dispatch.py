"""The dispatch dialog: bays and technicians, free ones first, with what they are doing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from board.core import commands as c
from board.core.bays import Bay, BayCondition, BayKind
from board.core.closing import absent_at
from board.core.conditions import condition
from board.core.job import Job
from board.core.plates import split_plate
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules import decide
from board.core.shop import Person, Shop
from board.core.workflow import State, Through
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may, turned_down
from displays.picks import picks

_REALLOCATED = frozenset({State.dispatched, State.working, State.rework, State.held})
_RANK = {BayCondition.free: 0, BayCondition.reserved: 1, BayCondition.cleaning: 2}
_NOT_FOR_REPAIR = frozenset({BayKind.wash, BayKind.reception, BayKind.final_inspection})
_REASON = "asked by a key"
_SHUT = frozenset({BayCondition.maintenance, BayCondition.closed})


@dataclass(frozen=True, slots=True)
class BayChoice:
    """A bay to choose: who stands there, how many wait for it, whose home it is."""

    id: str
    name: str
    kind: str
    condition: str
    region: str
    tail: str
    waiting: int
    home: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TechnicianChoice:
    """A technician to choose: what they work on now, and how much is still assigned.

    `absent`: marked as away at this moment; a start after that may still be planned. `skills`:
    what the lines need and this one can; `wished` by the customer.
    """

    id: str
    name: str
    region: str
    tail: str
    jobs: int
    tenths: int
    chosen: bool
    absent: bool = False
    skills: tuple[str, ...] = ()
    wished: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """A line that is still to be done and needs a skill or a kind of bay."""

    text: str
    skill: str
    bay_kind: str


def may_dispatch(ask: Ask, job: Job) -> bool:
    """Whether the actor may give this job a bay and technicians, for the first time or anew."""
    if not may(ask.actor, c.DispatchJob) or (job.signed_at is None and job.hold is not None):
        return False
    desk = ask.shop.settings.advisors_dispatch
    if not desk and not ask.actor.has(Role.controller, Role.manager):
        return False
    through = ask.shop.workflow.through(job.state, Through.dispatch)
    return through is not None or job.state in _REALLOCATED


def dispatch_sheet(ask: Ask) -> Sheet:
    """Bay, technicians and planned start of a job."""
    job = ask.job
    if job is None:
        return GONE
    if not may_dispatch(ask, job):
        return turned_down(_why_not(ask, job))
    bays = _ranked_bays(ask, job)
    bay = next((one for one in bays if one.chosen), None)
    wishes = job.appointment
    context = {
        "head": head_of(ask.shop, job),
        "bays": bays,
        "people": _ranked_people(ask, job, _lead(ask, job, bay)),
        "wished": ask.shop.name_of(wishes.technician) if wishes.technician else "",
        "wished_bay": wishes.bay_kind.value if wishes.bay_kind else "",
        "needs": tuple(_needs(job)),
        "picks": picks(ask.now, ask.shop.settings, count=3, first=1),
        "hours": sum(line.standard_hours for line in job.open_lines),
        "again": job.state != State.awaiting_dispatch,
    }
    return Sheet("board/dispatch.html", context)


def _needs(job: Job) -> Iterator[Need]:
    for line in job.open_lines:
        if line.skill or line.bay_kind:
            yield Need(line.text, line.skill, line.bay_kind.value if line.bay_kind else "")


def _kinds_wanted(job: Job) -> frozenset[str]:
    """The kinds of bay that the appointment wished; else those that the lines need."""
    if job.appointment.bay_kind is not None:
        return frozenset({job.appointment.bay_kind.value})
    return frozenset(need.bay_kind for need in _needs(job) if need.bay_kind)


def _ranked_bays(ask: Ask, job: Job) -> list[BayChoice]:
    """What is chosen or of the wanted kind first; a free one of that kind is chosen by itself.

    Washing, receiving and inspecting are no work to dispatch, unless the job wants such a bay.
    """
    kinds, wanted = _kinds_wanted(job), ask.given.get("bay") or job.bay
    every = _bays(ask.shop, job, wanted)
    offered = (
        one for one in every if one.chosen or one.kind in kinds or one.kind not in _NOT_FOR_REPAIR
    )
    bays = sorted(offered, key=lambda one: (not one.chosen, one.kind not in kinds, *_bay_rank(one)))
    first = next(iter(bays), None)
    if wanted or first is None or first.kind not in kinds or first.condition != BayCondition.free:
        return bays
    return [replace(first, chosen=True), *bays[1:]]


def _lead(ask: Ask, job: Job, bay: BayChoice | None) -> tuple[str, ...]:
    """Who is chosen before anybody chooses: as dispatched, as wished, or who works in the bay."""
    home = (bay.home,) if bay and bay.home else ()
    if job.technicians:
        return home or job.technicians if ask.given.get("bay") else job.technicians
    wish = job.appointment.technician
    return home if not wish or absent_at(ask.shop, wish, ask.now) else (wish,)


def _ranked_people(ask: Ask, job: Job, chosen: tuple[str, ...]) -> list[TechnicianChoice]:
    """Whoever is here first, then who was wished, who can do it, and who has least to do."""
    needed = {need.skill for need in _needs(job) if need.skill}
    people = [
        replace(
            one,
            absent=absent_at(ask.shop, one.id, ask.now) is not None,
            wished=one.id == job.appointment.technician,
            skills=tuple(s for s in ask.shop.people[one.id].skills if s in needed),
        )
        for one in _technicians(ask.shop, chosen)
    ]
    return sorted(
        people, key=lambda x: (x.absent, not x.wished, -len(x.skills), x.jobs, x.tenths, x.name)
    )


def _why_not(ask: Ask, job: Job) -> Refused:
    """What the rules say to the most favourable dispatch there could be."""
    shop = ask.shop
    bay = next((bay.id for bay in shop.bays.values() if condition(shop, bay) not in _SHUT), "")
    crew = tuple(who.id for who in _crew(shop)[:1])
    trial = c.DispatchJob(job=job.id, bay=bay, technicians=crew, reason=_REASON)
    outcome = decide(shop, trial, ask.actor, ask.now)
    refused = outcome if isinstance(outcome, Refused) else Refused("not_allowed")
    return replace(refused, fields=(), job=job.id)


def _bays(shop: Shop, job: Job, wanted: str) -> list[BayChoice]:
    usable = [bay for bay in shop.bays.values() if not bay.removed]
    return [_bay(shop, bay, job, wanted) for bay in usable if condition(shop, bay) not in _SHUT]


def _bay(shop: Shop, bay: Bay, job: Job, wanted: str) -> BayChoice:
    car = shop.car_in(bay.id)
    region, tail = split_plate(car.car.plate) if car else ("", "")
    waiting = [one for one in shop.jobs_for(bay.id) if one.id != job.id and not one.in_bay]
    home = next((p.id for p in _crew(shop) if bay.id in p.bays), "")
    return BayChoice(
        id=bay.id,
        name=bay.name,
        kind=bay.kind.value,
        condition=condition(shop, bay).value,
        region=region,
        tail=tail,
        waiting=len(waiting),
        home=home,
        chosen=bay.id == wanted,
    )


def _bay_rank(choice: BayChoice) -> tuple[int, int]:
    return _RANK.get(BayCondition(choice.condition), 3), choice.waiting


def _crew(shop: Shop) -> list[Person]:
    people = shop.people.values()
    return [who for who in people if Role.technician in who.roles and not who.removed]


def _technicians(shop: Shop, chosen: tuple[str, ...]) -> list[TechnicianChoice]:
    assigned: dict[str, list[Job]] = {}
    for job in shop.jobs.values():
        if not job.is_closed and job.open_lines:
            for who in job.technicians:
                assigned.setdefault(who, []).append(job)
    return [_technician(shop, who, assigned.get(who.id, []), chosen) for who in _crew(shop)]


def _technician(
    shop: Shop, who: Person, jobs: list[Job], chosen: tuple[str, ...]
) -> TechnicianChoice:
    running = shop.running.get(who.id)
    at_work = shop.jobs.get(running.job) if running else None
    region, tail = split_plate(at_work.car.plate) if at_work else ("", "")
    hours = sum(line.standard_hours for job in jobs for line in job.open_lines)
    return TechnicianChoice(
        who.id, who.name, region, tail, len(jobs), round(hours * 10), who.id in chosen
    )
