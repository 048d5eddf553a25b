"""What an order costs and how its customer is reached: for those whose work it is."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.job import Car, Customer
from board.core.roles import Actor, Role
from displays.arrivals_rows import bookings
from displays.car_rows import visit_row
from displays.dialog_asks import GONE, Ask
from displays.dialog_detail import Facts, job_sheet
from displays.dialog_history import told_history
from displays.history_says import Said
from displays.order_lines import hits_sheet
from displays.order_prints import ORDER_PRINTS, Paper
from displays.past_orders import Visit
from tests.builders import (
    ANNA,
    CARL,
    EVERY_ROLE,
    INES,
    LEE,
    MONA,
    PIA,
    TOM,
    WILLY,
    Trial,
)
from tests.core.handed_over import CASS, made_ready, paid

CLERK = EVERY_ROLE[Role.warranty_clerk]
LEO = EVERY_ROLE[Role.team_leader]


def ask_of(trial: Trial, actor: Actor) -> Ask:
    return Ask(trial.shop, actor, trial.now, {"job": "j1"})


@pytest.fixture(scope="module")
def settled() -> Trial:
    """A car that was priced, settled and paid."""
    trial = paid(made_ready(labour=920_50), 920_50)
    return trial.do(c.FlagJob(job="j1"), ANNA)


def amounts(trial: Trial, actor: Actor) -> set[str]:
    told = told_history(ask_of(trial, actor), trial.facts)
    return {one.text for deed in told for one in deed.says if one.what == "fen"}


def test_amounts_are_for_those_who_may_open_the_estimate(settled: Trial) -> None:
    """Falls over without `one.what != "fen" or sees_prices(ask.actor)` in
    `displays/dialog_history.py`.
    """
    assert [amounts(settled, who) for who in (ANNA, CARL, LEE, PIA, CASS, MONA)] == [{"92050"}] * 6
    assert [amounts(settled, who) for who in (TOM, INES, WILLY)] == [set()] * 3


def test_old_amounts_in_a_cars_file_are_for_the_same_people(settled: Trial) -> None:
    """Falls over without `if sees_prices(ask.actor)` in `displays/car_rows.py`."""

    def labour(actor: Actor) -> int:
        row = visit_row(ask_of(settled, actor), Visit(settled.job(), True, ()))
        return sum(line.labour + line.parts for line in row.lines)

    assert [labour(who) for who in (ANNA, CARL, LEE, PIA, CASS, MONA)] == [920_50] * 6
    assert [labour(who) for who in (TOM, INES, WILLY, CLERK)] == [0] * 4


def test_prices_of_the_catalogue_are_for_them_too(settled: Trial) -> None:
    """Falls over without `if not sees_prices` in `displays/order_lines.py`."""
    assert hits_sheet(ask_of(settled, WILLY)) is GONE
    assert hits_sheet(ask_of(settled, PIA)) is not GONE


def test_nothing_else_of_the_history_is_kept_from_anybody(settled: Trial) -> None:
    def rest(actor: Actor) -> list[list[Said]]:
        told = told_history(ask_of(settled, actor), settled.facts)
        return [[one for one in deed.says if one.what != "fen"] for deed in told]

    assert rest(TOM) == rest(ANNA)


def test_a_phone_number_is_for_those_who_call(settled: Trial) -> None:
    """Falls over without `if sees_phones(ask.actor) else ""` in `displays/dialog_detail.py`."""

    def phone(actor: Actor) -> str:
        facts = job_sheet(ask_of(settled, actor)).context["facts"]
        assert isinstance(facts, Facts)
        assert facts.customer == "Lena Song"
        return facts.phone

    assert {phone(who) for who in (ANNA, CARL, CASS, MONA)} == {"13800134827"}
    assert {phone(who) for who in (TOM, LEE, INES, PIA, WILLY)} == {""}


def test_a_phone_number_on_an_appointment_or_a_print_is_for_them_too() -> None:
    """Falls over without `if sees_phones(` in `displays/arrivals_rows.py`."""
    trial = Trial()
    booking = c.BookJob(
        job="j1",
        car=Car(plate="京AD12345"),
        customer=Customer(name="Lena Song", phone="13800134827"),
        booked_for=trial.now + timedelta(hours=2),
    )
    trial.do(booking, ANNA)

    def phones(actor: Actor) -> list[str]:
        (row,) = bookings(trial.shop, trial.now, actor).today
        return [row.phone, printed_phone(trial, actor)]

    assert {phone for who in (ANNA, CARL, CASS, MONA) for phone in phones(who)} == {"13800134827"}
    assert {phone for who in (PIA, LEO) for phone in phones(who)} == {""}


def printed_phone(trial: Trial, actor: Actor) -> str:
    (page,) = (one for one in ORDER_PRINTS if one.path.endswith("/order"))
    paper = page.build(ask_of(trial, actor)).context["paper"]
    assert isinstance(paper, Paper)
    return paper.phone
