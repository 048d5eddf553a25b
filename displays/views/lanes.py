"""The board's lanes: heads with sums, headings of the hold lane, and the counts on top."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from board.core.job import Job
from board.core.promises import Tone
from board.core.workflow import Lane
from displays.views.cards import CardView
from displays.views.standing import owner_key, owner_of

_WITH_HOURS = frozenset({Lane.dispatch, Lane.work})


@dataclass(frozen=True, slots=True)
class LaneHeadView:
    """Name, number of cars and, where it helps, the sum of open standard hours in tenths."""

    template: ClassVar[str] = "board/lane_head.html"
    id: str
    lane: str
    cars: int
    tenths: int


@dataclass(frozen=True, slots=True)
class StackView:
    """A lane's place for cards. They say themselves that they stand here, and in which order."""

    template: ClassVar[str] = "board/stack.html"
    id: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """The members of the bay strip, in their order; ids only."""

    template: ClassVar[str] = "board/order.html"
    id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A heading in the hold lane: whose move it is, and how many cars wait for that."""

    template: ClassVar[str] = "board/group.html"
    id: str
    owner: str
    key: str
    cars: int


@dataclass(frozen=True, slots=True)
class CountView:
    """One number on top: cars in the shop, late, held, or questions of sensors."""

    template: ClassVar[str] = "board/count.html"
    id: str
    count: int


LaneView = LaneHeadView | StackView | GroupView


@dataclass(frozen=True, slots=True)
class Place:
    """A job's card with what its lane adds up. `owner` only of a held job: whose move it is."""

    job: Job
    card: CardView
    owner: str
    tenths: int


def place(job: Job, card: CardView) -> Place:
    """What a lane needs to know of a card."""
    hours = sum(line.standard_hours for line in job.open_lines)
    held = card.lane == Lane.hold
    return Place(job, card, owner_of(job) if held else "", round(hours * 10))


class LaneBook:
    """One lane from change to change: sums that follow each card, so that none is counted twice."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.late = self.cars = 0
        self._tenths = 0
        self._owners: Counter[str] = Counter()
        self._places: dict[str, Place] = {}
        self._views: dict[str, LaneView] = {}
        self._touched = True

    def put(self, one: Place) -> None:
        """A card came into the lane, or changed in it."""
        self.take(one.job.id)
        self._places[one.job.id] = one
        self._count(one, 1)

    def take(self, job_id: str) -> None:
        """A card left the lane, if it was there."""
        if (one := self._places.pop(job_id, None)) is not None:
            self._count(one, -1)

    def _count(self, one: Place, by: int) -> None:
        self.cars += by
        self.late += by * (one.card.tone == Tone.late)
        self._tenths += by * one.tenths
        self._owners[one.owner] += by
        self._touched = True

    def views(self) -> dict[str, LaneView]:
        """Head, stack and group headings by region id; the old objects where they say the same."""
        if self._touched:
            made = {view.id: view for view in self._made()}
            self._views = {
                key: self._views[key] if self._views.get(key) == view else view
                for key, view in made.items()
            }
            self._touched = False
        return self._views

    def _made(self) -> Iterator[LaneView]:
        tenths = self._tenths if self.lane in _WITH_HOURS else 0
        yield LaneHeadView(f"lane-{self.lane}", self.lane.value, self.cars, tenths)
        yield StackView(f"order-{self.lane}")
        if self.lane == Lane.hold:
            for owner in sorted(self._owners, key=owner_key):
                if cars := self._owners[owner]:
                    yield GroupView(f"group-{owner}", owner, owner_key(owner), cars)
