"""The board's lanes: order of their cards, heads with sums, and the counts on top."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from board.core.holds import CALENDAR
from board.core.job import Job
from board.core.promises import Tone
from board.core.roles import Role
from board.core.workflow import Lane
from displays.views.cards import CardView

_WITH_HOURS = frozenset({Lane.dispatch, Lane.work})
_OWNER_ORDER = (
    Role.parts,
    Role.advisor,
    Role.team_leader,
    Role.controller,
    Role.inspector,
    CALENDAR,
)
_NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class LaneHeadView:
    """Name, number of cars and, where it helps, the sum of open standard hours in tenths."""

    template: ClassVar[str] = "board/lane_head.html"
    id: str
    lane: str
    cars: int
    tenths: int


@dataclass(frozen=True, slots=True)
class OrderView:
    """The members of a lane or of the bay strip, in their order; ids only."""

    template: ClassVar[str] = "board/order.html"
    id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A heading in the hold lane: whose move it is, and how many cars wait for that."""

    template: ClassVar[str] = "board/group.html"
    id: str
    owner: str
    cars: int


@dataclass(frozen=True, slots=True)
class CountsView:
    """The numbers on top: cars in the shop, late, held, and questions of sensors."""

    template: ClassVar[str] = "board/counts.html"
    id: str
    cars: int
    late: int
    held: int
    questions: int


LaneView = LaneHeadView | OrderView | GroupView


@dataclass(frozen=True, slots=True)
class Place:
    """A job's card with what its order needs."""

    job: Job
    card: CardView
    key: tuple[bool, int, float, str]
    tenths: int


def place(job: Job, card: CardView) -> Place:
    """Late cars first, then by promise, then by the time the order was opened."""
    promised = card.promise.at if card.promise else _NEVER
    key = (card.tone != Tone.late, promised, job.opened_at.timestamp(), job.id)
    hours = sum(line.standard_hours for line in job.open_lines)
    return Place(job, card, key, round(hours * 10))


def head(lane: Lane, places: Sequence[Place]) -> LaneHeadView:
    """The head of a lane."""
    tenths = sum(one.tenths for one in places) if lane in _WITH_HOURS else 0
    return LaneHeadView(f"lane-{lane}", lane.value, len(places), tenths)


def plain_order(lane: Lane, places: Iterable[Place]) -> OrderView:
    """Cards of a lane in their order."""
    ordered = sorted(places, key=lambda one: one.key)
    return OrderView(f"order-{lane}", tuple(one.card.id for one in ordered))


def grouped(places: Iterable[Place]) -> tuple[OrderView, tuple[GroupView, ...]]:
    """The hold lane: a heading for each owner, under it the cars that wait for them."""
    by_owner: dict[str, list[Place]] = {}
    for one in sorted(places, key=lambda one: one.key):
        owner = one.job.hold.owner if one.job.hold else ""
        by_owner.setdefault(owner, []).append(one)
    owners = sorted(by_owner, key=_rank)
    groups = tuple(GroupView(f"group-{o}", o, len(by_owner[o])) for o in owners)
    members = [
        member
        for owner in owners
        for member in (f"group-{owner}", *(one.card.id for one in by_owner[owner]))
    ]
    return OrderView(f"order-{Lane.hold}", tuple(members)), groups


class LaneBook:
    """One lane from change to change: an untouched lane costs nothing and keeps its views."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.late = 0
        self._places: dict[str, Place] = {}
        self._views: dict[str, LaneView] = {}
        self._touched = True

    @property
    def cars(self) -> int:
        """How many cars are in the lane."""
        return len(self._places)

    def put(self, one: Place) -> None:
        """A card came into the lane, or changed in it."""
        self._places[one.job.id] = one
        self._touched = True

    def take(self, job_id: str) -> None:
        """A card left the lane, if it was there."""
        self._touched |= self._places.pop(job_id, None) is not None

    def views(self) -> dict[str, LaneView]:
        """Head, order and group headings by region id; the old objects where they say the same."""
        if self._touched:
            made = {view.id: view for view in self._made(list(self._places.values()))}
            self._views = {
                key: self._views[key] if self._views.get(key) == view else view
                for key, view in made.items()
            }
            self._touched = False
        return self._views

    def _made(self, places: Sequence[Place]) -> tuple[LaneView, ...]:
        self.late = sum(one.card.tone == Tone.late for one in places)
        if self.lane != Lane.hold:
            return (head(self.lane, places), plain_order(self.lane, places))
        order, groups = grouped(places)
        return (head(self.lane, places), order, *groups)


def _rank(owner: str) -> tuple[int, str]:
    known = [str(one) for one in _OWNER_ORDER]
    return (known.index(owner) if owner in known else len(known), owner)
