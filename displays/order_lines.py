"""The lines of an order as a page: what is done, how long it takes, what it costs; and the sums."""

from dataclasses import dataclass

from board.core import commands as c
from board.core.catalogue import found_in
from board.core.estimates import Estimate, share_clocked, spent, totals
from board.core.extra_work import is_priced
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.money import yuan
from board.core.roles import Role
from board.core.shop import Shop
from board.core.who_sees import sees_prices
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may

_HITS = 12
_UNWORKED = frozenset({LineState.proposed, LineState.approved})


@dataclass(frozen=True, slots=True)
class LineCells:
    """One line of the table. `minutes` clocked, `spent` against standard; money as it is written.

    `fixed`: it can no longer be changed or withdrawn. `extra`: found on the way.
    """

    id: str
    text: str
    code: str
    hours: float
    minutes: int
    spent: str
    people: tuple[str, ...]
    price: str
    parts_price: str
    state: str
    fixed: bool
    extra: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """A row of sums: of which lines (agreed, proposed, declined), and how much."""

    of: str
    lines: int
    hours: float
    labour: str
    parts: str
    total: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An item of the catalogue to pick; money as it is typed."""

    code: str
    text: str
    hours: float
    price: str
    parts_price: str
    kind: str
    skill: str
    bay_kind: str


def lines_section(ask: Ask) -> Sheet:
    """The page's section: the table with its sums, and the form for one more line."""
    job = ask.job
    if job is None:
        return GONE
    context = {
        "lines": tuple(_cells(ask, line) for line in job.lines),
        "sums": _sums(job),
        "stocked": bool(ask.shop.catalogue),
        "may_add": may(ask.actor, c.AddLine) and not job.is_closed,
        "may_change": may(ask.actor, c.ChangeLine) and not job.is_closed,
        "may_withdraw": may(ask.actor, c.WithdrawLine) and not job.is_closed,
    }
    return Sheet("lines/section.html", context)


def _cells(ask: Ask, line: Line) -> LineCells:
    answered = line.extra is not None and bool(line.extra.decisions)
    return LineCells(
        id=line.id,
        text="" if line.implicit else line.text,
        code=line.code,
        hours=line.standard_hours,
        minutes=int(line.worked(ask.now).total_seconds() // 60),
        spent=spent(share_clocked(line, ask.now)).value,
        people=tuple(ask.shop.name_of(who) for who in line.technicians),
        price=yuan(line.price) if _has_price(line) else "",
        parts_price=yuan(line.parts_price) if _has_price(line) else "",
        state=line.state.value,
        fixed=bool(line.clocks) or line.state not in _UNWORKED or answered,
        extra=line.extra is not None,
    )


def _has_price(line: Line) -> bool:
    """Whether somebody said a price; a line that was ordered without one says nothing."""
    return line.price + line.parts_price > 0 or (line.extra is not None and is_priced(line))


def _sums(job: Job) -> tuple[Sums, ...]:
    found = totals(job)
    rows = {"agreed": found.approved, "proposed": found.proposed, "declined": found.declined}
    return tuple(_row(of, row) for of, row in rows.items() if row.lines or of == "agreed")


def _row(of: str, row: Estimate) -> Sums:
    return Sums(of, row.lines, row.hours, yuan(row.labour), yuan(row.parts), yuan(row.total))


def hits_sheet(ask: Ask) -> Sheet:
    """What the catalogue has for the query, to be picked, with its prices."""
    if not sees_prices(ask.actor):
        return GONE
    return Sheet("lines/hits.html", {"hits": _hits(ask.shop, ask.given.get("q", ""))})


def _hits(shop: Shop, query: str) -> tuple[Hit, ...]:
    if not query.strip():
        return ()
    return tuple(
        Hit(
            item.code,
            item.text,
            item.standard_hours,
            yuan(item.price),
            yuan(item.parts_price),
            item.kind,
            item.skill,
            item.bay_kind.value if item.bay_kind else "",
        )
        for item in found_in(shop.catalogue.values(), query)[:_HITS]
    )


def change_line_sheet(ask: Ask) -> Sheet:
    """Change what is done on a line, its hours and prices."""
    return _line_sheet(ask, c.ChangeLine, "lines/change.html")


def withdraw_line_sheet(ask: Ask) -> Sheet:
    """Take a line off the order."""
    return _line_sheet(ask, c.WithdrawLine, "lines/withdraw.html")


def _line_sheet(ask: Ask, command: type[c.Command], template: str) -> Sheet:
    job = ask.job
    line = job.line(ask.given.get("line", "")) if job else None
    if job is None or line is None or not may(ask.actor, command):
        return GONE
    agreed = line.state == LineState.approved and job.signed_at is not None
    context = {
        "head": head_of(ask.shop, job),
        "line": _cells(ask, line),
        "agreed": agreed,
        "chosen": line.technicians,
        "people": _technicians(ask.shop, line),
    }
    return Sheet(template, context)


def _technicians(shop: Shop, line: Line) -> tuple[tuple[str, str], ...]:
    """Ids and names of who may work on the line; who does now stands first, the lead before all."""
    able = [
        one.id
        for one in shop.people.values()
        if Role.technician in one.roles and not one.removed and one.id not in line.technicians
    ]
    return tuple((who, shop.name_of(who)) for who in (*line.technicians, *able))
