"""Holds: opening, changing and ending the one hold a job may have."""

from datetime import datetime

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.holds import NEEDS_EXPECTED, NEEDS_NOTE, OWNERS, PARTS_REASONS, Hold, HoldReason
from board.core.job import Job
from board.core.permissions import is_own, only_a_technician
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.rules.case import Case, Outcome, job_rule, no_way
from board.core.workflow import State, Through

_HOLDERS = (
    Role.technician,
    Role.team_leader,
    Role.inspector,
    Role.advisor,
    Role.controller,
    Role.parts,
)


@job_rule.register
def _hold(command: c.HoldJob, job: Job, case: Case) -> Outcome:
    way = case.shop.workflow.through(job.state, Through.hold)
    if way is None and job.hold is None:
        return no_way(job, State.held)
    refused = (
        hold_fault(command.hold, command.note, command.expected, case.now)
        or _not_theirs(job, case.actor)
        or _only_parts(case.actor, command.hold)
    )
    return refused or (
        *clocks_stopped(job, command.hold),
        *((e.HoldEnded(job.id),) if job.hold else ()),
        opened(job, command.hold, command.note, command.expected, case),
    )


def clocks_stopped(job: Job, reason: HoldReason) -> tuple[Event, ...]:
    """The events that end every clock on the job, because of a hold."""
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
    owner = OWNERS[reason]
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


def _not_theirs(job: Job, actor: Actor) -> Refused | None:
    if only_a_technician(actor, _HOLDERS) and not is_own(job, actor):
        return Refused("not_your_job", job=job.id)
    return None


def _only_parts(actor: Actor, reason: HoldReason) -> Refused | None:
    others = frozenset(_HOLDERS) - {Role.parts}
    if actor.has(Role.parts) and not actor.has(*others, Role.manager):
        return None if reason in PARTS_REASONS else Refused("not_allowed")
    return None


@job_rule.register
def _resume(command: c.ResumeJob, job: Job, case: Case) -> Outcome:
    if job.hold is None:
        return Refused("job_not_held", job=job.id)
    return resumed(job, case, command.note)


def resumed(job: Job, case: Case, note: str = "") -> Outcome:
    """The end of the open hold, if the actor may end it."""
    if job.hold is None:
        return Refused("job_not_held", job=job.id)
    refused = _not_theirs(job, case.actor) or _only_parts(case.actor, job.hold.reason)
    return refused or (e.HoldEnded(job.id, note),)
