"""Everything about one order: facts, lines, promises; its history stands in dialog_history."""

from dataclasses import dataclass
from datetime import datetime

from board.core import commands as c
from board.core.days import nights_kept
from board.core.extra_work import is_undecided
from board.core.job import Job, Where
from board.core.lines import Line, Parts
from board.core.permissions import SUPPLIERS
from board.core.roles import Role
from board.core.shop import Shop
from board.core.who_sees import sees_phones
from board.core.workflow import BOARD_LANES
from displays.dialog_asks import GONE, Ask, Sheet, head_of, is_here, may
from displays.dialog_move import items_of
from displays.dialog_order import told_promises
from displays.views.cards import Failed, last_failed
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the order: its state, parts, standard hours and minutes worked."""

    id: str
    text: str
    state: str
    parts: str
    hours: float
    minutes: int
    people: tuple[str, ...]
    expected: Moment | None
    undecided: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an order beside its lines."""

    model: str
    colour: str
    vin: str
    mileage: int | None
    customer: str
    phone: str
    advisor: str
    asked: str
    keys: str
    bay: str
    technicians: tuple[str, ...]
    where: str
    spot: str
    flags: tuple[str, ...]
    arrived: Moment | None
    nights: int
    here: bool
    failed: Failed | None


def job_sheet(ask: Ask) -> Sheet:
    """The detail of an open job; the history is put in where it is read.

    A booked car has no card, so what may be done with it next is offered here.
    """
    job = ask.job
    if job is None:
        return GONE
    context = {
        "head": head_of(ask.shop, job),
        "items": () if ask.shop.workflow.lane_of(job.state) in BOARD_LANES else items_of(ask, job),
        "facts": _facts(ask, job),
        "lines": tuple(_line(ask, line) for line in job.lines),
        "told": told_promises(ask, job),
        "history": (),
        "may_add": may(ask.actor, c.AddLine) and not job.is_closed,
        "may_decide": may(ask.actor, c.DecideLine) and not job.is_closed,
        "may_supply": may(ask.actor, c.SupplyLine) and not job.is_closed,
        "may_promise": may(ask.actor, c.PromiseJob) and not job.is_closed,
        "may_describe": may(ask.actor, c.DescribeJob) and not job.is_closed,
        "may_flag": may(ask.actor, c.FlagJob) and not job.is_closed,
        "parts": tuple(one.value for one in Parts if ask.actor.has(*SUPPLIERS[one], Role.manager)),
    }
    return Sheet("board/job.html", context)


def _facts(ask: Ask, job: Job) -> Facts:
    shop = ask.shop
    spot = job.place.spot
    return Facts(
        model=job.car.model,
        colour=job.car.colour,
        vin=job.car.vin,
        mileage=job.car.mileage,
        customer=job.customer.name,
        phone=job.customer.phone if sees_phones(ask.actor) else "",
        advisor=shop.name_of(job.advisor) if job.advisor in shop.people else "",
        asked=job.asked,
        keys=job.keys,
        bay=_bay_name(shop, job.bay),
        technicians=tuple(shop.name_of(who) for who in job.technicians),
        where=job.place.where.value,
        spot=_bay_name(shop, spot) if job.place.where == Where.bay else spot,
        flags=tuple(sorted(flag.value for flag in job.flags)),
        arrived=_at(job.arrived_at, ask),
        nights=nights_kept(job, ask.now, shop.settings),
        here=is_here(shop, job),
        failed=last_failed(shop, job),
    )


def _bay_name(shop: Shop, bay_id: str) -> str:
    bay = shop.bays.get(bay_id)
    return bay.name if bay else ""


def _at(at: datetime | None, ask: Ask) -> Moment | None:
    return moment(at, ask.now, ask.shop.settings) if at else None


def _line(ask: Ask, line: Line) -> LineRow:
    return LineRow(
        id=line.id,
        text="" if line.implicit else line.text,
        state=line.state.value,
        parts=line.parts.value,
        hours=line.standard_hours,
        minutes=int(line.worked(ask.now).total_seconds() // 60),
        people=tuple(ask.shop.name_of(who) for who in line.technicians),
        expected=_at(line.parts_expected, ask),
        undecided=is_undecided(line),
    )
