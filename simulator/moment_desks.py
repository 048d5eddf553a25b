"""What the desks have before them at the moment for pictures: parts to fetch, a customer to ask."""

from datetime import datetime
from functools import partial

from simulator.drawings import drawn
from simulator.http import Json, is_object, objects
from simulator.photos import sent, subject_of_work
from simulator.walk import Play, lines_of
from simulator.words import EXTRA_WORK

_OVERTAKEN = (
    *("line_not_open", "line_not_approved", "no_way", "job_held", "not_your_job", "job_closed"),
    *("unknown_part", "part_elsewhere", "nothing_to_ask"),
)
_WANTED = ("衬套", "卡簧", "密封垫")
_FEN = (42_000, 86_000)
"""Labour and parts of the extra work."""


async def order_late(play: Play, board: Json, expected: datetime) -> None:
    """A part that will not be here when it was expected."""
    for job, line in _at_work(board)[-1:]:
        await _requested(play, job, line, "油封")
        await _do(play, play.crew.parts, "order_part", job, line=line, expected=expected)


async def order_for_hold(play: Play, job: Json, expected: datetime) -> None:
    """What a car is about to wait for is asked for and ordered."""
    for line in [str(one["id"]) for one in lines_of(job, "running", "paused", "approved")][:1]:
        await _requested(play, job, line, "油封")
        await _do(play, play.crew.parts, "order_part", job, line=line, expected=expected)


async def fill_desks(play: Play, board: Json) -> None:
    """Parts that are asked for or lie ready, and extra work before a customer."""
    at_work = _at_work(board)
    for number, ((job, line), text) in enumerate(zip(at_work, _WANTED, strict=False)):
        await _requested(play, job, line, text)
        if number:
            await _do(play, play.crew.parts, "pick_part", job, line=line)
    if not any(_is_asked(job) for job in objects(board.get("jobs"))):
        for job, _line in at_work[:1]:
            await _ask(play, job)


def _at_work(board: Json) -> list[tuple[Json, str]]:
    """Jobs with a running clock and the line it runs on."""
    jobs = [job for job in objects(board.get("jobs")) if job["state"] == "working"]
    return [(job, str(line["id"])) for job in jobs for line in lines_of(job, "running")[:1]]


def _is_asked(job: Json) -> bool:
    asked = (line.get("extra") for line in lines_of(job, "proposed"))
    return any(is_object(extra) and extra.get("asked_at") for extra in asked)


async def _requested(play: Play, job: Json, line: str, text: str) -> None:
    await _do(play, play.crew.parts, "request_part", job, line=line, text=text)


async def _ask(play: Play, job: Json) -> None:
    """Found, photographed, priced, and put on the phone page."""
    found = EXTRA_WORK["机电"][0]
    who, parts, advisor = str(_lead(job)), play.crew.parts, play.crew.advisors[0]
    draw = partial(drawn, subject_of_work(found.text))
    photos = await sent(play, who, str(job["id"]), draw)
    said = {"text": found.text, "note": found.note, "standard_hours": found.hours}
    if not await _do(play, who, "propose_line", job, **said, photos=photos):
        return
    now = (await play.doors.people[advisor].read(f"/api/v1/jobs/{job['id']}")).get("job")
    for line in lines_of(now if is_object(now) else {}, "proposed"):
        await _do(play, parts, "price_line", job, line=line["id"], parts_price=_FEN[1])
        await _do(play, advisor, "price_line", job, line=line["id"], price=_FEN[0])
    await _do(play, advisor, "ask_customer", job)


def _lead(job: Json) -> object:
    names = job.get("technicians")
    return names[0] if isinstance(names, list) and names else ""


async def _do(play: Play, who: str, name: str, job: Json, /, **body: object) -> bool:
    answer = await play.doors.people[who].do(name, *_OVERTAKEN, job=job["id"], **body)
    return answer.is_good
