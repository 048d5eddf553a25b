"""What may be done next with a job, for menus: the rules are asked, so menu and rule agree."""

from dataclasses import dataclass
from datetime import datetime

from board.core import commands as c
from board.core.job import Job
from board.core.permissions import may_ask, permit
from board.core.refusals import Refused
from board.core.roles import Actor
from board.core.rules import decide
from board.core.shop import Shop
from board.core.workflow import State, Through, Way

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
        if way.through != Through.time and not _leads_elsewhere(job, way)
    )


def _leads_elsewhere(job: Job, way: Way) -> bool:
    return way.through == Through.resume and (job.hold is None or job.hold.from_state != way.to)


def _refusal(shop: Shop, job: Job, way: Way, actor: Actor, now: datetime) -> Refused | None:
    command = _trial(job, way)
    if command is None:
        return permit(way.by, actor, _REASON) or _switched_off(shop, way, actor)
    outcome = may_ask(command, actor) or decide(shop, command, actor, now)
    return outcome if isinstance(outcome, Refused) else None


def _trial(job: Job, way: Way) -> c.Command | None:
    """The command a menu would send for this way, where it needs no further input."""
    if way.through == Through.move:
        return c.MoveJob(job=job.id, to=way.to, reason=_REASON)
    if way.through == Through.start:
        return c.StartLine(job=job.id, reason=_REASON)
    if way.through == Through.passed:
        return c.PassCheck(job=job.id, reason=_REASON)
    if way.through == Through.resume:
        return c.ResumeJob(job=job.id, reason=_REASON)
    if way.through == Through.finish:
        return c.FinishLine(job=job.id, line=_open_line(job), reason=_REASON)
    return None


def _open_line(job: Job) -> str:
    running = job.running_lines or job.open_lines
    return running[0].id if running else ""


def _switched_off(shop: Shop, way: Way, actor: Actor) -> Refused | None:
    if way.to != State.dispatched or shop.settings.advisors_dispatch:
        return None
    return permit(way.by - {role for role in way.by if role == "advisor"}, actor, _REASON)
