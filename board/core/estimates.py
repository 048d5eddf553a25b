"""What an order costs and takes: labour and parts, apart by the customer's answer.

Sums only: what a line costs is said where the line is added, changed or priced.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.core.job import Job
from board.core.lines import Line, LineState

_NOTICE, _WARNING = 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Estimate:
    """Of some lines: how many, their standard hours, labour and parts in fen."""

    lines: int = 0
    hours: float = 0.0
    labour: int = 0
    parts: int = 0

    @property
    def total(self) -> int:
        """Labour and parts together, in fen."""
        return self.labour + self.parts


@dataclass(frozen=True, slots=True)
class Totals:
    """An order's estimates by the customer's answer; `approved`: what is or will be done."""

    approved: Estimate
    proposed: Estimate
    declined: Estimate


class Spent(StrEnum):
    """How much of a line's standard hours has been clocked."""

    calm = "calm"
    notice = "notice"
    warning = "warning"


def estimate(lines: Iterable[Line]) -> Estimate:
    """The sum of `lines`."""
    found = tuple(lines)
    return Estimate(
        len(found),
        round(sum(line.standard_hours for line in found), 2),
        sum(line.price for line in found),
        sum(line.parts_price for line in found),
    )


def totals(job: Job) -> Totals:
    """The order's estimates, apart for what is agreed, proposed and declined."""
    return Totals(
        approved=estimate(line for line in job.lines if line.is_agreed),
        proposed=estimate(line for line in job.lines if line.state == LineState.proposed),
        declined=estimate(line for line in job.lines if line.state == LineState.declined),
    )


def share_clocked(line: Line, now: datetime) -> float | None:
    """Hours clocked over standard hours; None for a line without a standard time."""
    if line.standard_hours <= 0:
        return None
    return line.worked(now).total_seconds() / 3600 / line.standard_hours


def spent(share: float | None) -> Spent:
    """Under half is calm, to nine tenths a notice, above a warning; nothing to compare is calm."""
    if share is None or share < _NOTICE:
        return Spent.calm
    return Spent.warning if share > _WARNING else Spent.notice
