"""Wash, statement and delivery."""

from datetime import timedelta

from simulator.bookings import arrive, booked, no_show
from simulator.checking import final_check, road_test, self_check, team_check
from simulator.http import Json, is_object, objects
from simulator.labour import work
from simulator.plan import Trouble
from simulator.reception import arrived, awaiting_dispatch, receiving
from simulator.waiting import held
from simulator.walk import Step, Walk

_OVERTAKEN = ("no_way", "lines_open")
_SETTLED = ("not_at_handover", "job_held", "job_closed", "reason_needed", "not_settled")
_POINTS = ("old_parts", "advice", "next_service", "belongings", "call_back")
_MEANS = ("wechat", "alipay", "card", "cash", "account", "warranty", "insurance")


async def awaiting_wash(walk: Walk, _job: Json) -> None:
    """The washer takes one car after the other; the bay may have begun the wash by itself."""
    washer, bay = walk.washer, walk.wash_bay
    async with walk.play.busy[washer], walk.play.busy[bay]:
        await walk.minutes(0.5, 1.5)
        walk.play.hall.drive_in(bay, walk.visit.plate)
        await walk.minutes(0.5, 1)
        await _begun(walk)
        await walk.act(washer, "place_car", "bay_taken", where="bay", spot=bay)
        await walk.minutes(4, 8)
        await _washed(walk)


async def washing(walk: Walk, _job: Json) -> None:
    """Somebody else began the wash."""
    await walk.minutes(8, 12)
    await _washed(walk)


async def _begun(walk: Walk) -> None:
    if ((await walk.look()) or {}).get("state") == "washing":
        walk.play.happened["wash_by_sensor"] += 1
        return
    await walk.act(walk.washer, "move_job", *_OVERTAKEN, to="washing")


async def _washed(walk: Walk) -> None:
    washer = walk.washer
    walk.play.hall.drive_out(walk.visit.plate)
    await walk.minutes(0.5, 1)
    await walk.act(washer, "place_car", where="parking", spot=walk.visit.parking)
    await walk.act(washer, "move_job", *_OVERTAKEN, to="awaiting_settlement")


async def awaiting_settlement(walk: Walk, _job: Json) -> None:
    """The advisor makes the statement and tells the customer where the car stands."""
    async with walk.play.busy[walk.advisor]:
        await walk.minutes(3, 7)
        await walk.act(walk.advisor, "settle_job", *_SETTLED, charges=0)
        await walk.act(walk.advisor, "move_job", *_OVERTAKEN, to="ready")


async def ready(walk: Walk, job: Json) -> None:
    """The customer comes, sometimes very late."""
    walk.meets(Trouble.late_pickup)
    await walk.play.time.minutes(walk.visit.pickup_minutes)
    await _pay(walk)
    for point in _points(job):
        said = _next_service(walk) if point == "next_service" else {}
        await walk.act(
            walk.advisor, "tick_handover", *_SETTLED, "unknown_handover_point", point=point, **said
        )
    await walk.act(walk.advisor, "issue_gate_pass", *_SETTLED, "not_ready", "code_taken")
    await walk.act(walk.advisor, "move_job", *_OVERTAKEN, to="delivered")
    await _through_the_gate(walk)


def _points(job: Json) -> list[str]:
    """Nobody shows old parts to who does not want them."""
    reception = job.get("reception")
    sheet = reception.get("sheet") if is_object(reception) else None
    unwanted = is_object(sheet) and sheet.get("old_parts") is False
    return [point for point in _POINTS if point != "old_parts" or not unwanted]


def _next_service(walk: Walk) -> Json:
    """What the customer is told: half a year or 10,000 km from now."""
    due = walk.play.time.now().date() + timedelta(days=182)
    return {"next_service": {"on": due.isoformat(), "km": walk.visit.mileage + 10_000}}


async def _pay(walk: Walk) -> None:
    """All at once, or half by phone and half in cash."""
    job = await walk.look()
    made = objects(job.get("statements")) if job else []
    if job is None or not made:
        return
    total = _fen(made[-1], "labour", "parts", "charges") - _fen(made[-1], "discount")
    left = total - sum(_fen(payment, "amount") for payment in objects(job.get("payments")))
    parts = (left // 2, left - left // 2) if walk.random.random() < 0.1 else (left,)
    for amount, means in zip(parts, walk.random.sample(_MEANS, len(parts)), strict=True):
        if amount > 0:
            body = {"means": means, "amount": amount}
            await walk.act(walk.advisor, "pay_job", *_SETTLED, "paid_too_much", **body)


def _fen(row: Json, *keys: str) -> int:
    return sum(value for key in keys if isinstance(value := row.get(key), int))


async def _through_the_gate(walk: Walk) -> None:
    """Whoever keeps the gate types the code of the customer's pass on the gate's page."""
    job = await walk.look()
    gate_pass = job.get("gate_pass") if job else None
    if is_object(gate_pass):
        keeper = walk.person(walk.advisor)
        await keeper.page("/gate")
        code = {"code": str(gate_pass["code"])}
        await keeper.press("/do/use_gate_pass", code, "code_used", "code_unknown")


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
