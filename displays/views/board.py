"""The advisor's board as regions: cards, lanes, bays, counts and the live line.

Keeps the last view of each job and compares by identity, so that one change costs one card.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from board.core.bays import Bay
from board.core.job import Job
from board.core.promises import tone_changes_at
from board.core.shop import Shop
from board.core.workflow import BOARD_LANES, Lane
from displays.views.bay_memory import BayMemory
from displays.views.bay_tiles import BaysHeadView, BayTileView, bays_head, tile
from displays.views.calls import REGION as CALLS
from displays.views.calls import CallsMemory, CallsView
from displays.views.cards import CardView, card, valid_until
from displays.views.lanes import (
    CountView,
    LaneBook,
    LaneView,
    OrderView,
    Place,
    place,
)
from displays.views.live_line import LiveLineView, live_line
from displays.views.parts import Ground, Made, changed_jobs
from displays.views.touch import TouchView

View = (
    CardView
    | LaneView
    | OrderView
    | CountView
    | BaysHeadView
    | BayTileView
    | LiveLineView
    | TouchView
    | CallsView
)
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Kept:
    job: Job
    until: datetime
    place: Place | None


class BoardProjection:
    """Regions of the board audience for one shop, from change to change."""

    def __init__(self, out_of_touch: Callable[[], bool] = lambda: False) -> None:
        """`out_of_touch`: whether this server does not hear of the others at once."""
        self._out_of_touch = out_of_touch
        self._ground = Ground()
        self._forget()
        self._small: dict[str, View] = {}
        self._tiles = BayMemory(_made_tile)
        self._calls = CallsMemory()

    def _forget(self) -> None:
        self._jobs: Mapping[str, Job] = {}
        self._until = _FOR_EVER
        self._kept: dict[str, _Kept] = {}
        self._cards: dict[str, View] = {}
        self._lanes = {lane.value: LaneBook(lane) for lane in BOARD_LANES}

    def project(self, shop: Shop, now: datetime) -> dict[str, View]:
        """Every region by id. An unchanged region is the same object as before."""
        names = self._bay_names(shop)
        if self._ground.shifts(shop, now, *_sources(shop), names):
            self._forget()
        if shop.jobs is not self._jobs or now >= self._until:
            self._look(shop, now)
        views = self._cards.copy()
        for book in self._lanes.values():
            views.update(book.views())
        views.update(self._beside(shop, now))
        return views

    @staticmethod
    def _bay_names(shop: Shop) -> tuple[tuple[str, str], ...]:
        return tuple((bay.id, bay.name) for bay in shop.bays.values())

    def _look(self, shop: Shop, now: datetime) -> None:
        """Make anew what belongs to jobs that changed, and to those whose time is over."""
        changed, gone = changed_jobs(self._jobs, shop.jobs)
        self._jobs = shop.jobs
        for job_id in gone:
            self._replace(job_id, None)
        if now >= self._until:
            changed += tuple(job_id for job_id, one in self._kept.items() if one.until <= now)
            later = (one.until for one in self._kept.values() if one.until > now)
            self._until = min(later, default=_FOR_EVER)
        for job_id in changed:
            if job_id in shop.jobs:
                self._replace(job_id, _keep(shop, shop.jobs[job_id], now))

    def _replace(self, job_id: str, new: _Kept | None) -> None:
        old = self._kept.pop(job_id, None)
        if new is not None:
            self._kept[job_id] = new
            # An earlier bound than needed costs one look more, never a change that is missed.
            self._until = min(self._until, new.until)
        before = old.place if old else None
        after = new.place if new else None
        if before and (after is None or after.card.lane != before.card.lane):
            self._lanes[before.card.lane].take(job_id)
        if before and after is None:
            self._cards.pop(before.card.id, None)
        if after:
            same = before is not None and before.card == after.card
            self._lanes[after.card.lane].put(after)
            self._cards[after.card.id] = before.card if before and same else after.card

    def _beside(self, shop: Shop, now: datetime) -> dict[str, View]:
        tiles = tuple(self._tiles.look(shop, now).values())
        views: dict[str, View] = {one.id: one for one in tiles}
        views["order-bays"] = OrderView("order-bays", tuple(one.id for one in tiles))
        questions = sum(one.asked is not None for one in tiles)
        books = self._lanes.values()
        cars, late = sum(book.cars for book in books), sum(book.late for book in books)
        held = self._lanes[Lane.hold].cars
        told = {"cars": cars, "late": late, "held": held, "questions": questions}
        views.update({f"count-{name}": CountView(f"count-{name}", n) for name, n in told.items()})
        views["bays-head"] = bays_head(tiles)
        views[CALLS] = self._calls.look(shop, now)
        views["liveline"] = live_line(shop, now)
        views["touch"] = TouchView("touch", self._out_of_touch())
        self._small = _steady(self._small, views)
        return self._small


def _made_tile(shop: Shop, bay: Bay, now: datetime) -> Made[BayTileView]:
    car = shop.car_in(bay.id)
    return tile(shop, bay, now), tone_changes_at(car, now) if car else None


def _keep(shop: Shop, job: Job, now: datetime) -> _Kept:
    if shop.workflow.lane_of(job.state) not in BOARD_LANES:
        return _Kept(job, _FOR_EVER, None)
    until = valid_until(job, now) or _FOR_EVER
    return _Kept(job, until, place(job, card(shop, job, now)))


def _steady(old: Mapping[str, View], new: dict[str, View]) -> dict[str, View]:
    """`new`, with the old object wherever it says the same."""
    for key, view in new.items():
        before = old.get(key)
        if before is not view and before == view:
            new[key] = before
    return new


def _sources(shop: Shop) -> tuple[object, ...]:
    """What of the shop beside its jobs and bays is on every card."""
    return (shop.people, shop.settings, shop.workflow, shop.check_book)
