"""What the phone page says of time: the place in line first, nothing about it once it is over."""

from board.core import commands as c
from displays.views.phone import phone_view
from displays.views.phone_views import PhoneView
from tests.builders import ANNA, INES, LEE, PLATES, TOM, WILLY, Trial, answered, receive
from tests.core.found import asked


def view(trial: Trial, job: str = "j1") -> PhoneView:
    return phone_view(trial.shop, trial.job(job), trial.now)


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
