"""The customer's answer to extra work, as the advisor records it: what, how, who said it."""

from dataclasses import dataclass

from board.core import commands as c
from board.core.extra import AnswerMeans
from board.core.extra_work import is_priced, is_undecided
from board.core.lines import Line
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may, needs_why

MEANS = tuple(one.value for one in AnswerMeans if one != AnswerMeans.phone_page)
"""How an answer comes to somebody who records it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The line that is answered; prices in fen, and whether they are known."""

    id: str
    text: str
    price: int
    parts_price: int
    is_priced: bool


def answer_sheet(ask: Ask) -> Sheet:
    """Yes or no to one line; without a price only no can be said."""
    job = ask.job
    line = job.line(ask.given.get("line", "")) if job else None
    if job is None or line is None or not is_undecided(line) or not may(ask.actor, c.DecideLine):
        return GONE
    context = {
        "head": head_of(ask.shop, job),
        "line": asked(line),
        "means": MEANS,
        "who": job.customer.name,
        "why": needs_why(ask.actor, c.DecideLine),
    }
    return Sheet("extra/answer.html", context)


def asked(line: Line) -> Asked:
    """What a dialog says of the line."""
    text = "" if line.implicit else line.text
    return Asked(line.id, text, line.price, line.parts_price, is_priced(line))
