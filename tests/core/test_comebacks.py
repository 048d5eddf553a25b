"""Comebacks: proposed when the same car is soon here again, confirmed by a person, and kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.comebacks import Comeback, Visit, likely_comebacks
from board.core.job import Car, Flag
from tests.builders import ANNA, INES, LEE, NOW, PLATES, TOM, Trial, booked, ready, receive

DAY = timedelta(days=1)
PLATE, VIN = "京AD12345", "LSVAU2180N2183294"


def visit(days: float = 5, **more: object) -> Visit:
    """An order of that car, delivered so many days ago."""
    known: dict[str, object] = {"plate": PLATE, **more}
    return Visit("j0", "R2611-0001", NOW - days * DAY, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("earlier", "mileage", "likely"),
    [
        (visit(0), None, True),
        (visit(30), None, True),
        (visit(30.01), None, False),
        (visit(200, mileage=40_000), 40_000, True),
        (visit(200, mileage=40_000), 41_000, True),
        (visit(200, mileage=40_000), 41_001, False),
        (visit(200, mileage=40_000), 39_999, False),
        (visit(200, mileage=40_000), None, False),
        (visit(200), 41_000, False),
        (visit(-1), None, False),
        (visit(5, plate="沪B8K321"), None, False),
        (visit(5, plate="沪B8K321", vin=VIN), None, True),
        (visit(5, vin="LSVAU2180N2183295"), None, False),
    ],
)
def test_a_comeback_is_likely_within_30_days_or_1000_km(
    earlier: Visit, mileage: int | None, likely: bool
) -> None:
    assert bool(likely_comebacks(PLATE, VIN, mileage, NOW, [earlier])) == likely


def test_the_newest_visit_is_proposed_first() -> None:
    visits = [visit(20), visit(3), visit(9)]
    found = likely_comebacks(PLATE, "", None, NOW, visits)
    assert [NOW - one.delivered_at for one in found] == [3 * DAY, 9 * DAY, 20 * DAY]


def test_cars_without_plate_and_vin_are_not_the_same() -> None:
    assert likely_comebacks("", "", None, NOW, [visit(5, plate="")]) == ()


def back_again() -> Trial:
    """The car of j1, delivered, is here again as j2."""
    trial = ready(Trial()).do(c.MoveJob(job="j1", to="delivered"), ANNA).later(hours=20)
    return trial.do(receive("j2"), ANNA)


@pytest.mark.parametrize("named", ["j1", "number"])
def test_a_link_keeps_who_worked_and_who_passed(named: str) -> None:
    trial = back_again()
    number = trial.job("j1").number
    order = number if named == "number" else named
    trial.do(c.LinkComeback(job="j2", comeback_of=order), ANNA)
    assert trial.job("j2").comeback == Comeback(number, "j1", ("tom",), "ines")
    assert Flag.comeback in trial.job("j2").flags
    assert trial.happened() == ["ComebackLinked", "FlagsChanged"]
    trial.when(c.LinkComeback(job="j2", comeback_of="j1"), LEE).then_nothing()


def test_of_an_order_that_left_the_board_people_are_kept_as_given() -> None:
    trial = back_again()
    old = c.LinkComeback(
        job="j2", comeback_of="R2609-0815", technicians=("tom", "tina"), inspector="ines"
    )
    trial.when(old, INES).then_refused("reason_needed")
    trial.do(replace(old, reason="on their invoice"), INES)
    assert trial.job("j2").comeback == Comeback("R2609-0815", "", ("tom", "tina"), "ines")
    ghost = c.LinkComeback(job="j2", comeback_of="R2609-0816", technicians=("ghost",))
    ghost = replace(ghost, reason="on their invoice")
    trial.when(ghost, INES).then_refused("unknown_person")


def test_a_wrong_link_is_taken_away_with_its_flag() -> None:
    trial = back_again().do(c.LinkComeback(job="j2", comeback_of="j1"), ANNA)
    trial.do(c.LinkComeback(job="j2"), ANNA)
    assert (trial.job("j2").comeback, Flag.comeback in trial.job("j2").flags) == (None, False)
    trial.when(c.LinkComeback(job="j2"), ANNA).then_nothing()


def test_who_may_not_link() -> None:
    back_again().when(c.LinkComeback(job="j2", comeback_of="j1"), TOM).then_refused("not_allowed")


def test_nothing_comes_back_to_itself() -> None:
    trial = back_again()
    trial.when(c.LinkComeback(job="j2", comeback_of="j2"), ANNA).then_refused("comeback_self")


def test_a_car_is_received_or_booked_as_a_comeback() -> None:
    trial = ready(Trial()).do(c.MoveJob(job="j1", to="delivered"), ANNA)
    trial.do(receive("j2", comeback_of="j1"), ANNA)
    assert trial.job("j2").comeback == Comeback(trial.job("j1").number, "j1", ("tom",), "ines")
    assert Flag.comeback in trial.job("j2").flags
    later = booked(trial, "j3", PLATES[1]).job("j3")
    assert (later.comeback, Flag.comeback in later.flags) == (None, False)
    car = Car(plate=PLATES[2])
    old = c.BookJob(job="j4", car=car, booked_for=NOW + DAY, comeback_of="R2609-0815")
    trial.when(old, ANNA).then_refused("reason_needed")
    trial.do(replace(old, reason="on their invoice"), ANNA)
    assert trial.job("j4").comeback == Comeback("R2609-0815")
    trial.when(receive("j5", PLATES[3], comeback_of="x" * 41), ANNA).then_refused("too_long")


def test_a_car_comes_back_to_an_order_of_its_own() -> None:
    """Falls over without `_foreign_fault` in `board/core/rules/coming_back.py`."""
    trial = back_again().do(receive("j3", PLATES[1]), ANNA)
    link = c.LinkComeback(job="j2", comeback_of="j3")
    trial.when(link, ANNA).then_refused("comeback_foreign")
    opened = receive("j4", PLATES[2], comeback_of="j3")
    trial.when(opened, ANNA).then_refused("comeback_foreign")
    trial.do(replace(link, reason="new plates"), ANNA)


def test_no_reason_makes_other_words_the_number_of_an_order() -> None:
    """Falls over without `_NUMBER` in `board/core/rules/coming_back.py`."""
    trial = back_again()
    for reason in ("", "they say so"):
        link = c.LinkComeback(job="j2", comeback_of="Zhang 138", reason=reason)
        trial.when(link, ANNA).then_refused("comeback_unknown")
        opened = receive("j4", PLATES[2], comeback_of="Zhang 138", reason=reason)
        trial.when(opened, ANNA).then_refused("comeback_unknown")
