"""decide(shop, command, actor, now): the one place where a command is allowed or refused.

Pure and total: every command gets events or a refusal, never an exception.
"""

from datetime import datetime

from board.core import commands as c
from board.core.job import Job
from board.core.permissions import may_ask
from board.core.refusals import Refused
from board.core.roles import Actor
from board.core.rules import (
    absence,
    appointing,
    badges,
    calling,
    car_file,
    catalogue,
    checking,
    choosing,
    coming_back,
    day_closing,
    delivering,
    dispatching,
    erasing,
    extra,
    holding,
    indirect,
    labour,
    lines,
    moving,
    noting,
    parts,
    points,
    promising,
    queueing,
    receiving,
    road_testing,
    seen_coming,
    sensing,
    setting_up,
    setting_up_checks,
    settling,
    sheet,
    timekeeping,
    undoing,
)
from board.core.rules.case import Case, Outcome, job_rule, shop_rule
from board.core.rules.limits import beyond_limits
from board.core.rules.needs import need_unmet
from board.core.shop import Shop

BOOK = (
    setting_up,
    setting_up_checks,
    receiving,
    appointing,
    seen_coming,
    queueing,
    moving,
    dispatching,
    promising,
    holding,
    catalogue,
    lines,
    extra,
    parts,
    indirect,
    labour,
    badges,
    noting,
    checking,
    points,
    road_testing,
    coming_back,
    sensing,
    timekeeping,
    undoing,
    erasing,
    sheet,
    settling,
    delivering,
    day_closing,
    absence,
    choosing,
    car_file,
    calling,
)


def decide(shop: Shop, command: c.Command, actor: Actor, now: datetime) -> Outcome:
    """The events that `command` by `actor` brings about in `shop`, or why it is refused.

    An empty tuple means: granted, and nothing changes.
    """
    refused = may_ask(command, actor) or beyond_limits(command, now)
    if refused is not None:
        return refused
    case = Case(shop, actor, now)
    outcome = _ruled(command, case)
    if isinstance(outcome, Refused):
        return outcome
    if (unmet := need_unmet(outcome, case)) is not None:
        return unmet
    ended = calling.calls_over(outcome, case)
    return (*outcome, *ended, *sensing.questions_fallen_away(outcome, case))


def _ruled(command: c.Command, case: Case) -> Outcome:
    job_id = getattr(command, "job", None)
    if job_id is None or isinstance(command, _OF_THE_SHOP):
        return shop_rule(command, case)
    job = case.shop.jobs.get(job_id)
    if job is None:
        return Refused("unknown_job", job=job_id)
    return _stale_or_closed(command, job) or job_rule(command, job, case)


_OF_CLOSED_JOBS = (c.UndoMove, c.ForgetJob, c.CorrectClock, c.RenewLink)
_OF_THE_SHOP = (c.OpenJob, c.AnswerQuestion, c.CallHelp)


def _stale_or_closed(command: c.Command, job: Job) -> Refused | None:
    if job.is_closed and not isinstance(command, _OF_CLOSED_JOBS):
        return Refused("job_closed", job=job.id)
    version = getattr(command, "version", None)
    if version is not None and version != job.version:
        return Refused("stale", job=job.id)
    return None
