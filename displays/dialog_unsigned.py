"""Before an order goes to dispatch as signed: what it lacks, and whether it goes all the same."""

from board.core.job import Job
from board.core.sheet import ordered_lines
from board.core.workflow import State
from displays.dialog_asks import GONE, Ask, Sheet, head_of


def lacks(job: Job) -> tuple[str, ...]:
    """What to ask about first: an order without lines, or one that nobody looked at or signed.

    lines, sheet, signature; () for an order that has been in work, or has enough to go on.
    """
    if job.state != State.receiving or job.signed_at is not None:
        return ()
    there = {
        "lines": bool(ordered_lines(job)),
        "sheet": job.reception is not None,
        "signature": job.signature is not None,
    }
    is_enough = there["lines"] and (there["sheet"] or there["signature"])
    return () if is_enough else tuple(name for name, known in there.items() if not known)


def unsigned_sheet(ask: Ask) -> Sheet:
    """Names what is missing, leads to the reception sheet, and lets the order go nevertheless."""
    job = ask.job
    way = ask.shop.workflow.way(job.state, ask.given.get("to", "")) if job else None
    if job is None or way is None:
        return GONE
    context = {
        "head": head_of(ask.shop, job),
        "to": way.to,
        "lacks": lacks(job),
        "promised": job.promise is not None,
        "why": not ask.actor.has(*way.by),
    }
    return Sheet("board/unsigned.html", context)
