"""Handing over: the list, the gate pass, and what a shop wants before a car is delivered."""

import re
import unicodedata

from board.core import commands as c
from board.core import events as e
from board.core.days import business_day
from board.core.handover import NextService, Point
from board.core.job import OUTSIDE, Job
from board.core.reckoning import is_outdated, is_settled
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, job_rule, shop_rule
from board.core.rules.limits import length_fault, text_fault
from board.core.rules.settling import not_at_handover
from board.core.shop import Settings, Shop
from board.core.workflow import State, Way

CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What a gate pass is written in: nothing that is taken for another sign."""
CODE_LENGTH = 6
_CODE = re.compile(f"[{CODE_SIGNS}]{{{CODE_LENGTH}}}")
_MOST_SIGNS_OF_NOTE = 200
_MOST_SIGNS = 80
_MOST_POINTS = 20
_MOST_YEARS = 10
_MOST_KM = 9_999_999


def delivery_fault(job: Job, way: Way, case: Case) -> Refused | None:
    """What the shop still wants before the job goes that way; None where it wants nothing."""
    wanted = case.shop.settings.wanted
    if way.to == State.ready and job.state == State.awaiting_settlement:
        return _statement_fault(job) if wanted.settlement else None
    if way.to != State.delivered:
        return None
    if wanted.settlement and (refused := payment_fault(job)) is not None:
        return refused
    if (refused := _list_fault(job, case)) is not None:
        return refused
    if wanted.gate_pass and job.gate_pass is None:
        return Refused("no_gate_pass", job=job.id)
    return None


def _list_fault(job: Job, case: Case) -> Refused | None:
    """None when every point of the list is ticked, or the shop does not want the list."""
    missing = unticked(job, case.shop) if case.shop.settings.wanted.checklist else []
    return Refused("handover_open", {"count": len(missing)}, job=job.id) if missing else None


def _statement_fault(job: Job) -> Refused | None:
    if job.statement is None:
        return Refused("not_settled", job=job.id)
    return Refused("statement_outdated", job=job.id) if is_outdated(job) else None


def payment_fault(job: Job) -> Refused | None:
    """None when the statement holds and is paid in full or on account."""
    refused = _statement_fault(job)
    if refused is not None or is_settled(job):
        return refused
    return Refused("not_paid", job=job.id)


def handover_fault(settings: Settings) -> Refused | None:
    """What is wrong with the list that a shop sets up."""
    points, field = settings.wanted.points, "settings.handover"
    if len(points) > _MOST_POINTS:
        return Refused("too_many", {"limit": _MOST_POINTS}, (field,))
    if len(set(points)) < len(points) or not all(point.strip() for point in points):
        return Refused("point_wrong", fields=(field,))
    faults = (text_fault(point, _MOST_SIGNS, field) for point in points)
    return next((fault for fault in faults if fault is not None), None)


def points_of(job: Job, shop: Shop) -> tuple[str, ...]:
    """The points of the list that this job needs: nobody shows old parts that are not wanted."""
    points = shop.settings.wanted.points
    if job.reception is None or job.reception.sheet.old_parts is not False:
        return points
    return tuple(point for point in points if point != Point.old_parts)


def unticked(job: Job, shop: Shop) -> list[str]:
    """The points of the list that nobody has ticked."""
    done = {tick.point for tick in job.ticked}
    return [point for point in points_of(job, shop) if point not in done]


@job_rule.register
def _tick(command: c.TickHandover, job: Job, case: Case) -> Outcome:
    refused = not_at_handover(job, case) or length_fault(command.note, _MOST_SIGNS_OF_NOTE, "note")
    if refused is not None:
        return refused
    if command.point not in points_of(job, case.shop):
        return Refused("unknown_handover_point", fields=("point",))
    said = command.next_service if command.point == Point.next_service else None
    if command.done and command.point == Point.next_service:
        refused = _next_service_fault(said, job, case)
    return refused or _ticked(command, said, job)


def _ticked(command: c.TickHandover, said: NextService | None, job: Job) -> Outcome:
    """The tick with what was said, or without; nothing when it stands so already."""
    known = next((tick for tick in job.ticked if tick.point == command.point), None)
    note = command.note.strip()
    if not command.done:
        return (e.HandoverTicked(job.id, command.point, done=False),) if known else ()
    if known is not None and (known.note, known.next_service) == (note, said):
        return ()
    return (e.HandoverTicked(job.id, command.point, note=note, next_service=said),)


def _next_service_fault(said: NextService | None, job: Job, case: Case) -> Refused | None:
    """None when day and mileage of the next service lie ahead of the car, within reason."""
    if said is None:
        return Refused("next_service_needed", fields=("next_service",))
    today = business_day(case.now, case.shop.settings)
    if said.on <= today:
        return Refused("next_service_past", fields=("next_service.on",))
    if said.on.year > today.year + _MOST_YEARS:
        return Refused("time_far", fields=("next_service.on",))
    if not 0 < said.km <= _MOST_KM:
        return Refused("number_wrong", fields=("next_service.km",))
    if said.km <= (job.car.mileage or 0):
        return Refused("km_not_ahead", {"km": job.car.mileage}, ("next_service.km",))
    return None


def _leaving_fault(job: Job, case: Case) -> Refused | None:
    """None when the car may go: ready, and with list and payment done where they are wanted."""
    refused = not_at_handover(job, case)
    if refused is None and case.shop.workflow.way(job.state, State.delivered) is None:
        refused = Refused("not_ready", job=job.id)
    if refused is None and (case.shop.settings.wanted.settlement or job.statement is not None):
        refused = payment_fault(job)
    return refused or _list_fault(job, case)


@job_rule.register
def _issue(command: c.IssueGatePass, job: Job, case: Case) -> Outcome:
    refused = _leaving_fault(job, case)
    if refused is None and job.left_by_pass:
        refused = _again_fault(job, command.reason, case)
    if refused is None and not _CODE.fullmatch(command.code):
        refused = Refused("gate_code_wrong", fields=("code",))
    if refused is None and _with_code(command.code, case.shop) is not None:
        refused = Refused("code_taken", fields=("code",))
    return refused or (e.GatePassIssued(job.id, command.code, command.reason.strip()),)


def _again_fault(job: Job, reason: str, case: Case) -> Refused | None:
    """A pass opens the gate once; for a car that came back a manager lets issue another."""
    if not case.actor.has(Role.manager):
        return Refused("code_used", job=job.id)
    return None if reason.strip() else Refused("reason_needed", fields=("reason",), job=job.id)


def _with_code(code: str, shop: Shop) -> Job | None:
    """The job that this code lets out, or let out within the last days."""
    passes = ((job, job.gate_pass) for job in shop.jobs.values())
    found = [job for job, gate_pass in passes if gate_pass is not None and gate_pass.code == code]
    return found[0] if found else None


def typed_code(text: str) -> str:
    """A code as the pass has it, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


@shop_rule.register
def _use(command: c.UseGatePass, case: Case) -> Outcome:
    job = _with_code(typed_code(command.code), case.shop)
    gate_pass = job.gate_pass if job else None
    if job is None or gate_pass is None or job.state == State.cancelled:
        return Refused("code_unknown", fields=("code",))
    if gate_pass.used_at is not None:
        return Refused("code_used", fields=("code",), job=job.id)
    # Money may have been given back, or the car held, since the pass was issued.
    since = None if job.is_closed else _leaving_fault(job, case)
    # It stands in no bay any more; that it is handed over is still for a person to say.
    gone = () if job.is_closed else (e.CarPlaced(job.id, OUTSIDE),)
    return since or (e.GatePassUsed(job.id), *gone)
