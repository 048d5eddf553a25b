"""Booking and receiving: numbers, tickets, the business day, and cars known already."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from board.core import commands as c
from board.core.days import business_day, nights_kept
from board.core.job import Car, Customer, Flag, Place, Where
from board.core.roles import Actor, Role
from board.core.shop import Settings
from tests.builders import (
    ANNA,
    CARL,
    MONA,
    NOW,
    PLATES,
    Trial,
    booked,
    brought_to,
    receive,
    received,
)

SHANGHAI = Settings(name="S")
VIN = "LSVAU2180N2183294"


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (utc(20, 19, 59), date(2026, 11, 20)),
        (utc(20, 20), date(2026, 11, 21)),
        (utc(21, 15, 59), date(2026, 11, 21)),
        (utc(21, 16), date(2026, 11, 21)),
    ],
)
def test_the_business_day_begins_at_four_on_the_shops_clock(at: datetime, day: date) -> None:
    assert business_day(at, SHANGHAI) == day


def test_nights_count_business_days_since_arrival() -> None:
    job = received(Trial()).job()
    assert nights_kept(job, NOW + timedelta(hours=12), SHANGHAI) == 0
    assert nights_kept(job, NOW + timedelta(days=2), SHANGHAI) == 2
    assert nights_kept(booked(Trial()).job(), NOW + timedelta(days=2), SHANGHAI) == 0
    closed = brought_to("delivered")
    assert nights_kept(closed.job(), NOW + timedelta(days=9), SHANGHAI) == 0


def test_order_numbers_count_in_the_year_and_tickets_in_the_day() -> None:
    trial = received(received(Trial()), "j2", PLATES[1])
    assert [job.number for job in trial.shop.jobs.values()] == ["R2611-0001", "R2611-0002"]
    assert [job.ticket for job in trial.shop.jobs.values()] == ["A01", "A02"]
    received(trial.later(days=1), "j3", PLATES[2])
    assert (trial.job("j3").number, trial.job("j3").ticket) == ("R2611-0003", "A03")
    trial.now = datetime(2027, 1, 4, 1, tzinfo=UTC)
    received(trial, "j4", PLATES[3])
    assert trial.job("j4").number == "R2701-0001"


def test_a_ticket_that_a_car_from_yesterday_carries_is_passed_over() -> None:
    """Falls over without `ticket not in carried` in `board/core/rules/receiving.py`."""
    trial = received(received(Trial(), "j1"), "j2", PLATES[1])
    trial.do(c.CancelJob(job="j1", reason="rang off"), ANNA).later(hours=24)
    for number in (3, 4, 5):
        trial.do(receive(f"j{number}", f"京A0000{number}"), ANNA)
    assert [trial.job(f"j{n}").ticket for n in (3, 4, 5)] == ["A01", "A03", "A04"]


def test_after_ticket_a99_comes_b01() -> None:
    trial = Trial()
    for number in range(100):
        received(trial, f"j{number}", f"京A{number:05d}")
    assert [trial.job(f"j{n}").ticket for n in (0, 98, 99)] == ["A01", "A99", "B01"]


def test_a_booked_car_gets_its_ticket_when_it_comes() -> None:
    trial = booked(Trial())
    assert (trial.job().ticket, trial.job().arrived_at) == ("", None)
    assert Flag.appointment in trial.job().flags
    trial.later(minutes=50).do(c.MoveJob(job="j1", to="arrived"), ANNA)
    assert (trial.job().ticket, trial.job().arrived_at) == ("A01", trial.now)


def test_a_car_may_wait_for_reception() -> None:
    trial = Trial().do(receive(checked_in=False, parked_at="P4"), ANNA)
    assert (trial.job().state, trial.job().ticket) == ("arrived", "A01")
    assert trial.job().place == Place(Where.parking, "P4")


def test_the_advisor_is_whoever_receives_unless_another_is_named() -> None:
    assert received(Trial()).job().advisor == "anna"
    assert Trial().do(receive(advisor="carl"), ANNA).job().advisor == "carl"
    Trial().when(receive(advisor="ghost"), ANNA).then_refused("unknown_person")
    program = Actor("token", "k1", "DMS", frozenset({Role.advisor}), "api")
    assert Trial().do(receive(), program).job().advisor == "", "a program is nobody's advisor"


def test_a_car_that_is_here_is_not_received_again() -> None:
    trial = received(Trial()).when(receive("j2", "京a·d12345"), ANNA).then_refused("car_here")
    assert str(trial.refused) == "This car is already in the shop (R2611-0001)."


def test_a_car_is_known_by_its_vin_under_another_plate() -> None:
    trial = Trial().do(c.ReceiveJob(job="j1", car=Car(plate=PLATES[0], vin=VIN)), ANNA)
    again = c.ReceiveJob(job="j2", car=Car(plate=PLATES[1], vin=VIN.lower()))
    trial.when(again, ANNA).then_refused("car_here")


def test_a_delivered_car_may_come_back() -> None:
    trial = brought_to("delivered").do(receive("j2"), ANNA)
    assert trial.job("j2").ticket == "A02"


def test_one_job_does_not_become_the_car_of_another() -> None:
    trial = received(received(Trial()), "j2", PLATES[1])
    wrong = c.DescribeJob(job="j2", car=Car(plate=PLATES[0]))
    trial.when(wrong, ANNA).then_refused("car_here")


@pytest.mark.parametrize("wrong", ["", " ", "a b", "j1/..", "号", "x" * 41, "-j"])
def test_a_job_id_is_short_and_plain(wrong: str) -> None:
    Trial().when(receive(wrong), ANNA).then_refused("id_wrong")


def test_a_job_id_is_used_once() -> None:
    received(Trial()).when(receive("j1", PLATES[1]), ANNA).then_refused("job_exists")


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"asked": "x" * 2001}, "too_long", "asked"),
        ({"keys": "k" * 41}, "too_long", "keys"),
        ({"parked_at": "p" * 41}, "too_long", "parked_at"),
        ({"customer": Customer(name="n" * 61)}, "too_long", "customer.name"),
        ({"customer": Customer(phone="1" * 31)}, "too_long", "customer.phone"),
        ({"car": Car(plate=PLATES[0], model="m" * 61)}, "too_long", "car.model"),
        ({"car": Car(plate=PLATES[0], mileage=-1)}, "number_wrong", "car.mileage"),
        ({"car": Car(plate=PLATES[0], mileage=10**9)}, "number_wrong", "car.mileage"),
    ],
)
def test_what_is_typed_has_limits(more: dict[str, object], code: str, field: str) -> None:
    command = replace(receive(), **more)  # type: ignore[arg-type]
    trial = Trial().when(command, ANNA).then_refused(code)
    assert trial.refused is not None
    assert trial.refused.fields == (field,)


def test_a_description_keeps_what_it_does_not_name() -> None:
    trial = received(Trial()).do(c.DescribeJob(job="j1", keys="board 7", advisor="carl"), CARL)
    job = trial.job()
    assert (job.keys, job.advisor, job.asked) == ("board 7", "carl", "40,000 km service")
    assert job.car.plate == PLATES[0]
    trial.when(c.DescribeJob(job="j1", advisor="ghost"), CARL).then_refused("unknown_person")


def test_flags_come_and_go() -> None:
    trial = received(Trial(), "j1", "京A12345")
    vip = frozenset({Flag.vip})
    trial.do(c.FlagJob(job="j1", add=vip), ANNA).when(c.FlagJob(job="j1", add=vip), ANNA)
    trial.then_nothing()
    assert trial.job().flags == vip
    assert trial.do(c.FlagJob(job="j1", remove=vip), ANNA).job().flags == frozenset()


def test_times_stay_within_ten_years_and_remarks_within_500_signs() -> None:
    far = NOW.replace(year=9999)
    trial = received(Trial())
    trial.when(c.PromiseJob(job="j1", at=far), ANNA).then_refused("time_far")
    book = c.BookJob(job="j2", car=Car(plate=PLATES[1]), booked_for=far)
    trial.when(book, ANNA).then_refused("time_far")
    trial.when(replace(book, booked_for=NOW.replace(year=1)), ANNA).then_refused("time_far")
    long = c.CancelJob(job="j1", reason="x" * 501)
    trial.when(long, ANNA).then_refused("too_long")
    trial.when(long, MONA).then_refused("too_long")


@pytest.mark.parametrize("bad", ["two\nlines", "tur\u202ened", "\x1b[31mred"])
def test_texts_that_stand_on_one_line_have_no_hidden_signs(bad: str) -> None:
    for command in (
        receive(car=Car(plate=PLATES[0], model=bad)),
        receive(customer=Customer(name=bad)),
        receive(keys=bad),
        receive(parked_at=bad),
    ):
        Trial().when(command, ANNA).then_refused("signs_wrong")
    Trial().do(receive(asked="brakes\nand tyres"), ANNA)


def test_an_override_keeps_no_signs_that_cannot_be_seen() -> None:
    kept = frozenset({"plate"})
    odd = receive(plate="AB\u202e123", overrides=kept, reason="foreign plate")
    Trial().when(odd, ANNA).then_refused("signs_wrong")
