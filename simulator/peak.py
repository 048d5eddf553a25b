"""The peak at reception: a greeter gives tickets by the plate alone while many wait."""

from simulator.cars import phone
from simulator.http import Json, is_object
from simulator.walk import Play, Walk
from simulator.watch import Watch

_MANY, _FEW = 4, 1
_LOOK_MINUTES = 2.0
_NOT_WAITING = ("not_waiting", "no_way")


async def watch_the_line(play: Play, watch: Watch) -> None:
    """Peak mode goes on when many wait and off when the line has gone; until cancelled."""
    advisor = play.doors.people[play.crew.advisors[0]]
    while True:
        await play.time.minutes(_LOOK_MINUTES)
        is_peak = watch.waiting >= (_FEW + 1 if play.is_peak else _MANY)
        if is_peak != play.is_peak:
            await advisor.do("switch_peak", on=is_peak)
            play.is_peak = is_peak
            play.happened["peak"] += is_peak


async def take_ticket(walk: Walk) -> bool:
    """The greeter types the plate of a car that comes unannounced; whether it has a ticket."""
    if not walk.play.is_peak:
        return False
    expected = ("peak_off", "job_exists")
    car = {"plate": walk.visit.plate}
    answer = await walk.act(walk.play.crew.greeter, "take_ticket", *expected, car=car)
    return answer.is_good


async def called(walk: Walk) -> bool:
    """The advisor calls the ticket at the peak; whether somebody comes to the desk."""
    if not walk.play.is_peak:
        return True
    await walk.act(walk.advisor, "call_ticket", *_NOT_WAITING)
    if not walk.visit.steps_out or walk.is_back_in_line:
        return True
    await walk.minutes(1, 3)
    await walk.act(walk.advisor, "pass_ticket", *_NOT_WAITING)
    return False


async def back_in_line(walk: Walk) -> None:
    """Who was outside when called comes back and says so."""
    walk.is_back_in_line = True
    await walk.minutes(5, 15)
    await walk.act(walk.play.crew.greeter, "return_ticket", *_NOT_WAITING)


async def write_the_rest(walk: Walk, job: Json) -> None:
    """What a ticket by the plate alone left out: who it is, which car, what is asked for."""
    car = job.get("car")
    if not is_object(car) or car.get("model"):
        return
    visit = walk.visit
    await walk.act(
        walk.advisor,
        "describe_job",
        car={"plate": visit.plate, "model": visit.model, "colour": visit.colour},
        customer={"name": visit.customer, "phone": phone(walk.random)},
        asked=visit.errand.asked,
        kind=visit.errand.kind,
        keys=f"K{walk.random.randint(1, 60)}",
        advisor=walk.advisor,
    )
    if visit.flags:
        await walk.act(walk.advisor, "flag_job", add=visit.flags)
    await walk.act(walk.advisor, "place_car", where="parking", spot=visit.parking)
