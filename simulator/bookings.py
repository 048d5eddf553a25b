"""Appointments: booked with work and wishes, made ready, kept or not."""

from datetime import timedelta

from simulator.http import Json
from simulator.plan import Trouble
from simulator.walk import Walk
from simulator.words import Errand

_OVERTAKEN = ("no_way", "not_awaited")
_LOOKS = 4


def wishes(walk: Walk) -> Json:
    """What the shop expects of a booked car: work, hours, kind of bay, now and then who."""
    errand = walk.visit.errand
    return {
        "work": "；".join(text for text, _hours in errand.lines),
        "codes": [walk.play.codes[text] for text, _ in errand.lines if text in walk.play.codes],
        "hours": round(sum(hours for _text, hours in errand.lines), 1),
        "technician": _wished(walk, errand),
        "bay_kind": errand.bays[0],
    }


def _wished(walk: Walk, errand: Errand) -> str:
    """Regular customers ask for somebody."""
    able = [who for who, skills in walk.play.crew.skills.items() if errand.skill in skills]
    return walk.random.choice(able) if able and walk.random.random() < 0.3 else ""


async def booked(walk: Walk, job: Json) -> None:
    """The shop makes ready; the customer comes, or does not."""
    if walk.visit.trouble == Trouble.no_show:
        await _stay_away(walk)
    elif walk.random.random() < 0.5:
        await _make_ready(walk, job)
    else:
        await arrive(walk, job)


async def _make_ready(walk: Walk, job: Json) -> None:
    """Parts are picked, a bay is kept, and whoever was wished for hears of it."""
    crew = walk.play.crew
    await walk.act(crew.parts, "tick_preparation", *_OVERTAKEN, task="parts_picked")
    await walk.act(crew.controller, "tick_preparation", *_OVERTAKEN, task="bay_kept")
    wished = job.get("appointment")
    if isinstance(wished, dict) and wished.get("technician"):
        await walk.act(crew.controller, "tick_preparation", *_OVERTAKEN, task="technician_told")


async def _stay_away(walk: Walk) -> None:
    walk.meets(Trouble.no_show)
    deadline = (walk.visit.booked_for or walk.visit.arrives) + timedelta(minutes=31)
    await walk.play.time.until(deadline)
    await walk.minutes(1, 2)


async def arrive(walk: Walk, _job: Json) -> None:
    """The camera at the gate reads the plate: the car has come, or the advisor agrees, or says it
    unasked.
    """
    await walk.play.time.until(walk.visit.arrives)
    walk.play.hall.pass_gate(walk.visit.plate)
    if await _has_come(walk):
        await walk.act(walk.advisor, "place_car", where="parking", spot=walk.visit.parking)


async def _has_come(walk: Walk) -> bool:
    """Whether the board took the arrival; a question that is too old is not answered any more."""
    job = await _looked_at(walk)
    if job.get("state") == "arrived":
        walk.play.happened["arrived_by_plate"] += 1
        return True
    if job.get("proposal"):
        expected = (*_OVERTAKEN, "no_proposal")
        answer = await walk.act(walk.advisor, "answer_arrival", *expected, agreed=True)
        if answer.is_good:
            return True
    return (await walk.act(walk.advisor, "arrive_job", *_OVERTAKEN)).is_good


async def _looked_at(walk: Walk) -> Json:
    """The job as the board has it before the advisor has gone to look: the gate may have told."""
    job: Json = {}
    for _ in range(_LOOKS):
        await walk.minutes(0.5, 1)
        job = (await walk.look()) or {}
        if job.get("proposal") or job.get("state") == "arrived":
            break
    return job


async def no_show(walk: Walk, _job: Json) -> None:
    """The advisor rings in vain and gives the appointment up."""
    await walk.minutes(40, 60)
    await walk.act(walk.advisor, "cancel_job", *_OVERTAKEN, reason="客户未到店，电话未接")
