"""Extra work: found, priced, asked, answered. Nobody works on it before the customer agrees."""

import math
import re
from dataclasses import replace

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.extra import Extra
from board.core.extra_work import finish_estimate, is_priced, is_undecided, undecided, yes_price
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.money import MOST_FEN
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.catalogue import MOST_HOURS
from board.core.rules.dispatching import technicians_fault
from board.core.rules.extra_answers import answer_fault, decided
from board.core.rules.extra_holds import hold_follows, hold_opens
from board.core.rules.limits import text_fault
from board.core.rules.lines import foreign_job, lines_fault, next_line_id, work_is_over

MOST_PHOTOS = 12
_MOST_SIGNS = 200
_PHOTO = re.compile(r"[0-9a-f]{64}")


@job_rule.register
def _propose(command: c.ProposeLine, job: Job, case: Case) -> Outcome:
    refused = _proposal_fault(command, job, case)
    if refused is not None:
        return refused
    text, note = command.text.strip(), command.note.strip()
    proposed = e.LineProposed(
        job.id,
        next_line_id(job),
        text,
        note,
        tuple(dict.fromkeys(command.photos)),
        command.stops_work,
        command.standard_hours,
        tuple(dict.fromkeys(command.technicians)),
    )
    return (proposed, *(hold_opens(job, text, case) if command.stops_work else ()))


def _proposal_fault(command: c.ProposeLine, job: Job, case: Case) -> Refused | None:
    if (foreign := foreign_job(command, job, case)) is not None:
        return foreign
    if not command.text.strip():
        return Refused("text_needed", fields=("text",))
    if len(command.photos) > MOST_PHOTOS:
        return Refused("too_many", {"limit": MOST_PHOTOS}, ("photos",))
    if not all(map(_PHOTO.fullmatch, command.photos)):
        return Refused("photo_wrong", fields=("photos",))
    return (
        text_fault(command.text, _MOST_SIGNS, "text")
        or _hours_fault(command.standard_hours)
        or lines_fault(job)
        or technicians_fault(command.technicians, case)
    )


def _hours_fault(hours: float | None) -> Refused | None:
    if hours is None or (math.isfinite(hours) and 0 <= hours <= MOST_HOURS):
        return None
    return Refused("number_wrong", fields=("standard_hours",))


@job_rule.register
def _price(command: c.PriceLine, job: Job, case: Case) -> Outcome:
    line = job.line(command.line)
    if line is None:
        return Refused("unknown_line", job=job.id)
    refused = _price_fault(command, line, job) or _hours_fault(command.standard_hours)
    if refused is not None:
        return refused
    priced = _priced(command, line, case)
    if priced == line:
        return ()
    extra = priced.extra or Extra(case.actor.label, case.now)
    agreed = yes_price(line)
    keeps_yes = agreed is not None and priced.whole_price <= agreed
    event = e.LinePriced(
        job.id,
        line.id,
        priced.price,
        priced.parts_price,
        priced.standard_hours,
        extra.labour_priced,
        extra.parts_priced,
        keeps_yes,
    )
    state = LineState.approved if keeps_yes else LineState.proposed
    unasked = replace(priced, state=state, extra=replace(extra, asked_at=None))
    return (event, *hold_follows(job, job.with_line(unasked), case))


def _priced(command: c.PriceLine, line: Line, case: Case) -> Line:
    """The line with what the command names; still asked and decided as it was."""
    extra = line.extra or Extra(case.actor.label, case.now)
    hours = command.standard_hours
    return replace(
        line,
        price=line.price if command.price is None else command.price,
        parts_price=line.parts_price if command.parts_price is None else command.parts_price,
        standard_hours=line.standard_hours if hours is None else hours,
        extra=replace(
            extra,
            labour_priced=extra.labour_priced or command.price is not None,
            parts_priced=extra.parts_priced or command.parts_price is not None,
        ),
    )


def _price_fault(command: c.PriceLine, line: Line, job: Job) -> Refused | None:
    if line.extra is None and line.state != LineState.proposed:
        return Refused("not_extra", job=job.id)
    for name, fen in (("price", command.price), ("parts_price", command.parts_price)):
        if fen is not None and not 0 <= fen <= MOST_FEN:
            return Refused("number_wrong", fields=(name,))
    begun = line.clocks or line.state not in {
        LineState.proposed,
        LineState.approved,
        LineState.declined,
    }
    return Refused("line_begun", job=job.id) if begun else None


@job_rule.register
def _ask(command: c.AskCustomer, job: Job, case: Case) -> Outcome:
    named = [job.line(line_id) for line_id in dict.fromkeys(command.lines)]
    lines = [line for line in named if line is not None]
    if len(lines) < len(named):
        return Refused("unknown_line", job=job.id)
    if any(not is_undecided(line) and line.state != LineState.declined for line in lines):
        return Refused("line_decided", job=job.id)
    if not all(map(is_priced, lines)):
        return Refused("line_unpriced", job=job.id)
    if (over := work_is_over(job, case)) is not None:
        return over
    waiting = lines or [line for line in undecided(job.lines) if is_priced(line)]
    if not waiting:
        return Refused("nothing_to_ask", job=job.id)
    new = tuple(line.id for line in waiting if not _is_asked(line))
    if not new:
        return ()
    asked = e.CustomerAsked(job.id, new)
    return (asked, *hold_follows(job, _asked(job, new, case), case))


def _is_asked(line: Line) -> bool:
    asked = line.extra is not None and line.extra.asked_at is not None
    return asked and line.state == LineState.proposed


def _asked(job: Job, lines: tuple[str, ...], case: Case) -> Job:
    """The job as it will be, for the hold that follows."""
    for line in job.lines:
        if line.id in lines and line.extra is not None:
            extra = replace(line.extra, asked_at=case.now)
            job = job.with_line(replace(line, state=LineState.proposed, extra=extra))
    return job


@job_rule.register
def _decide(command: c.DecideLine, job: Job, case: Case) -> Outcome:
    line = job.line(command.line)
    if line is None:
        return Refused("unknown_line", job=job.id)
    if not is_undecided(line):
        return Refused("line_decided", job=job.id)
    refused = answer_fault(command, line, job, case)
    if refused is None and command.approved:
        refused = work_is_over(job, case)
    if refused is not None:
        return refused
    state = LineState.approved if command.approved else LineState.declined
    after = job.with_line(replace(line, state=state))
    return (
        decided(command, line, job, case),
        *hold_follows(job, after, case),
        *(_promise_asked(after, line, case) if command.approved else ()),
    )


def _promise_asked(job: Job, line: Line, case: Case) -> tuple[Event, ...]:
    finish = finish_estimate(job, case.now)
    if job.promise is None or line.standard_hours <= 0 or finish <= job.promise.at:
        return ()
    return (e.PromiseAsked(job.id, finish),)


@job_rule.register
def _keep_promise(command: c.KeepPromise, job: Job, case: Case) -> Outcome:
    if job.promise_ask is None:
        return Refused("promise_not_asked", job=job.id)
    return (e.PromiseKept(job.id),)


@job_rule.register
def _renew(command: c.RenewCode, job: Job, case: Case) -> Outcome:
    return (e.CodeRenewed(job.id),)


@job_rule.register
def _renew_link(command: c.RenewLink, job: Job, case: Case) -> Outcome:
    return (e.LinkRenewed(job.id),)
