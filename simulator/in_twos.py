"""Heavy work that two do together for a while, when a colleague of the trade is free."""

from datetime import timedelta

from simulator.http import Json
from simulator.setbacks import OVERTAKEN
from simulator.walk import Walk

_HEAVY_HOURS = 1.1
_EXPECTED = (*OVERTAKEN, "person_absent", "line_stays", "line_running", "not_your_job")


async def colleague_for(walk: Walk, line: Json) -> str:
    """Somebody who is free to help, taken from the floor and named on the line; '' for nobody."""
    heavy = float(str(line.get("standard_hours") or 0)) >= _HEAVY_HOURS
    if not heavy or line.get("state") != "approved" or line.get("clocks"):
        return ""
    skills, skill = walk.play.crew.skills, walk.visit.errand.skill
    able = {who for who, known in skills.items() if skill in known}
    colleague = await walk.play.floor.spare(lambda free: min(free & able, default=""))
    if not colleague:
        return ""
    both = [walk.technician, colleague]
    answer = await walk.act(
        walk.leader, "change_line", *_EXPECTED, line=line["id"], technicians=both
    )
    if answer.is_good:
        return colleague
    await walk.play.floor.give_back(technician=colleague)
    return ""


async def lend_a_hand(walk: Walk, line: Json, colleague: str, span: timedelta) -> None:
    """The colleague clocks on the same line, and goes when the heavy part is over."""
    if not colleague:
        return
    try:
        answer = await walk.act(colleague, "start_line", *_EXPECTED, line=line["id"])
        await walk.play.time.until(walk.play.time.now() + span)
        if answer.is_good:
            walk.play.happened["in_twos"] += 1
            await walk.act(colleague, "finish_line", *_EXPECTED, line=line["id"])
    finally:
        await walk.play.floor.give_back(technician=colleague)
