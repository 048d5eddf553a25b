"""What events mean for the reception sheet of a job and its signature."""

from dataclasses import replace

from board.core.events import Fact, OrderSigned, SheetSaved
from board.core.history_of_lines import agreed_again
from board.core.job import Job
from board.core.sheet import Reception, Signature


def sheet_saved(event: SheetSaved, job: Job, fact: Fact) -> Job:
    """The job with the sheet as it is now."""
    return replace(job, reception=Reception(event.sheet, fact.by, fact.at, event.edition))


def order_signed(event: OrderSigned, job: Job, fact: Fact) -> Job:
    """The job with its customer's signature, and what that agreed to anew."""
    for line in job.lines:
        if line.id in event.approves:
            job = job.with_line(agreed_again(line))
    signature = Signature(
        by=fact.by,
        at=fact.at,
        signed=event.signed,
        signer=event.signer,
        strokes=event.strokes,
        paper=event.paper,
    )
    return replace(job, signature=signature)
