"""The bay strip: who stands where, who works, and what a sensor asks."""

from datetime import timedelta

from board.core import commands as c
from board.core.bays import BayState, Presence
from board.core.holds import HoldReason
from board.core.job import Where
from board.core.roles import TIMEKEEPER
from displays.views.bay_tiles import BayTileView, bays_head, tile
from tests.board_page.dialogs import RENDERER
from tests.builders import (
    ANNA,
    CARL,
    NOW,
    SENSOR,
    TOM,
    Trial,
    booked,
    brought_to,
    dispatched,
    working,
)
from tests.core.test_cars_proposed import read, seen


def shown(trial: Trial, bay: str = "1") -> BayTileView:
    return tile(trial.shop, trial.shop.bays[bay], trial.now)


def standing(trial: Trial) -> Trial:
    return trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="1"), CARL)


def asked(trial: Trial) -> Trial:
    present = c.ReportBay(bay="2", presence=Presence.present, since=trial.now, device="sonar")
    trial.do(present, SENSOR).later(minutes=5)
    return trial.do(c.AskAboutBay(bay="2"), TIMEKEEPER)


def test_an_empty_bay_is_free() -> None:
    view = shown(Trial())
    assert (view.condition, view.job, view.asked) == ("free", "", None)


def test_a_dispatched_car_reserves_its_bay() -> None:
    view = shown(dispatched(Trial()))
    assert (view.condition, view.plate_tail) == ("reserved", "D12345")


def test_a_bay_in_work_names_the_technician_and_since_when() -> None:
    trial = standing(working(Trial()))
    view = shown(trial.later(minutes=20))
    assert (view.condition, view.who, view.late) == ("worked", "Tom", False)
    assert view.since == int((trial.now - timedelta(minutes=20)).timestamp())


def test_a_held_car_blocks_its_bay_and_says_why() -> None:
    trial = standing(working(Trial()))
    trial.do(c.HoldJob(job="j1", hold=HoldReason.quote), ANNA)
    assert (shown(trial).condition, shown(trial).hold) == ("blocked", "quote")


def test_a_car_past_its_repair_waits_for_its_next_step_and_nobody_is_missing() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    view = shown(trial)
    assert (view.condition, view.awaits) == ("blocked", "self_check")
    html = RENDERER.region(view.id, view, "en")
    assert "Self-check due" in html
    assert "risk" not in html


def test_a_sensor_that_cannot_tell_is_marked() -> None:
    silent = c.ReportBay(bay="2", presence=Presence.unknown, since=NOW, device="sonar")
    view = shown(Trial().do(silent, SENSOR), "2")
    assert view.sensor_unknown
    assert "Sensor unknown" in RENDERER.region(view.id, view, "en")


def test_a_car_being_washed_is_nobodys_by_name() -> None:
    view = shown(brought_to("washing"))
    assert view.who == ""
    assert "<small><span" in RENDERER.region(view.id, view, "en"), "no dot without a name before"


def test_maintenance_says_until_when() -> None:
    trial = Trial()
    until = trial.now + timedelta(hours=2)
    trial.do(c.ChangeBay(bay="1", state=BayState.maintenance, until=until), CARL)
    view = shown(trial)
    assert view.until is not None
    assert (view.condition, view.until.clock) == ("maintenance", "11:00")


def test_a_sensors_question_names_the_car_that_waits_for_the_bay() -> None:
    trial = asked(dispatched(Trial(), bay="2"))
    question = shown(trial, "2").asked
    assert question is not None
    assert (question.kind, question.job, question.plate_tail) == ("car_seen", "j1", "D12345")


def test_a_question_says_since_when_the_sensor_has_a_car_whatever_the_board_had() -> None:
    trial = seen(standing(working(Trial())))
    came = trial.now
    trial.later(minutes=20).do(c.PlaceCar(job="j1", where=Where.parking, spot="B12"), CARL)
    trial.later(minutes=5).do(c.AskAboutBay(bay="1"), TIMEKEEPER)
    question = shown(trial).asked
    assert question is not None
    assert (question.kind, question.since.at) == ("car_seen", int(came.timestamp()))


def test_a_car_that_has_yet_to_come_is_named_with_its_appointment() -> None:
    trial = seen(read(booked(Trial())))
    view = shown(trial)
    assert view.asked is not None
    assert (view.asked.job, view.asked.booked and view.asked.booked.clock) == ("j1", "10:00")
    html = RENDERER.region(view.id, view, "en")
    assert "Yes says that it has come" in html
    assert "agreed=true&amp;job=j1" in html


def test_the_strips_head_counts_what_is_worked_and_free() -> None:
    trial = standing(working(Trial()))
    head = bays_head(shown(trial, bay) for bay in trial.shop.bays)
    assert (head.worked, head.free) == (1, len(trial.shop.bays) - 1)
