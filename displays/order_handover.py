"""The section where an order is settled and handed over: statement, payment, list, gate pass."""

from collections.abc import Iterator
from dataclasses import dataclass

from board.core import commands as c
from board.core import reckoning
from board.core.commands import Command
from board.core.handover import Means, NextService, Payment, Statement
from board.core.job import Job
from board.core.money import yuan
from board.core.permissions import ASKERS
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.rules import decide
from board.core.rules.delivering import CODE_LENGTH, CODE_SIGNS, points_of
from board.core.who_sees import sees_gate_codes
from board.core.workflow import Lane, State
from displays.dialog_asks import GONE, Ask, Sheet, may, needs_why
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class Charged:
    """A line that is charged: its text ('' for the order as a whole), hours, amounts in yuan."""

    text: str
    hours: float
    labour: str
    parts: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in yuan; `discount` and `charges` are '' when there are none."""

    labour: str
    parts: str
    discount: str
    discount_reason: str
    charges: str
    charges_reason: str
    total: str
    by: str
    at: Moment
    why: str


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment: its means (a code), the amount in yuan, and whether it was given back."""

    means: str
    amount: str
    back: bool
    by: str
    at: Moment
    why: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of the list, and by whom it was ticked ('' by a program); `at` None: not yet."""

    point: str
    note: str = ""
    by: str = ""
    at: Moment | None = None
    next_service: NextService | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """The gate pass: its code in two groups, '' for whoever is not told it; `used`: when the car
    went through the gate.
    """

    code: str
    by: str
    at: Moment
    used: Moment | None


@dataclass(frozen=True, slots=True)
class Deed:
    """A step of this section: whether the one who looks may take it, `why` only with a reason.

    `by`: the roles whose work it is.
    """

    may: bool
    why: bool
    by: tuple[str, ...]


def handover(ask: Ask) -> Sheet:
    """The section of one order."""
    job = ask.job
    if job is None:
        return GONE
    labour, parts = reckoning.labour_and_parts(job)
    due = reckoning.unpaid(job)
    context = {
        "lines": tuple(_charged(job)),
        "sums": (yuan(labour), yuan(parts), yuan(labour + parts)),
        "made": tuple(_said(ask, one) for one in reversed(job.statements)),
        "outdated": reckoning.is_outdated(job),
        "payments": tuple(_paid(ask, one) for one in job.payments),
        "due": due,
        "due_yuan": yuan(abs(due)),
        "means": tuple(each.value for each in Means),
        "meant": job.reception.sheet.payment if job.reception else None,
        "points": tuple(_points(ask, job)),
        "next_service": job.next_service,
        "gate_pass": _pass(ask, job),
        "no_pass": _no_pass(ask, job),
        "is_over": ask.shop.workflow.lane_of(job.state) == Lane.handover,
        "onward": _onward(ask, job),
        **{name: _deed(ask.actor, job, kind) for name, kind in _DEEDS.items()},
    }
    return Sheet("delivery/handover.html", context)


_DEEDS: dict[str, type[Command]] = {
    "settle": c.SettleJob,
    "pay": c.PayJob,
    "tick": c.TickHandover,
    "issue": c.IssueGatePass,
}
_REASON = "asked by a page"


def _deed(actor: Actor, job: Job, kind: type[Command]) -> Deed:
    by = tuple(role.value for role in Role if role in ASKERS[kind])
    # A car that came back gets another pass from a manager, who says why.
    again = kind is c.IssueGatePass and job.left_by_pass
    return Deed(not job.is_closed and may(actor, kind), again or needs_why(actor, kind), by)


def _charged(job: Job) -> Iterator[Charged]:
    for line in job.lines:
        if line.is_agreed:
            text = "" if line.implicit else line.text
            yield Charged(text, line.standard_hours, yuan(line.price), yuan(line.parts_price))


def _said(ask: Ask, made: Statement) -> Said:
    return Said(
        labour=yuan(made.labour),
        parts=yuan(made.parts),
        discount=yuan(made.discount) if made.discount else "",
        discount_reason=made.discount_reason,
        charges=yuan(made.charges) if made.charges else "",
        charges_reason=made.charges_reason,
        total=yuan(made.total),
        by=by_name(ask.shop, made.by),
        at=moment(made.at, ask.now, ask.shop.settings),
        why=made.reason,
    )


def _paid(ask: Ask, payment: Payment) -> Paid:
    return Paid(
        means=payment.means.value,
        amount=yuan(abs(payment.amount)),
        back=payment.amount < 0,
        by=by_name(ask.shop, payment.by),
        at=moment(payment.at, ask.now, ask.shop.settings),
        why=payment.reason,
    )


def _points(ask: Ask, job: Job) -> Iterator[PointRow]:
    ticked = {tick.point: tick for tick in job.ticked}
    for point in points_of(job, ask.shop):
        tick = ticked.get(point)
        if tick is None:
            yield PointRow(point)
        else:
            at = moment(tick.at, ask.now, ask.shop.settings)
            by = by_name(ask.shop, tick.by)
            yield PointRow(point, tick.note, by, at, tick.next_service)


def _pass(ask: Ask, job: Job) -> Pass | None:
    found = job.gate_pass
    if found is None:
        return None
    settings, now = ask.shop.settings, ask.now
    used = moment(found.used_at, now, settings) if found.used_at else None
    at = moment(found.at, now, settings)
    code = spaced(found.code) if sees_gate_codes(ask.actor) else ""
    return Pass(code, by_name(ask.shop, found.by), at, used)


def _no_pass(ask: Ask, job: Job) -> Refused | None:
    """Why no pass can be issued now."""
    trial = c.IssueGatePass(job=job.id, code=CODE_SIGNS[:CODE_LENGTH], reason=_REASON)
    outcome = decide(ask.shop, trial, ask.actor, ask.now)
    return outcome if isinstance(outcome, Refused) else None


def spaced(code: str) -> str:
    """A code in two groups, as it is read aloud."""
    return f"{code[:3]} {code[3:]}"


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the job goes from here: ready, then delivered; `why` when it takes a reason."""

    to: str
    why: bool
    refused: Refused | None


def _onward(ask: Ask, job: Job) -> Onward | None:
    """The way on, and why it is not open yet; None for whoever may not take it."""
    flow = ask.shop.workflow
    to = next((s for s in (State.ready, State.delivered) if flow.way(job.state, s)), None)
    way = flow.way(job.state, to) if to else None
    if to is None or way is None or job.hold is not None:
        return None
    if not ask.actor.has(*way.by, Role.manager):
        return None
    outcome = decide(ask.shop, c.MoveJob(job=job.id, to=to, reason=_REASON), ask.actor, ask.now)
    refused = outcome if isinstance(outcome, Refused) else None
    return Onward(to.value, not ask.actor.has(*way.by), refused)
