"""How extra work stands: priced, asked, answered; and what is kept of it for next time.

Looks at jobs and lines; changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from board.core.extra import Decision
from board.core.job import Job
from board.core.lines import Line, LineState
from board.core.money import Fen


def is_priced(line: Line) -> bool:
    """Whether labour and parts have a price; one of nothing counts when somebody has said so."""
    extra = line.extra
    if extra is None:
        return line.state != LineState.proposed
    return (extra.labour_priced or line.price > 0) and (extra.parts_priced or line.parts_price > 0)


def holds_for(decision: Decision, line: Line) -> bool:
    """Whether an answer was given for the line's present price, or for more."""
    if decision.price is None or decision.parts_price is None:
        return True
    return line.whole_price <= decision.price + decision.parts_price


def yes_price(line: Line) -> Fen | None:
    """Labour and parts up to which the customer's last word on the line is a yes, if it is one."""
    if line.state not in {LineState.approved, LineState.proposed}:
        return None
    decision = line.extra.decision if line.extra else None
    if decision is None:
        return line.agreed_price
    if not decision.approved or decision.price is None or decision.parts_price is None:
        return None
    return decision.price + decision.parts_price


def is_undecided(line: Line) -> bool:
    """Proposed, or approved at another price than it has now and not begun."""
    if line.state == LineState.proposed:
        return True
    decision = line.extra.decision if line.extra else None
    return (
        line.state == LineState.approved
        and decision is not None
        and not line.clocks
        and not holds_for(decision, line)
    )


def awaits_answer(line: Line) -> bool:
    """Whether the customer was asked about the line as it is now and has not answered."""
    asked = line.extra is not None and line.extra.asked_at is not None
    return asked and is_priced(line) and is_undecided(line)


def undecided(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that wait for a price or an answer."""
    return tuple(line for line in lines if is_undecided(line))


def declined_lines(job: Job) -> tuple[Line, ...]:
    """What the customer did not want this time, for the car's file.

    In a closed order also what was proposed and never answered.
    """
    kept = {LineState.declined, *([LineState.proposed] if job.is_closed else [])}
    return tuple(line for line in job.lines if line.state in kept)


def finish_estimate(job: Job, now: datetime) -> datetime:
    """When the order's work would end: now and the standard hours that are left, one by one.

    A simple estimate that is said to be one: nights, checks and other jobs are not in it.
    """
    left = (
        max(timedelta(), timedelta(hours=line.standard_hours) - line.worked(now))
        for line in job.open_lines
    )
    return now + sum(left, timedelta())
