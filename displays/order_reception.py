"""The reception section of an order: the sheet to fill in, what is signed, and the signature."""

from dataclasses import dataclass

from board.core import commands as c
from board.core.handover import Means
from board.core.job import Flag, Job
from board.core.roles import Role
from board.core.sheet import (
    FULL_TANK,
    Lamp,
    Mark,
    MarkKind,
    Sheet,
    Signature,
    is_changed_since_signed,
    ordered_lines,
    what_is_signed,
)
from board.core.who_sees import sees_prices, sees_signatures
from board.core.workflow import Lane, State
from displays import dialog_asks
from displays.car_zones import ZONES, zone_at
from displays.dialog_asks import Ask, may, needs_why
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment

_FREELY = frozenset({State.arrived, State.receiving})


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A damage mark: its number, kind, point on the outline, name of the place, note, photos."""

    number: int
    kind: str
    x: float
    y: float
    zone: str
    note: str
    photos: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetView:
    """What stands on the sheet; a choice is yes, no, or '' while nobody was asked."""

    mileage: int | None
    asked: str
    fuel: int | None
    lamps: frozenset[str]
    items: str
    marks: tuple[MarkRow, ...]
    photos: tuple[str, ...]
    wash: str
    old_parts: str
    waiting: str
    payment: str


@dataclass(frozen=True, slots=True)
class SignedView:
    """Who signed when, who recorded it, how it looks (a path of SVG) or the paper's number.

    `drawn`: not on paper; `path` is '' for whoever is not shown it. `changed`: sheet or lines are
    others by now.
    """

    name: str
    at: Moment
    by: str
    path: str
    drawn: bool
    paper: str
    changed: bool


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """A line that the customer orders: its text, standard hours, and price in fen.

    A price of 0 is one that nobody has named yet.
    """

    text: str
    hours: float
    price: int


def reception(ask: Ask) -> dialog_asks.Sheet:
    """The page; before the car has come it only says so."""
    job = ask.job
    if job is None:
        return dialog_asks.GONE
    steps = ask.shop.workflow
    is_here = not job.is_closed and steps.lane_of(job.state) != Lane.arrivals
    ordered = tuple(
        OrderedLine(line.text, line.standard_hours, line.price + line.parts_price)
        for line in ordered_lines(job)
    )
    context = {
        "sheet_view": sheet_view(job),
        "signature": signed_view(ask, job),
        "ordered": ordered,
        "sum": sum(line.price for line in ordered),
        "sees_prices": sees_prices(ask.actor),
        "seen": what_is_signed(job),
        "edition": job.reception.edition if job.reception else 0,
        "is_here": is_here,
        "may_save": is_here and may(ask.actor, c.SaveSheet),
        "may_describe": not job.is_closed and may(ask.actor, c.DescribeJob),
        "may_sign": is_here and job.state != State.arrived and may(ask.actor, c.SignOrder),
        "may_start": job.state == State.arrived and ask.actor.has(Role.advisor),
        "why_save": job.state not in _FREELY or needs_why(ask.actor, c.SaveSheet),
        "why_sign": needs_why(ask.actor, c.SignOrder),
        "customer": job.customer.name,
        "zones": ZONES,
        **choices(),
    }
    return dialog_asks.Sheet("reception/page.html", context)


def choices() -> dict[str, tuple[object, ...]]:
    """What can be chosen on the sheet, in its order."""
    return {
        "fuels": tuple(range(FULL_TANK + 1)),
        "lamps": tuple(lamp.value for lamp in Lamp),
        "mark_kinds": tuple(kind.value for kind in MarkKind),
        "payments": tuple(means.value for means in Means),
    }


def sheet_view(job: Job) -> SheetView:
    """The sheet as it is, or an empty one with what the order knows already."""
    sheet = job.reception.sheet if job.reception else Sheet()
    is_asked = sheet.waiting is not None or Flag.waiting in job.flags
    is_declined = sheet.wash is not None or Flag.no_wash in job.flags
    return SheetView(
        mileage=job.car.mileage,
        # The words of an appointment are what its customer asked for, until the sheet says more.
        asked=job.asked or job.appointment.work,
        fuel=sheet.fuel,
        lamps=frozenset(lamp.value for lamp in sheet.lamps),
        items=sheet.items,
        marks=tuple(_row(number, mark) for number, mark in enumerate(sheet.marks, 1)),
        photos=sheet.photos,
        wash=_choice(Flag.no_wash not in job.flags if is_declined else None),
        old_parts=_choice(sheet.old_parts),
        waiting=_choice(Flag.waiting in job.flags if is_asked else None),
        payment=sheet.payment.value if sheet.payment else "",
    )


def _row(number: int, mark: Mark) -> MarkRow:
    zone = zone_at(mark.x, mark.y)
    return MarkRow(number, mark.kind.value, mark.x, mark.y, zone.word, mark.note, mark.photos)


def _choice(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


def signed_view(ask: Ask, job: Job) -> SignedView | None:
    """The signature, None while nobody signed."""
    signature = job.signature
    if signature is None:
        return None
    return SignedView(
        name=signature.signer,
        at=moment(signature.at, ask.now, ask.shop.settings),
        by=by_name(ask.shop, signature.by),
        path=path_of(signature) if sees_signatures(ask.actor) else "",
        drawn=not signature.on_paper,
        paper=signature.paper,
        changed=is_changed_since_signed(job),
    )


def path_of(signature: Signature) -> str:
    """The strokes as a path of SVG, 1000 wide; '' for a paper or what was erased."""
    strokes = signature.strokes.split(";")
    points = [stroke.replace(",", " ") for stroke in strokes if stroke]
    return "".join(f"M{stroke}" for stroke in points if stroke[0].isdigit())
