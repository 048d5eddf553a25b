"""Lines of an order: adding, changing, withdrawing."""

from dataclasses import replace
from typing import TypeVar

from board.core import commands as c
from board.core import events as e
from board.core.catalogue import CatalogueItem
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.permissions import ASKERS, is_own, may_name_price, only_a_technician
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule, moved
from board.core.rules.catalogue import MOST_SIGNS_OF_TEXT, item_fault
from board.core.rules.dispatching import technicians_fault
from board.core.rules.extra_holds import hold_follows
from board.core.workflow import Lane, Through

Value = TypeVar("Value")

MOST_LINES = 60
_UNWORKED = frozenset({LineState.proposed, LineState.approved})


def next_line_id(job: Job) -> str:
    """Lines are numbered from 1 in the order they were added; no number is given twice."""
    return str(job.highest_line + 1)


def implicit_line(job: Job) -> e.LineAdded:
    """The one line of an order on which nobody typed any: what the customer asked for."""
    text = job.asked.splitlines()[0][:MOST_SIGNS_OF_TEXT] if job.asked else ""
    return e.LineAdded(job.id, next_line_id(job), text, implicit=True)


def work_is_over(job: Job, case: Case) -> Refused | None:
    """After the checks nothing leads back to work: a line could never be finished."""
    state = job.hold.from_state if job.hold else job.state
    over = case.shop.workflow.lane_of(state) in {Lane.wash, Lane.handover}
    return Refused("work_over", job=job.id) if over else None


def lines_fault(job: Job) -> Refused | None:
    """None when the job has room for one more; a journal may hold jobs that have even more."""
    full = len(job.lines) >= MOST_LINES
    return Refused("lines_full", {"limit": MOST_LINES}, ("text",)) if full else None


def _said(value: Value | None, known: Value) -> Value:
    return known if value is None else value


def _named(people: tuple[str, ...]) -> tuple[str, ...]:
    """Whoever is named; a form that takes everybody off a line sends a comma, as forms do."""
    return tuple(who for who in people if who.strip(","))


def _wanted(command: c.AddLine | c.ChangeLine, known: CatalogueItem) -> CatalogueItem:
    """What the line is to be: what the command says, and `known` where it says nothing."""
    return CatalogueItem(
        known.code,
        _said(command.text, known.text).strip(),
        _said(command.standard_hours, known.standard_hours),
        _said(command.price, known.price),
        _said(command.parts_price, known.parts_price),
        _said(command.kind, known.kind).strip(),
        _said(command.skill, known.skill).strip(),
        _said(command.bay_kind, known.bay_kind),
    )


def _wanted_fault(wanted: CatalogueItem) -> Refused | None:
    # A line need not be of the catalogue; all else is as there.
    return item_fault(wanted if wanted.code else replace(wanted, code="-"))


@job_rule.register
def _add(command: c.AddLine, job: Job, case: Case) -> Outcome:
    code = command.code.strip()
    known = case.shop.catalogue.get(code, CatalogueItem(code, ""))
    picked = replace(command, text=command.text.strip() or known.text)
    wanted = _wanted(picked, known)
    refused = foreign_job(command, job, case) or _price_fault(command, case)
    refused = refused or _wanted_fault(wanted) or lines_fault(job)
    refused = refused or technicians_fault(command.technicians, case)
    if refused is None and not command.proposed:
        refused = work_is_over(job, case)
    return refused or (
        e.LineAdded(
            job.id,
            next_line_id(job),
            wanted.text,
            wanted.standard_hours,
            tuple(dict.fromkeys(command.technicians)),
            command.proposed or job.signed_at is not None,
            code=wanted.code,
            kind=wanted.kind,
            price=wanted.price,
            parts_price=wanted.parts_price,
            skill=wanted.skill,
            bay_kind=wanted.bay_kind,
        ),
    )


def foreign_job(
    command: c.AddLine | c.ProposeLine | c.NoteJob, job: Job, case: Case
) -> Refused | None:
    """Who only repairs adds, proposes and notes on their own jobs."""
    only_repairs = only_a_technician(case.actor, ASKERS[type(command)])
    if only_repairs and not is_own(job, case.actor):
        return Refused("not_your_job", job=job.id)
    return None


