"""The arrivals wall for staff: today's appointments, what is ready for them, and who is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.days import business_day
from board.core.job import Job
from board.core.preparation import Stage, stage, stage_changes_at, tasks
from board.core.shop import Shop
from board.core.workflow import Lane, State
from displays.views.moments import Moment, moment
from displays.views.parts import N_, JobMemory, Made, View

ROWS = 6
"""Rows on one page of the screen."""

STAGE_WORDS: dict[Stage, str] = {
    Stage.seen: N_("At the gate?"),
    Stage.no_show: N_("No show"),
    Stage.overdue: N_("Overdue"),
    Stage.unready: N_("Prepare"),
    Stage.ready: N_("Prepared"),
    Stage.expected: N_("Awaited"),
}
_FACES: dict[Stage, tuple[str, str]] = {
    Stage.seen: ("s-act", "quest"),
    Stage.no_show: ("s-late", "late"),
    Stage.overdue: ("s-warn", "wait"),
    Stage.unready: ("s-warn", "risk"),
    Stage.ready: ("s-work", "done"),
    Stage.expected: ("s-work", "queue"),
}


@dataclass(frozen=True, slots=True)
class ExpectedHeadView:
    """How many cars did not come, and how many a plate read says are here."""

    template: ClassVar[str] = "arrivals_wall/head.html"
    shop: str
    no_shows: int
    seen: int


@dataclass(frozen=True, slots=True)
class ExpectedRowsView:
    """The order of the rows: region ids, by time."""

    template: ClassVar[str] = "arrivals_wall/rows.html"
    ids: tuple[str, ...]
    rows: int = ROWS


@dataclass(frozen=True, slots=True)
class ExpectedRowView:
    """One appointment: when, which car, how it stands, and so many of its tasks done."""

    template: ClassVar[str] = "arrivals_wall/row.html"
    at: Moment
    plate: str
    style: str
    icon: str
    word: str
    done: int
    tasks: int


@dataclass(frozen=True, slots=True)
class ExpectedFootView:
    """Appointments of today that came, all of today, and how many of tomorrow."""

    template: ClassVar[str] = "arrivals_wall/foot.html"
    arrived: int
    today: int
    tomorrow: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """An appointment: `days` from today; its row while its car is expected today."""

    days: int
    row: ExpectedRowView | None = None
    stage: Stage | None = None
    ticket: str = ""


class ArrivalsProjection:
    """Regions of the arrivals wall for one shop, from change to change."""

    def __init__(self) -> None:
        self._memory = JobMemory(_seen, self._told)
        self._cars: dict[str, _Seen] = {}
        self._is_in_order = False
        self._shop = ""
        self._views: Mapping[str, View] = {}

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        """Every region by id. While nothing changes the same views come back."""
        self._memory.look(shop, now)
        if not self._is_in_order or self._shop != shop.settings.name:
            self._is_in_order, self._shop = True, shop.settings.name
            old, views = self._views, self._made()
            self._views = {k: old[k] if old.get(k) == view else view for k, view in views.items()}
        return self._views

    def _told(self, job_id: str, before: _Seen | None, after: _Seen | None) -> None:
        self._is_in_order = self._is_in_order and before is after
        if after is None:
            self._cars.pop(job_id, None)
        else:
            self._cars[job_id] = after

    def _made(self) -> dict[str, View]:
        stages = [one.stage for one in self._cars.values()]
        shown = [(job, one.row) for job, one in self._cars.items() if one.row]
        shown.sort(key=lambda each: (each[1].at.at, each[0]))
        rows: dict[str, View] = {f"booking-{job}": row for job, row in shown}
        seen, missing = stages.count(Stage.seen), stages.count(Stage.no_show)
        return {
            "head": ExpectedHeadView(self._shop, missing, seen),
            "order-bookings": ExpectedRowsView(tuple(rows)),
            **rows,
            "foot": self._foot(),
        }

    def _foot(self) -> ExpectedFootView:
        today = [one for one in self._cars.values() if one.days == 0]
        came = sum(one.ticket != "" for one in today)
        tomorrow = sum(one.days == 1 for one in self._cars.values())
        return ExpectedFootView(came, len(today), tomorrow)


def _seen(shop: Shop, job: Job, now: datetime) -> Made[_Seen | None]:
    if job.booked_for is None or job.state == State.cancelled:
        return None, None
    settings = shop.settings
    days = (business_day(job.booked_for, settings) - business_day(now, settings)).days
    expected = shop.workflow.lane_of(job.state) == Lane.arrivals
    if not expected or days != 0:
        return (_Seen(days, ticket=job.ticket) if days in (0, 1) else None), None
    how = stage(job, now)
    asked = tasks(job)
    row = ExpectedRowView(
        moment(job.booked_for, now, settings),
        job.car.plate,
        *_FACES[how],
        STAGE_WORDS[how],
        sum(one.task in asked for one in job.prepared),
        len(asked),
    )
    return _Seen(days, row, how), stage_changes_at(job, now)
