"""Holds: opening, changing and ending the one hold a job may have."""

from datetime import datetime

from board.core import commands as c
from board.core import events as e
from board.core.escalation import escalates_at
from board.core.events import Event
from board.core.holds import NEEDS_EXPECTED, NEEDS_NOTE, PARTS_REASONS, Hold, HoldReason, HoldRules
from board.core.job import Job
from board.core.permissions import is_own
from board.core.refusals import Refused
from board.core.roles import PEOPLE_ROLES, Role
from board.core.rules.case import Case, Outcome, job_rule, no_way
from board.core.workflow import State, Through

MOST_SECONDS = 30 * 24 * 3600
_ANY_JOB = (Role.team_leader, Role.inspector, Role.advisor, Role.controller, Role.manager)


@job_rule.register
def _hold(command: c.HoldJob, job: Job, case: Case) -> Outcome:
    way = case.shop.workflow.through(job.state, Through.hold)
    if way is None and job.hold is None:
        return no_way(job, State.held)
    refused = (
        hold_fault(command.hold, command.note, command.expected, case.now)
        or _not_theirs(job, command.hold, case)
        or (end_fault(job, case) if job.hold else None)
    )
    return refused or (
        *clocks_stopped(job, command.hold),
        *((e.HoldEnded(job.id),) if job.hold else ()),
        opened(job, command.hold, command.note, command.expected, case),
    )


def clocks_stopped(job: Job, reason: HoldReason | str = "") -> tuple[Event, ...]:
    """The events that end every clock on the job, because of a hold or as the car leaves."""
    return tuple(
        e.LinePaused(job.id, line.id, clock.technician, reason)
        for line in job.lines
        for clock in line.running_clocks
    )


def opened(
    job: Job, reason: HoldReason, note: str, expected: datetime | None, case: Case
) -> e.JobHeld:
    """The event of a hold that opens now; it returns to where the job was before any hold."""
    source = job.hold.from_state if job.hold else job.state
    owner = case.shop.settings.hold_rules.owner_of(reason)
    hold = Hold(reason, owner, case.actor.label, case.now, source, note.strip(), expected)
    return e.JobHeld(job.id, hold)


def hold_fault(
    reason: HoldReason, note: str, expected: datetime | None, now: datetime
) -> Refused | None:
    """What a hold with this reason still needs."""
    if reason in NEEDS_EXPECTED and expected is None:
        return Refused("time_needed", fields=("expected",))
    if expected is not None and expected <= now:
        return Refused("time_past", fields=("expected",))
    if reason in NEEDS_NOTE and not note.strip():
        return Refused("note_needed", fields=("note",))
    return Refused("too_long", {"limit": 500}, ("note",)) if len(note) > 500 else None


def _not_theirs(job: Job, reason: HoldReason, case: Case) -> Refused | None:
    """None when the actor may stop this job for this reason: technicians their own jobs, parts
    clerks and whoever else the shop names as an owner for their own reasons.
    """
    actor, owner = case.actor, case.shop.settings.hold_rules.owner_of(reason)
    if actor.has(*_ANY_JOB) or owner in actor.roles:
        return None
    if actor.has(Role.parts) and reason in PARTS_REASONS:
        return None
    if not actor.has(Role.technician):
        return Refused("not_allowed")
    return None if is_own(job, actor) else Refused("not_your_job", job=job.id)


def end_fault(job: Job, case: Case) -> Refused | None:
    """None when the actor may end the open hold: its owner, and whoever may stop for its reason."""
    hold = job.hold
    if hold is None:
        return Refused("job_not_held", job=job.id)
    return None if hold.owner in case.actor.roles else _not_theirs(job, hold.reason, case)


@job_rule.register
def _resume(command: c.ResumeJob, job: Job, case: Case) -> Outcome:
    return resumed(job, case, command.note)


def resumed(job: Job, case: Case, note: str = "") -> Outcome:
    """The end of the open hold, if the actor may end it."""
    return end_fault(job, case) or (e.HoldEnded(job.id, note),)


def hold_rules_fault(rules: HoldRules) -> Refused | None:
    """What is wrong with a shop's own rules of holds."""
    wrong = [role for role in rules.owners.values() if role not in PEOPLE_ROLES]
    if wrong:
        return Refused("role_wrong", {"role": wrong[0].value}, ("settings.holds",))
    seconds = (*rules.escalate_seconds.values(), rules.others_escalate_seconds)
    possible = all(0 <= each <= MOST_SECONDS for each in seconds)
    return None if possible else Refused("number_wrong", fields=("settings.holds",))


@job_rule.register
def _escalate(command: c.EscalateHold, job: Job, case: Case) -> Outcome:
    hold = job.hold
    if hold is None or hold.escalated_at is not None:
        return ()
    at = escalates_at(hold, case.shop.settings)
    if at is None:
        return ()
    return Refused("not_due", job=job.id) if case.now < at else (e.HoldEscalated(job.id),)
