"""The three checks, the road test and the way back to rework."""

from simulator.http import Json
from simulator.plan import Trouble
from simulator.walk import Walk
from simulator.words import DEFECTS

_OVERTAKEN = ("no_check_due", "no_way", "no_road_test", "job_held", "lines_open")


async def self_check(walk: Walk, job: Json) -> None:
    """The technician looks once more; the leader where the technician has gone on."""
    await walk.minutes(3, 6)
    who = walk.technician or walk.leader
    if walk.meets(Trouble.own_mistake):
        await _fail(walk, who)
        return
    await walk.act(who, "pass_check", *_OVERTAKEN, version=job["version"])
    await walk.free_technician()


async def team_check(walk: Walk, job: Json) -> None:
    """The team leader passes it, or sends it back with a defect code."""
    leader = walk.leader
    async with walk.play.busy[leader]:
        await walk.minutes(3, 7)
        if walk.meets(Trouble.failed_check):
            await _fail(walk, leader)
            return
        await walk.act(leader, "pass_check", *_OVERTAKEN, version=job["version"])
    await walk.act(leader, "place_car", where="parking", spot="质检1")
    await walk.leave_bay()


async def final_check(walk: Walk, job: Json) -> None:
    """The inspector looks, drives some cars, and passes."""
    inspector = walk.inspector
    async with walk.play.busy[inspector]:
        await walk.minutes(4, 8)
        if walk.visit.needs_road_test and not job.get("road_tests"):
            km = walk.visit.mileage
            await walk.act(inspector, "start_road_test", *_OVERTAKEN, km=km)
            await walk.minutes(10, 16)
            if walk.meets(Trouble.noise_remains):
                await _fail(walk, inspector)
                return
            await walk.act(inspector, "end_road_test", *_OVERTAKEN, km=km + 6)
            return
        if walk.meets(Trouble.bad_repair):
            await _fail(walk, inspector)
            return
        await walk.act(inspector, "pass_check", *_OVERTAKEN, version=job["version"])


async def _fail(walk: Walk, who: str) -> None:
    """Back to rework with a defect code."""
    defect, note = walk.random.choice(DEFECTS)
    await walk.act(who, "fail_check", *_OVERTAKEN, defect=defect, note=note)


async def road_test(walk: Walk, _job: Json) -> None:
    """On the road when the day's play began, or sent there by somebody else."""
    await walk.minutes(8, 12)
    await walk.act(walk.inspector, "end_road_test", *_OVERTAKEN)
