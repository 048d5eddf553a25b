"""The gate: a code is typed, and the page says which car may leave; and the pass on paper."""

from dataclasses import dataclass

from board.core.days import business_day
from board.core.job import Job
from board.core.plates import masked_tail
from displays.dialog_asks import GONE, Ask, Sheet, head_of
from displays.dialog_order import by_name
from displays.order_handover import spaced
from displays.views.moments import Moment, moment

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class LetOut:
    """A car that went through the gate: its plate masked, what it looks like, when, by whom.

    `code`: what was typed, good for nothing any more.
    """

    code: str
    plate: str
    model: str
    colour: str
    at: Moment
    by: str


def gate(ask: Ask) -> Sheet:
    """The gate's page: the field for a code, and the cars let out today, the newest first."""
    return Sheet("delivery/gate.html", {"let_out": _today(ask)})


def _today(ask: Ask) -> tuple[LetOut, ...]:
    settings = ask.shop.settings
    today = business_day(ask.now, settings)
    used = [
        (job.gate_pass.used_at, job)
        for job in ask.shop.jobs.values()
        if job.gate_pass is not None
        and job.gate_pass.used_at is not None
        and business_day(job.gate_pass.used_at, settings) == today
    ]
    newest = sorted(used, key=lambda row: (row[0], row[1].id), reverse=True)[:_SHOWN]
    return tuple(_let_out(ask, job) for _, job in newest)


def _let_out(ask: Ask, job: Job) -> LetOut:
    found = job.gate_pass
    assert found is not None
    assert found.used_at is not None
    return LetOut(
        code=found.code,
        plate=masked_tail(job.car.plate),
        model=job.car.model,
        colour=job.car.colour,
        at=moment(found.used_at, ask.now, ask.shop.settings),
        by=by_name(ask.shop, found.used_by),
    )


def gate_pass(ask: Ask) -> Sheet:
    """The pass on paper; gone while there is none."""
    job = ask.job
    found = job.gate_pass if job else None
    if job is None or found is None:
        return GONE
    context = {
        "head": head_of(ask.shop, job),
        "code": spaced(found.code),
        "car": job.car,
        "by": by_name(ask.shop, found.by),
        "at": moment(found.at, ask.now, ask.shop.settings),
        "day": business_day(found.at, ask.shop.settings),
    }
    return Sheet("delivery/gate_pass.html", context)
