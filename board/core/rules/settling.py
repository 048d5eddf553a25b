"""The statement and its payment: made when the work is over, paid before the car leaves."""

from board.core import commands as c
from board.core import events as e
from board.core.job import Job
from board.core.money import MOST_FEN
from board.core.reckoning import labour_and_parts, paid, unpaid
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.limits import text_fault
from board.core.workflow import Lane

_MOST_SIGNS = 80


@job_rule.register
def _settle(command: c.SettleJob, job: Job, case: Case) -> Outcome:
    labour, parts = labour_and_parts(job)
    total = labour + parts - command.discount + command.charges
    made = e.JobSettled(
        job=job.id,
        labour=labour,
        parts=parts,
        total=total,
        discount=command.discount,
        discount_reason=command.discount_reason.strip(),
        charges=command.charges,
        charges_reason=command.charges_reason.strip(),
        reason=command.reason.strip(),
    )
    refused = not_at_handover(job, case) or _amounts_fault(command, labour + parts)
    if refused is not None:
        return refused
    if _says_the_same(made, job):
        return ()
    if job.statement is not None and not made.reason:
        return Refused("reason_needed", fields=("reason",))
    return (made,)


def not_at_handover(job: Job, case: Case) -> Refused | None:
    """None when the work is over and the car is about to be handed over."""
    if job.hold is not None:
        return Refused("job_held", job=job.id)
    if case.shop.workflow.lane_of(job.state) != Lane.handover:
        return Refused("not_at_handover", job=job.id)
    return None


def _amounts_fault(command: c.SettleJob, sum_of_lines: int) -> Refused | None:
    if not 0 <= command.charges <= MOST_FEN:
        return Refused("number_wrong", fields=("charges",))
    if command.discount < 0:
        return Refused("number_wrong", fields=("discount",))
    if command.discount > sum_of_lines + command.charges:
        return Refused("discount_over", fields=("discount",))
    for amount, field in (("discount", "discount_reason"), ("charges", "charges_reason")):
        text: str = getattr(command, field)
        if getattr(command, amount) and not text.strip():
            return Refused("reason_needed", fields=(field,))
        refused = text_fault(text, _MOST_SIGNS, field)
        if refused is not None:
            return refused
    return None


def _says_the_same(made: e.JobSettled, job: Job) -> bool:
    held = job.statement
    if held is None:
        return False
    amounts = (held.labour, held.parts, held.discount, held.charges)
    texts = (held.discount_reason, held.charges_reason)
    return (amounts, texts) == (
        (made.labour, made.parts, made.discount, made.charges),
        (made.discount_reason, made.charges_reason),
    )


@job_rule.register
def _pay(command: c.PayJob, job: Job, case: Case) -> Outcome:
    refused = not_at_handover(job, case)
    if refused is None and job.statement is None:
        refused = Refused("not_settled", job=job.id)
    if refused is None and command.amount <= 0:
        refused = Refused("number_wrong", fields=("amount",))
    if refused is None and command.amount > (paid(job) if command.back else unpaid(job)):
        refused = Refused("paid_too_much", fields=("amount",))
    if refused is None and command.back and not command.reason.strip():
        refused = Refused("reason_needed", fields=("reason",))
    amount = -command.amount if command.back else command.amount
    return refused or (e.JobPaid(job.id, command.means, amount, command.reason.strip()),)
