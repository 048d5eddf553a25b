"""Booking and receiving: a car becomes a job, with its number and its ticket."""

import re
from dataclasses import replace
from datetime import datetime

from board.core import commands as c
from board.core import events as e
from board.core.days import business_day
from board.core.events import Event
from board.core.job import Car, Customer, Flag, Job, Place, Where
from board.core.plates import Fault, new_energy, normal_plate, plate_fault, vin_fault
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule, shop_rule
from board.core.rules.coming_back import comeback_fault, opened_as_comeback
from board.core.rules.kinds import kind_fault
from board.core.rules.limits import length_fault, text_fault
from board.core.rules.wishes import tidied, wishes_fault
from board.core.shop import Shop
from board.core.tickets import SERIES, ticket_of
from board.core.workflow import State

_LIMITS = {"asked": 2000, "keys": 40}
_CAR_LIMITS = {"plate": 20, "vin": 30, "model": 60, "colour": 30}
_CUSTOMER_LIMITS = {"name": 60, "phone": 30}
# What the customer asks for may be several lines; plates and VINs have checks of their own.
_FREE = frozenset({"asked", "plate", "vin"})
_MOST_KM = 9_999_999
# Numbers are written in many ways; one without digits reaches nobody.
_LEAST_DIGITS = 5
_JOB_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def order_number(case: Case) -> str:
    """The next order number, counted per shop and year, e.g. R2611-0347."""
    day = business_day(case.now, case.shop.settings)
    count = case.shop.counters.get(f"order:{day.year}", 0) + 1
    return f"R{day:%y%m}-{count:04d}"


def next_ticket(case: Case) -> str:
    """The next ticket of the business day that no car in the shop carries from another day."""
    day = business_day(case.now, case.shop.settings)
    given = case.shop.counters.get(f"ticket:{day}", 0)
    carried = {job.ticket for job in case.shop.jobs.values() if not job.is_closed}
    free = (ticket_of(number) for number in range(given + 1, given + SERIES))
    return next((ticket for ticket in free if ticket not in carried), ticket_of(given + 1))


def ticket_event(job_id: str, case: Case) -> Event:
    """The car has arrived: its ticket."""
    return e.TicketGiven(job_id, next_ticket(case))


@shop_rule.register
def _book(command: c.BookJob, case: Case) -> Outcome:
    if State.booked not in case.shop.workflow.steps:
        return Refused("unknown_state", {"state": State.booked})
    refused = opening_fault(command, case) or time_fault(command.booked_for, "booked_for", case)
    wishes = tidied(command.appointment)
    refused = refused or wishes_fault(wishes, case)
    if refused is not None:
        return refused
    flags = command.flags | {Flag.appointment}
    booked = opened(replace(command, flags=flags), State.booked, case)
    booked = replace(booked, booked_for=command.booked_for, appointment=wishes)
    return (booked, *opened_as_comeback(command, case.shop), *promised(command))


@shop_rule.register
def _receive(command: c.ReceiveJob, case: Case) -> Outcome:
    refused = opening_fault(command, case)
    if refused is not None:
        return refused
    refused = text_fault(command.parked_at, _LIMITS["keys"], "parked_at")
    if refused is not None:
        return refused
    state = State.receiving if command.checked_in else State.arrived
    parked = Place(Where.parking, command.parked_at)
    return (
        opened(command, state, case),
        *opened_as_comeback(command, case.shop),
        ticket_event(command.job, case),
        *((e.CarPlaced(command.job, parked),) if command.parked_at else ()),
        *promised(command),
    )


def promised(command: c.OpenJob) -> tuple[Event, ...]:
    """The promise that was told when the job was opened, if there was one."""
    return (e.PromiseMade(command.job, command.promise),) if command.promise else ()


def opened(command: c.OpenJob, state: State, case: Case) -> e.JobOpened:
    """The event that opens the job in `state`."""
    car = replace(command.car, plate=normal_plate(command.car.plate), vin=_vin(command.car))
    marked = {Flag.new_energy} if new_energy(car.plate) else set()
    if command.comeback_of.strip():
        marked.add(Flag.comeback)
    return e.JobOpened(
        job=command.job,
        number=order_number(case),
        car=car,
        customer=command.customer,
        state=state,
        advisor=command.advisor or (case.actor.id if case.actor.kind == "person" else ""),
        asked=command.asked.strip(),
        kind=command.kind,
        keys=command.keys,
        flags=command.flags | marked,
        overrides=command.overrides,
    )


def _vin(car: Car) -> str:
    return "".join(car.vin.split()).upper()


def opening_fault(command: c.OpenJob, case: Case) -> Refused | None:
    """What is wrong with the car, the customer or the texts of a job to be opened."""
    if not _JOB_ID.fullmatch(command.job):
        return Refused("id_wrong", {"id": command.job[:40]}, ("job",))
    if command.job in case.shop.jobs:
        return Refused("job_exists", job=command.job)
    if command.promise is not None and command.promise <= case.now:
        return Refused("promise_past", fields=("promise",))
    texts = {"asked": command.asked, "keys": command.keys}
    return (
        _unknown_advisor(command.advisor, case.shop)
        or _texts_fault(texts, _LIMITS)
        or kind_fault(command.kind, "", case.shop.check_book)
        or car_fault(command.car, command.overrides, command.reason)
        or _customer_fault(command.customer)
        or _already_here(command.car, case.shop)
        or comeback_fault(command, case.shop)
    )


