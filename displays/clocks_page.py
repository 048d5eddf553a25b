"""Today's clocks by technician, on lines and off the cars, and the dialogs about them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from board.core import commands as c
from board.core.days import business_day
from board.core.indirect import known_codes
from board.core.job import Job
from board.core.lines import Clock
from board.core.plates import split_plate
from board.core.roles import Role
from board.core.shop import Person, Shop
from displays.desk_pages import page_of
from displays.dialog_asks import GONE, Ask, Sheet, may
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock. About a line: `job`, `line` and its words; else `code`, and `name` if the shop has
    one of its own. `key`: its exact start, which names it. `was`: what it said before.
    """

    job: str
    line: str
    region: str
    tail: str
    text: str
    code: str
    name: str
    key: str
    started: Moment
    ended: Moment | None
    minutes: int
    corrected: bool
    was: tuple[Moment, Moment | None] | None
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Worker:
    """A technician's day: the clocks, minutes on lines and off the cars; `running`: on either."""

    id: str
    name: str
    rows: tuple[ClockRow, ...]
    on_lines: int
    off_cars: int
    running: str


def clocks_page(ask: Ask) -> Sheet:
    """Every technician with the clocks of the business day."""
    workers = tuple(_worker(ask, who) for who in _technicians(ask.shop))
    return page_of(
        "clocks/page.html",
        workers=workers,
        may_correct=may(ask.actor, c.CorrectClock),
    )


def _technicians(shop: Shop) -> Iterable[Person]:
    return (who for who in shop.people.values() if Role.technician in who.roles and not who.removed)


def _worker(ask: Ask, who: Person) -> Worker:
    rows = sorted(_rows(ask, who.id), key=lambda row: row.started.at)
    running = next((row for row in rows if row.ended is None), None)
    return Worker(
        who.id,
        who.name,
        tuple(rows),
        sum(row.minutes for row in rows if row.line),
        sum(row.minutes for row in rows if not row.line),
        "" if running is None else "line" if running.line else "indirect",
    )


def _rows(ask: Ask, who: str) -> Iterator[ClockRow]:
    for job in ask.shop.jobs.values():
        for line in job.lines:
            text = "" if line.implicit else line.text
            for clock in line.clocks:
                if clock.technician == who and _is_today(clock, ask):
                    yield _row(ask, clock, job=job, line=line.id, text=text)
    for one in ask.shop.indirect.get(who, ()):
        if _is_today(one.clock, ask):
            yield _row(ask, one.clock, code=one.code)


def _is_today(clock: Clock, ask: Ask) -> bool:
    """Whether any of the clock lies in the business day; a running one does."""
    day = business_day(ask.now, ask.shop.settings)
    return clock.ended_at is None or business_day(clock.ended_at, ask.shop.settings) == day


def _row(
    ask: Ask,
    clock: Clock,
    *,
    job: Job | None = None,
    line: str = "",
    text: str = "",
    code: str = "",
) -> ClockRow:
    region, tail = split_plate(job.car.plate) if job else ("", "")
    was, original = None, clock.original
    if original is not None:
        was = (_moment(ask, original.started_at), _ended(ask, original.ended_at))
    spent = (clock.ended_at or ask.now) - clock.started_at
    return ClockRow(
        job=job.id if job else "",
        line=line,
        region=region,
        tail=tail,
        text=text,
        code=code,
        name=known_codes(ask.shop.settings.indirect_codes).get(code, ""),
        key=clock.started_at.isoformat(),
        started=_moment(ask, clock.started_at),
        ended=_ended(ask, clock.ended_at),
        minutes=int(spent.total_seconds() // 60),
        corrected=clock.corrected,
        was=was,
        by=by_name(ask.shop, original.by) if original else "",
        why=original.why if original else "",
    )


def _moment(ask: Ask, at: datetime) -> Moment:
    return moment(at, ask.now, ask.shop.settings)


def _ended(ask: Ask, at: datetime | None) -> Moment | None:
    return moment(at, ask.now, ask.shop.settings) if at else None


def correct_sheet(ask: Ask) -> Sheet:
    """Set one clock right: its start and end, with the reason."""
    who, key = ask.given.get("technician", ""), ask.given.get("started_at", "")
    rows = (row for row in _rows(ask, who) if row.key == key)
    wanted = (ask.given.get("job", ""), ask.given.get("line", ""))
    row = next((row for row in rows if (row.job, row.line) == wanted), None)
    if row is None or not may(ask.actor, c.CorrectClock):
        return GONE
    return Sheet("clocks/correct.html", {"row": row, "who": who, "name": ask.shop.name_of(who)})


def indirect_sheet(ask: Ask) -> Sheet:
    """Clock a technician off the cars."""
    who = ask.given.get("technician", "")
    if who not in ask.shop.people or not may(ask.actor, c.StartIndirect):
        return GONE
    codes = tuple(known_codes(ask.shop.settings.indirect_codes).items())
    return Sheet(
        "clocks/indirect.html", {"who": who, "name": ask.shop.name_of(who), "codes": codes}
    )
