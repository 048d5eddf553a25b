"""A bay in the strip beside the lanes: who stands there, who works, what a sensor asks."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.bays import Bay, BayCondition, Presence, Question, QuestionKind
from board.core.conditions import condition, idle_since, is_worked_on, seen_since
from board.core.job import Job
from board.core.plates import split_plate
from board.core.promises import Tone, tone
from board.core.shop import Shop
from board.core.workflow import Lane, State
from displays.views.moments import Moment, moment, seconds

_WAITING = frozenset({State.awaiting_dispatch, State.dispatched, State.rework})


@dataclass(frozen=True, slots=True)
class Asked:
    """A sensor's question: what it saw since when, and which car it could be; `booked`: for when,
    where that car has yet to come by the board's word.
    """

    kind: str
    since: Moment
    job: str = ""
    plate_region: str = ""
    plate_tail: str = ""
    booked: Moment | None = None


@dataclass(frozen=True, slots=True)
class BayTileView:
    """One bay. `who`: the technician at work, or whose bay it is when nobody is.

    `awaits`: the state of a car whose repair is over and that only waits for its next step.
    `sensor`: whether there are sensors that cannot tell whether a car is here.
    """

    template: ClassVar[str] = "board/bay_tile.html"
    id: str
    bay: str
    name: str
    kind: str
    condition: str
    late: bool
    job: str
    plate_region: str
    plate_tail: str
    who: str
    hold: str
    awaits: str
    awaits_name: str
    sensor_unknown: bool
    since: int | None
    until: Moment | None
    asked: Asked | None


@dataclass(frozen=True, slots=True)
class BaysHeadView:
    """Over the strip: how many bays are worked in, and how many are free."""

    template: ClassVar[str] = "board/bays_head.html"
    id: str
    worked: int
    free: int


def bays_head(tiles: Iterable[BayTileView]) -> BaysHeadView:
    """The head of the strip."""
    found = Counter(one.condition for one in tiles)
    return BaysHeadView("bays-head", found[BayCondition.worked], found[BayCondition.free])


def tile(shop: Shop, bay: Bay, now: datetime) -> BayTileView:
    """The tile of `bay`."""
    says = condition(shop, bay)
    car = shop.car_in(bay.id)
    shown = car or _expected(shop, bay, says)
    region, tail = split_plate(shown.car.plate) if shown else ("", "")
    return BayTileView(
        id=f"bay-{bay.id}",
        bay=bay.id,
        name=bay.name,
        kind=bay.kind.value,
        condition=says.value,
        late=car is not None and tone(car, now) == Tone.late,
        job=shown.id if shown else "",
        plate_region=region,
        plate_tail=tail,
        who=_who(shop, bay, car),
        hold=car.hold.reason.value if car and car.hold else "",
        awaits=car.state if car and _only_waits(shop, car) else "",
        awaits_name=shop.workflow.steps[car.state].name if car else "",
        sensor_unknown=bay.sensed is not None and bay.sensed.presence == Presence.unknown,
        since=_since(shop, bay, car, says),
        until=moment(bay.until, now, shop.settings) if bay.until else None,
        asked=_asked(shop, bay, now),
    )


def _only_waits(shop: Shop, car: Job) -> bool:
    past_repair = {Lane.check, Lane.wash, Lane.handover}
    return shop.workflow.lane_of(car.state) in past_repair and not is_worked_on(car)


def _expected(shop: Shop, bay: Bay, says: BayCondition) -> Job | None:
    if says != BayCondition.reserved:
        return None
    return next((job for job in shop.jobs_for(bay.id) if job.state in _WAITING), None)


def _who(shop: Shop, bay: Bay, car: Job | None) -> str:
    if car is not None:
        clocked = [c.technician for line in car.running_lines for c in line.running_clocks]
        names = clocked if car.state == State.washing else [*clocked, *car.technicians]
        return shop.name_of(names[0]) if names else ""
    at_home = (who.name for who in shop.people.values() if bay.id in who.bays and not who.removed)
    return next(at_home, "")


def _since(shop: Shop, bay: Bay, car: Job | None, says: BayCondition) -> int | None:
    if says == BayCondition.blocked:
        return seconds(car.hold.at if car and car.hold else idle_since(shop, bay))
    if car is None or says != BayCondition.worked:
        return None
    starts = [c.started_at for line in car.running_lines for c in line.running_clocks]
    return seconds(min(starts, default=car.state_since))


def _asked(shop: Shop, bay: Bay, now: datetime) -> Asked | None:
    question = bay.question
    if question is None:
        return None
    seen = question.kind == QuestionKind.car_seen
    # The board may contradict its sensors for a shorter time than they have had the car.
    began = (seen_since(bay) if seen else None) or question.since
    since = moment(began, now, shop.settings)
    job = _perhaps(shop, bay, question) if seen else shop.car_in(bay.id)
    if job is None:
        return Asked(question.kind.value, since)
    awaited = shop.workflow.lane_of(job.state) == Lane.arrivals and job.booked_for
    booked = moment(job.booked_for, now, shop.settings) if awaited and job.booked_for else None
    return Asked(question.kind.value, since, job.id, *split_plate(job.car.plate), booked)


def _perhaps(shop: Shop, bay: Bay, question: Question) -> Job | None:
    """The car that was named with the question, else one that was planned for the bay since."""
    planned = (job for job in shop.jobs_for(bay.id) if not job.in_bay and job.state in _WAITING)
    return shop.jobs.get(question.job) or next(planned, None)
