"""Extra work of an order at the desk: what was found, its price, the question and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from board.core import commands as c
from board.core.extra import Extra
from board.core.extra_work import awaits_answer, is_priced, is_undecided
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.money import yuan
from board.core.roles import Role
from displays.desk_pages import Looks
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment

PRICERS = frozenset({Role.advisor, Role.controller, Role.parts})
REPORTERS = frozenset({Role.technician, Role.team_leader, Role.inspector, Role.controller})
_OPEN = frozenset({LineState.proposed, LineState.approved, LineState.declined})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer said: at which price in fen (None: not known), how, who, and who wrote."""

    approved: bool
    at: Moment
    how: str
    said_by: str
    by: str
    note: str
    total: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of extra work. `labour` and `parts` as typed in yuan, '' while not known.

    `stands`: price (to be priced), ask, waits (for the customer), approved, declined, begun, done.
    """

    id: str
    text: str
    note: str
    photos: tuple[str, ...]
    stops_work: bool
    by: str
    at: Moment
    hours: float
    labour: str
    parts: str
    total: int
    stands: str
    asked_at: Moment | None
    answers: tuple[Answer, ...]
    may_price: bool


@dataclass(frozen=True, slots=True)
class PromiseQuestion:
    """Approved work may end at `finish`, which is after what was `promised`."""

    finish: Moment
    promised: Moment | None


def extra_sheet(ask: Ask) -> Sheet:
    """The page of one order's extra work."""
    job = ask.job
    if job is None:
        return GONE
    found = tuple(_found(ask, line, line.extra) for line in job.lines if line.extra)
    context = {
        "found": found,
        "to_ask": sum(each.stands == "ask" for each in found),
        "waits": sum(each.stands == "waits" for each in found),
        "question": _question(ask, job),
        "may_ask": may(ask.actor, c.AskCustomer) and not job.is_closed,
        "may_end": may(ask.actor, c.RenewLink),
        "may_price": may(ask.actor, c.PriceLine) and not job.is_closed,
        "only_parts": not ask.actor.has(Role.advisor, Role.controller, Role.manager),
        "is_closed": job.is_closed,
        "head": head_of(ask.shop, job),
    }
    return Sheet("extra/page.html", context)


async def read_phone(looks: Looks, ask: Ask) -> Mapping[str, object]:
    """Link and code of the customer's phone page, for those who may say them."""
    job = ask.job
    if job is None or not may(ask.actor, c.AskCustomer):
        return {"phone_path": "", "code": ""}
    code = looks.phone_code(ask.shop.id, job.id, job.code_round)
    return {"phone_path": looks.phone_path(ask.shop.id, job.id, job.link_round), "code": code}


def report_sheet(ask: Ask) -> Sheet:
    """The tablet's page on which somebody at the car reports what they found."""
    job = ask.job
    if job is None or job.is_closed:
        return GONE
    return Sheet("extra/report_page.html", {"head": head_of(ask.shop, job)})


def _question(ask: Ask, job: Job) -> PromiseQuestion | None:
    open_ask = job.promise_ask
    if open_ask is None or job.is_closed or not may(ask.actor, c.KeepPromise):
        return None
    finish = moment(open_ask.finish, ask.now, ask.shop.settings)
    promise = moment(job.promise.at, ask.now, ask.shop.settings) if job.promise else None
    return PromiseQuestion(finish, promise)


def _found(ask: Ask, line: Line, extra: Extra) -> Found:
    settings = ask.shop.settings
    return Found(
        id=line.id,
        text=line.text,
        note=extra.note,
        photos=extra.photos,
        stops_work=extra.stops_work,
        by=by_name(ask.shop, extra.by),
        at=moment(extra.at, ask.now, settings),
        hours=line.standard_hours,
        labour=yuan(line.price) if extra.labour_priced or line.price else "",
        parts=yuan(line.parts_price) if extra.parts_priced or line.parts_price else "",
        total=line.price + line.parts_price,
        stands=stands(line),
        asked_at=_asked_at(ask, line, extra),
        answers=_answers(ask, extra),
        may_price=not line.clocks and line.state in _OPEN,
    )


def _asked_at(ask: Ask, line: Line, extra: Extra) -> Moment | None:
    if extra.asked_at is None or not awaits_answer(line):
        return None
    return moment(extra.asked_at, ask.now, ask.shop.settings)


def stands(line: Line) -> str:
    """How far a piece of extra work is on its way to the customer and back."""
    if is_undecided(line):
        if not is_priced(line):
            return "price"
        return "waits" if awaits_answer(line) else "ask"
    if line.state == LineState.declined:
        return "declined"
    if line.state in (LineState.done, LineState.checked):
        return "done"
    return "approved" if line.state == LineState.approved and not line.clocks else "begun"


def _answers(ask: Ask, extra: Extra) -> tuple[Answer, ...]:
    """Every answer, the newest first."""
    return tuple(
        Answer(
            approved=one.approved,
            at=moment(one.said_at or one.at, ask.now, ask.shop.settings),
            how=one.how.value if one.how else "",
            said_by=one.said_by,
            by=by_name(ask.shop, one.by),
            note=one.note,
            total=_sum(one.price, one.parts_price),
        )
        for one in reversed(extra.decisions)
    )


def _sum(price: int | None, parts_price: int | None) -> int | None:
    return None if price is None or parts_price is None else price + parts_price
