"""A shop that wants statement, list and gate pass, and a car on its way through them."""

from dataclasses import replace
from datetime import datetime, timedelta

from board.core import commands as c
from board.core.handover import EVERYTHING_WANTED, POINTS, HandoverPlan, Means, NextService
from board.core.job import Job
from board.core.roles import Role
from tests.builders import ANNA, EVERY_ROLE, MONA, Trial, brought_to, set_up

CASS = EVERY_ROLE[Role.cashier]
CODE = "ABC234"


def shop_that_wants(plan: HandoverPlan = EVERYTHING_WANTED) -> Trial:
    """The test shop with its handover set up."""
    trial = Trial()
    settings = replace(set_up().settings, handover=plan)
    return trial.do(c.SetUpShop(settings=settings), MONA)


def priced(trial: Trial, labour: int, parts: int) -> Trial:
    """The first line of j1 has its prices."""
    job = trial.job()
    line = replace(job.lines[0], price=labour, parts_price=parts)
    trial.shop = trial.shop.with_job(job.with_line(line))
    return trial


def to_settle(plan: HandoverPlan = EVERYTHING_WANTED, labour: int = 0, parts: int = 0) -> Trial:
    """j1 waits for its statement."""
    return priced(brought_to("awaiting_settlement", shop_that_wants(plan)), labour, parts)


def made_ready(plan: HandoverPlan = EVERYTHING_WANTED, labour: int = 0, parts: int = 0) -> Trial:
    """j1 is ready, its statement made and nothing paid."""
    trial = to_settle(plan, labour, parts).do(c.SettleJob(job="j1"), CASS)
    return trial.do(c.MoveJob(job="j1", to="ready"), ANNA)


def paid(trial: Trial, amount: int, means: Means = Means.cash) -> Trial:
    """A payment is taken for j1."""
    return trial.do(c.PayJob(job="j1", means=means, amount=amount), CASS)


def ticked(trial: Trial, *points: str) -> Trial:
    """The points (all that ship if none is named) are done for j1."""
    for point in points or POINTS:
        trial.do(tick_of(trial.job(), point, trial.now), ANNA)
    return trial


def tick_of(job: Job, point: str, now: datetime) -> c.TickHandover:
    """A point is done; the next service is half a year or 10,000 km away."""
    said = NextService((now + timedelta(days=182)).date(), (job.car.mileage or 0) + 10_000)
    due = said if point == "next_service" else None
    return c.TickHandover(job=job.id, point=point, next_service=due)


def with_pass(trial: Trial, code: str = CODE) -> Trial:
    """j1 has its gate pass."""
    return trial.do(c.IssueGatePass(job="j1", code=code), CASS)
