"""The work itself: technicians start, stumble, pause and finish; holds end by their owners."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from simulator.http import Json, is_object, objects
from simulator.parts_desk import (
    fetch_parts,
    order_missing,
    report_wrong,
    run_for_parts,
    supplied,
)
from simulator.plan import Trouble
from simulator.reception import choose, dispatch
from simulator.stumbles import STUMBLES, Stumble, owner_of, patience_of
from simulator.walk import Walk, lines_of
from simulator.words import EXTRA_WORK, PROMISE_REASONS

_OPEN = ("running", "paused", "rework", "approved")
# What somebody else at the board may have done in the meantime is no surprise.
_OVERTAKEN = ("line_not_running", "line_not_open", "no_way", "job_held", "nothing_to_start")


async def work(walk: Walk, job: Json) -> None:
    """Go on with the next open line of the job."""
    if not await _at_the_car(walk, job):
        return
    found = [line for state in _OPEN for line in lines_of(job, state)]
    if not found:
        await walk.minutes(3, 5)
        return
    line = found[0]
    await walk.minutes(1, 4)
    walk.play.hall.drive_in(walk.bay, walk.visit.plate)
    await fetch_parts(walk, line)
    if line.get("state") != "running":
        answer = await walk.act(walk.technician, "start_line", *_OVERTAKEN, line=line["id"])
        if not answer.is_good:
            return
    await _labour(walk, line)


async def _at_the_car(walk: Walk, job: Json) -> bool:
    """Whether the visit has a bay and a technician, and the board knows them."""
    if not (walk.bay and walk.technician):
        await walk.take(lambda bays, people: choose(walk, bays, people))
    if job.get("bay") == walk.bay and walk.technician in _technicians(job):
        return True
    # The board moves on with the dispatch: look again before work begins.
    await dispatch(walk, job)
    return False


def _technicians(job: Json) -> list[str]:
    found = job.get("technicians")
    return [str(one) for one in found] if isinstance(found, list) else []


async def _labour(walk: Walk, line: Json) -> None:
    hours = float(str(line.get("standard_hours") or 0.5))
    span = timedelta(hours=hours * walk.visit.pace)
    begun = walk.play.time.now()
    await walk.play.time.until(begun + span / 2)
    if await _stumbles(walk, line):
        return
    if walk.meets(Trouble.promise_moved):
        await _promise_again(walk)
    await walk.play.time.until(begun + span)
    if walk.meets(Trouble.forgotten_clock):
        await _forget_clock(walk, line)
    await walk.act(walk.technician, "finish_line", *_OVERTAKEN, line=line["id"])


async def _promise_again(walk: Walk) -> None:
    at = max(walk.visit.promise, walk.play.time.now()) + timedelta(hours=1)
    reason = walk.random.choice(PROMISE_REASONS)
    await walk.act(walk.advisor, "promise_job", at=at, reason=reason)


async def _forget_clock(walk: Walk, line: Json) -> None:
    """The technician went for a coffee; the controller sets the clock right."""
    ended = walk.play.time.now()
    await walk.minutes(30, 45)
    job = await walk.look() or {}
    for found in objects(job.get("lines")):
        if found.get("id") == line["id"] and (clocks := objects(found.get("clocks"))):
            await walk.act(
                walk.play.crew.controller,
                "correct_clock",
                "clock_unknown",
                "clock_wrong",
                line=line["id"],
                technician=walk.technician,
                started_at=str(clocks[-1]["started_at"]),
                ended_at=ended,
                reason="忘记停表",
            )


async def _pause(walk: Walk, line: Json, hold: str, note: str, **more: object) -> bool:
    """The car stands still; the technician can do something else."""
    is_held = await _stop(walk, line, hold, note, **more)
    await walk.free_technician()
    return is_held


async def _stop(walk: Walk, line: Json, hold: str, note: str, **more: object) -> bool:
    answer = await walk.act(
        walk.technician, "pause_line", *_OVERTAKEN, line=line["id"], hold=hold, note=note, **more
    )
    return answer.is_good


async def _late_part(walk: Walk, line: Json) -> bool:
    """Not in stock: ordered; the car may have to make room."""
    expected = walk.play.time.now() + timedelta(minutes=walk.visit.delay.expected_minutes)
    await order_missing(walk, line, expected)
    is_held = await _pause(
        walk, line, "parts_order", f"{walk.visit.note}缺货，已订", expected=expected
    )
    if walk.random.random() < 0.5:
        await walk.minutes(5, 10)
        await walk.act(walk.technician or walk.advisor, "place_car", where="parking", spot="B6")
        await walk.leave_bay()
    return is_held


async def _wrong_part(walk: Walk, line: Json) -> bool:
    """It goes back to the store at once."""
    await report_wrong(walk, line)
    is_held = await _stop(walk, line, "parts_wrong", f"{walk.visit.note}型号不对")
    await run_for_parts(walk)
    await walk.free_technician()
    return is_held


async def _called_away(walk: Walk, line: Json) -> bool:
    """Out to rescue a car on the road; back to this one afterwards."""
    stumble, now = STUMBLES[Trouble.called_away], walk.play.time.now()
    end = now + timedelta(minutes=stumble.most)
    controller = walk.person(walk.play.crew.controller)
    await controller.do("mark_absent", person=walk.technician, start=now, end=end)
    walk.is_called_away = True
    return await _stop(walk, line, stumble.hold, stumble.note)


async def _extra_work(walk: Walk, line: Json) -> bool:
    """Something more is found; nobody goes on before the customer says yes."""
    text, hours = walk.random.choice(EXTRA_WORK[walk.visit.errand.skill])
    technicians = [walk.technician]
    answer = await walk.act(
        walk.technician,
        "propose_line",
        *_OVERTAKEN,
        text=text,
        note=f"{walk.visit.note}，需先处理",
        standard_hours=hours,
        technicians=technicians,
        stops_work=True,
    )
    await walk.free_technician()
    return answer.is_good


async def _forgotten_car(walk: Walk, line: Json) -> bool:
    """Called away: the car stands in its bay and nobody works on it."""
    technician = walk.technician
    answer = await walk.act(
        technician, "pause_line", *_OVERTAKEN, line=line["id"], reason="临时支援"
    )
    await walk.minutes(40, 60)
    return answer.is_good


async def _plain_hold(walk: Walk, line: Json, stumble: Stumble) -> bool:
    return await _pause(walk, line, stumble.hold, stumble.note or walk.visit.note)


_Way = Callable[[Walk, Json], Awaitable[bool]]
_WAYS: dict[Trouble, _Way] = {
    **{trouble: partial(_plain_hold, stumble=STUMBLES[trouble]) for trouble in STUMBLES},
    Trouble.late_part: _late_part,
    Trouble.wrong_part: _wrong_part,
    Trouble.extra_work: _extra_work,
    Trouble.forgotten_car: _forgotten_car,
    Trouble.called_away: _called_away,
}
"""How a trouble comes about; the answer is whether it did, for the job may have been moved."""


async def _stumbles(walk: Walk, line: Json) -> bool:
    """Whether something comes in between; the job is seen to again as it is then."""
    trouble = walk.visit.trouble
    if trouble is None or trouble not in _WAYS or not walk.meets(trouble):
        return False
    if not await _WAYS[trouble](walk, line):
        walk.spare(trouble)
    return True


async def held(walk: Walk, job: Json) -> None:
    """Whoever owns the hold ends it in their time."""
    hold = job.get("hold")
    reason = str(hold.get("reason")) if is_object(hold) else ""
    if reason in ("parts_order", "parts_wrong"):
        await supplied(walk, job, _since(hold, walk))
    elif reason in ("approval", "quote"):
        await _asked(walk, job)
    else:
        await walk.minutes(*patience_of(reason))
    if walk.is_called_away:
        await walk.person(walk.play.crew.controller).do("end_absence", person=walk.technician)
    # What was waited for ends some holds by itself.
    if (await walk.look() or {}).get("hold"):
        await _resume(walk, job, reason)


def _since(hold: object, walk: Walk) -> datetime:
    found = hold.get("at") if is_object(hold) else None
    return datetime.fromisoformat(str(found)) if found else walk.play.time.now()


async def _resume(walk: Walk, job: Json, reason: str) -> None:
    technicians = _technicians(job)
    owner = owner_of(reason, walk.play.crew, walk.advisor, technicians[0] if technicians else "")
    await walk.act(owner, "resume_job", "job_not_held", "not_allowed")


async def _asked(walk: Walk, job: Json) -> None:
    """Parts and advisor price it, the customer is called and says yes or no."""
    proposed = lines_of(job, "proposed")
    for line in proposed:
        await walk.minutes(3, 8)
        fen = 100 * walk.random.randrange(80, 900, 10)
        await walk.act(walk.play.crew.parts, "price_line", line=line["id"], parts_price=fen)
        await walk.act(walk.advisor, "price_line", line=line["id"], price=fen // 2)
    if proposed:
        await walk.act(walk.advisor, "ask_customer", "nothing_to_ask")
    await walk.minutes(10, 25)
    for line in proposed:
        yes = walk.random.random() < 0.8
        answer = {"line": line["id"], "approved": yes, "how": "phone_call", "said_by": "车主"}
        await walk.act(walk.advisor, "decide_line", "line_decided", "no_way", **answer)
    if (await walk.look() or {}).get("promise_ask"):
        await _promise_again(walk)
