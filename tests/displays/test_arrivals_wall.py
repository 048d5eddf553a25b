"""The arrivals wall for staff: today's appointments by time, how ready they are, who is missing."""

from board.core import commands as c
from board.core.appointments import Appointment, Task
from displays.views.expected import (
    ArrivalsProjection,
    ExpectedFootView,
    ExpectedHeadView,
    ExpectedRowsView,
    ExpectedRowView,
)
from tests.builders import ANNA, CLOCK, PIA, PLATES, SENSOR, Trial, booked


def _rows(trial: Trial) -> dict[str, tuple[str, str, str]]:
    views = ArrivalsProjection().project(trial.shop, trial.now)
    order = views["order-bookings"]
    assert isinstance(order, ExpectedRowsView)
    rows = [view for key in order.ids if isinstance(view := views[key], ExpectedRowView)]
    return {row.plate: (row.at.clock, row.word, f"{row.done}/{row.tasks}") for row in rows}


def _foot(trial: Trial) -> object:
    return ArrivalsProjection().project(trial.shop, trial.now)["foot"]


def _tick(trial: Trial, *tasks: Task) -> Trial:
    for task in tasks:
        trial.do(c.TickPreparation(job="j1", task=task), PIA)
    return trial


def test_appointments_of_today_stand_by_their_time() -> None:
    trial = booked(booked(booked(Trial(), hours=3), "j2", PLATES[1], 2), "j3", PLATES[2], 26)
    assert _rows(trial) == {
        PLATES[1]: ("11:00", "Awaited", "0/2"),
        PLATES[0]: ("12:00", "Awaited", "0/2"),
    }
    assert _foot(trial) == ExpectedFootView(arrived=0, today=2, tomorrow=1)


def test_half_an_hour_before_an_unprepared_car_asks_for_somebody() -> None:
    trial = booked(Trial(), hours=1)
    projection = ArrivalsProjection()
    assert _rows(trial.later(minutes=29))[PLATES[0]][1] == "Awaited"
    projection.project(trial.shop, trial.now)
    assert _rows(trial.later(minutes=1))[PLATES[0]][1] == "Prepare"
    fresh = ArrivalsProjection().project(trial.shop, trial.now)
    assert projection.project(trial.shop, trial.now) == fresh, "time alone brings it about"


def test_what_is_ready_is_said() -> None:
    trial = _tick(booked(Trial(), hours=1), Task.parts_picked)
    assert _rows(trial)[PLATES[0]][1:] == ("Awaited", "1/2")
    _tick(trial, Task.bay_kept)
    assert _rows(trial)[PLATES[0]][1:] == ("Prepared", "2/2")


def test_a_wish_for_a_technician_is_a_task_more() -> None:
    wishes = Appointment(technician="tom")
    trial = booked(Trial()).do(c.ChangeBooking(job="j1", appointment=wishes), ANNA)
    assert _rows(trial)[PLATES[0]][2] == "0/3"


def test_who_is_late_is_overdue_and_then_a_no_show() -> None:
    trial = booked(Trial(), hours=1).later(hours=1)
    assert _rows(trial)[PLATES[0]][1] == "Overdue"
    trial.later(minutes=30).do(c.MarkNoShow(job="j1"), CLOCK)
    assert _rows(trial)[PLATES[0]][1] == "No show"
    head = ArrivalsProjection().project(trial.shop, trial.now)["head"]
    assert head == ExpectedHeadView("Test Motors", no_shows=1, seen=0)


def test_a_plate_read_shows_before_all_else_until_it_is_over() -> None:
    trial = booked(Trial(), hours=1).later(hours=1)
    trial.do(c.ProposeArrival(plate=PLATES[0], seen=trial.now), SENSOR)
    assert _rows(trial)[PLATES[0]][1] == "At the gate?"
    assert _rows(trial.later(minutes=20))[PLATES[0]][1] == "Overdue"


def test_who_has_come_leaves_the_rows_and_is_counted() -> None:
    trial = booked(Trial()).do(c.ArriveJob(job="j1"), ANNA)
    assert _rows(trial) == {}
    assert _foot(trial) == ExpectedFootView(arrived=1, today=1, tomorrow=0)
    trial.do(c.CancelJob(job="j1", reason="x"), ANNA)
    assert _foot(trial) == ExpectedFootView(arrived=0, today=0, tomorrow=0)


def test_yesterdays_no_show_does_not_stay_for_ever() -> None:
    trial = booked(Trial()).later(hours=3).do(c.MarkNoShow(job="j1"), CLOCK)
    assert _rows(trial.later(days=1)) == {}
