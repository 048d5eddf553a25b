"""The line before reception: whose turn it is, how long it takes, and the peak."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.job import Car
from board.core.reception import (
    USUAL_SECONDS,
    Place,
    line,
    place,
    reception_seconds,
    usual_seconds,
)
from board.core.roles import Role
from tests.builders import ANNA, CARL, MONA, PIA, PLATES, TOM, Trial, booked, person, receive

BELLA = person("bella", "Bella", Role.advisor)


def _waiting(count: int = 3) -> Trial:
    trial = Trial()
    for number in range(count):
        trial.do(receive(f"j{number + 1}", PLATES[number], checked_in=False), ANNA)
        trial.later(minutes=1)
    return trial


def _line(trial: Trial) -> list[str]:
    return [job.id for job in line(trial.shop.jobs.values())]


def _take(job: str, plate: str, **more: object) -> c.TakeTicket:
    return c.TakeTicket(job=job, car=Car(plate=plate), **more)  # type: ignore[arg-type]


def _peak() -> Trial:
    return Trial().do(c.SwitchPeak(on=True), ANNA)


def test_the_line_is_worked_as_cars_came() -> None:
    trial = _waiting()
    assert _line(trial) == ["j1", "j2", "j3"]
    trial.do(c.CallNext(), ANNA)
    assert (trial.job("j1").called_by, trial.job("j1").called_at) == ("anna", trial.now)
    trial.do(c.MoveJob(job="j1", to="receiving"), ANNA)
    assert _line(trial) == ["j2", "j3"]


def test_two_advisors_call_two_tickets() -> None:
    trial = _waiting().do(c.CallNext(), ANNA).do(c.CallNext(), BELLA)
    assert [trial.job(f"j{n}").called_by for n in (1, 2, 3)] == ["anna", "bella", ""]
    trial.do(c.CallNext(), ANNA).when(c.CallNext(), ANNA).then_refused("nobody_waits")


def test_who_was_called_out_of_turn_comes_first() -> None:
    trial = _waiting().do(c.CallTicket(job="j3"), ANNA)
    assert _line(trial) == ["j3", "j1", "j2"]


def test_who_did_not_come_waits_beside_the_line_and_comes_back_to_the_old_turn() -> None:
    trial = _waiting().do(c.CallNext(), ANNA).do(c.PassTicket(job="j1"), ANNA)
    assert _line(trial) == ["j2", "j3"]
    trial.do(c.CallNext(), ANNA)
    assert trial.job("j2").called_at is not None
    trial.do(c.ReturnTicket(job="j1"), PIA)
    assert _line(trial) == ["j2", "j1", "j3"], "the one who is called stays before"
    trial.when(c.ReturnTicket(job="j1"), ANNA).then_nothing()
    trial.do(c.PassTicket(job="j1"), ANNA).when(c.PassTicket(job="j1"), ANNA).then_nothing()


def test_calling_who_was_passed_over_brings_them_back() -> None:
    trial = _waiting().do(c.PassTicket(job="j2"), ANNA).do(c.CallTicket(job="j2"), ANNA)
    assert _line(trial) == ["j2", "j1", "j3"]


def test_only_cars_that_wait_are_called() -> None:
    trial = _waiting(1).do(c.MoveJob(job="j1", to="receiving"), ANNA)
    for command in (c.CallTicket(job="j1"), c.PassTicket(job="j1"), c.ReturnTicket(job="j1")):
        trial.when(command, ANNA).then_refused("not_waiting")
    trial.when(c.CallNext(), ANNA).then_refused("nobody_waits")


def test_a_call_can_be_taken_back() -> None:
    trial = _waiting().do(c.CallNext(), ANNA).do(c.UndoMove(job="j1"), ANNA)
    assert trial.job("j1").called_at is None


def test_the_advisor_switches_the_peak_on_and_off() -> None:
    trial = _peak()
    assert trial.shop.peak_since == trial.now
    trial.when(c.SwitchPeak(on=True), CARL).then_nothing()
    trial.when(c.SwitchPeak(on=False), TOM).then_refused("not_allowed")
    assert trial.do(c.SwitchPeak(on=False), CARL).shop.peak_since is None


def test_at_the_peak_a_plate_is_enough_for_a_ticket() -> None:
    trial = _peak().do(_take("j1", PLATES[0]), PIA)
    job = trial.job()
    assert (job.state, job.ticket, job.advisor) == ("arrived", "A01", "")
    assert trial.do(c.CallNext(), ANNA).job().advisor == "anna"


def test_without_the_peak_tickets_need_a_reception() -> None:
    Trial().when(_take("j1", PLATES[0]), ANNA).then_refused("peak_off")


def test_a_wrong_plate_is_refused_unless_somebody_says_why() -> None:
    trial = _peak().when(_take("j1", "TOKYO-5"), PIA).then_refused("plate_wrong")
    trial.do(_take("j1", "TOKYO-5", overrides=frozenset({"plate"}), reason="foreign"), PIA)
    trial.when(_take("j2", "TOKYO-5", reason="x"), PIA).then_refused("plate_wrong")


def test_at_the_peak_a_booked_car_arrives_by_its_appointment() -> None:
    trial = booked(_peak()).do(_take("j9", PLATES[0]), PIA)
    assert (trial.job().state, trial.job().ticket) == ("arrived", "A01")
    assert "j9" not in trial.shop.jobs
    trial.when(_take("j9", PLATES[0]), PIA).then_refused("car_here")


@pytest.mark.parametrize("minutes", [[], [2], [2, 3]])
def test_until_three_receptions_are_done_they_take_as_long_as_usual(minutes: list[float]) -> None:
    assert usual_seconds([m * 60 for m in minutes]) == USUAL_SECONDS


def test_three_receptions_of_today_say_how_long_one_takes() -> None:
    trial = _waiting()
    for number, minutes in enumerate((4, 30, 8), 1):
        job = f"j{number}"
        trial.do(c.MoveJob(job=job, to="receiving"), ANNA).later(minutes=minutes)
        trial.do(c.MoveJob(job=job, to="awaiting_dispatch"), ANNA)
    settings = trial.shop.settings
    jobs = trial.shop.jobs.values()
    found = [reception_seconds(job, trial.now, settings) for job in jobs]
    assert found == [240, 1800, 480]
    assert usual_seconds([each for each in found if each]) == 480
    tomorrow = trial.now + timedelta(days=1)
    assert [reception_seconds(job, tomorrow, settings) for job in jobs] == [None] * 3


def test_a_car_received_at_once_counts_too() -> None:
    trial = Trial().do(receive(), ANNA).later(minutes=7)
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    assert reception_seconds(trial.job(), trial.now, trial.shop.settings) == 420


@pytest.mark.parametrize(
    ("before", "seconds", "desks", "minutes"),
    [
        (0, 600, 1, 0),
        (1, 600, 0, 10),
        (1, 60, 3, 5),
        (3, 600, 2, 15),
        (2, 431, 1, 15),
        (7, 600, 1, 70),
    ],
)
def test_minutes_are_told_in_fives(before: int, seconds: float, desks: int, minutes: int) -> None:
    assert place(before, seconds, desks) == Place(before, minutes)


def test_managers_help_out_with_a_reason() -> None:
    trial = _waiting().when(c.CallNext(), MONA).then_refused("reason_needed")
    assert trial.do(c.CallNext(reason="lunch"), MONA).job("j1").called_by == "mona"
