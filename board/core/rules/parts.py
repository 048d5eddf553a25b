"""Parts of a line: each request's steps, and what they mean for a hold that waits for them."""

import math
from collections.abc import Callable

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.job import Job
from board.core.lines import Line, LineState, Parts
from board.core.part_requests import STEPS, PartRequest, PartStep
from board.core.permissions import SUPPLIERS, is_own, permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.limits import text_fault
from board.core.rules.lines import work_is_over
from board.core.rules.part_holds import with_hold
from board.core.supply import MISSING

MOST_PARTS = 120
_MOST_SIGNS = 200
_MOST_SIGNS_OF_NUMBER = 40
_MOST_QUANTITY = 9999
_AT_THE_STORE = (Role.parts, Role.controller, Role.advisor)
_ANY_JOB = (*_AT_THE_STORE, Role.team_leader, Role.manager)

Told = Callable[[str], Event]
"""Makes the event of one part by its id."""


def _line_fault(job: Job, line_id: str, case: Case) -> Refused | None:
    """Only one's own job, unless one leads, advises or has the parts."""
    if job.line(line_id) is None:
        return Refused("unknown_line", job=job.id)
    if case.actor.has(*_ANY_JOB) or not case.actor.has(Role.technician):
        return None
    return None if is_own(job, case.actor) else Refused("not_your_job", job=job.id)


@job_rule.register
def _request(command: c.RequestPart, job: Job, case: Case) -> Outcome:
    line = job.line(command.line)
    if line is not None and line.state == LineState.declined:
        return Refused("line_not_approved", job=job.id)
    refused = _line_fault(job, command.line, case) or work_is_over(job, case)
    refused = refused or _request_fault(command, job)
    return refused or (
        e.PartRequested(
            job.id,
            command.line,
            _next_part_id(job),
            command.text.strip(),
            command.number.strip(),
            command.quantity,
        ),
    )


def _request_fault(command: c.RequestPart, job: Job) -> Refused | None:
    if not command.text.strip():
        return Refused("text_needed", fields=("text",))
    amount = command.quantity
    if not math.isfinite(amount) or not 0 < amount <= _MOST_QUANTITY or amount != round(amount, 2):
        return Refused("number_wrong", fields=("quantity",))
    if _parts_of(job) >= MOST_PARTS:
        return Refused("parts_full", {"limit": MOST_PARTS}, ("text",))
    return text_fault(command.text, _MOST_SIGNS, "text") or text_fault(
        command.number, _MOST_SIGNS_OF_NUMBER, "number"
    )


def _parts_of(job: Job) -> int:
    return sum(len(line.requests) for line in job.lines)


def _next_part_id(job: Job) -> str:
    """Parts are numbered from 1 within their order, whatever line they are for."""
    return str(_parts_of(job) + 1)


@job_rule.register
def _pick(command: c.PickPart, job: Job, case: Case) -> Outcome:
    def picked(part: str) -> Event:
        return e.PartPicked(job.id, command.line, part)

    return _step(command.line, command.part, PartStep.picked, picked, job, case)


@job_rule.register
def _order(command: c.OrderPart, job: Job, case: Case) -> Outcome:
    if command.expected <= case.now:
        return Refused("time_past", fields=("expected",))

    def ordered(part: str) -> Event:
        return e.PartOrdered(job.id, command.line, part, command.expected)

    return _step(command.line, command.part, PartStep.ordered, ordered, job, case)


@job_rule.register
def _issue(command: c.IssuePart, job: Job, case: Case) -> Outcome:
    line = job.line(command.line)
    receiver = command.receiver or (_who_takes(line, job, case) if line else "")
    refused = _line_fault(job, command.line, case) or _receiver_fault(receiver, case)
    if refused is not None:
        return refused
    handed = _handed(job, command.line, receiver, case)
    if line is not None and receiver == case.actor.id:
        unsigned = [one.id for one in line.requests if one.is_unsigned_by(receiver)]
        if command.part in unsigned:
            # Who was handed it by somebody else's word signs for it afterwards.
            return (handed(command.part),)
    return _step(command.line, command.part, PartStep.issued, handed, job, case)


def _handed(job: Job, line_id: str, receiver: str, case: Case) -> Told:
    signed = case.actor.kind == "person" and case.actor.id == receiver
    return lambda part: e.PartIssued(job.id, line_id, part, receiver, signed)


def _who_takes(line: Line, job: Job, case: Case) -> str:
    """Who is meant where nobody is named: whoever works on the line, or asks."""
    if not case.actor.has(*_AT_THE_STORE):
        return case.actor.id
    return next(iter((*line.technicians, *job.technicians)), "")


