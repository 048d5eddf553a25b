"""Parts of the day: asked for, picked, fetched, ordered when there are none, wrong now and then."""

from datetime import datetime, time, timedelta

from simulator.http import Json, objects
from simulator.walk import Walk
from simulator.words import has_parts

_OVERTAKEN = (
    "unknown_part",
    "part_elsewhere",
    "not_your_job",
    "line_not_approved",
    "unknown_line",
    "job_closed",
)
_LAST_VAN, _FIRST_VAN = time(15, 30), time(9, 0)
_WANTED = ("requested", "picked", "ordered", "wrong")


async def fetch_parts(walk: Walk, line: Json) -> None:
    """What the line's work wants lies on the counter when the technician comes for it."""
    text = str(line.get("text", ""))
    if not has_parts(text) or line.get("requests"):
        return
    await _act(walk, walk.technician, "request_part", line, text=f"{text}用件")
    parts = walk.play.crew.parts
    async with walk.play.busy[parts]:
        await walk.minutes(0.3, 1)
        await _act(walk, parts, "pick_part", line)
    # Who takes it signs for it.
    await _act(walk, walk.technician, "issue_part", line)


def expected_of(walk: Walk) -> datetime:
    """When the supplier says a part comes; in the late afternoon, with the next morning's van."""
    now = walk.play.time.now()
    if now.time() < _LAST_VAN:
        return now + timedelta(minutes=walk.visit.delay.expected_minutes)
    return datetime.combine(now.date() + timedelta(days=1), _FIRST_VAN, now.tzinfo)


async def order_missing(walk: Walk, line: Json, expected: datetime) -> None:
    """A part that is not in stock: asked for on the way, and ordered."""
    await _act(walk, walk.technician, "request_part", line, text=walk.visit.note)
    await _act(walk, walk.play.crew.parts, "order_part", line, expected=expected)


async def report_wrong(walk: Walk, line: Json) -> None:
    """The part in the hand does not fit; where it came without a request one is made."""
    known = await _requests(walk, line)
    if not known:
        await _act(walk, walk.technician, "request_part", line, text=walk.visit.note)
        await _act(walk, walk.play.crew.parts, "issue_part", line, receiver=walk.technician)
        known = await _requests(walk, line)
    why = f"{walk.visit.note}型号不对"
    for request in known[:1]:
        await _act(walk, walk.technician, "report_wrong_part", line, part=request["id"], why=why)


async def run_for_parts(walk: Walk) -> None:
    """Over to the store and back, clocked as such."""
    person = walk.person(walk.technician)
    await person.do("start_indirect", "indirect_running", code="parts_run")
    await walk.minutes(4, 8)
    await person.do("stop_indirect", "indirect_not_running")


async def supplied(walk: Walk, job: Json, hold: Json) -> None:
    """What the job waits for comes in its time, is picked and handed out."""
    delay = walk.visit.delay
    if hold.get("expected"):
        expected = datetime.fromisoformat(str(hold["expected"]))
        await _awaited(walk, expected, delay.arrives_minutes - delay.expected_minutes)
    else:
        since = datetime.fromisoformat(str(hold["at"])) if hold.get("at") else walk.play.time.now()
        await walk.play.time.until(since + timedelta(minutes=delay.arrives_minutes))
    await _handed_over(walk, job)


async def _awaited(walk: Walk, expected: datetime, late_minutes: int) -> None:
    """The supplier keeps the time, or the clerk rings when the board calls it late."""
    arrives = expected + timedelta(minutes=late_minutes)
    await walk.play.time.until(min(expected, arrives))
    while walk.play.time.now() < arrives:
        await walk.minutes(2, 4)
        lines = objects((await walk.look() or {}).get("lines"))
        late = [line for line in lines if any(map(_is_late, objects(line.get("requests"))))]
        for line in late:
            walk.play.happened["part_late_again"] += 1
            await _act(walk, walk.play.crew.parts, "order_part", line, expected=arrives)
        if late:
            await walk.play.time.until(arrives)


def _is_late(request: Json) -> bool:
    return _step_of(request) == "ordered" and bool(request.get("late_at"))


async def _handed_over(walk: Walk, job: Json) -> None:
    parts = walk.play.crew.parts
    for line in objects(job.get("lines")):
        wanted = [one for one in objects(line.get("requests")) if _step_of(one) in _WANTED]
        if any(_step_of(one) == "ordered" for one in wanted):
            await _act(walk, parts, "pick_part", line)
            await walk.minutes(2, 5)
        if wanted:
            await _act(walk, parts, "issue_part", line)


async def hand_out(walk: Walk) -> None:
    """What was asked for and never fetched, because the work went on without it."""
    job = await walk.look() or {}
    for line in objects(job.get("lines")):
        if any(_step_of(one) in _WANTED for one in objects(line.get("requests"))):
            await _act(walk, walk.play.crew.parts, "issue_part", line)


def _step_of(request: Json) -> str:
    moves = objects(request.get("moves"))
    return str(moves[-1]["step"]) if moves else ""


async def _requests(walk: Walk, line: Json) -> list[Json]:
    job = await walk.look() or {}
    mine = [one for one in objects(job.get("lines")) if one.get("id") == line["id"]]
    return objects(mine[0].get("requests")) if mine else []


async def _act(walk: Walk, who: str, name: str, line: Json, /, **body: object) -> None:
    await walk.act(who, name, *_OVERTAKEN, line=line["id"], **body)
