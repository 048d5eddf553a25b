"""The dispatch dialog: bays and technicians, free ones first, with what they are doing."""

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

    `absent`: marked as away at this moment; a start after that may still be planned.
    """

    id: str
    name: str
    region: str
    tail: str
    jobs: int
    tenths: int
    chosen: bool
    absent: bool = False


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
    wanted = ask.given.get("bay") or job.bay
    bays = sorted(_bays(ask.shop, job, wanted), key=_bay_rank)
    bay = next((one for one in bays if one.chosen), None)
    chosen = job.technicians or ((bay.home,) if bay and bay.home else ())
    if ask.given.get("bay") and bay is not None and bay.home:
        chosen = (bay.home,)
    crew = _technicians(ask.shop, chosen)
    away = {who.id for who in crew if absent_at(ask.shop, who.id, ask.now)}
    people = sorted(
        (replace(who, absent=who.id in away) for who in crew),
        key=lambda one: (one.absent, one.jobs, one.tenths, one.name),
    )
    context = {
        "head": head_of(ask.shop, job),
        "bays": bays,
        "people": people,
        "picks": picks(ask.now, ask.shop.settings, count=3, first=1),
        "hours": sum(line.standard_hours for line in job.open_lines),
        "again": job.state != State.awaiting_dispatch,
    }
    return Sheet("board/dispatch.html", context)


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


def _bay_rank(choice: BayChoice) -> tuple[bool, bool, int, int]:
    return (
        not choice.chosen,
        choice.kind in _NOT_FOR_REPAIR,
        _RANK.get(BayCondition(choice.condition), 3),
        choice.waiting,
    )


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
