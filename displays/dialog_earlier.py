"""At reception: a plate or VIN that was here before, its last visit, what was not wanted then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from board.core.events import Fact
from board.core.handover import NextService
from board.core.plates import normal_plate
from board.core.workflow import Lane
from displays.car_rows import next_service, recommended
from displays.desk_pages import Looks
from displays.dialog_asks import Ask, Sheet
from displays.dialog_search import Found
from displays.order_story import day_of
from displays.past_orders import Visit, visits_of

_MOST_RECOMMENDED = 4
_BEFORE_WORK = frozenset({Lane.arrivals, Lane.reception})


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last visit of a car that is expected at the sheet: its order, its day, what was left.

    `next_service`: when the customer was told to come again.
    """

    job: str
    number: str
    day: str
    recommended: tuple[str, ...]
    next_service: NextService | None


def name_to_look_up(sheet: Sheet) -> str:
    """The plate or VIN that was typed whole and right, '' while there is none."""
    said = sheet.context
    is_whole = said["typed"] and said["fault"] is None and not said["number"]
    return str(said["value"]) if is_whole else ""


def last_order_called(name: str, found: Sequence[Found]) -> str:
    """The newest closed order of exactly that plate or VIN, '' when there is none."""
    named = (one for one in found if normal_plate(name) in (normal_plate(one.plate), one.vin))
    return next((one.job_id for one in named), "")


def with_earlier(ask: Ask, sheet: Sheet, histories: Mapping[str, Sequence[Fact]]) -> Sheet:
    """The sheet with the last visit of the car, if it had one."""
    earlier = _earlier(ask, visits_of(ask.shop, histories))
    return replace(sheet, context={**sheet.context, "earlier": earlier}) if earlier else sheet


async def read_earlier(looks: Looks, ask: Ask) -> Mapping[str, object]:
    """The last visit of a car that is being received; None when there was none."""
    job = ask.job
    if job is None or ask.shop.workflow.lane_of(job.state) not in _BEFORE_WORK:
        return {"earlier": None}
    found = await looks.car(ask.shop.id, job.id)
    others = {key: facts for key, facts in found[1].items() if key != job.id} if found else {}
    return {"earlier": _earlier(ask, visits_of(ask.shop, others))}


def _earlier(ask: Ask, visits: Sequence[Visit]) -> Earlier | None:
    if not visits:
        return None
    last = visits[0]
    left = tuple(one.text for one in recommended(ask, visits)[:_MOST_RECOMMENDED])
    day = day_of(last.came_at, ask.shop.settings)
    return Earlier(last.job.id, last.job.number, day, left, next_service(visits))
