"""An order on paper: the reception sheet (接车登记表) and the order itself (任务委托书)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from board.core.days import local
from board.core.handover import NextService
from board.core.job import Flag, Job
from board.core.lines import Line
from board.core.plates import split_plate
from board.core.roles import Role
from board.core.sheet import Sheet as Seen
from board.core.shop import Shop
from board.core.who_sees import sees_phones
from displays.desk_pages import DeskPage, Looks
from displays.dialog_asks import GONE, Ask, Builder, Sheet
from displays.order_reception import choices, sheet_view, signed_view

_MOST_PICTURES = 14
_WHO = frozenset({Role.advisor, Role.controller, Role.cashier, Role.team_leader})


@dataclass(frozen=True, slots=True)
class Paper:
    """What every print of an order says of it; times as printed on the shop's clock."""

    number: str
    ticket: str
    plate: str
    vin: str
    model: str
    colour: str
    mileage: int | None
    customer: str
    phone: str
    advisor: str
    asked: str
    keys: str
    flags: tuple[str, ...]
    arrived: str
    promised: str
    printed: str
    next_service: NextService | None


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line on paper: `labour` and `parts` in fen, `extra` if it was found on the way."""

    text: str
    hours: float
    labour: int
    parts: int
    extra: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines come to, in fen and standard hours."""

    hours: float
    labour: int
    parts: int


def _paper(ask: Ask, job: Job) -> Paper:
    car, shop = job.car, ask.shop
    return Paper(
        number=job.number,
        ticket=job.ticket,
        plate="·".join(filter(None, split_plate(car.plate))),
        vin=car.vin,
        model=car.model,
        colour=car.colour,
        mileage=car.mileage,
        customer=job.customer.name,
        phone=job.customer.phone if sees_phones(ask.actor) else "",
        advisor=shop.name_of(job.advisor) if job.advisor else "",
        asked=job.asked,
        keys=job.keys,
        flags=tuple(flag.value for flag in Flag if flag in job.flags),
        arrived=_written(job.arrived_at, shop),
        promised=_written(job.promise.at if job.promise else None, shop),
        printed=_written(ask.now, shop),
        next_service=job.next_service,
    )


def _written(at: datetime | None, shop: Shop) -> str:
    """The whole date: a paper is read on other days too."""
    return local(at, shop.settings).strftime("%Y-%m-%d %H:%M") if at else ""


def _pictures(job: Job) -> tuple[str, ...]:
    """The photos of the marks first; so many that they fit two rows."""
    sheet = job.reception.sheet if job.reception else Seen()
    names = (*(name for mark in sheet.marks for name in mark.photos), *sheet.photos)
    return tuple(dict.fromkeys(names))[:_MOST_PICTURES]


def _priced(job: Job) -> tuple[PricedLine, ...]:
    """What is ordered, also where it got dearer, and the extra work that was agreed."""
    lines = (line for line in job.lines if not line.implicit)
    agreed = (line for line in lines if line.is_agreed or line.agreed_price is not None)
    return tuple(_line(line) for line in agreed)


def _line(line: Line) -> PricedLine:
    is_extra = line.extra is not None and line.agreed_price is None
    return PricedLine(line.text, line.standard_hours, line.price, line.parts_price, is_extra)


def _totals(lines: Iterable[PricedLine]) -> Totals:
    every = tuple(lines)
    return Totals(
        hours=sum(line.hours for line in every),
        labour=sum(line.labour for line in every),
        parts=sum(line.parts for line in every),
    )


def _printing(template: str) -> Builder:
    def build(ask: Ask) -> Sheet:
        job = ask.job
        if job is None:
            return GONE
        lines = _priced(job)
        context = {
            "job_id": job.id,
            "paper": _paper(ask, job),
            "sheet_view": sheet_view(job),
            "signature": signed_view(ask, job),
            "signed_at": _written(job.signature.at if job.signature else None, ask.shop),
            "pictures": _pictures(job),
            "lines": lines,
            "totals": _totals(lines),
            **choices(),
        }
        return Sheet(template, context)

    return build


async def _phone_link(looks: Looks, ask: Ask) -> Mapping[str, object]:
    """Where the customer's phone page is, without the host; '' when it is not to be printed, or
    not for who prints.
    """
    job = ask.job
    if job is None or not sees_phones(ask.actor):
        return {"phone_path": ""}
    return {"phone_path": looks.phone_path(ask.shop.id, job.id, job.link_round)}


ORDER_PRINTS: tuple[DeskPage, ...] = (
    DeskPage("/print/{job}/sheet", _printing("print/sheet.html"), _WHO, read=_phone_link),
    DeskPage("/print/{job}/order", _printing("print/order.html"), _WHO, read=_phone_link),
)