def _price_fault(command: c.AddLine, case: Case) -> Refused | None:
    """Who may not price a line does not name a price when adding it either."""
    for name, fen in (("price", command.price), ("parts_price", command.parts_price)):
        if fen is not None and not may_name_price(case.actor):
            return Refused("not_allowed", fields=(name,))
    return None


def _unworked(job: Job, line_id: str) -> Line | Refused:
    line = job.line(line_id)
    if line is None:
        return Refused("unknown_line", job=job.id)
    answered = line.extra is not None and bool(line.extra.decisions)
    if line.clocks or line.state not in _UNWORKED or answered:
        return Refused("line_stays", job=job.id)
    return line


@job_rule.register
def _change(command: c.ChangeLine, job: Job, case: Case) -> Outcome:
    line = _unworked(job, command.line)
    if isinstance(line, Refused):
        return line
    if line.extra is not None and line.extra.asked_at is not None:
        return Refused("line_asked", job=job.id)
    was = CatalogueItem(
        line.code,
        line.text,
        line.standard_hours,
        line.price,
        line.parts_price,
        line.kind,
        line.skill,
        line.bay_kind,
    )
    wanted = _wanted(command, was)
    people = line.technicians if command.technicians is None else _named(command.technicians)
    refused = _wanted_fault(wanted) or technicians_fault(people, case)
    if refused is None and _is_another(line, wanted, job) and not command.reason.strip():
        refused = Refused("reason_needed", fields=("reason",))
    if refused is not None:
        return refused
    people = tuple(dict.fromkeys(people))
    if (wanted, people) == (was, line.technicians):
        return ()
    changed = _changed(job, line, wanted, people, command.reason)
    if not changed.asks_again and not changed.agreed_again:
        return (changed,)
    state = LineState.proposed if changed.asks_again else LineState.approved
    return (changed, *hold_follows(job, job.with_line(replace(line, state=state)), case))


def _changed(
    job: Job, line: Line, wanted: CatalogueItem, people: tuple[str, ...], reason: str
) -> e.LineChanged:
    is_dearer = _is_dearer(line, wanted, job)
    return e.LineChanged(
        job.id,
        line.id,
        wanted.text,
        wanted.standard_hours,
        people,
        wanted.kind,
        wanted.price,
        wanted.parts_price,
        wanted.skill,
        wanted.bay_kind,
        reason.strip(),
        is_dearer,
        line.agreed_price is not None and not is_dearer,
    )


def _is_dearer(line: Line, wanted: CatalogueItem, job: Job) -> bool:
    """Whether the customer, who said yes to the line, would have to pay more than was said."""
    said = line.whole_price if line.agreed_price is None else line.agreed_price
    return wanted.price + wanted.parts_price > said and _is_signed_for(line, job)


def _is_signed_for(line: Line, job: Job) -> bool:
    """Whether the customer signed for it, also while a dearer price waits for their answer."""
    agreed = line.state == LineState.approved or line.agreed_price is not None
    return agreed and job.signed_at is not None


def _is_another(line: Line, wanted: CatalogueItem, job: Job) -> bool:
    """Whether what the customer signed for would be other work, hours, kind or dearer."""
    same = (wanted.text, wanted.standard_hours, wanted.kind) == (
        line.text,
        line.standard_hours,
        line.kind,
    )
    worded = not line.implicit and _is_signed_for(line, job)
    rises = wanted.price + wanted.parts_price > line.whole_price
    return (rises and _is_dearer(line, wanted, job)) or (worded and not same)


@job_rule.register
def _withdraw(command: c.WithdrawLine, job: Job, case: Case) -> Outcome:
    line = _unworked(job, command.line)
    if isinstance(line, Refused):
        return line
    if _is_signed_for(line, job) and not command.reason.strip():
        return Refused("reason_needed", fields=("reason",), job=job.id)
    gone = e.LineWithdrawn(job.id, line.id, line.text, command.reason.strip())
    state = job.hold.from_state if job.hold else job.state
    way = case.shop.workflow.through(state, Through.finish)
    if way is None or not line.is_open or any(each.id != line.id for each in job.open_lines):
        left = tuple(each for each in job.lines if each.id != line.id)
        return (gone, *hold_follows(job, replace(job, lines=left), case))
    # What is left is finished: nobody could press "finished" any more.
    return Refused("job_held", job=job.id) if job.hold else (gone, moved(job, way.to))
