"""The whole shop at a glance: the rows of the workshop TV, and a rack for each lane of the board.

A rack says how many cars stand in a lane, how many of them are late, and which came first.
"""

from bisect import bisect_left, insort
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core import words
from board.core.days import nights_kept
from board.core.job import Job
from board.core.promises import Tone, tone, tone_changes_at
from board.core.shop import Settings, Shop
from board.core.workflow import BOARD_LANES, Lane
from displays.views.bay_faces import Timing, running
from displays.views.parts import N_, JobMemory, Made, View
from displays.views.tv import TvProjection

NIGHTS = "nights"
"""The rack beside the lanes: cars that stayed here over night."""


NO_TIME = Timing()


@dataclass(frozen=True, slots=True)
class RackView:
    """`plate` and `timing` of the car that stands here longest, '' and nothing in an empty rack;
    its `nights` where those are what counts. `style`: s-act, s-warn or s-work while there are cars.
    """

    template: ClassVar[str] = "overview/rack.html"
    icon: str
    word: str
    style: str
    cars: int = 0
    late: int = 0
    plate: str = ""
    timing: Timing = NO_TIME
    nights: int = 0


@dataclass(frozen=True, slots=True)
class _Stand:
    """A car in a lane: since when, whether it is late, its nights."""

    lane: Lane
    since: datetime
    late: bool
    plate: str
    nights: int


_RACKS: dict[str, RackView] = {
    Lane.reception: RackView("book", words.LANE[Lane.reception], "s-work"),
    Lane.dispatch: RackView("queue", words.LANE[Lane.dispatch], "s-act"),
    Lane.work: RackView("work", words.LANE[Lane.work], "s-work"),
    Lane.hold: RackView("wait", words.LANE[Lane.hold], "s-warn"),
    Lane.check: RackView("check", words.LANE[Lane.check], "s-act"),
    Lane.wash: RackView("wash", words.LANE[Lane.wash], "s-work"),
    Lane.handover: RackView("key", words.LANE[Lane.handover], "s-work"),
    NIGHTS: RackView("moon", N_("Overnight"), "s-work"),
}


class _Rack:
    """The cars of one rack, the first on top; a change costs no look at the others."""

    def __init__(self) -> None:
        self._order: list[tuple[float, str]] = []
        self.late = 0

    def __len__(self) -> int:
        return len(self._order)

    def put(self, rank: float, job: str, late: bool) -> None:
        insort(self._order, (rank, job))
        self.late += late

    def take(self, rank: float, job: str, late: bool) -> None:
        del self._order[bisect_left(self._order, (rank, job))]
        self.late -= late

    def first(self) -> str:
        """The job that stands here longest; only while there is one."""
        return self._order[0][1]


class OverviewProjection:
    """Regions of the overview for one shop, from change to change. The racks are of the whole
    shop, whichever bays the screen shows.
    """

    def __init__(self, group: str = "") -> None:
        self._rows = TvProjection(group)
        self._memory = JobMemory(_standing, self._told)
        self._stands: dict[str, _Stand] = {}
        self._racks = {key: _Rack() for key in _RACKS}
        self._views: dict[str, View] = {}

    def project(self, shop: Shop, now: datetime) -> dict[str, View]:
        """Every region by id. An unchanged rack is the same object as before."""
        self._memory.look(shop, now)
        for key, rack in self._racks.items():
            view, region = self._view(key, rack, now, shop.settings), f"rack-{key}"
            if self._views.get(region) != view:
                self._views[region] = view
        return {**self._rows.project(shop, now), **self._views}

    def _view(self, key: str, rack: _Rack, now: datetime, settings: Settings) -> RackView:
        empty = _RACKS[key]
        if not rack:
            return RackView(empty.icon, empty.word, "s-idle")
        first = self._stands[rack.first()]
        timing = running("since", N_("max"), first.since, now, settings)
        nights = first.nights if key == NIGHTS else 0
        return RackView(
            empty.icon, empty.word, empty.style, len(rack), rack.late, first.plate, timing, nights
        )

    def _told(self, job: str, before: _Stand | None, after: _Stand | None) -> None:
        """A car came to stand somewhere, changed, or left."""
        for rack, rank, late in _places(before):
            self._racks[rack].take(rank, job, late)
        for rack, rank, late in _places(after):
            self._racks[rack].put(rank, job, late)
        if after is None:
            self._stands.pop(job, None)
        else:
            self._stands[job] = after


def _places(stand: _Stand | None) -> tuple[tuple[str, float, bool], ...]:
    """The racks in which a car stands, with what sorts it there."""
    if stand is None or stand.lane not in BOARD_LANES:
        return ()
    lane = (stand.lane.value, stand.since.timestamp(), stand.late)
    return (lane, (NIGHTS, -stand.nights, stand.late)) if stand.nights else (lane,)


def _standing(shop: Shop, job: Job, now: datetime) -> Made[_Stand]:
    lane = shop.workflow.lane_of(job.state) if job.closed_at is None else Lane.gone
    since = job.hold.at if job.hold else job.state_since
    nights = nights_kept(job, now, shop.settings) if lane in BOARD_LANES else 0
    late = tone(job, now) == Tone.late
    return _Stand(lane, since, late, job.car.plate, nights), tone_changes_at(job, now)
