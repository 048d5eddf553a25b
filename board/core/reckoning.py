"""What a job costs and what is still to be paid, in fen."""

from board.core.estimates import totals
from board.core.job import Job


def labour_and_parts(job: Job) -> tuple[int, int]:
    """Labour and parts of the lines that the customer agreed to."""
    agreed = totals(job).approved
    return agreed.labour, agreed.parts


def paid(job: Job) -> int:
    """What was taken so far, less what was given back."""
    return sum(payment.amount for payment in job.payments)


def unpaid(job: Job) -> int:
    """What is still to be paid by the statement; 0 without one, below 0 when too much was paid."""
    return job.statement.total - paid(job) if job.statement else 0


def is_outdated(job: Job) -> bool:
    """Whether the order's lines changed after the statement was made."""
    made = job.statement
    return made is not None and (made.labour, made.parts) != labour_and_parts(job)


def is_settled(job: Job) -> bool:
    """Whether a statement holds and all of it is paid, or on account."""
    return job.statement is not None and not is_outdated(job) and unpaid(job) == 0
