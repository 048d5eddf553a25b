"""Extra work before the customer: priced, asked, decided on the phone page or by a call."""

from datetime import datetime, timedelta

from simulator.http import Json
from simulator.phone_page import decide_on_the_page
from simulator.walk import Walk, lines_of
from simulator.words import PROMISE_REASONS

_DECIDED = ("line_decided", "work_over", "price_changed")
_SAYS_YES = 0.8


async def ask(walk: Walk, job: Json) -> None:
    """Parts and advisor price what was found; the customer decides each line."""
    proposed = lines_of(job, "proposed")
    for line in proposed:
        await _price(walk, line)
    if proposed:
        await walk.act(walk.advisor, "ask_customer", "nothing_to_ask")
    await walk.minutes(10, 25)
    answers = {str(line["id"]): walk.random.random() < _SAYS_YES for line in proposed}
    if answers and walk.visit.answers_on_phone:
        await decide_on_the_page(walk, answers)
    for line in lines_of(await walk.look() or {}, "proposed"):
        await _by_call(walk, str(line["id"]), answers)
    if (await walk.look() or {}).get("promise_ask"):
        await promise_again(walk)


async def close_questions(walk: Walk) -> None:
    """A finished car waits for nobody's answer: without one it is a no."""
    for line in lines_of(await walk.look() or {}, "proposed"):
        await _by_call(walk, str(line["id"]), {str(line["id"]): False})


async def _price(walk: Walk, line: Json) -> None:
    await walk.minutes(3, 8)
    fen = 100 * walk.random.randrange(80, 900, 10)
    await walk.act(walk.play.crew.parts, "price_line", line=line["id"], parts_price=fen)
    await walk.act(walk.advisor, "price_line", line=line["id"], price=fen // 2)


async def _by_call(walk: Walk, line: str, answers: dict[str, bool]) -> None:
    """Who does not look at the phone page is rung up."""
    if line not in answers:
        return
    said = {"approved": answers[line], "how": "phone_call", "said_by": "车主"}
    await walk.act(walk.advisor, "decide_line", *_DECIDED, line=line, **said)


async def promise_again(walk: Walk, at: datetime | None = None, reason: str = "") -> None:
    """The advisor tells the customer another time: an hour more where nothing else is known."""
    at = at or max(walk.visit.promise, walk.play.time.now()) + timedelta(hours=1)
    reason = reason or walk.random.choice(PROMISE_REASONS)
    await walk.act(walk.advisor, "promise_job", at=at, reason=reason)
