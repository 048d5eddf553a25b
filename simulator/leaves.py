"""Technicians who are not at the cars for a while: absent, in training, at a meeting."""

from datetime import timedelta

from simulator.hall import Claim
from simulator.plan import Leave
from simulator.walk import Play

_TOO_LATE = timedelta(hours=2)
_BACK_EARLY = timedelta(minutes=10)


async def leave(play: Play, planned: Leave) -> None:
    """Go when the car at hand is done, and come back; nobody counts on them meanwhile."""
    await play.time.until(planned.at)
    names = tuple(play.crew.skills)
    who = names[planned.number % len(names)]
    await play.floor.take(lambda _bays, people: Claim("", who) if who in people else None)
    try:
        if play.time.now() < planned.at + _TOO_LATE:
            await (_clocked if planned.code else _absent)(play, who, planned)
    finally:
        await play.floor.give_back(technician=who)


async def _absent(play: Play, who: str, planned: Leave) -> None:
    """The controller marks it, and that they are back, a little before the time."""
    start = play.time.now()
    end = start + timedelta(minutes=planned.minutes)
    controller = play.doors.people[play.crew.controller]
    await controller.do("mark_absent", person=who, start=start, end=end)
    play.happened["absent_technician"] += 1
    await play.time.until(end - _BACK_EARLY)
    await controller.do("end_absence", person=who)


async def _clocked(play: Play, who: str, planned: Leave) -> None:
    """The clock runs on no car."""
    person = play.doors.people[who]
    await person.do("start_indirect", "indirect_running", code=planned.code)
    play.happened[f"indirect_{planned.code}"] += 1
    await play.time.minutes(planned.minutes)
    await person.do("stop_indirect", "indirect_not_running")
