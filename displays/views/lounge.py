"""The lounge screen: what every customer in the room may see of everybody's car.

Steps never go back: rework after a check stays at the check, a hold stays where it began.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from board.core.job import Flag, Job
from board.core.plates import masked_tail
from board.core.shop import Shop
from board.core.workflow import CheckLevel, Lane, State
from displays.views.lounge_times import with_time
from displays.views.lounge_views import CarsView, CarView, LoungeFootView, Mask, ReadyView
from displays.views.parts import N_, JobMemory, Made, View, soonest
from displays.views.reception_line import ReceptionLine, Wait

GONE_AFTER = timedelta(minutes=10)
CALLED_FOR = timedelta(minutes=5)
"""How long a car that became ready is on the panel; as long again its row is flagged."""

READY_SHOWN = 3
ROWS_BESIDE_PANEL, ROWS_ALONE = 5, 7


@dataclass(frozen=True, slots=True)
class _Seen:
    """A car with its row as it is alone, and beside another whose tail looks the same.

    `tail`: what is read of the plate; nobody counts its asterisks from a chair. `came`, and
    `called` to the front desk (0: not now), in epoch seconds.
    """

    alone: CarView
    beside: CarView
    tail: str
    came: float
    called: float

    @property
    def spot(self) -> tuple[str, float, float, str]:
        """What decides where the row stands and how it is told from others."""
        return self.tail, self.came, self.called, self.alone.ticket


class LoungeProjection:
    """Regions of a lounge screen for one shop, from change to change.

    A car that keeps its place costs its own row; the others are put in order only when one comes,
    goes or is ready.
    """

    def __init__(self) -> None:
        self._memory = JobMemory(_seen, self._told)
        self._cars: dict[str, _Seen] = {}
        self._alike: Counter[str] = Counter()
        self._redrawn: set[str] = set()
        self._line = ReceptionLine()
        self._waits: Mapping[str, Wait] = {}
        self._is_in_order = False
        self._keys: Mapping[str, str] = {}
        self._views: Mapping[str, View] = {}

    def project(self, shop: Shop, now: datetime) -> Mapping[str, View]:
        """Every region by id. While nothing changes the same views come back."""
        self._memory.look(shop, now)
        self._look_at_the_line(shop, now)
        foot = LoungeFootView(shop.settings.name, shop.settings.wifi)
        if not self._is_in_order or self._views["foot"] != foot:
            self._put_in_order(foot)
        elif self._redrawn:
            rows = {self._keys[car]: self._row(car) for car in self._redrawn}
            self._views = {**self._views, **rows}
        self._redrawn.clear()
        return self._views

    def _told(self, job_id: str, before: _Seen | None, after: _Seen | None) -> None:
        if before is not None:
            self._alike[before.tail] -= 1
            del self._cars[job_id]
        if after is not None:
            self._alike[after.tail] += 1
            self._cars[job_id] = after
        if before is None or after is None or before.spot != after.spot or _is_called(after):
            self._is_in_order = self._is_in_order and before is after
        else:
            self._redrawn.add(job_id)

    def _look_at_the_line(self, shop: Shop, now: datetime) -> None:
        """Cars whose place before reception is another are drawn anew."""
        before, after = self._waits, self._line.look(shop, now)
        if after is not before:
            self._waits = after
            moved = {car for car in {*before, *after} if before.get(car) != after.get(car)}
            self._redrawn |= moved & self._cars.keys()

    def _row(self, car: str) -> CarView:
        row, wait = _told_apart(self._cars[car], self._alike), self._waits.get(car)
        return replace(row, wait=wait) if wait else row

    def _put_in_order(self, foot: LoungeFootView) -> None:
        called = sorted(filter(_is_called, self._cars.values()), key=_newest_first)[:READY_SHOWN]
        beside = {car: one for car, one in self._cars.items() if one not in called}
        self._keys = _keys(beside)
        rows = {key: self._row(car) for car, key in self._keys.items()}
        self._views = {
            "ready": ReadyView(tuple(_told_apart(one, self._alike) for one in called)),
            "order-cars": CarsView(tuple(rows), ROWS_BESIDE_PANEL if called else ROWS_ALONE),
            **rows,
            "foot": foot,
        }
        self._is_in_order = True


def _told_apart(one: _Seen, alike: Mapping[str, int]) -> CarView:
    return one.beside if alike[one.tail] > 1 else one.alone


def _is_called(one: _Seen) -> bool:
    return one.called > 0


def _newest_first(one: _Seen) -> tuple[float, str]:
    return -one.called, one.alone.ticket


def _keys(cars: Mapping[str, _Seen]) -> Mapping[str, str]:
    """Region ids by job, as the cars came. Yesterday's A17 may still be here: the younger one's id
    gets a mark.
    """
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for car, one in sorted(cars.items(), key=lambda item: (item[1].came, item[1].alone.ticket)):
        key = f"car-{one.alone.ticket}"
        while key in taken:
            key += "-"
        taken.add(key)
        keys[car] = key
    return keys


def _seen(shop: Shop, job: Job, now: datetime) -> Made[_Seen | None]:
    gone_at = job.closed_at + GONE_AFTER if job.closed_at else None
    if not may_be_seen(shop, job) or (gone_at and gone_at <= now):
        return None, None
    step, word = progress(shop, job)
    view = CarView(job.ticket, plate_mask(job.car.plate), step, _SHORT.get(word, word))
    is_called, until = False, None
    if job.state in _READY:
        is_called, view, until = _ready(view, job, now)
    elif step < 5:
        view, until = with_time(view, job, now, shop.settings)
    came = (job.arrived_at or job.opened_at).timestamp()
    beside = replace(view, alike=True, colour=job.car.colour, model=job.car.model)
    called = job.state_since.timestamp() if is_called else 0.0
    seen = _Seen(view, beside, f"{view.mask.region}·{view.mask.shown}", came, called)
    return seen, soonest(gone_at, until)


def _ready(view: CarView, job: Job, now: datetime) -> tuple[bool, CarView, datetime | None]:
    """Whether it is called to the desk, its row, and until when that holds."""
    ends = [job.state_since + CALLED_FOR * n for n in (1, 2)]
    age = sum(end <= now for end in ends) if job.state == State.ready else 2
    view = replace(view, ready=True, flagged=age < 2)
    return age == 0, view, ends[age] if age < 2 else None


def may_be_seen(shop: Shop, job: Job) -> bool:
    """Whether a room of customers may hear of this car at all."""
    if not job.ticket or Flag.lounge_opt_out in job.flags or job.state == State.cancelled:
        return False
    return shop.workflow.lane_of(job.state) != Lane.arrivals


def plate_mask(plate: str) -> Mask:
    """A plate as any room of customers may see it."""
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
    State.arrived: (0, N_("In line")),
    State.dispatched: (1, N_("In line")),
    State.ready: (4, N_("Can be fetched")),
    State.unclaimed: (4, N_("Can be fetched")),
    State.delivered: (5, N_("Handed over")),
}
_SHORT: dict[str, str] = {
    "In reception": N_("Receiving"),
    "Being checked": N_("Checking"),
    "Being prepared": N_("Finishing"),
    "Can be fetched": N_("Collect"),
    "Handed over": N_("Returned"),
}
"""Shorter words, for a column that is read from afar."""

_READY = frozenset({State.ready, State.unclaimed})


def progress(shop: Shop, job: Job) -> tuple[int, str]:
    """The step a car is at and its word; the technician's own check is part of the repair."""
    state = job.hold.from_state if job.hold else job.state
    step = shop.workflow.steps[state]
    checked = bool(job.checks) and step.lane in (Lane.dispatch, Lane.work, Lane.check)
    if checked:
        return _WORDS[Lane.check]
    if step.check == CheckLevel.self:
        return _WORDS[Lane.work]
    return _WORDS_BY_STATE.get(state) or _WORDS[step.lane]
