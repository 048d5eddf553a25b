"""Receiving a car and describing it: the sheets, and what is said of a plate or VIN meanwhile."""

from board.core import commands as c
from board.core.days import business_day
from board.core.job import Flag, Job
from board.core.plates import new_energy, normal_plate, plate_fault, split_plate, vin_fault
from board.core.workflow import Lane
from displays.appointment_words import KIND_WORDS
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may, needs_why
from displays.picks import picks

_FLAGS = (
    Flag.waiting,
    Flag.express,
    Flag.comeback,
    Flag.recall,
    Flag.tow_in,
    Flag.loaner,
    Flag.no_wash,
    Flag.lounge_opt_out,
)


def receive_sheet(ask: Ask) -> Sheet:
    """The empty sheet for a car that has just come."""
    if not may(ask.actor, c.ReceiveJob):
        return GONE
    day = business_day(ask.now, ask.shop.settings)
    count = ask.shop.counters.get(f"order:{day.year}", 0) + 1
    context = {
        "number": f"R{day:%y%m}-{count:04d}",
        "advisor": ask.actor.name,
        "picks": picks(ask.now, ask.shop.settings, count=4, first=2),
        "flags": tuple(flag.value for flag in _FLAGS),
        "why": needs_why(ask.actor, c.ReceiveJob),
    }
    return Sheet("board/receive.html", context)


def check_sheet(ask: Ask) -> Sheet:
    """What is wrong with one typed field, with a way out; or what is known of it."""
    field = "vin" if ask.given.get("field") == "vin" else "plate"
    value = ask.given.get("value", "").strip()
    fault = vin_fault(value) if field == "vin" else plate_fault(value)
    here = _here(ask, value) if field == "plate" else None
    # Whoever corrects an order types its own plate, too.
    here = None if here is None or here.id == ask.given.get("job") else here
    context = {
        "field": field,
        "value": "".join(value.split()).upper(),
        "typed": bool(value),
        "fault": fault if value else None,
        "energy": new_energy(value) if field == "plate" and fault is None else "",
        "small": len(split_plate(value)[1]) == 6 and not value[-1:].isalpha(),
        "earlier": None,
        "number": here.number if here else "",
        "job": here.id if here else "",
    }
    return Sheet("board/check.html", context)


def describe_sheet(ask: Ask) -> Sheet:
    """Car, customer, kind and keys of an order, to be filled in or corrected."""
    job = ask.job
    if job is None or job.is_closed or not may(ask.actor, c.DescribeJob):
        return GONE
    kinds = KIND_WORDS if job.kind in KIND_WORDS else {**KIND_WORDS, job.kind: job.kind}
    context = {
        "head": head_of(ask.shop, job),
        "car": job.car,
        "customer": job.customer,
        "kind": job.kind,
        "kinds": tuple(kinds.items()),
        "keys": job.keys,
        "why": needs_why(ask.actor, c.DescribeJob),
    }
    return Sheet("board/describe.html", context)


def _here(ask: Ask, value: str) -> Job | None:
    plate = normal_plate(value)
    steps = ask.shop.workflow.steps
    here = (job for job in ask.shop.jobs.values() if steps[job.state].lane != Lane.gone)
    return next((job for job in here if plate and job.car.plate == plate), None)
