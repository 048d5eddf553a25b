"""The work itself: technicians fetch parts, start, help each other, and finish."""

import asyncio
from datetime import timedelta

from simulator.asking import promise_again
from simulator.fittings import READER_BAY
from simulator.help_calls import FASTEST, LOOK_SECONDS, LOOKS
from simulator.http import Json, objects
from simulator.in_twos import colleague_for, lend_a_hand
from simulator.parts_desk import fetch_parts
from simulator.plan import Trouble
from simulator.reception import choose, dispatch
from simulator.setbacks import OVERTAKEN, stumbles
from simulator.walk import Walk, lines_of, technicians_of

_OPEN = ("running", "paused", "rework", "approved")
_TOGETHER = 0.4
"""Which share of heavy work needs two; whatever comes in between comes later."""


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
    if line.get("state") != "running" and await _by_badge(walk):
        return
    colleague = await colleague_for(walk, line)
    if line.get("state") != "running":
        answer = await walk.act(walk.technician, "start_line", *OVERTAKEN, line=line["id"])
        if not answer.is_good:
            await walk.play.floor.give_back(technician=colleague)
            return
    await _labour(walk, line, colleague)


async def _by_badge(walk: Walk) -> bool:
    """Whether the technician's badge at the bay's reader has begun some work on the car."""
    hall = walk.play.hall
    has_reader = hall.has_devices and hall.has_badges and walk.bay == READER_BAY
    if not has_reader or walk.play.time.rate > FASTEST:
        return False
    hall.show_badge(walk.technician)
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_SECONDS)
        if lines_of(await walk.look() or {}, "running"):
            walk.play.happened["begun_by_badge"] += 1
            return True
    return False


async def _at_the_car(walk: Walk, job: Json) -> bool:
    """Whether the visit has a bay and a technician, and the board knows them."""
    if not (walk.bay and walk.technician):
        await walk.take(lambda bays, people: choose(walk, bays, people))
    if job.get("bay") == walk.bay and walk.technician in technicians_of(job):
        return True
    # The board moves on with the dispatch: look again before work begins.
    await dispatch(walk, job)
    return False


async def _labour(walk: Walk, line: Json, colleague: str) -> None:
    hours = float(str(line.get("standard_hours") or 0.5))
    span = timedelta(hours=hours * walk.visit.pace)
    begun = walk.play.time.now()
    await lend_a_hand(walk, line, colleague, span * _TOGETHER)
    await walk.play.time.until(begun + span / 2)
    if await stumbles(walk, line):
        return
    if walk.meets(Trouble.promise_moved):
        await promise_again(walk)
    await walk.play.time.until(begun + span)
    if walk.meets(Trouble.forgotten_clock):
        await _forget_clock(walk, line)
    await walk.act(walk.technician, "finish_line", *OVERTAKEN, line=line["id"])


async def _forget_clock(walk: Walk, line: Json) -> None:
    """The technician went for a coffee; the controller sets the clock right."""
    ended = walk.play.time.now()
    await walk.minutes(30, 45)
    clock = await _own_clock(walk, line)
    answer = clock and await walk.act(
        walk.play.crew.controller,
        "correct_clock",
        "clock_unknown",
        "clock_wrong",
        line=line["id"],
        technician=walk.technician,
        started_at=clock["started_at"],
        ended_at=ended,
        reason="忘记停表",
    )
    if not (answer and answer.is_good):
        walk.spare(Trouble.forgotten_clock)


async def _own_clock(walk: Walk, line: Json) -> Json | None:
    """The technician's last clock on the line; a colleague may have one, too."""
    job = await walk.look() or {}
    clocks = [
        clock
        for found in objects(job.get("lines"))
        if found.get("id") == line["id"]
        for clock in objects(found.get("clocks"))
        if clock.get("technician") == walk.technician
    ]
    return clocks[-1] if clocks else None
