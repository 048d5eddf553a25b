"""From the appointment to the dispatch: what advisors and the controller do first."""

from datetime import timedelta

from simulator.bookings import wishes
from simulator.cars import phone
from simulator.coming_back import know_it_again, until_it_can_come
from simulator.fittings import BY_HAND
from simulator.hall import Claim
from simulator.http import Json, objects
from simulator.peak import back_in_line, called, take_ticket, write_the_rest
from simulator.plan import Trouble
from simulator.sheets import sign, walk_round
from simulator.walk import Walk
from simulator.words import CANCEL_REASONS

_NO_WAY = ("no_way",)
_NOTICE = timedelta(minutes=10)


async def come(walk: Walk) -> None:
    """Book if the customer rang before, else arrive."""
    await until_it_can_come(walk)
    visit = walk.visit
    await walk.play.time.until(visit.booked_at or visit.arrives)
    # Whose appointment was before the play began simply comes.
    if visit.booked_for is not None and visit.booked_for > walk.play.time.now() + _NOTICE:
        answer = await walk.act(
            walk.advisor,
            "book_job",
            "job_exists",
            "time_past",
            **_order(walk),
            booked_for=visit.booked_for,
            appointment=wishes(walk),
        )
        # Who rings too late comes without an appointment.
        if answer.code != "time_past":
            return
    await walk.play.time.until(visit.arrives)
    await walk.minutes(0.2, 1.5)
    if await take_ticket(walk):
        return
    await walk.act(
        walk.advisor,
        "receive_job",
        "job_exists",
        **_order(walk),
        checked_in=False,
        parked_at=visit.parking,
    )


def _order(walk: Walk) -> dict[str, object]:
    visit = walk.visit
    return {
        "car": {
            "plate": visit.plate,
            "model": visit.model,
            "colour": visit.colour,
            "mileage": visit.mileage,
        },
        "customer": {"name": visit.customer, "phone": phone(walk.random)},
        "asked": visit.errand.asked,
        "kind": visit.errand.kind,
        "flags": visit.flags,
        "advisor": walk.advisor,
        "keys": f"K{walk.random.randint(1, 60)}",
    }


async def arrived(walk: Walk, _job: Json) -> None:
    """Wait until the advisor has time, and be there then."""
    async with walk.play.busy[walk.advisor]:
        await walk.minutes(1, 4)
        if await called(walk):
            await walk.act(walk.advisor, "move_job", *_NO_WAY, to="receiving")
            await walk.minutes(4, 9)
            return
    await back_in_line(walk)


async def receiving(walk: Walk, job: Json) -> None:
    """Walk round the car, write the order, promise a time, let the customer sign."""
    async with walk.play.busy[walk.advisor]:
        await write_the_rest(walk, job)
        await know_it_again(walk)
        await walk.minutes(1, 3)
        await walk_round(walk, job)
        await _write_lines(walk, job)
        promise = walk.visit.promise
        if job.get("promise") is None and promise > walk.play.time.now():
            await walk.act(walk.advisor, "promise_job", "promise_past", at=promise)
        await walk.minutes(1, 3)
        await sign(walk)


async def _write_lines(walk: Walk, job: Json) -> None:
    """Picked from the catalogue by their codes; what the appointment brought stands there."""
    known = {line.get("text") for line in objects(job.get("lines"))}
    for text, hours in walk.visit.errand.lines:
        if text not in known:
            code = walk.play.codes.get(text, "")
            await walk.act(walk.advisor, "add_line", text=text, standard_hours=hours, code=code)


async def awaiting_dispatch(walk: Walk, job: Json) -> None:
    """The controller gives the job a bay and a technician as soon as both are free."""
    if walk.meets(Trouble.cancelled):
        await walk.minutes(10, 20)
        reason = walk.random.choice(CANCEL_REASONS)
        if not (await walk.act(walk.advisor, "cancel_job", *_NO_WAY, reason=reason)).is_good:
            walk.spare(Trouble.cancelled)
        return
    await walk.take(lambda bays, people: choose(walk, bays, people))
    controller = walk.play.crew.controller
    async with walk.play.busy[controller]:
        await walk.minutes(0.5, 2)
        answer = await dispatch(walk, job)
    if answer and walk.meets(Trouble.undone_dispatch):
        await _undone(walk)
    if not answer:
        await walk.leave_all()
        await walk.minutes(1, 3)


async def _undone(walk: Walk) -> None:
    """Another car is more urgent: the controller takes the dispatch back, if nobody moved it."""
    overtaken = ("undo_late", "undo_changed", "undo_not_yours")
    if not (await walk.act(walk.play.crew.controller, "undo_move", *overtaken)).is_good:
        walk.spare(Trouble.undone_dispatch)


async def dispatch(walk: Walk, job: Json) -> bool:
    """Allocate what the visit has taken; whether the shop agreed."""
    start = walk.play.time.now() + timedelta(minutes=5)
    answer = await walk.act(
        walk.play.crew.controller,
        "dispatch_job",
        *_NO_WAY,
        "bay_closed",
        "person_absent",
        bay=walk.bay,
        technicians=[walk.technician],
        start_at=start,
        version=job["version"],
    )
    return answer.is_good


def choose(walk: Walk, bays: set[str], people: set[str]) -> Claim | None:
    """A pair for this errand: what it has stays, the skill must fit, home bays come first."""
    crew, errand = walk.play.crew, walk.visit.errand
    fitting = sorted(bay for bay in bays if crew.bays[bay] in errand.bays)
    if walk.bay:
        fitting = [walk.bay]
    able = sorted(who for who in people if errand.skill in crew.skills[who])
    if walk.technician in able:
        able = [walk.technician]
    pairs = [(bay, who) for who in able for bay in fitting]
    pairs.sort(key=lambda pair: (pair[0] == BY_HAND, pair[0] not in crew.homes[pair[1]]))
    return Claim(*pairs[0]) if pairs else None
