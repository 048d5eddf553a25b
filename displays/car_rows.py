"""What the file of a car shows, as plain values: the car, its visits, what was recommended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from board.core.handover import NextService
from board.core.job import Job
from board.core.lines import Line
from board.core.personal import is_erased
from board.core.plates import split_plate
from board.core.who_sees import sees_prices
from displays.dialog_asks import Ask
from displays.order_story import day_of
from displays.past_orders import Visit
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class CarFacts:
    """What a car is called: the newest plate, every plate and VIN it had, model, last mileage, and
    the next service as it was told last.
    """

    id: str
    region: str
    tail: str
    plates: tuple[str, ...]
    vins: tuple[str, ...]
    model: str
    mileage: int | None
    owners: tuple[str, ...]
    visits: int
    last: str
    next_service: NextService | None


@dataclass(frozen=True, slots=True)
class Recommended:
    """A line that was declined at an earlier visit."""

    text: str
    number: str
    day: str


def _known(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text and not is_erased(text)))


def car_facts(ask: Ask, car_id: str, visits: Sequence[Visit]) -> CarFacts:
    """What is known of the car from all its visits, the newest first."""
    jobs = [visit.job for visit in visits]
    plates = _known([job.car.plate for job in jobs])
    read = [job.car.mileage for job in jobs if job.car.mileage is not None]
    return CarFacts(
        car_id,
        *split_plate(plates[0] if plates else ""),
        plates,
        _known([job.car.vin for job in jobs]),
        next(iter(_known([job.car.model for job in jobs])), ""),
        max(read, default=None),
        _known([job.customer.name for job in jobs]),
        len(jobs),
        day_of(visits[0].came_at, ask.shop.settings),
        next_service(visits),
    )


def next_service(visits: Iterable[Visit]) -> NextService | None:
    """What the customer was last told of the next service; None if nobody ever said."""
    told = (visit.job.next_service for visit in visits)
    return next((each for each in told if each), None)


def recommended(ask: Ask, visits: Sequence[Visit]) -> tuple[Recommended, ...]:
    """What was declined before and not done since, the newest first, each text once."""
    done = {line.text for visit in visits for line in visit.done}
    found: dict[str, Recommended] = {}
    for visit in visits:
        day = day_of(visit.came_at, ask.shop.settings)
        for line in visit.declined:
            if line.text not in done and not is_erased(line.text):
                found.setdefault(line.text, Recommended(line.text, visit.job.number, day))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a visit: its text ('' for an order that is its own only line) and its work.

    `labour` and `parts` in fen; 0 for whoever is not told prices.
    """

    text: str
    state: str
    hours: float
    minutes: int
    people: tuple[str, ...]
    labour: int
    parts: int


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A look at the work: which, whether it was passed, by whom, when, and what was wrong."""

    level: str
    passed: bool
    by: str
    at: Moment
    defect: str
    note: str


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit as the file shows it."""

    job: str
    number: str
    state: str
    state_name: str
    live: bool
    came_day: str
    left_day: str
    plate: str
    mileage: int | None
    advisor: str
    asked: str
    lines: tuple[LineRow, ...]
    declined: tuple[LineRow, ...]
    checks: tuple[CheckRow, ...]
    photos: tuple[str, ...]


def visit_row(ask: Ask, visit: Visit) -> VisitRow:
    """A visit as the file shows it."""
    job, settings = visit.job, ask.shop.settings
    step = ask.shop.workflow.steps.get(job.state)
    return VisitRow(
        job=job.id,
        number=job.number,
        state=job.state,
        state_name=step.name if step else job.state,
        live=visit.live,
        came_day=day_of(visit.came_at, settings),
        left_day=day_of(job.closed_at, settings) if job.closed_at else "",
        plate=job.car.plate,
        mileage=job.car.mileage,
        advisor=ask.shop.name_of(job.advisor) if job.advisor in ask.shop.people else "",
        asked=job.asked,
        lines=tuple(_line(ask, line) for line in visit.done),
        declined=tuple(_line(ask, line) for line in visit.declined),
        checks=_checks(ask, job),
        photos=visit.photos,
    )


def _line(ask: Ask, line: Line) -> LineRow:
    worked = int(line.worked(ask.now).total_seconds() // 60)
    people = tuple(ask.shop.name_of(who) for who in line.technicians)
    text = "" if line.implicit else line.text
    state = line.state.value
    price = (line.price, line.parts_price) if sees_prices(ask.actor) else (0, 0)
    return LineRow(text, state, line.standard_hours, worked, people, *price)


def _checks(ask: Ask, job: Job) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            check.level.value if check.level else "",
            check.passed,
            ask.shop.name_of(check.by.partition(":")[2]),
            moment(check.at, ask.now, ask.shop.settings),
            check.defect,
            check.note,
        )
        for check in job.checks
    )
