"""Stopping a job with a reason, and letting it go on."""

from collections.abc import Collection
from dataclasses import dataclass

from board.core import commands as c
from board.core.holds import HoldReason, HoldRules
from board.core.offers import hold_refused, reasons_to_hold, resume_refused
from board.core.roles import PEOPLE_ROLES
from displays.dialog_asks import GONE, Ask, Sheet, head_of, needs_why, turned_down
from displays.picks import picks
from displays.views.moments import moment, seconds

_OWNER_ORDER = ("parts", "advisor", "team_leader", "controller", "inspector", "calendar")
_NAMED_OWNERS = tuple(role.value for role in PEOPLE_ROLES if role.value not in _OWNER_ORDER)


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to choose."""

    code: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Owned:
    """The reasons whose end is up to one owner."""

    owner: str
    reasons: tuple[Reason, ...]


def hold_sheet(ask: Ask) -> Sheet:
    """Why a job stands still, until when, with a note: the reasons that are the asker's to give."""
    job = ask.job
    if job is None:
        return GONE
    allowed = reasons_to_hold(ask.shop, job, ask.actor, ask.now)
    if not allowed:
        refused = hold_refused(ask.shop, job, ask.actor, ask.now)
        return turned_down(refused) if refused else GONE
    present = job.hold.reason if job.hold else None
    rules = ask.shop.settings.hold_rules
    context = {
        "head": head_of(ask.shop, job),
        "groups": tuple(_groups(allowed, present, rules)),
        "picks": picks(ask.now, ask.shop.settings, count=4, first=1),
        "note": job.hold.note if job.hold else "",
        "again": job.hold is not None,
        "why": needs_why(ask.actor, c.HoldJob),
    }
    return Sheet("board/hold.html", context)


def _groups(
    allowed: Collection[HoldReason], present: HoldReason | None, rules: HoldRules
) -> list[Owned]:
    found = []
    for owner in (*_OWNER_ORDER, *_NAMED_OWNERS):
        reasons = [reason for reason in allowed if rules.owner_of(reason) == owner]
        if reasons:
            found.append(Owned(owner, tuple(Reason(one.value, one == present) for one in reasons)))
    return found


def resume_sheet(ask: Ask) -> Sheet:
    """End the hold: the job goes back to where it came from."""
    job = ask.job
    if job is None or job.hold is None:
        return GONE
    refused = resume_refused(ask.shop, job, ask.actor, ask.now)
    if refused is not None:
        return turned_down(refused)
    back = job.hold.from_state
    expected = job.hold.expected
    context = {
        "head": head_of(ask.shop, job),
        "back": back,
        "back_name": ask.shop.workflow.steps[back].name,
        "reason": job.hold.reason.value,
        "by": ask.shop.name_of(job.hold.by.partition(":")[2] or job.hold.by),
        "since": seconds(job.hold.at),
        "note": job.hold.note,
        "expected": moment(expected, ask.now, ask.shop.settings) if expected else None,
        "why": needs_why(ask.actor, c.ResumeJob),
    }
    return Sheet("board/resume.html", context)