def _receiver_fault(receiver: str, case: Case) -> Refused | None:
    if not receiver:
        return Refused("receiver_needed", fields=("receiver",))
    person = case.shop.people.get(receiver)
    if person is None or person.removed:
        return Refused("unknown_person", {"person": receiver}, ("receiver",))
    may_name = case.actor.has(*_AT_THE_STORE, Role.team_leader, Role.manager)
    return None if may_name or receiver == case.actor.id else Refused("not_allowed")


@job_rule.register
def _wrong(command: c.ReportWrongPart, job: Job, case: Case) -> Outcome:
    if not command.why.strip():
        return Refused("reason_needed", fields=("why",))
    refused = text_fault(command.why, _MOST_SIGNS, "why") or work_is_over(job, case)
    if refused is None and not command.part:
        refused = Refused("unknown_part", fields=("part",), job=job.id)

    def wrong(part: str) -> Event:
        return e.PartWrong(job.id, command.line, part, command.why.strip())

    return refused or _step(command.line, command.part, PartStep.wrong, wrong, job, case)


@job_rule.register
def _return(command: c.ReturnPart, job: Job, case: Case) -> Outcome:
    def returned(part: str) -> Event:
        return e.PartReturned(job.id, command.line, part)

    return _step(command.line, command.part, PartStep.returned, returned, job, case)


@job_rule.register
def _cancel(command: c.CancelPart, job: Job, case: Case) -> Outcome:
    def cancelled(part: str) -> Event:
        return e.PartCancelled(job.id, command.line, part)

    return _step(command.line, command.part, PartStep.cancelled, cancelled, job, case)


def _step(line_id: str, part_id: str, step: PartStep, told: Told, job: Job, case: Case) -> Outcome:
    refused = _line_fault(job, line_id, case)
    line = job.line(line_id)
    if refused is not None or line is None:
        return refused or ()
    chosen = _chosen(line, part_id, step, job)
    if isinstance(chosen, Refused):
        return chosen
    return with_hold(tuple(told(request.id) for request in chosen), step, job, case)


def _chosen(
    line: Line, part_id: str, step: PartStep, job: Job
) -> tuple[PartRequest, ...] | Refused:
    """The parts that take the step; none where it was taken already, by a second tap."""
    named = [request for request in line.requests if part_id in ("", request.id)]
    able = tuple(request for request in named if request.step in STEPS[step])
    if able or any(request.step == step for request in named):
        return able
    if not named:
        return Refused("unknown_part", fields=("part",), job=job.id)
    return Refused("part_elsewhere", {"part": named[0].text}, job=job.id)


@job_rule.register
def _supply(command: c.SupplyLine, job: Job, case: Case) -> Outcome:
    line = job.line(command.line)
    refused = permit(SUPPLIERS[command.parts], case.actor, command.reason)
    refused = refused or _line_fault(job, command.line, case)
    if refused is not None or line is None:
        return refused or ()
    if command.parts == Parts.ordered and command.expected is None:
        return Refused("time_needed", fields=("expected",))
    if line.requests:
        return _supply_all(command, line, job, case)
    if (line.parts, line.parts_expected) == (command.parts, command.expected):
        return ()
    # After the checks nobody would wait for what is missing, and the car would leave without it.
    if command.parts in MISSING and (over := work_is_over(job, case)) is not None:
        return over
    supplied = e.LineSupplied(job.id, line.id, command.parts, command.expected)
    return with_hold((supplied,), _STEP_OF[command.parts], job, case)


_STEP_OF = {
    Parts.none: PartStep.cancelled,
    Parts.requested: PartStep.requested,
    Parts.picked: PartStep.picked,
    Parts.ordered: PartStep.ordered,
    Parts.issued: PartStep.issued,
}


def _supply_all(command: c.SupplyLine, line: Line, job: Job, case: Case) -> Outcome:
    """What is said of the parts of a line is said of each that it still waits for."""
    step = _STEP_OF[command.parts]
    able = [request.id for request in line.requests if request.step in STEPS.get(step, ())]
    told = _told_of_line(step, command, line, job, case)
    if isinstance(told, Refused) or told is None or not able:
        return told if isinstance(told, Refused) else ()
    return with_hold(tuple(told(part) for part in able), step, job, case)


def _told_of_line(
    step: PartStep, command: c.SupplyLine, line: Line, job: Job, case: Case
) -> Told | Refused | None:
    expected = command.expected
    if step == PartStep.cancelled:
        return lambda part: e.PartCancelled(job.id, line.id, part)
    if step == PartStep.picked:
        return lambda part: e.PartPicked(job.id, line.id, part)
    if step == PartStep.ordered and expected is not None:
        return lambda part: e.PartOrdered(job.id, line.id, part, expected)
    if step == PartStep.issued:
        receiver = _who_takes(line, job, case)
        return _receiver_fault(receiver, case) or _handed(job, line.id, receiver, case)
    return None
