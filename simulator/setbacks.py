"""How a trouble comes about while somebody works on the car: each way leads to its hold."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from simulator.asking import promise_again
from simulator.help_calls import called, over
from simulator.http import Json
from simulator.parts_desk import expected_of, order_missing, report_wrong, run_for_parts
from simulator.photos import photo, subject_of_work
from simulator.plan import Trouble
from simulator.stumbles import STUMBLES, Stumble
from simulator.walk import Walk
from simulator.words import EXTRA_WORK

OVERTAKEN = ("line_not_running", "line_not_open", "no_way", "job_held", "nothing_to_start")
"""What somebody else at the board may have done in the meantime is no surprise."""


async def _pause(walk: Walk, line: Json, hold: str, note: str, **more: object) -> bool:
    """The car stands still; the technician can do something else."""
    is_held = await _stop(walk, line, hold, note, **more)
    await walk.free_technician()
    return is_held


async def _stop(walk: Walk, line: Json, hold: str, note: str, **more: object) -> bool:
    answer = await walk.act(
        walk.technician, "pause_line", *OVERTAKEN, line=line["id"], hold=hold, note=note, **more
    )
    return answer.is_good


async def _late_part(walk: Walk, line: Json) -> bool:
    """Not in stock: ordered; the car may have to make room."""
    expected = expected_of(walk)
    await order_missing(walk, line, expected)
    is_held = await _pause(
        walk, line, "parts_order", f"{walk.visit.note}缺货，已订", expected=expected
    )
    overnight = expected.date() > walk.play.time.now().date()
    if overnight:
        await promise_again(walk, expected + timedelta(hours=2), "配件明早到，客户同意明天取车")
    if overnight or walk.random.random() < 0.5:
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
    found = walk.random.choice(EXTRA_WORK[walk.visit.errand.skill])
    technicians = [walk.technician]
    photos = await photo(walk, walk.technician, subject_of_work(found.text))
    answer = await walk.act(
        walk.technician,
        "propose_line",
        *OVERTAKEN,
        text=found.text,
        note=found.note,
        photos=photos,
        standard_hours=found.hours,
        technicians=technicians,
        stops_work=True,
    )
    await walk.free_technician()
    return answer.is_good


async def _forgotten_car(walk: Walk, line: Json) -> bool:
    """Called away: the car stands in its bay and nobody works on it."""
    technician = walk.technician
    answer = await walk.act(
        technician, "pause_line", *OVERTAKEN, line=line["id"], reason="临时支援"
    )
    await walk.minutes(40, 60)
    return answer.is_good


async def _plain_hold(walk: Walk, line: Json, trouble: Trouble) -> bool:
    """Help may be called first; what cannot be helped on the spot makes the car stand still."""
    stumble: Stumble = STUMBLES[trouble]
    call = await called(walk, trouble)
    is_held = await _pause(walk, line, stumble.hold, stumble.note or walk.visit.note)
    await over(walk, trouble, call)
    return is_held


_Way = Callable[[Walk, Json], Awaitable[bool]]
_WAYS: dict[Trouble, _Way] = {
    **{trouble: partial(_plain_hold, trouble=trouble) for trouble in STUMBLES},
    Trouble.late_part: _late_part,
    Trouble.wrong_part: _wrong_part,
    Trouble.extra_work: _extra_work,
    Trouble.forgotten_car: _forgotten_car,
    Trouble.called_away: _called_away,
}
"""How a trouble comes about; the answer is whether it did, for the job may have been moved."""


async def stumbles(walk: Walk, line: Json) -> bool:
    """Whether something comes in between; the job is seen to again as it is then."""
    trouble = walk.visit.trouble
    if trouble is None or trouble not in _WAYS or not walk.meets(trouble):
        return False
    if not await _WAYS[trouble](walk, line):
        walk.spare(trouble)
    return True
