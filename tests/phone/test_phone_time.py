"""What the phone page says of time: the place in line first, nothing about it once it is over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.roles import Actor
from displays.views.phone import car_view, phone_page
from displays.views.phone_views import PhoneCarView, PhoneStepsView
from tests.builders import (
    ANNA,
    CARL,
    INES,
    LEE,
    NOW,
    PLATES,
    TOM,
    WILLY,
    Trial,
    answered,
    receive,
)
from tests.core.found import asked


def hold(reason: HoldReason) -> c.HoldJob:
    """The job stands still."""
    return c.HoldJob(job="j1", hold=reason, expected=NOW + timedelta(hours=9))


def view(trial: Trial, job: str = "j1") -> PhoneCarView:
    return car_view(trial.shop, trial.job(job), trial.now)


def test_who_queues_reads_how_many_come_before_and_about_how_long() -> None:
    """Falls over without `wait=` in `displays/views/phone.py`."""
    trial = Trial()
    for number in range(3):
        job = receive(f"j{number}", PLATES[number], checked_in=False)
        trial.later(minutes=1).do(job, ANNA)
    waits = [view(trial, f"j{number}").wait for number in range(3)]
    assert [(one.before, one.minutes) for one in waits if one] == [(0, 0), (1, 10), (2, 20)]
    trial.do(c.MoveJob(job="j0", to="receiving"), ANNA)
    first = view(trial, "j1").wait
    assert (view(trial, "j0").queues, first is not None and first.before) == (False, 0)


def test_the_question_about_the_promise_ends_with_the_work() -> None:
    """Falls over without `is_awaited and` in `displays/views/phone.py`."""
    trial = asked(standard_hours=5.0)
    trial.do(c.PromiseJob(job="j1", at=trial.now.replace(hour=trial.now.hour + 1)), ANNA)
    trial.do(answered(), ANNA)
    assert view(trial).asked_back
    done = (
        (c.FinishLine(job="j1", line="1"), TOM),
        (c.StartLine(job="j1", line="2"), TOM),
        (c.FinishLine(job="j1", line="2"), TOM),
        (c.PassCheck(job="j1"), TOM),
        (c.PassCheck(job="j1"), LEE),
        (c.PassCheck(job="j1"), INES),
        (c.MoveJob(job="j1", to="washing"), WILLY),
        (c.MoveJob(job="j1", to="awaiting_settlement"), WILLY),
        (c.MoveJob(job="j1", to="ready"), ANNA),
    )
    for command, who in done:
        trial.do(command, who)
    assert not view(trial).asked_back
    assert not view(trial.do(c.MoveJob(job="j1", to="delivered"), ANNA)).asked_back


def steps(trial: Trial) -> list[tuple[str, str]]:
    """Each step as it stands, with the time beside it."""
    shown = phone_page(trial.shop, trial.job(), trial.now, False)["phone-steps"]
    assert isinstance(shown, PhoneStepsView)
    return [(step.stands, step.at.clock if step.at else "") for step in shown.steps]


def test_each_step_says_when_it_ended_and_the_one_at_hand_when_it_began() -> None:
    trial = Trial().do(receive("j1", PLATES[0], checked_in=False), ANNA)
    assert steps(trial) == [("now", "09:00"), *[("later", "")] * 4]
    trial.later(minutes=5).do(c.MoveJob(job="j1", to="receiving"), ANNA)
    trial.later(minutes=10).do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    assert steps(trial)[:2] == [("done", "09:15"), ("now", "09:15")]
    dispatch = c.DispatchJob(job="j1", bay="1", technicians=("tom",))
    trial.do(dispatch, CARL).later(minutes=5).do(c.StartLine(job="j1", line="1"), TOM)
    assert steps(trial)[1:3] == [("done", "09:20"), ("now", "09:20")]
    trial.later(minutes=60).do(c.FinishLine(job="j1", line="1"), TOM).do(c.PassCheck(job="j1"), TOM)
    assert steps(trial)[2:] == [("done", "10:20"), ("now", "10:20"), ("later", "")]


def test_a_clock_put_before_the_car_came_gives_no_time_rather_than_a_wrong_one() -> None:
    """Falls over without `end < latest` in `displays/views/phone_steps.py`."""
    trial = asked()
    early = trial.job().opened_at - timedelta(hours=1)
    clock = replace(trial.job().lines[0].clocks[0], started_at=early)
    job = trial.job().with_line(replace(trial.job().lines[0], clocks=(clock,)))
    shop = trial.shop.with_job(job)
    shown = phone_page(shop, job, trial.now, False)["phone-steps"]
    assert isinstance(shown, PhoneStepsView)
    assert [step.at for step in shown.steps[1:3]] == [None, None]


@pytest.mark.parametrize(
    ("between", "said"),
    [
        ([], "The work takes longer than planned."),
        ([(answered(), ANNA)], "You agreed to more work."),
        ([(hold(HoldReason.parts_order), ANNA)], "We are waiting for a part."),
        ([(hold(HoldReason.approval), ANNA)], "We were waiting for your answer."),
        ([(hold(HoldReason.insurer), ANNA)], "The work takes longer than planned."),
    ],
)
def test_why_a_time_changed_is_one_of_few_plain_sentences(
    between: list[tuple[c.Command, Actor]], said: str
) -> None:
    trial = asked()
    trial.do(c.PromiseJob(job="j1", at=trial.now + timedelta(hours=3), reason="so"), ANNA)
    for command, who in between:
        trial.later(minutes=1).do(command, who)
    trial.later(minutes=1).do(
        c.PromiseJob(job="j1", at=trial.now + timedelta(hours=5), reason="so"), ANNA
    )
    assert view(trial).why == said
    sooner = c.PromiseJob(job="j1", at=trial.now + timedelta(hours=2), reason="so")
    assert view(trial.later(minutes=1).do(sooner, ANNA)).why == "It goes faster than planned."


def test_a_time_that_reads_the_same_is_no_change() -> None:
    """Falls over without `if before != span` in `displays/views/phone.py`."""
    trial = asked()
    for minutes in (3, 7):
        at = trial.now.replace(minute=0) + timedelta(hours=3, minutes=minutes)
        trial.do(c.PromiseJob(job="j1", at=at, reason="so"), ANNA)
    assert (view(trial).before, view(trial).why) == (None, "")


def test_an_order_that_was_given_up_has_come_through_no_steps() -> None:
    trial = asked()
    assert steps(trial)
    assert steps(trial.do(c.CancelJob(job="j1", reason="sold"), ANNA)) == []
