"""The two tables of rules and what every rule is given.

A rule answers with events or a refusal; it never raises and never changes anything.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from board.core.events import Event, JobMoved
from board.core.job import Job
from board.core.refusals import Refused
from board.core.roles import Actor
from board.core.shop import Shop

Outcome = tuple[Event, ...] | Refused


@dataclass(frozen=True, slots=True)
class Case:
    """What is given when a command is decided: the shop, who asks, and now."""

    shop: Shop
    actor: Actor
    now: datetime


@singledispatch
def shop_rule(command: object, case: Case) -> Outcome:
    """Decide a command about the shop itself (or one that opens a job)."""
    raise TypeError(f"no rule for {type(command).__name__}")


@singledispatch
def job_rule(command: object, job: Job, case: Case) -> Outcome:
    """Decide a command about an open job."""
    raise TypeError(f"no rule for {type(command).__name__}")


def moved(job: Job, to: str, reason: str = "") -> JobMoved:
    """The event of a job going from where it is to `to`."""
    return JobMoved(job.id, job.state, to, reason)


def no_way(job: Job, to: str) -> Refused:
    """The refusal for a transition that the workflow does not have."""
    return Refused("no_way", {"source": job.state, "to": to}, job=job.id)
