"""The lounge screen: what every customer in the room may see of everybody's car.

The views have no field for a plate, a name or anything else private: only masks come this far.
Steps never go back: rework after a check stays at the check, a hold stays where it began.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from board.core.job import Flag, Job
from board.core.plates import masked_tail
from board.core.shop import Settings, Shop
from board.core.workflow import CheckLevel, Lane, State
from displays.views.moments import Moment, moment
from displays.views.parts import N_, JobMemory, Made, View, soonest

GONE_AFTER = timedelta(minutes=10)
READY_SHOWN = 3
ROWS_BESIDE_PANEL, ROWS_ALONE = 5, 7

_RANGE = timedelta(minutes=30)
_STEP_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Mask:
    """A plate as the room may see it: 京A, ** and 345."""

    region: str
    hidden: str
    shown: str


@dataclass(frozen=True, slots=True)
class Span:
    """When a car may be fetched, roughly."""

    start: Moment
    end: Moment


@dataclass(frozen=True, slots=True)
class CarView:
    """One row. `step` 0 to 4 is where the car is, 5 past the last; `word` a message id.

    `colour` and `model` only where two masks look the same. `asked_back`: the time has changed
    and the advisor will call.
    """

    template: ClassVar[str] = "lounge/car.html"
    ticket: str
    mask: Mask
    step: int
    word: str
    span: Span | None = None
    asked_back: bool = False
    colour: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class ReadyView:
    """Cars that can be fetched, the newest first; one is called, the others stand beside it."""

    template: ClassVar[str] = "lounge/ready.html"
    cars: tuple[CarView, ...]


@dataclass(frozen=True, slots=True)
class CarsView:
    """The order of the rows: region ids, in order of arrival, and how many fit on a page."""

    template: ClassVar[str] = "lounge/cars.html"
    ids: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class LoungeFootView:
    """The name of the shop."""

    template: ClassVar[str] = "lounge/foot.html"
    shop: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """A car with its row as it is alone, and beside another of the same mask."""

    alone: CarView
    beside: CarView
    masked: str
    came: float
    ready_since: float


class LoungeProjection:
    """Regions of a lounge screen for one shop, from change to change."""

    def __init__(self) -> None:
        self._memory = JobMemory(_seen)
        self._seen: Mapping[str, _Seen | None] | None = None
        self._views: dict[str, View] = {}

    def project(self, shop: Shop, now: datetime) -> dict[str, View]:
        """Every region by id. While nothing changes the same views come back."""
        seen = self._memory.recall(shop, now)
        if seen is not self._seen:
            shown = [one for one in seen.values() if one is not None]
            self._seen, self._views = seen, _views(shown, shop.settings.name)
        return dict(self._views)


def _views(seen: list[_Seen], shop: str) -> dict[str, View]:
    alike = Counter(one.masked for one in seen)
    called = sorted(filter(_is_ready, seen), key=_newest_first)[:READY_SHOWN]
    rows = _rows((one for one in seen if not any(one is other for other in called)), alike)
    return {
        "ready": ReadyView(tuple(_row(one, alike) for one in called)),
        "order-cars": CarsView(tuple(rows), ROWS_BESIDE_PANEL if called else ROWS_ALONE),
        **rows,
        "foot": LoungeFootView(shop),
    }


def _row(one: _Seen, alike: Mapping[str, int]) -> CarView:
    return one.beside if alike[one.masked] > 1 else one.alone


def _is_ready(one: _Seen) -> bool:
    return one.ready_since > 0


def _newest_first(one: _Seen) -> tuple[float, str]:
    return -one.ready_since, one.alone.ticket


def _rows(seen: Iterable[_Seen], alike: Mapping[str, int]) -> Mapping[str, CarView]:
    """Rows by region id. Yesterday's A17 may still be here: the younger one's id gets a mark."""
    rows: dict[str, CarView] = {}
    for one in sorted(seen, key=lambda one: (one.came, one.alone.ticket)):
        key = f"car-{one.alone.ticket}"
        while key in rows:
            key += "-"
        rows[key] = _row(one, alike)
    return rows


def _seen(shop: Shop, job: Job, now: datetime) -> Made[_Seen | None]:
    gone_at = job.closed_at + GONE_AFTER if job.closed_at else None
    if not _may_be_seen(shop, job) or (gone_at and gone_at <= now):
        return None, None
    view = CarView(job.ticket, _mask(job.car.plate), *_progress(shop, job))
    is_ready = job.state in (State.ready, State.unclaimed)
    since = job.state_since.timestamp() if is_ready else 0.0
    view, until = _with_time(view, job, now, shop.settings) if view.step < 5 else (view, None)
    came = (job.arrived_at or job.opened_at).timestamp()
    masked = masked_tail(job.car.plate)
    beside = replace(view, colour=job.car.colour, model=job.car.model)
    return _Seen(view, beside, masked, came, since), soonest(gone_at, until)


def _may_be_seen(shop: Shop, job: Job) -> bool:
    if not job.ticket or Flag.lounge_opt_out in job.flags or job.state == State.cancelled:
        return False
    return shop.workflow.lane_of(job.state) != Lane.arrivals


def _mask(plate: str) -> Mask:
    masked = masked_tail(plate)
    region, _dot, tail = masked.rpartition("·")
    shown = tail.lstrip("*")
    hidden = tail[: len(tail) - len(shown)]
    # A plate too short to be masked is not shown at all.
    return Mask(region, hidden, shown) if hidden else Mask("", "***", "")


_WORDS: dict[Lane, tuple[int, str]] = {
    Lane.reception: (0, N_("In reception")),
    Lane.dispatch: (1, N_("In line")),
    Lane.work: (2, N_("In repair")),
    Lane.check: (3, N_("Being checked")),
    Lane.wash: (4, N_("Being prepared")),
    Lane.handover: (4, N_("Being prepared")),
}
_WORDS_BY_STATE: dict[str, tuple[int, str]] = {
    State.dispatched: (1, N_("In line")),
    State.ready: (4, N_("Can be fetched")),
    State.unclaimed: (4, N_("Can be fetched")),
    State.delivered: (5, N_("Handed over")),
}


def _progress(shop: Shop, job: Job) -> tuple[int, str]:
    """The step a car is at and its word; the technician's own check is part of the repair."""
    state = job.hold.from_state if job.hold else job.state
    step = shop.workflow.steps[state]
    checked = bool(job.checks) and step.lane in (Lane.dispatch, Lane.work, Lane.check)
    if checked:
        return _WORDS[Lane.check]
    if step.check == CheckLevel.self:
        return _WORDS[Lane.work]
    return _WORDS_BY_STATE.get(state) or _WORDS[step.lane]


def _with_time(view: CarView, job: Job, now: datetime, settings: Settings) -> Made[CarView]:
    promise = job.promise
    if promise is None:
        return view, None
    if promise.at <= now:
        return replace(view, asked_back=True), None
    end = datetime.fromtimestamp(_rounded_up(promise.at.timestamp()), promise.at.tzinfo)
    start, end_there = (moment(at, now, settings) for at in (end - _RANGE, end))
    return replace(view, span=Span(start, end_there)), promise.at


def _rounded_up(seconds: float) -> int:
    return int(-(-seconds // _STEP_SECONDS) * _STEP_SECONDS)
