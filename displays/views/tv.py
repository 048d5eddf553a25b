"""The workshop TV: one row per bay, what is late and held, what waits for whom.

A screen's group is a list of bay ids with commas between, '' for all bays.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag
from typing import ClassVar

from board.core.bays import Bay, BayCondition, Presence
from board.core.calls import CallStep
from board.core.conditions import condition
from board.core.days import business_day
from board.core.job import Job
from board.core.promises import Tone, tone, tone_changes_at
from board.core.shop import Shop
from board.core.workflow import Lane, State
from displays.views.bay_faces import Face, expected, face
from displays.views.bay_memory import BayMemory
from displays.views.parts import JobMemory, Made, View, soonest

ROWS = 6
"""Rows on one page of a screen that was not told otherwise."""


@dataclass(frozen=True, slots=True)
class TvHeadView:
    """The name of the shop, how many cars of these bays are late or held, and how many help calls
    from them nobody has reached.
    """

    template: ClassVar[str] = "tv/head.html"
    shop: str
    late: int
    held: int
    calls: int = 0


@dataclass(frozen=True, slots=True)
class TvRowsView:
    """The order of the rows: region ids, as the bays were set up."""

    template: ClassVar[str] = "tv/rows.html"
    ids: tuple[str, ...]
    rows: int = ROWS


@dataclass(frozen=True, slots=True)
class TvRowView:
    """One bay. `sensor`: '', unknown, or question when it contradicts the board.

    A pinned row stays when a screen turns its pages, as far as there is room: 1 help calls, then
    2 what is late, then 3 cars that stand still; 0 is not pinned.
    """

    template: ClassVar[str] = "tv/row.html"
    bay: str
    plate: str
    face: Face
    sensor: str
    pinned: int = 0


@dataclass(frozen=True, slots=True)
class TvFootView:
    """Cars that wait for dispatch, check and wash; cars delivered today.

    `due` counts those and the cars still here that are promised for today or earlier, so
    `delivered` never exceeds it.
    """

    template: ClassVar[str] = "tv/foot.html"
    dispatch: int
    check: int
    wash: int
    delivered: int
    due: int


class _Mark(IntFlag):
    late = 1
    held = 2
    dispatch = 4
    check = 8
    wash = 16
    delivered = 32
    due = 64


class TvProjection:
    """Regions of a workshop TV for one shop, from change to change."""

    def __init__(self, group: str = "") -> None:
        self._group = frozenset(filter(None, group.split(",")))
        self._marks = JobMemory(self._marked, self._count)
        self._cars: Counter[int] = Counter()
        self._rows = BayMemory(_made_row)

    def project(self, shop: Shop, now: datetime) -> dict[str, View]:
        """Every region by id. An unchanged row is the same object as before."""
        self._marks.look(shop, now)
        seen = self._rows.look(shop, now).items()
        shown = {f"row-{bay}": row for bay, row in seen if not self._group or bay in self._group}
        late, held = _count(self._cars, _Mark.late), _count(self._cars, _Mark.held)
        head = TvHeadView(shop.settings.name, late, held, self._calls_of(shop))
        order = TvRowsView(tuple(sorted(shown, key=lambda key: _turn(shown[key]))))
        return {"head": head, "order-rows": order, **shown, "foot": _foot(self._cars)}

    def _calls_of(self, shop: Shop) -> int:
        calls = shop.calls.values()
        waiting = [call.bay for call in calls if call.step != CallStep.reached]
        return sum(not self._group or bay in self._group for bay in waiting)

    def _count(self, _job: str, before: int | None, after: int | None) -> None:
        """How many cars bear which marks."""
        if before is not None:
            self._cars[before] -= 1
        if after is not None:
            self._cars[after] += 1

    def _marked(self, shop: Shop, job: Job, now: datetime) -> Made[int]:
        mark = _progress(shop, job, now)
        if self._group and self._group.isdisjoint((job.bay, job.in_bay)):
            mark &= ~(_Mark.late | _Mark.held)
        return int(mark), tone_changes_at(job, now)


_BLOCKED = ("s-warn", "pause")


def _calls(seen: Face) -> bool:
    """Whether help is called for; such rows come first."""
    return seen.style.startswith("s-help")


def _turn(row: TvRowView) -> int:
    """Sorts rows: calls that nobody has answered, other calls, all else as it was set up."""
    return (row.face.style == "s-help") * -2 or -_calls(row.face)


def _pin(seen: Face) -> int:
    """Whether a row with this face stays, and before which others."""
    if _calls(seen):
        return 1
    return 2 if seen.style == "s-late" else 3 if (seen.style, seen.icon) == _BLOCKED else 0


def _made_row(shop: Shop, bay: Bay, now: datetime) -> Made[TvRowView]:
    car = shop.car_in(bay.id)
    shown = car or next(iter(expected(shop, bay)), None)
    if car is None and condition(shop, bay) != BayCondition.reserved:
        shown = None
    plate, seen = shown.car.plate if shown else "", face(shop, bay, now)
    row = TvRowView(bay.name, plate, seen, _sensor(bay), _pin(seen))
    return row, _row_changes_at(car, now)


def _row_changes_at(car: Job | None, now: datetime) -> datetime | None:
    if car is None:
        return None
    due = car.hold.expected if car.hold else None
    return soonest(tone_changes_at(car, now), due if due and due > now else None)


def _sensor(bay: Bay) -> str:
    if bay.question is not None:
        return "question"
    unknown = bay.sensed is not None and bay.sensed.presence == Presence.unknown
    return "unknown" if unknown else ""


def _progress(shop: Shop, job: Job, now: datetime) -> _Mark:
    today = business_day(now, shop.settings)
    lane = shop.workflow.lane_of(job.state)
    if lane == Lane.arrivals:
        return _Mark(0)
    if job.closed_at is not None:
        gone = job.state == State.delivered and business_day(job.closed_at, shop.settings) == today
        return _Mark.delivered | _Mark.due if gone else _Mark(0)
    mark = _WAITS.get(lane, _Mark(0))
    if job.state in (State.road_test, State.washing):
        mark = _Mark(0)
    if tone(job, now) == Tone.late:
        mark |= _Mark.late
    promise = job.promise
    if promise is not None and business_day(promise.at, shop.settings) <= today:
        mark |= _Mark.due
    return mark


_WAITS: dict[Lane, _Mark] = {
    Lane.hold: _Mark.held,
    Lane.dispatch: _Mark.dispatch,
    Lane.check: _Mark.check,
    Lane.wash: _Mark.wash,
}


def _foot(marks: Mapping[int, int]) -> TvFootView:
    waits = (_Mark.dispatch, _Mark.check, _Mark.wash, _Mark.delivered, _Mark.due)
    return TvFootView(*(_count(marks, mark) for mark in waits))


def _count(marks: Mapping[int, int], mark: _Mark) -> int:
    return sum(count for marked, count in marks.items() if marked & mark)
