"""Cars that wait for parts, as the parts desk sees them: which first, what is asked, what is late.

Pure: codes, ids and moments, no words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from board.core.holds import PARTS_REASONS
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.part_requests import PartMove, PartRequest, PartStep
from board.core.plates import split_plate
from board.core.promises import Tone, tone
from board.core.shop import Shop
from board.core.supply import MISSING, late_parts
from board.core.workflow import Lane
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment, seconds

_BREAKS_SOON = frozenset({Tone.soon, Tone.late})


@dataclass(frozen=True, slots=True)
class Took:
    """One step a part took: what, who, when, and what belongs to it."""

    step: str
    by: str
    at: Moment
    expected: Moment | None
    why: str
    receiver: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A requested part. Without `id` it stands for all parts of a line nobody asked for singly.

    `times`: how often another expected time was given.
    """

    id: str
    text: str
    number: str
    quantity: str
    step: str
    wanted: bool
    late: bool
    expected: Moment | None
    times: int
    took: tuple[Took, ...]


@dataclass(frozen=True, slots=True)
class LineParts:
    """A line with its parts. `receiver`: who is meant to take them, '' when nobody is known."""

    id: str
    text: str
    state: str
    receiver: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class WaitingCar:
    """A car that waits for parts. `since`: epoch seconds; `hold`: why it stands still, if so."""

    job: str
    number: str
    region: str
    tail: str
    model: str
    state: str
    state_name: str
    hold: str
    promise: Moment | None
    tone: str
    since: int | None
    comes: Moment | None
    late: bool
    people: tuple[str, ...]
    lines: tuple[LineParts, ...]


def in_turn(jobs: Iterable[Job], now: datetime) -> list[Job]:
    """Jobs that wait for parts, the most urgent first.

    First come those whose promise is broken or breaks within the hour, the earliest promise
    before all; then those with parts that are late; then the others; among these and those whoever
    has waited longest for a part.
    """

    def turn(job: Job) -> tuple[int, datetime, str]:
        since = waits_since(job)
        if job.promise is not None and tone(job, now) in _BREAKS_SOON:
            return (0, job.promise.at, job.id)
        return (1 if any(late_parts(job, now)) else 2, since, job.id)

    return sorted((job for job in jobs if waits_for_parts(job)), key=turn)


def waits_for_parts(job: Job) -> bool:
    """Whether an open job has parts to come, or stands still for want of some."""
    held = job.hold is not None and job.hold.reason in PARTS_REASONS
    return not job.is_closed and (held or any(_short_lines(job)))


def _short_lines(job: Job) -> Iterator[Line]:
    """Lines whose parts are not all there; those of work still to be decided on too."""
    return (
        line for line in job.lines if line.parts in MISSING and line.state != LineState.declined
    )


def waits_since(job: Job) -> datetime:
    """Since when the car waits: its first part that is still wanted, or its hold for parts."""
    moments = [
        request.asked.at
        for line in _short_lines(job)
        for request in line.requests
        if request.is_wanted
    ]
    if job.hold is not None and job.hold.reason in PARTS_REASONS:
        moments.append(job.hold.at)
    return min(moments, default=job.state_since)


def waiting_car(shop: Shop, job: Job, now: datetime) -> WaitingCar:
    """One row of the parts desk."""
    settings = shop.settings
    late = {(each.line, each.part) for each in late_parts(job, now)}
    region, tail = split_plate(job.car.plate)
    to_come = shop.workflow.lane_of(job.state) == Lane.arrivals and job.booked_for is not None
    return WaitingCar(
        job=job.id,
        number=job.number,
        region=region,
        tail=tail,
        model=job.car.model,
        state=job.state,
        state_name=shop.workflow.steps[job.state].name,
        hold=job.hold.reason.value if job.hold else "",
        promise=moment(job.promise.at, now, settings) if job.promise else None,
        tone=tone(job, now).value,
        since=seconds(waits_since(job)),
        comes=moment(job.booked_for, now, settings) if to_come and job.booked_for else None,
        late=bool(late),
        people=tuple(shop.name_of(who) for who in job.technicians),
        lines=tuple(line_parts(shop, job, line, now) for line in _short_lines(job)),
    )


def line_parts(shop: Shop, job: Job, line: Line, now: datetime) -> LineParts:
    """A line with what was asked for it; a line supplied as a whole has one part without id."""
    late = {each.part for each in late_parts(job, now) if each.line == line.id}
    asked = tuple(_part(shop, request, now, late) for request in line.requests)
    taker = next(iter((*line.technicians, *job.technicians)), "")
    return LineParts(
        line.id,
        "" if line.implicit else line.text,
        line.state.value,
        shop.name_of(taker) if taker else "",
        asked or _as_a_whole(shop, line, now, late),
    )


def _as_a_whole(shop: Shop, line: Line, now: datetime, late: set[str]) -> tuple[Part, ...]:
    if line.parts not in MISSING:
        return ()
    at = moment(line.parts_expected, now, shop.settings) if line.parts_expected else None
    return (Part("", "", "", "", line.parts.value, True, bool(late), at, 0, ()),)


def _part(shop: Shop, request: PartRequest, now: datetime, late: set[str]) -> Part:
    ordered = [move for move in request.moves if move.step == PartStep.ordered]
    took = tuple(_took(shop, move, now) for move in request.moves)
    return Part(
        id=request.id,
        text=request.text,
        number=request.number,
        quantity=f"{request.quantity:g}",
        step=request.step.value,
        wanted=request.is_wanted,
        late=request.id in late,
        expected=took[-1].expected,
        times=max(0, len(ordered) - 1),
        took=took,
    )


def _took(shop: Shop, move: PartMove, now: datetime) -> Took:
    return Took(
        step=move.step.value,
        by=by_name(shop, move.by),
        at=moment(move.at, now, shop.settings),
        expected=moment(move.expected, now, shop.settings) if move.expected else None,
        why=move.why,
        receiver=shop.name_of(move.receiver) if move.receiver else "",
        signed=move.signed,
    )
