"""What may be done next with a job, for menus: the rules are asked, so menu and rule agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from board.core import commands as c
from board.core import events as e
from board.core.check_templates_shipped import defects_of
from board.core.holds import HoldReason
from board.core.job import Job
from board.core.lines import Line
from board.core.permissions import permit
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.rules import decide
from board.core.shop import Shop
from board.core.workflow import CheckLevel, Through, Way

_REASON = "asked by a menu"


@dataclass(frozen=True, slots=True)
class Offer:
    """One way out of a job's state; `refused` says why it is not open now, else None."""

    to: str
    through: Through
    refused: Refused | None


def offers(shop: Shop, job: Job, actor: Actor, now: datetime) -> tuple[Offer, ...]:
    """Every way out of the job's state in the workflow's order, and whether it is open."""
    return tuple(
        Offer(way.to, way.through, _refusal(shop, job, way, actor, now))
        for way in shop.workflow.ways_from(job.state)
        if way.through != Through.time and not _leads_elsewhere(shop, job, way)
    )


def _leads_elsewhere(shop: Shop, job: Job, way: Way) -> bool:
    is_look = shop.workflow.steps[job.state].check in {CheckLevel.team, CheckLevel.final}
    if is_look and way.through == Through.start and not job.open_lines:
        return True
    return way.through == Through.resume and (job.hold is None or job.hold.from_state != way.to)


def _refusal(shop: Shop, job: Job, way: Way, actor: Actor, now: datetime) -> Refused | None:
    if way.through == Through.hold:
        return (
            None if reasons_to_hold(shop, job, actor, now) else hold_refused(shop, job, actor, now)
        )
    command = _trial(shop, job, way, now)
    if command is None:
        return permit(_dispatchers(shop, way), actor, _REASON)
    outcome = decide(shop, command, actor, now)
    if isinstance(outcome, Refused):
        return outcome
    if way.through != Through.finish or any(isinstance(each, e.JobMoved) for each in outcome):
        return None
    done = any(isinstance(each, e.LineFinished) for each in outcome)
    return Refused("lines_open", {"count": len(job.open_lines) - done}, job=job.id)


def _trial(shop: Shop, job: Job, way: Way, now: datetime) -> c.Command | None:
    """The command a menu would send for this way, filled in so far that only rules refuse it."""
    match way.through:
        case Through.move:
            later = now + timedelta(hours=1)
            return c.MoveJob(job=job.id, to=way.to, booked_for=later, reason=_REASON)
        case Through.start:
            return c.StartLine(job=job.id, reason=_REASON)
        case Through.finish:
            return c.FinishLine(job=job.id, line=_open_line(job), reason=_REASON)
        case Through.passed:
            return c.PassCheck(job=job.id, reason=_REASON)
        case Through.failed:
            defect = next(iter(defects_of(shop.check_book)))
            return c.FailCheck(job=job.id, defect=defect, reason=_REASON)
        case Through.resume:
            return c.ResumeJob(job=job.id, reason=_REASON)
        case Through.cancel:
            return c.CancelJob(job=job.id, reason=_REASON)
    return None


def reasons_to_hold(shop: Shop, job: Job, actor: Actor, now: datetime) -> tuple[HoldReason, ...]:
    """The reasons for which the actor may stop the job now, or change its open hold to."""
    return tuple(one for one in HoldReason if hold_refused(shop, job, actor, now, one) is None)


def hold_refused(
    shop: Shop, job: Job, actor: Actor, now: datetime, reason: HoldReason = HoldReason.parts_issue
) -> Refused | None:
    """Why the actor may not hold the job for this reason now, given all that a hold needs."""
    later = now + timedelta(hours=1)
    trial = c.HoldJob(job=job.id, hold=reason, expected=later, note=_REASON, reason=_REASON)
    outcome = decide(shop, trial, actor, now)
    return outcome if isinstance(outcome, Refused) else None


def resume_refused(shop: Shop, job: Job, actor: Actor, now: datetime) -> Refused | None:
    """Why the actor may not end the job's open hold now."""
    outcome = decide(shop, c.ResumeJob(job=job.id, reason=_REASON), actor, now)
    return outcome if isinstance(outcome, Refused) else None


def may_agree(shop: Shop, job: Job, line: Line, now: datetime) -> bool:
    """Whether the customer's own yes to the line at its present price would be taken now."""
    customer = Actor("customer", job.id, "", frozenset({Role.customer}))
    trial = c.DecideLine(
        job=job.id, line=line.id, approved=True, price=line.price, parts_price=line.parts_price
    )
    return not isinstance(decide(shop, trial, customer, now), Refused)


def _open_line(job: Job) -> str:
    running = job.running_lines or job.open_lines
    return running[0].id if running else ""


def _dispatchers(shop: Shop, way: Way) -> frozenset[Role]:
    return way.by if shop.settings.advisors_dispatch else way.by - {Role.advisor}
