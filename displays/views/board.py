"""The advisor's board as regions: cards, lanes, bays, counts and the live line.

Keeps the last view of each job and compares by identity, so that one change costs one card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from board.core.days import business_day
from board.core.job import Job
from board.core.promises import Tone
from board.core.shop import Shop
from board.core.workflow import BOARD_LANES, Lane
from displays.views.bay_tiles import BaysHeadView, BayTileView, bays_head, tile
from displays.views.cards import CardView, card, valid_until
from displays.views.lanes import (
    CountsView,
    GroupView,
    LaneHeadView,
    OrderView,
    Place,
    grouped,
    head,
    place,
    plain_order,
)
from displays.views.live_line import LiveLineView, live_line

View = (
    CardView
    | LaneHeadView
    | OrderView
    | GroupView
    | CountsView
    | BaysHeadView
    | BayTileView
    | LiveLineView
)
_FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Kept:
    job: Job
    until: datetime
    place: Place | None


class BoardProjection:
    """Regions of the board audience for one shop, from change to change."""

    def __init__(self) -> None:
        self._base: tuple[object, ...] = ()
        self._jobs: Mapping[str, Job] = {}
        self._until = _FOR_EVER
        self._kept: dict[str, _Kept] = {}
        self._lanes: dict[str, View] = {}
        self._small: dict[str, View] = {}
        self._numbers = (0, 0, 0)

    def project(self, shop: Shop, now: datetime) -> dict[str, View]:
        """Every region by id. An unchanged region is the same object as before."""
        self._settle(shop, business_day(now, shop.settings))
        if shop.jobs is not self._jobs or now >= self._until:
            self._look(shop, now)
        return {**self._lanes, **self._beside(shop, now)}

    def _settle(self, shop: Shop, day: date) -> None:
        """Drop the memory when anything changed that every card may depend on."""
        base = (shop.id, shop.people, shop.settings, shop.workflow, self._bay_names(shop), day)
        if len(self._base) != len(base) or any(
            new is not old and new != old for new, old in zip(base, self._base, strict=True)
        ):
            self._kept, self._jobs, self._until = {}, {}, _FOR_EVER
        self._base = base

    @staticmethod
    def _bay_names(shop: Shop) -> tuple[tuple[str, str], ...]:
        return tuple((bay.id, bay.name) for bay in shop.bays.values())

    def _look(self, shop: Shop, now: datetime) -> None:
        changed = not self._lanes or len(self._kept) != len(shop.jobs)
        for job in shop.jobs.values():
            kept = self._kept.get(job.id)
            if kept is None or kept.job is not job or kept.until <= now:
                self._kept[job.id] = _keep(shop, job, now)
                changed = True
        if len(self._kept) != len(shop.jobs):
            self._kept = {key: self._kept[key] for key in shop.jobs}
        self._jobs = shop.jobs
        self._until = min((kept.until for kept in self._kept.values()), default=_FOR_EVER)
        if changed:
            self._lanes = _steady(self._lanes, _lanes(self._kept))
            self._numbers = _numbers(self._lanes)

    def _beside(self, shop: Shop, now: datetime) -> dict[str, View]:
        tiles = [tile(shop, bay, now) for bay in shop.bays.values() if not bay.removed]
        views: dict[str, View] = {one.id: one for one in tiles}
        views["order-bays"] = OrderView("order-bays", tuple(one.id for one in tiles))
        questions = sum(one.asked is not None for one in tiles)
        views["counts"] = CountsView("counts", *self._numbers, questions)
        views["bays-head"] = bays_head(tiles)
        views["liveline"] = live_line(shop, now)
        self._small = _steady(self._small, views)
        return self._small


def _keep(shop: Shop, job: Job, now: datetime) -> _Kept:
    if shop.workflow.lane_of(job.state) not in BOARD_LANES:
        return _Kept(job, _FOR_EVER, None)
    until = valid_until(job, now) or _FOR_EVER
    return _Kept(job, until, place(job, card(shop, job, now)))


def _numbers(lanes: Mapping[str, View]) -> tuple[int, int, int]:
    """Cars on the board, how many of them late, how many held."""
    cards = [view for view in lanes.values() if isinstance(view, CardView)]
    late = sum(one.tone == Tone.late for one in cards)
    return len(cards), late, sum(one.lane == Lane.hold for one in cards)


def _lanes(kept: Mapping[str, _Kept]) -> dict[str, View]:
    lanes: dict[str, list[Place]] = {lane.value: [] for lane in BOARD_LANES}
    views: dict[str, View] = {}
    for one in kept.values():
        if one.place is not None:
            lanes[one.place.card.lane].append(one.place)
            views[one.place.card.id] = one.place.card
    for lane in BOARD_LANES:
        views[f"lane-{lane}"] = head(lane, lanes[lane])
        if lane == Lane.hold:
            order, groups = grouped(lanes[lane])
            views |= {group.id: group for group in groups}
        else:
            order = plain_order(lane, lanes[lane])
        views[order.id] = order
    return views


def _steady(old: Mapping[str, View], new: dict[str, View]) -> dict[str, View]:
    """`new`, with the old object wherever it says the same."""
    for key, view in new.items():
        before = old.get(key)
        if before is not view and before == view:
            new[key] = before
    return new
