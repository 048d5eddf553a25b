"""Wash, statement and delivery."""

from simulator.checking import final_check, road_test, self_check, team_check
from simulator.http import Json
from simulator.labour import held, work
from simulator.plan import Trouble
from simulator.reception import arrive, arrived, awaiting_dispatch, booked, no_show, receiving
from simulator.walk import Step, Walk

_OVERTAKEN = ("no_way", "lines_open")


async def awaiting_wash(walk: Walk, _job: Json) -> None:
    """The washer takes one car after the other."""
    washer, bay = walk.washer, walk.wash_bay
    async with walk.play.busy[washer]:
        await walk.minutes(0.5, 1.5)
        await walk.act(washer, "move_job", *_OVERTAKEN, to="washing")
        walk.play.hall.drive_in(bay, walk.visit.plate)
        await walk.act(washer, "place_car", "bay_taken", where="bay", spot=bay)
        await walk.minutes(4, 8)
        await _washed(walk)


async def washing(walk: Walk, _job: Json) -> None:
    """Somebody else began the wash."""
    await walk.minutes(8, 12)
    await _washed(walk)


async def _washed(walk: Walk) -> None:
    washer = walk.washer
    walk.play.hall.drive_out(walk.visit.plate)
    await walk.act(washer, "place_car", where="parking", spot=walk.visit.parking)
    await walk.act(washer, "move_job", *_OVERTAKEN, to="awaiting_settlement")


async def awaiting_settlement(walk: Walk, _job: Json) -> None:
    """The advisor makes the statement and tells the customer where the car stands."""
    async with walk.play.busy[walk.advisor]:
        await walk.minutes(3, 7)
        await walk.act(walk.advisor, "move_job", *_OVERTAKEN, to="ready")


async def ready(walk: Walk, _job: Json) -> None:
    """The customer comes, sometimes very late."""
    walk.meets(Trouble.late_pickup)
    await walk.play.time.minutes(walk.visit.pickup_minutes)
    await walk.act(walk.advisor, "move_job", *_OVERTAKEN, to="delivered")


STEPS: dict[str, Step] = {
    "booked": booked,
    "preparing": arrive,
    "no_show": no_show,
    "arrived": arrived,
    "receiving": receiving,
    "awaiting_dispatch": awaiting_dispatch,
    "dispatched": work,
    "working": work,
    "rework": work,
    "held": held,
    "self_check": self_check,
    "team_check": team_check,
    "final_check": final_check,
    "road_test": road_test,
    "awaiting_wash": awaiting_wash,
    "washing": washing,
    "awaiting_settlement": awaiting_settlement,
    "ready": ready,
    "unclaimed": ready,
}
"""What happens next to a job in each state."""
