"""The pages of a car: its file with every visit, one visit as a story, and two files as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from board.core import commands as c
from board.core.job import Job
from board.core.lines import Line
from board.core.personal import is_erased
from board.core.plates import split_plate
from board.core.roles import PEOPLE_ROLES, Role
from board.core.rules.undoing import WINDOW
from displays.desk_pages import DeskPage, Looks
from displays.dialog_asks import Ask, Sheet, may
from displays.order_story import chapters, day_of
from displays.past_orders import Visit, visits_of, with_order
from displays.views.moments import Moment, moment

_READERS = frozenset(PEOPLE_ROLES) - {Role.technician}
_FILE_KEEPERS = frozenset({Role.advisor, Role.manager})
_FOUND_SHOWN = 12
Context = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CarFacts:
    """What a car is called: the newest plate, every plate and VIN it had, model, last mileage."""

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


@dataclass(frozen=True, slots=True)
class Recommended:
    """A line that was declined at an earlier visit."""

    text: str
    number: str
    day: str


def _known(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text and not is_erased(text)))


def _facts(ask: Ask, car_id: str, visits: Sequence[Visit]) -> CarFacts:
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
    )


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


async def visits(looks: Looks, ask: Ask, any_id: str) -> tuple[str, tuple[Visit, ...]]:
    """The id of the file called so and its visits; '' and none where there is no such file."""
    found = await looks.car(ask.shop.id, any_id)
    return (found[0], visits_of(ask.shop, found[1])) if found else ("", ())


def car_sheet(ask: Ask) -> Sheet:
    """The file of a car; everything in it is read."""
    return Sheet("cars/file.html", {"may_merge": may(ask.actor, c.MergeCars)})


async def read_car(looks: Looks, ask: Ask) -> Context | None:
    """Every visit of the car; None where there is no such car."""
    car_id, found = await visits(looks, ask, ask.given.get("id", ""))
    if not found:
        return None
    return {
        "car": _facts(ask, car_id, found),
        "visits": tuple(_row(ask, visit) for visit in found),
        "recommended": recommended(ask, found),
        "fresh": _fresh_merger(ask, car_id),
    }


def _fresh_merger(ask: Ask, car_id: str) -> bool:
    """Whether this person has just merged another file into this one, and may take it back."""
    return any(
        one.kept == car_id and one.by == ask.actor.label and ask.now - one.at <= WINDOW
        for one in ask.shop.mergers
    )


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a visit: its text ('' for an order that is its own only line) and its work."""

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


def _row(ask: Ask, visit: Visit) -> VisitRow:
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
    price = (line.price, line.parts_price)
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


async def read_visit(looks: Looks, ask: Ask) -> Context | None:
    """One order of the car, whatever its age, with its whole story."""
    found = await looks.car(ask.shop.id, ask.given.get("id", ""))
    job_id = ask.given.get("job", "")
    if found is None or job_id not in found[1]:
        return None
    facts = found[1][job_id]
    visit = next(iter(visits_of(ask.shop, {job_id: facts})), None)
    if visit is None:
        return None
    then = replace(ask, shop=with_order(ask.shop, visit.job))
    return {
        "car_id": found[0],
        "visit": _row(ask, visit),
        "story_of": chapters(then, facts),
    }


async def read_merge(looks: Looks, ask: Ask) -> Context | None:
    """Both files side by side, or what a search finds to choose from."""
    car_id, mine = await visits(looks, ask, ask.given.get("id", ""))
    if not mine:
        return None
    other_id, theirs = await visits(looks, ask, ask.given.get("with", ""))
    facts = _facts(ask, car_id, mine)
    other = _facts(ask, other_id, theirs) if theirs and other_id != car_id else None
    query = ask.given.get("q", "")
    found = await looks.find(ask.shop.id, query) if query else ()
    own = {visit.job.id for visit in mine}
    return {
        "car": facts,
        "other": other,
        "clash": bool(other and facts.vins and other.vins and set(facts.vins) != set(other.vins)),
        "same": bool(theirs) and other_id == car_id,
        "fresh": _fresh_merger(ask, car_id),
        "query": query,
        "found": [one for one in found if one.job_id not in own][:_FOUND_SHOWN],
    }


CAR_PAGES: tuple[DeskPage, ...] = (
    DeskPage("/cars/{id}", car_sheet, _READERS, read=read_car),
    DeskPage(
        "/cars/{id}/merge", lambda ask: Sheet("cars/merge.html"), _FILE_KEEPERS, read=read_merge
    ),
    DeskPage("/cars/{id}/{job}", lambda ask: Sheet("cars/visit.html"), _READERS, read=read_visit),
)
"""The pages of cars."""
