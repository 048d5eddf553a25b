"""Appointments: what they expect, how they change, what is made ready, and how the car arrives."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.appointments import Appointment, Task
from board.core.bays import BayKind
from board.core.job import Car, Job
from board.core.roles import Actor
from tests.builders import ANNA, CARL, CLOCK, NOW, PIA, PLATES, Trial, booked, received

WISHES = Appointment(
    "40,000 km service, brakes squeal", ("A40", "B12"), 1.5, "tom", BayKind.express
)


def _book(**more: object) -> c.BookJob:
    command = c.BookJob(
        job="j1",
        car=Car(plate=PLATES[0]),
        booked_for=NOW + timedelta(hours=2),
        appointment=WISHES,
    )
    return replace(command, **more)  # type: ignore[arg-type]


def _ticked(job: Job) -> set[Task]:
    return {one.task for one in job.prepared}


def _prepared(trial: Trial, *tasks: Task) -> Trial:
    for task in tasks:
        trial.do(c.TickPreparation(job="j1", task=task), PIA)
    return trial


def test_an_appointment_keeps_what_it_expects() -> None:
    trial = Trial().do(_book(kind="service"), ANNA)
    assert (trial.job().appointment, trial.job().kind) == (WISHES, "service")
    assert trial.job().state == "booked"


def test_codes_may_be_typed_into_one_field() -> None:
    typed = replace(WISHES, codes=(" A40，B12  A40", "C1"))
    assert Trial().do(_book(appointment=typed), ANNA).job().appointment.codes == (
        "A40",
        "B12",
        "C1",
    )


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"work": "x" * 1001}, "too_long", "work"),
        ({"codes": ("x" * 31,)}, "too_long", "codes"),
        ({"codes": tuple(f"C{n}" for n in range(21))}, "too_many", "codes"),
        ({"hours": -1.0}, "number_wrong", "hours"),
        ({"hours": float("nan")}, "number_wrong", "hours"),
        ({"technician": "anna"}, "not_a_technician", "technician"),
        ({"technician": "ghost"}, "unknown_person", "technician"),
    ],
)
def test_a_wish_nobody_can_fulfil_is_refused_at_its_field(
    wrong: dict[str, object], code: str, field: str
) -> None:
    wishes = replace(WISHES, **wrong)  # type: ignore[arg-type]
    trial = Trial().when(_book(appointment=wishes), ANNA).then_refused(code)
    assert trial.refused is not None
    assert trial.refused.fields == (f"appointment.{field}",)
    change = c.ChangeBooking(job="j1", appointment=wishes)
    Trial().do(_book(), ANNA).when(change, ANNA).then_refused(code)


def test_a_booking_is_changed_in_parts() -> None:
    trial, later = Trial().do(_book(), ANNA), NOW + timedelta(days=1)
    trial.do(c.ChangeBooking(job="j1", booked_for=later), CARL)
    assert (trial.job().booked_for, trial.job().appointment) == (later, WISHES)
    trial.do(c.ChangeBooking(job="j1", kind="warranty"), ANNA)
    assert (trial.job().booked_for, trial.job().kind) == (later, "warranty")
    trial.when(c.ChangeBooking(job="j1", kind="warranty"), ANNA).then_nothing()


def test_a_booking_is_not_changed_to_the_past_nor_after_the_car_came() -> None:
    past = c.ChangeBooking(job="j1", booked_for=NOW - timedelta(minutes=1))
    Trial().do(_book(), ANNA).when(past, ANNA).then_refused("time_past")
    received(Trial()).when(c.ChangeBooking(job="j1", kind="x"), ANNA).then_refused("not_awaited")
    trial = Trial().do(_book(), ANNA).do(c.MoveJob(job="j1", to="arrived"), ANNA)
    trial.when(c.ChangeBooking(job="j1", kind="x"), ANNA).then_refused("not_awaited")


def test_a_booking_may_be_changed_after_its_time_while_its_grace_runs() -> None:
    trial = Trial().do(_book(), ANNA).later(hours=2, minutes=10)
    trial.do(c.ChangeBooking(job="j1", kind="warranty"), ANNA)


def test_the_first_tick_begins_the_preparation_and_says_who_and_when() -> None:
    trial = Trial().do(_book(), ANNA).later(minutes=5)
    trial.do(c.TickPreparation(job="j1", task=Task.parts_picked), PIA)
    [ticked] = trial.job().prepared
    assert (ticked.task, ticked.by, ticked.at) == ("parts_picked", "person:pia", trial.now)
    assert trial.job().state == "preparing"
    _prepared(trial, Task.bay_kept)
    assert trial.happened() == ["PreparationTicked"]
    trial.when(c.TickPreparation(job="j1", task=Task.bay_kept), PIA).then_nothing()


def test_a_tick_is_taken_away_again() -> None:
    trial = _prepared(Trial().do(_book(), ANNA), Task.parts_picked, Task.bay_kept)
    trial.do(c.TickPreparation(job="j1", task=Task.parts_picked, done=False), PIA)
    assert _ticked(trial.job()) == {Task.bay_kept}
    assert trial.job().state == "preparing"


def test_a_shop_without_the_state_prepares_in_booked() -> None:
    trial = Trial().do(_book(), ANNA)
    trial.shop = replace(trial.shop, workflow=trial.shop.workflow.without(["preparing"]))
    assert _prepared(trial, Task.parts_picked).job().state == "booked"


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        (
            {"booked_for": NOW + timedelta(days=1)},
            {Task.parts_picked},
        ),
        (
            {"appointment": replace(WISHES, technician="tina")},
            {Task.parts_picked, Task.bay_kept, Task.loaner_ready},
        ),
        (
            {"appointment": replace(WISHES, codes=("C3",))},
            {Task.bay_kept, Task.technician_told, Task.loaner_ready},
        ),
        (
            {"appointment": replace(WISHES, bay_kind=None)},
            {Task.parts_picked, Task.technician_told, Task.loaner_ready},
        ),
        ({"kind": "warranty"}, set(Task)),
    ],
)
def test_a_change_takes_away_the_ticks_it_overtakes(
    change: dict[str, object], kept: set[Task]
) -> None:
    trial = _prepared(Trial().do(_book(), ANNA), *Task)
    trial.do(c.ChangeBooking(job="j1", **change), ANNA)  # type: ignore[arg-type]
    assert _ticked(trial.job()) == kept


def test_who_is_booked_again_after_a_no_show_is_prepared_anew() -> None:
    trial = _prepared(Trial().do(_book(), ANNA), *Task).later(hours=3)
    trial.do(c.MarkNoShow(job="j1"), CLOCK)
    trial.when(c.TickPreparation(job="j1", task=Task.bay_kept), PIA).then_refused("not_awaited")
    again = c.MoveJob(job="j1", to="booked", booked_for=trial.now + timedelta(days=1))
    assert trial.do(again, ANNA).job().prepared == ()


@pytest.mark.parametrize("by", [ANNA, CARL])
def test_a_late_car_arrives_with_one_word_though_it_was_a_no_show(by: Actor) -> None:
    trial = _prepared(Trial().do(_book(), ANNA), Task.parts_picked).later(hours=3)
    trial.do(c.MarkNoShow(job="j1"), CLOCK).do(c.ArriveJob(job="j1"), by)
    job = trial.job()
    assert (job.state, job.ticket, job.arrived_at) == ("arrived", "A01", trial.now)
    assert _ticked(job) == {Task.parts_picked}, "its parts still lie ready"
    trial.do(c.UndoMove(job="j1"), by)
    assert (trial.job().state, trial.job().ticket) == ("no_show", "")


def test_a_car_arrives_once() -> None:
    trial = booked(Trial()).do(c.ArriveJob(job="j1"), ANNA)
    trial.when(c.ArriveJob(job="j1"), ANNA).then_refused("not_awaited")
    trial.when(c.ArriveJob(job="j1", version=0), ANNA).then_refused("stale")


def test_preparation_is_undone_like_any_last_deed() -> None:
    trial = _prepared(Trial().do(_book(), ANNA), Task.parts_picked)
    trial.do(c.UndoMove(job="j1"), PIA)
    assert (trial.job().prepared, trial.job().state) == ((), "booked")
