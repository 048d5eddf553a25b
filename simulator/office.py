"""The controller's book of the day: opened in the morning, every car decided, closed at night."""

from datetime import datetime, time, timedelta

from simulator.http import Json, is_object, objects
from simulator.walk import Play

_MOST_TRIES = 8
_FINISHED = frozenset({"wash", "handover"})
_AWAITED = frozenset({"arrivals", "gone"})
_OVER = frozenset({"done", "declined"})
_AWAY = frozenset({"sublet", "insurer"})
_OVERTAKEN = ("not_here", "not_finished", "job_closed", "unknown_job")
_PROMISED = time(11)


async def open_day(play: Play) -> None:
    """Begin the day; one that was left open is closed first."""
    controller = play.doors.people[play.crew.controller]
    answer = await controller.do("open_day", "day_open", "day_closed")
    if answer.code == "day_open":
        await close_day(play)
        await controller.do("open_day", "day_closed")


async def close_day(play: Play) -> None:
    """Decide what becomes of each car that is still here, and close the day."""
    controller = play.doors.people[play.crew.controller]
    for _ in range(_MOST_TRIES):
        for job in objects((await controller.read("/api/v1/board")).get("jobs")):
            if job["lane"] not in _AWAITED:
                await _decide(play, job)
        # Somebody may have driven a car in or on meanwhile.
        answer = await controller.do("close_day", "day_undecided", "day_closed")
        if answer.is_good or answer.code == "day_closed":
            play.happened["day_closed"] += 1
            return
    play.doors.tally.surprises.append("the day could not be closed")


async def _decide(play: Play, job: Json) -> None:
    controller = play.doors.people[play.crew.controller]
    body: Json = {"choice": "tomorrow", "promise": _next_day(play), "note": "今日未完工，明日继续"}
    if is_over(job):
        body = {"choice": "finished", "note": "已完工，待客户取车"}
    elif _reason(job) in _AWAY:
        body = {"choice": "moved_out", "where": "outside", "note": "外协/定损中"}
    answer = await controller.do("decide_carry_over", *_OVERTAKEN, job=job["id"], **body)
    if answer.is_good:
        play.happened[f"carried_over_{body['choice']}"] += 1


def is_over(job: Json) -> bool:
    """Whether the car only waits to be washed or taken."""
    done = all(line.get("state") in _OVER for line in objects(job.get("lines")))
    return job["lane"] in _FINISHED and done


def _reason(job: Json) -> str:
    hold = job.get("hold")
    return str(hold.get("reason")) if is_object(hold) else ""


def _next_day(play: Play) -> datetime:
    now = play.time.now()
    return datetime.combine(now.date() + timedelta(days=1), _PROMISED, now.tzinfo)
