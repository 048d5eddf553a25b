"""Help called from the car: what for, who comes and how soon, and that a counter answers late.

Where the bay has a button it is pressed; what no press stands for is called at the tablet.
"""

import asyncio
from dataclasses import dataclass

from simulator.crew import Crew
from simulator.fittings import BUTTONS
from simulator.http import objects
from simulator.plan import Trouble
from simulator.walk import Walk

_OVERTAKEN = ("call_over", "unknown_call", "call_answered")
_FROM_A_BAY = ("call_twice", "call_place_needed", "not_here", "job_closed")
PRESSES = {"technical": "single", "parts": "double", "safety": "long"}
LOOKS, LOOK_SECONDS = 30, 0.1
"""In real time: so soon a press is a call on the board, or the tablet is taken."""
FASTEST = 150.0
"""On a day that runs faster a call is over before a late press is heard: nobody presses."""


@dataclass(frozen=True, slots=True)
class Help:
    """A kind of call; `least` and `most` are minutes until somebody answers it."""

    kind: str
    least: float
    most: float


HELP: dict[Trouble, Help] = {
    Trouble.technical_help: Help("technical", 1, 4),
    # Longer than a shop waits: the controller hears of it.
    Trouble.slow_counter: Help("parts", 6, 9),
    Trouble.faint_noise: Help("quality", 1, 4),
    Trouble.broken_lift: Help("controller", 1, 2.5),
    Trouble.high_voltage: Help("safety", 0.2, 0.8),
}
"""By the cause that makes somebody call."""


def helper_of(kind: str, walk: Walk, crew: Crew) -> str:
    """Who answers calls of a kind for this car."""
    of_kind = {"parts": crew.parts, "quality": walk.inspector, "controller": crew.controller}
    return of_kind.get(kind, walk.leader)


async def called(walk: Walk, trouble: Trouble) -> str:
    """Help is called and comes to the car, where this trouble asks for it; the call, or ''."""
    wanted = HELP.get(trouble)
    if wanted is None:
        return ""
    call = await _pressed(walk, wanted.kind)
    if not call:
        await walk.act(walk.technician, "call_help", *_FROM_A_BAY, kind=wanted.kind)
        call = await _made(walk, wanted.kind)
    if call:
        helper = walk.person(helper_of(wanted.kind, walk, walk.play.crew))
        await walk.minutes(wanted.least, wanted.most)
        await helper.do("answer_call", *_OVERTAKEN, call=call)
        await walk.minutes(1, 3)
        await helper.do("reach_call", *_OVERTAKEN, call=call)
    return call


async def _pressed(walk: Walk, kind: str) -> str:
    """The call that a press at the bay's button made; '' where it made none."""
    hall, is_slow = walk.play.hall, walk.play.time.rate <= FASTEST
    has_button = hall.has_devices and is_slow and walk.bay in BUTTONS
    if not has_button or kind not in PRESSES:
        return ""
    hall.press(walk.bay, PRESSES[kind])
    for _ in range(LOOKS):
        await asyncio.sleep(LOOK_SECONDS)
        if call := await _made(walk, kind):
            walk.play.happened["call_by_button"] += 1
            return call
    return ""


async def _made(walk: Walk, kind: str) -> str:
    board = await walk.person(walk.technician).read("/api/v1/board")
    calls = objects(board.get("calls"))
    mine = (one for one in calls if (one.get("job"), one.get("kind")) == (walk.visit.id, kind))
    return next((str(one["id"]) for one in mine), "")


async def over(walk: Walk, trouble: Trouble, call: str) -> None:
    """Who helped has seen what there is; that the car stands still now is told by its hold."""
    if call:
        helper = walk.person(helper_of(HELP[trouble].kind, walk, walk.play.crew))
        await helper.do("close_call", *_OVERTAKEN, call=call)
