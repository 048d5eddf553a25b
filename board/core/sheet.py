"""The reception sheet: what was seen and agreed on the walk round the car, and who signed it.

Mileage and what the customer asks for stand in the order itself. Values only.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from board.core.handover import Means
from board.core.lines import Line
from board.core.personal import Drawn, Personal

if TYPE_CHECKING:
    from board.core.job import Job

FULL_TANK = 8


class Lamp(StrEnum):
    """A warning lamp that was lit."""

    engine = "engine"
    oil = "oil"
    battery = "battery"
    coolant = "coolant"
    brakes = "brakes"
    abs = "abs"
    stability = "stability"
    airbag = "airbag"
    steering = "steering"
    tyres = "tyres"
    drive = "drive"
    service = "service"


class MarkKind(StrEnum):
    """What is wrong with the car's skin."""

    scratch = "scratch"
    dent = "dent"
    crack = "crack"
    paint = "paint"
    missing = "missing"


@dataclass(frozen=True, slots=True)
class Mark:
    """Damage on the outline seen from above: `x` 0 front to 1 rear, `y` 0 right to 1 left side.

    `photos` are named by SHA-256.
    """

    kind: MarkKind
    x: float
    y: float
    note: Personal = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One walk-round. `fuel` in eighths of a tank or charge; None: not looked at, not asked."""

    fuel: int | None = None
    lamps: frozenset[Lamp] = frozenset()
    items: Personal = ""
    marks: tuple[Mark, ...] = ()
    photos: tuple[str, ...] = ()
    wash: bool | None = None
    old_parts: bool | None = None
    waiting: bool | None = None
    payment: Means | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """The sheet as it was saved last: by whom, when, and how often it has been saved."""

    sheet: Sheet
    by: str
    at: datetime
    edition: int = 1


@dataclass(frozen=True, slots=True)
class Signature:
    """The customer's signature: strokes as drawn, or on paper; `by` recorded it.

    `strokes`: points `x,y` joined by blanks, strokes by semicolons, in thousandths of the width
    of the field. `signed` tells what was signed, see `what_is_signed`.
    """

    by: str
    at: datetime
    signed: Personal
    signer: Personal = ""
    strokes: Drawn = ""
    paper: Personal = ""

    @property
    def on_paper(self) -> bool:
        """Whether there is a paper instead of a drawing."""
        return not self.strokes


def what_is_signed(job: "Job") -> str:
    """A SHA-256 over the sheet and the lines that were ordered: another one, if any is changed.

    What the customer decides later, line by line, is agreed there and not part of it.
    """
    told = "\n".join(_told(job))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def is_changed_since_signed(job: "Job") -> bool:
    """Whether the order is no longer what the customer signed; False while nobody signed."""
    return job.signature is not None and job.signature.signed != what_is_signed(job)


def ordered_lines(job: "Job") -> tuple[Line, ...]:
    """The lines that the customer orders by signing; extra work is agreed line by line."""
    lines = (line for line in job.lines if not line.implicit)
    return tuple(line for line in lines if line.extra is None or line.agreed_price is not None)


def _told(job: "Job") -> Iterator[str]:
    """Written by hand: a field that is added one day must not change what was signed before."""
    yield f"order {job.number}"
    yield f"car {job.car.plate} {job.car.vin} {job.car.mileage}"
    yield f"asked {job.asked!r}"
    for line in ordered_lines(job):
        yield f"line {line.id} {line.standard_hours:.3f} {line.text!r}"
        if line.price or line.parts_price:
            yield f"price {line.price} {line.parts_price}"
    if job.reception is None:
        return
    sheet = job.reception.sheet
    yield f"fuel {sheet.fuel} lamps {sorted(sheet.lamps)} items {sheet.items!r}"
    yield f"wash {sheet.wash} old parts {sheet.old_parts} waiting {sheet.waiting}"
    yield f"payment {sheet.payment} photos {sorted(sheet.photos)}"
    for mark in sheet.marks:
        yield f"mark {mark.kind} {mark.x:.4f} {mark.y:.4f} {mark.note!r} {sorted(mark.photos)}"