def time_fault(at: datetime, field: str, case: Case) -> Refused | None:
    """None when `at` is still to come."""
    return Refused("time_past", fields=(field,)) if at <= case.now else None


def _unknown_advisor(advisor: str, shop: Shop) -> Refused | None:
    if not advisor or advisor in shop.people:
        return None
    return Refused("unknown_person", {"person": advisor}, ("advisor",))


def car_fault(
    car: Car, overrides: frozenset[str], reason: str, known: frozenset[str] = frozenset()
) -> Refused | None:
    """What is wrong with the typed car; an override needs a reason, what is `known` none."""
    texts = {"plate": car.plate, "vin": car.vin, "model": car.model, "colour": car.colour}
    found = _texts_fault(texts, _CAR_LIMITS, "car.")
    if found is None and car.mileage is not None and not 0 <= car.mileage <= _MOST_KM:
        found = Refused("number_wrong", fields=("car.mileage",))
    kept = known if not normal_plate(car.plate) else overrides | known
    plate = None if "plate" in kept else plate_fault(car.plate)
    vin = vin_fault(car.vin) if car.vin.strip() and "vin" not in overrides | known else None
    if found is None and plate is not None:
        found = _fault("plate_wrong", plate, "car.plate")
    if found is None and vin is not None:
        found = _fault("vin_wrong", vin, "car.vin")
    if found is None:
        # An override takes what no check knows, but nothing that cannot be seen.
        found = text_fault(normal_plate(car.plate), _CAR_LIMITS["plate"], "car.plate")
        found = found or text_fault(_vin(car), _CAR_LIMITS["vin"], "car.vin")
    if found is None and overrides and not reason.strip():
        found = Refused("reason_needed", fields=("reason",))
    return found


def _fault(code: str, fault: Fault, field: str) -> Refused:
    detail = {"detail": fault.code, "position": fault.position, "found": fault.found}
    return Refused(code, {**detail, "suggestion": fault.suggestion}, (field,))


def _customer_fault(customer: Customer) -> Refused | None:
    texts = {"name": customer.name, "phone": customer.phone}
    refused = _texts_fault(texts, _CUSTOMER_LIMITS, "customer.")
    digits = sum(sign.isdigit() for sign in customer.phone)
    if refused is None and customer.phone.strip() and digits < _LEAST_DIGITS:
        refused = Refused("phone_wrong", {"least": _LEAST_DIGITS}, ("customer.phone",))
    return refused


def _texts_fault(texts: dict[str, str], limits: dict[str, int], prefix: str = "") -> Refused | None:
    for name, text in texts.items():
        check = length_fault if name in _FREE else text_fault
        refused = check(text, limits[name], prefix + name)
        if refused is not None:
            return refused
    return None


def same_car(car: Car, shop: Shop, but: str = "") -> Job | None:
    """The job of that car (by VIN or plate) that is on the board, `but` that one."""
    plate, vin = normal_plate(car.plate), _vin(car)
    for job in shop.jobs.values():
        known = job.car.plate == plate or (vin != "" and job.car.vin == vin)
        if known and job.id != but and not job.is_closed:
            return job
    return None


def _already_here(car: Car, shop: Shop, but: str = "") -> Refused | None:
    job = same_car(car, shop, but)
    if job is None:
        return None
    field = "car.plate" if job.car.plate == normal_plate(car.plate) else "car.vin"
    return Refused("car_here", {"number": job.number}, (field,), job.id)


@job_rule.register
def _describe(command: c.DescribeJob, job: Job, case: Case) -> Outcome:
    car = command.car or job.car
    customer = command.customer or job.customer
    # What stood there before was looked at then; only what is typed anew is checked.
    same = {"plate": car.plate == job.car.plate, "vin": car.vin == job.car.vin}
    known = frozenset(name for name, is_same in same.items() if is_same)
    refused = (
        (car_fault(car, command.overrides, command.reason, known) if command.car else None)
        or (_customer_fault(customer) if customer != job.customer else None)
        or _already_here(car, case.shop, job.id)
        or _unknown_advisor(command.advisor or "", case.shop)
    )
    if refused is not None:
        return refused
    car = replace(car, plate=normal_plate(car.plate), vin=_vin(car))
    asked = job.asked if command.asked is None else command.asked.strip()
    kind = job.kind if command.kind is None else command.kind
    keys = job.keys if command.keys is None else command.keys
    advisor = job.advisor if command.advisor is None else command.advisor
    texts = {"asked": asked, "keys": keys}
    described = e.JobDescribed(job.id, car, customer, asked, kind, keys, advisor)
    return (
        _texts_fault(texts, _LIMITS)
        or kind_fault(kind, job.kind, case.shop.check_book)
        or (described,)
    )
