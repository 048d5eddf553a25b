"""What time does: no-show, unclaimed, reminders once, leaving live state."""

from dataclasses import replace
from datetime import timedelta

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Car, Flag
from tests.builders import ANNA, CLOCK, NOW, PIA, Trial, booked, brought_to, ready, working


def test_a_booked_car_is_a_no_show_after_the_grace() -> None:
    trial = booked(Trial(), hours=1).later(minutes=89)
    trial.when(c.MarkNoShow(job="j1"), CLOCK).then_refused("not_due")
    trial.later(minutes=1).do(c.MarkNoShow(job="j1"), CLOCK)
    assert trial.job().state == "no_show"


def test_who_did_not_come_is_booked_again_for_a_time_to_come() -> None:
    trial = booked(Trial(), hours=1).later(hours=2).do(c.MarkNoShow(job="j1"), CLOCK)
    trial.when(c.MoveJob(job="j1", to="booked"), ANNA).then_refused("time_needed")
    again = c.MoveJob(job="j1", to="booked", booked_for=trial.now)
    trial.when(again, ANNA).then_refused("time_past")
    trial.do(replace(again, booked_for=trial.now + timedelta(hours=2)), ANNA)
    assert trial.job().state == "booked"
    trial.later(hours=2).when(c.MarkNoShow(job="j1"), CLOCK).then_refused("not_due")
    trial.later(minutes=30).do(c.MarkNoShow(job="j1"), CLOCK)
    assert trial.job().state == "no_show"


def test_nobody_is_expected_in_the_past() -> None:
    trial = Trial()
    past = c.BookJob(job="j1", car=Car(plate="京A12345"), booked_for=trial.now)
    trial.when(past, ANNA).then_refused("time_past")


def test_a_reminder_is_not_taken_back_with_what_somebody_did_before_it() -> None:
    due = NOW + timedelta(seconds=5)
    trial = working(Trial())
    trial.do(c.HoldJob(job="j1", hold=HoldReason.parts_order, expected=due), PIA)
    trial.do(c.FlagJob(job="j1", add=frozenset({Flag.vip})), ANNA).later(seconds=6)
    trial.do(c.RemindHold(job="j1"), CLOCK)
    trial.do(c.UndoMove(job="j1"), ANNA)
    assert Flag.vip not in trial.job().flags
    assert trial.job().hold.reminded_at == trial.now  # type: ignore[union-attr]


def test_an_appointment_being_prepared_may_be_a_no_show_too() -> None:
    trial = booked(Trial()).do(c.MoveJob(job="j1", to="preparing"), PIA).later(hours=2)
    assert trial.do(c.MarkNoShow(job="j1"), CLOCK).job().state == "no_show"


def test_who_came_is_no_no_show() -> None:
    trial = booked(Trial()).do(c.MoveJob(job="j1", to="arrived"), ANNA).later(hours=9)
    trial.when(c.MarkNoShow(job="j1"), CLOCK).then_nothing()


def test_a_car_received_without_appointment_is_never_a_no_show() -> None:
    trial = brought_to("receiving").later(hours=9)
    trial.when(c.MarkNoShow(job="j1"), CLOCK).then_refused("not_due")


def test_a_ready_car_is_unclaimed_after_the_limit() -> None:
    trial = ready(Trial()).later(minutes=239)
    trial.when(c.MarkUnclaimed(job="j1"), CLOCK).then_refused("not_due")
    trial.later(minutes=1).do(c.MarkUnclaimed(job="j1"), CLOCK)
    assert trial.job().state == "unclaimed"
    trial.when(c.MarkUnclaimed(job="j1"), CLOCK).then_nothing()


def test_the_owner_of_an_overdue_hold_is_reminded_once() -> None:
    due = NOW + timedelta(hours=2)
    trial = working(Trial())
    trial.do(c.HoldJob(job="j1", hold=HoldReason.parts_order, expected=due), PIA)
    trial.when(c.RemindHold(job="j1"), CLOCK).then_refused("not_due")
    trial.later(hours=2).do(c.RemindHold(job="j1"), CLOCK)
    assert trial.job().hold.reminded_at == trial.now  # type: ignore[union-attr]
    trial.later(hours=1).when(c.RemindHold(job="j1"), CLOCK).then_nothing()


def test_a_new_hold_may_remind_again() -> None:
    trial = working(Trial())
    for _ in range(2):
        due = trial.now + timedelta(hours=1)
        trial.do(c.HoldJob(job="j1", hold=HoldReason.parts_order, expected=due), PIA)
        trial.later(hours=1).do(c.RemindHold(job="j1"), CLOCK)
        assert trial.happened() == ["HoldReminded"]


def test_a_job_without_an_expected_time_is_not_reminded_of() -> None:
    brought_to("held").when(c.RemindHold(job="j1"), CLOCK).then_nothing()
    brought_to("working").when(c.RemindHold(job="j1"), CLOCK).then_nothing()


def test_a_closed_job_leaves_live_state_after_seventy_two_hours() -> None:
    trial = brought_to("delivered").later(hours=71, minutes=59)
    trial.when(c.ForgetJob(job="j1"), CLOCK).then_refused("not_due")
    trial.later(minutes=1).do(c.ForgetJob(job="j1"), CLOCK)
    assert trial.shop.jobs == {}


def test_an_open_job_is_never_forgotten() -> None:
    trial = brought_to("unclaimed").later(days=99)
    trial.when(c.ForgetJob(job="j1"), CLOCK).then_refused("not_due")
