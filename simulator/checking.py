"""The three checks, the road test and the way back to rework."""

from collections.abc import Sequence
from random import Random

from simulator.asking import close_questions
from simulator.http import Json, is_object, objects
from simulator.parts_desk import hand_out
from simulator.photos import photo, subject_of_defect
from simulator.plan import Trouble
from simulator.walk import Walk
from simulator.words import DEFECTS, FINDINGS

_OVERTAKEN = ("no_check_due", "no_way", "no_road_test", "job_held", "lines_open")
_ONE_BY_ONE = 0.4
"""Who notes each measurement as it is taken, and who all of them at the end."""


async def self_check(walk: Walk, job: Json) -> None:
    """The technician looks once more; the leader where the technician has gone on."""
    await walk.minutes(3, 6)
    who = walk.technician or walk.leader
    if walk.meets(Trouble.own_mistake):
        await _fail(walk, who, job, Trouble.own_mistake)
        return
    await _pass(walk, who, job)
    await walk.free_technician()


async def _pass(walk: Walk, who: str, job: Json) -> None:
    """Measure what has to be measured, some of it noted point by point; the rest is in order."""
    pictures = await _pictures(walk, who, job)
    points = answers(walk.random, job, pictures)
    noted = points if walk.random.random() < _ONE_BY_ONE else []
    for point in noted:
        await walk.act(who, "mark_point", *_OVERTAKEN, **point)
    left: Json = {"points": points, "version": job["version"]}
    expected = (*_OVERTAKEN, "parts_missing", "question_open")
    answer = await walk.act(who, "pass_check", *expected, **({} if noted else left))
    if answer.code == "parts_missing":
        await hand_out(walk)
    if answer.code == "question_open":
        await close_questions(walk)


async def _pictures(walk: Walk, who: str, job: Json) -> list[str]:
    """What the check wants to see is photographed."""
    wanted = any(point.get("photo") for point in _points(job))
    return await photo(walk, who, "repaired") if wanted else []


def answers(random: Random, job: Json, pictures: Sequence[str] = ()) -> list[Json]:
    """A value within its bounds where a point wants one, and the pictures where it wants those."""
    found: list[Json] = []
    for point in _points(job):
        if point.get("unit"):
            least, most = (float(str(point.get(end) or 0)) for end in ("least", "most"))
            value = round(random.uniform(least, max(least, most)), 1)
            found.append({"point": point["id"], "value": value})
        elif point.get("photo"):
            skipped = {"verdict": "not_applicable", "note": "相机没电"}
            found.append({"point": point["id"], **({"photos": pictures} if pictures else skipped)})
    return found


def _points(job: Json) -> list[Json]:
    due = job.get("check_due")
    return objects(due.get("points")) if is_object(due) else []


def _wants_road_test(job: Json) -> bool:
    due = job.get("check_due")
    return is_object(due) and due.get("road_test") is True


async def team_check(walk: Walk, job: Json) -> None:
    """The team leader passes it, or sends it back with a defect code."""
    leader = walk.leader
    async with walk.play.busy[leader]:
        await walk.minutes(3, 7)
        if walk.meets(Trouble.failed_check):
            await _fail(walk, leader, job, Trouble.failed_check)
            return
        await _pass(walk, leader, job)
    await walk.act(leader, "place_car", where="parking", spot="质检1")
    await walk.leave_bay()


async def _fail(walk: Walk, who: str, job: Json, trouble: Trouble) -> None:
    """The first point that is not in order says what is to be done again."""
    defect, note = walk.random.choice(DEFECTS)
    photos = await photo(walk, who, subject_of_defect(defect))
    failed = {"verdict": "not_ok", "defect": defect, "note": note, "photos": photos}
    points = [{"point": point["id"], **failed} for point in _points(job)[:1]]
    more: Json = {"defect": defect, "note": note, "points": points}
    if not (await walk.act(who, "fail_check", *_OVERTAKEN, **more)).is_good:
        walk.spare(trouble)


async def final_check(walk: Walk, job: Json) -> None:
    """The inspector looks, drives some cars, and passes."""
    inspector = walk.inspector
    async with walk.play.busy[inspector]:
        await walk.minutes(4, 8)
        if walk.meets(Trouble.bad_repair):
            await _fail(walk, inspector, job, Trouble.bad_repair)
            return
        wished = walk.visit.needs_road_test and not job.get("road_tests")
        if wished or _wants_road_test(job):
            await _drive(walk, inspector, job)
            return
        await _pass(walk, inspector, job)


async def _drive(walk: Walk, inspector: str, job: Json) -> None:
    """Out and back; what is still heard on the road sends the car to rework from there."""
    km = walk.visit.mileage
    await walk.act(inspector, "start_road_test", *_OVERTAKEN, km=km)
    await walk.minutes(10, 16)
    if walk.meets(Trouble.noise_remains):
        await _fail(walk, inspector, job, Trouble.noise_remains)
        return
    findings = walk.random.choice(FINDINGS)
    await walk.act(inspector, "end_road_test", *_OVERTAKEN, km=km + 6, findings=findings)


async def road_test(walk: Walk, job: Json) -> None:
    """On the road when the day's play began, or sent there by somebody else."""
    await walk.minutes(8, 12)
    tests = objects(job.get("road_tests"))
    out = tests[-1].get("out_km") if tests else None
    km = out if isinstance(out, int) else walk.visit.mileage
    await walk.act(walk.inspector, "end_road_test", *_OVERTAKEN, km=km + 6)
