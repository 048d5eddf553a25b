"""A job's card on the board: what it shows, and until when that stays true."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.days import nights_kept
from board.core.job import Flag, Job, Where
from board.core.plates import new_energy, split_plate
from board.core.promises import Tone, tone, tone_changes_at
from board.core.shop import Shop
from board.core.supply import late_parts, next_late_at
from board.core.workflow import Lane
from displays.defect_words import told_defect
from displays.views.asks import asks, has_left
from displays.views.moments import Moment, moment
from displays.views.signs import Sign, sign
from displays.views.standing import standing_key

FLAGS_SHOWN = 3
_FLAG_ORDER = (
    Flag.waiting,
    Flag.comeback,
    Flag.new_energy,
    Flag.vip,
    Flag.express,
    Flag.tow_in,
    Flag.recall,
)
_REPAIR = frozenset({Lane.work, Lane.hold})
_ASKING = frozenset({Lane.reception, Lane.dispatch, Lane.work, Lane.hold, Lane.check})
CARRIED_OVER = "carried_over"
PARTS_LATE = "parts_late"


@dataclass(frozen=True, slots=True)
class Failed:
    """A check that failed: its level ('' on the road), the defect's code, a note, and who."""

    level: str
    defect: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class CardView:
    """One card; `key` says where in its lane it stands. `bar` and `sign` are codes."""

    template: ClassVar[str] = "board/card.html"
    id: str
    job: str
    version: int
    lane: str
    key: str
    plate_region: str
    plate_tail: str
    bar: str
    model: str
    colour: str
    advisor: str
    advisor_id: str
    flags: tuple[str, ...]
    asked: str
    parked: str
    keys: str
    promise: Moment | None
    tone: str
    runs: bool
    state: str
    state_name: str
    sign: Sign
    failed: Failed | None
    asks: str = ""


def last_failed(shop: Shop, job: Job) -> Failed | None:
    """The failed check nobody has passed since, or None."""
    last = job.checks[-1] if job.checks else None
    if last is None or last.passed:
        return None
    level = last.level.value if last.level else ""
    by = shop.name_of(last.by.partition(":")[2] or last.by)
    return Failed(level, told_defect(shop, last.defect), last.note, by)


def card(shop: Shop, job: Job, now: datetime) -> CardView:
    """The card of a job that is on the board."""
    step = shop.workflow.steps[job.state]
    handed = step.lane == Lane.handover
    promise = moment(job.promise.at, now, shop.settings) if job.promise else None
    standing = tone(job, now)
    shown = sign(shop, job, now)
    region, tail = split_plate(job.car.plate)
    flags = _flags(shop, job, now)
    return CardView(
        id=f"job-{job.id}",
        job=job.id,
        version=job.version,
        lane=step.lane.value,
        key=standing_key(job, step.lane, standing),
        plate_region=region,
        plate_tail=tail,
        bar=_bar(standing, shown, flags),
        model=job.car.model,
        colour=job.car.colour,
        advisor=shop.name_of(job.advisor) if job.advisor in shop.people else "",
        advisor_id=job.advisor,
        flags=flags,
        asked=job.asked,
        parked=job.place.spot if handed and job.place.where == Where.parking else "",
        keys=job.keys if handed else "",
        promise=promise,
        tone=standing.value,
        runs=promise is not None and promise.days == 0,
        state=job.state,
        state_name=step.name,
        sign=shown,
        failed=last_failed(shop, job) if step.lane in _REPAIR else None,
        asks="left" if has_left(job) else asks(job) if step.lane in _ASKING else "",
    )


def valid_until(job: Job, now: datetime) -> datetime | None:
    """When the card of an untouched job may look different; the change of day apart."""
    expected = job.hold.expected if job.hold else None
    moments = (tone_changes_at(job, now), expected, next_late_at(job, now))
    return min((at for at in moments if at is not None and at > now), default=None)


def _bar(standing: Tone, shown: Sign, flags: tuple[str, ...]) -> str:
    if standing == Tone.late:
        return "late"
    if shown.tone == "plain":
        return "risk" if PARTS_LATE in flags else ""
    return shown.tone


def _flags(shop: Shop, job: Job, now: datetime) -> tuple[str, ...]:
    flags = set(job.flags)
    if new_energy(job.car.plate):
        flags.add(Flag.new_energy)
    names = [flag.value for flag in _FLAG_ORDER if flag in flags]
    if nights_kept(job, now, shop.settings) > 0:
        names.insert(0, CARRIED_OVER)
    if next(late_parts(job, now), None) is not None:
        names.insert(0, PARTS_LATE)
    return tuple(names[:FLAGS_SHOWN])
