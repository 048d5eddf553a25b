"""The customer's answer: given by themselves on the phone page, or recorded by staff."""

from datetime import datetime

from board.core import commands as c
from board.core import events as e
from board.core.extra import AnswerMeans
from board.core.extra_work import awaits_answer, is_priced
from board.core.job import Job
from board.core.lines import Line
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.rules.case import Case
from board.core.rules.limits import text_fault

_MOST_SIGNS = 60


def is_the_customer(actor: Actor) -> bool:
    """Whether the customer asks, and nobody who works here."""
    return actor.roles == frozenset({Role.customer})


def answer_fault(command: c.DecideLine, line: Line, job: Job, case: Case) -> Refused | None:
    """What keeps this answer from being taken."""
    if _told_otherwise(command, line):
        return Refused("price_changed", fields=("price",), job=job.id)
    if is_the_customer(case.actor):
        whole = command.price is not None and command.parts_price is not None
        return None if whole and awaits_answer(line) else Refused("line_not_asked", job=job.id)
    if command.approved and not is_priced(line):
        return Refused("line_unpriced", job=job.id)
    return _record_fault(command, job, case.now)


def _told_otherwise(command: c.DecideLine, line: Line) -> bool:
    return command.price not in (None, line.price) or command.parts_price not in (
        None,
        line.parts_price,
    )


def _record_fault(command: c.DecideLine, job: Job, now: datetime) -> Refused | None:
    if command.how is None or command.how == AnswerMeans.phone_page:
        return Refused("how_needed", fields=("how",))
    if not _who(command, job):
        return Refused("who_needed", fields=("said_by",))
    if command.said_at is not None and not job.opened_at <= command.said_at <= now:
        return Refused("said_wrong", fields=("said_at",))
    return text_fault(command.said_by, _MOST_SIGNS, "said_by")


def _who(command: c.DecideLine, job: Job) -> str:
    return command.said_by.strip() or job.customer.name


def decided(command: c.DecideLine, line: Line, job: Job, case: Case) -> e.LineDecided:
    """The event of an answer that is taken, with the prices it was given at."""
    by_phone, told = is_the_customer(case.actor), is_priced(line)
    return e.LineDecided(
        job.id,
        line.id,
        command.approved,
        AnswerMeans.phone_page if by_phone else command.how,
        "" if by_phone else _who(command, job),
        case.now if by_phone else command.said_at or case.now,
        "" if by_phone else command.note.strip(),
        line.price if told else None,
        line.parts_price if told else None,
    )
