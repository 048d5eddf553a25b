"""The pages of a car: its file with every visit, one visit as a story, and two files as one."""

from collections.abc import Mapping
from dataclasses import replace

from board.core import commands as c
from board.core.roles import PEOPLE_ROLES, Role
from board.core.rules.undoing import WINDOW
from displays.car_rows import car_facts, recommended, visit_row
from displays.desk_pages import DeskPage, Looks
from displays.dialog_asks import Ask, Sheet, may
from displays.order_story import chapters
from displays.past_orders import Visit, visits_of, with_order

_READERS = frozenset(PEOPLE_ROLES) - {Role.technician}
_FILE_KEEPERS = frozenset({Role.advisor, Role.manager})
_FOUND_SHOWN = 12
Context = Mapping[str, object]


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
        "car": car_facts(ask, car_id, found),
        "visits": tuple(visit_row(ask, visit) for visit in found),
        "recommended": recommended(ask, found),
        "fresh": _fresh_merger(ask, car_id),
    }


def _fresh_merger(ask: Ask, car_id: str) -> bool:
    """Whether this person has just merged another file into this one, and may take it back."""
    return any(
        one.kept == car_id and one.by == ask.actor.label and ask.now - one.at <= WINDOW
        for one in ask.shop.mergers
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
        "visit": visit_row(ask, visit),
        "story_of": chapters(then, facts),
    }


async def read_merge(looks: Looks, ask: Ask) -> Context | None:
    """Both files side by side, or what a search finds to choose from."""
    car_id, mine = await visits(looks, ask, ask.given.get("id", ""))
    if not mine:
        return None
    other_id, theirs = await visits(looks, ask, ask.given.get("with", ""))
    facts = car_facts(ask, car_id, mine)
    other = car_facts(ask, other_id, theirs) if theirs and other_id != car_id else None
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
