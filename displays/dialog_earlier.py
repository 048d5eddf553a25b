"""At reception: a plate or VIN that was here before, its last visit, what was not wanted then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from board.core.events import Fact
from board.core.plates import normal_plate
from displays.car_rows import recommended
from displays.dialog_asks import Ask, Sheet
from displays.dialog_search import Found
from displays.order_story import day_of
from displays.past_orders import visits_of

_MOST_RECOMMENDED = 4


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last visit of a car that is expected at the sheet: its order, its day, what was left."""

    job: str
    number: str
    day: str
    recommended: tuple[str, ...]


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
    visits = visits_of(ask.shop, histories)
    if not visits:
        return sheet
    last = visits[0]
    left = tuple(one.text for one in recommended(ask, visits)[:_MOST_RECOMMENDED])
    day = day_of(last.came_at, ask.shop.settings)
    earlier = Earlier(last.job.id, last.job.number, day, left)
    return replace(sheet, context={**sheet.context, "earlier": earlier})
