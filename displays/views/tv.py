"""The workshop TV: one row per bay, what is late and held, what waits for whom.

A screen's group is a list of bay ids with commas between, '' for all bays.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.bays import Bay, Presence
from board.core.call_places import call_at, told_at, told_by_no_bay
from board.core.calls import Call, CallKind, CallStep
from board.core.conditions import is_worked_on
from board.core.job import Job, Where
from board.core.promises import tone_changes_at
from board.core.shop import Shop
from displays.views.bay_faces import Face, call_face, face, shown_job, told_job
from displays.views.bay_memory import BayMemory
from displays.views.moments import seconds
from displays.views.parts import JobMemory, Made, View, soonest
from displays.views.tv_marks import Mark, progress

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

    A pinned row stays when a screen turns its pages, as far as there is room: 1 stops for safety,
    which nothing pushes off, 2 calls that nobody has answered, 3 those that somebody comes to,
    4 what is late, 5 cars that stand still; 0 is not pinned. `called`: when, and `rang`: when it
    was called or last told on, epoch seconds; None where nobody calls. `busy`: somebody is at
    work here or calls for help, so that the wall stays light after hours. `away`: in place of a
    bay, where a car that calls for help stands (`Where`), and `spot` on which parking place.
    """

    template: ClassVar[str] = "tv/row.html"
    bay: str
    plate: str
    face: Face
    sensor: str
    pinned: int = 0
    busy: bool = False
    called: int | None = None
    rang: int | None = None
    away: str = ""
    spot: str = ""


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


class TvProjection:
    """Regions of a workshop TV for one shop, from change to change."""

    def __init__(self, group: str = "") -> None:
        self._group = frozenset(filter(None, group.split(",")))
        self._marks = JobMemory(self._marked, self._count)
        self._cars: Counter[int] = Counter()
        self._rows = BayMemory(_made_row)
        self._away: dict[str, TvRowView] = {}

    def project(self, shop: Shop, now: datetime) -> dict[str, View]:
        """Every region by id. An unchanged row is the same object as before."""
        self._marks.look(shop, now)
        seen = self._rows.look(shop, now).items()
        shown = {f"row-{bay}": row for bay, row in seen if not self._group or bay in self._group}
        shown |= self._calls_away(shop, now)
        late, held = _count(self._cars, Mark.late), _count(self._cars, Mark.held)
        head = TvHeadView(shop.settings.name, late, held, self._calls_of(shop))
        order = TvRowsView(tuple(sorted(shown, key=lambda key: _turn(shown[key]))))
        return {"head": head, "order-rows": order, **shown, "foot": _foot(self._cars)}

    def _calls_away(self, shop: Shop, now: datetime) -> dict[str, TvRowView]:
        """A row for each call that no bay tells, on the walls of the bay it was made from."""
        calls = [one for one in told_by_no_bay(shop) if not self._group or one.bay in self._group]
        rows = {f"call-{one.id}": _row_away(shop, one, now) for one in calls}
        before = self._away
        self._away = {
            key: before[key] if before.get(key) == row else row for key, row in rows.items()
        }
        return self._away

    def _calls_of(self, shop: Shop) -> int:
        calls = shop.calls.values()
        waiting = [told_at(shop, one) or one.bay for one in calls if one.step != CallStep.reached]
        return sum(not self._group or bay in self._group for bay in waiting)

    def _count(self, _job: str, before: int | None, after: int | None) -> None:
        """How many cars bear which marks."""
        if before is not None:
            self._cars[before] -= 1
        if after is not None:
            self._cars[after] += 1

    def _marked(self, shop: Shop, job: Job, now: datetime) -> Made[int]:
        mark = progress(shop, job, now)
        if self._group and self._group.isdisjoint((job.bay, job.in_bay)):
            mark &= ~(Mark.late | Mark.held)
        return int(mark), tone_changes_at(job, now)


_BLOCKED = ("s-warn", "pause")


_SAFETY, _CALL, _COMING, _LATE, _STANDS = 1, 2, 3, 4, 5


def _turn(row: TvRowView) -> tuple[int, int]:
    """Sorts rows: calls as they are pinned, the oldest first, all else as it was set up."""
    return (row.pinned, row.called) if row.called is not None else (_LATE, 0)


def _pin(seen: Face, call: Call | None) -> int:
    """Whether a row with this face stays, and before which others."""
    if call is not None:
        if call.kind == CallKind.safety:
            return _SAFETY
        return _CALL if call.answered is None else _COMING
    if seen.style == "s-late":
        return _LATE
    return _STANDS if (seen.style, seen.icon) == _BLOCKED else 0


def _made_row(shop: Shop, bay: Bay, now: datetime) -> Made[TvRowView]:
    shown, plate_of, seen = shown_job(shop, bay), told_job(shop, bay), face(shop, bay, now)
    call = call_at(shop, bay.id) if seen.style.startswith("s-help") else None
    row = TvRowView(
        bay=bay.name,
        plate=plate_of.car.plate if plate_of else "",
        face=seen,
        sensor=_sensor(bay),
        pinned=_pin(seen, call),
        busy=call is not None or bool(shown and is_worked_on(shown)),
        called=seconds(call.called.at) if call else None,
        rang=_rang(call) if call else None,
    )
    return row, _row_changes_at(shown, now)


def _row_away(shop: Shop, call: Call, now: datetime) -> TvRowView:
    car, seen = shop.jobs[call.job], call_face(call, now, shop.settings)
    return TvRowView(
        bay="",
        plate=car.car.plate,
        face=seen,
        sensor="",
        pinned=_pin(seen, call),
        busy=True,
        called=seconds(call.called.at),
        rang=_rang(call),
        away=car.place.where.value,
        spot=car.place.spot if car.place.where == Where.parking else "",
    )


def _rang(call: Call) -> int | None:
    return seconds(max((call.called.at, *call.escalated)))


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


def _foot(marks: Mapping[int, int]) -> TvFootView:
    waits = (Mark.dispatch, Mark.check, Mark.wash, Mark.delivered, Mark.due)
    return TvFootView(*(_count(marks, mark) for mark in waits))


def _count(marks: Mapping[int, int], mark: Mark) -> int:
    return sum(count for marked, count in marks.items() if marked & mark)
