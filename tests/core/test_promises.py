"""Promised times: their tone by the minute, and every change kept."""

from datetime import datetime, timedelta

import pytest

from board.core import commands as c
from board.core.promises import Tone, tone, tone_changes_at
from tests.builders import ANNA, CARL, NOW, TOM, Trial, ready, receive, received

AT = NOW + timedelta(hours=4)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def promised(at: datetime = AT) -> Trial:
    """A car in reception with a promise."""
    return received(Trial()).do(c.PromiseJob(job="j1", at=at), ANNA)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOW, Tone.calm),
        (AT - HOUR - SECOND, Tone.calm),
        (AT - HOUR, Tone.soon),
        (AT - SECOND, Tone.soon),
        (AT, Tone.soon),
        (AT + timedelta(microseconds=1), Tone.late),
        (AT + 30 * HOUR, Tone.late),
    ],
)
def test_a_promise_is_soon_from_sixty_minutes_before_and_late_after(
    now: datetime, expected: Tone
) -> None:
    assert tone(promised().job(), now) == expected


def test_a_job_without_promise_has_no_tone() -> None:
    job = received(Trial()).job()
    assert tone(job, NOW) == Tone.none
    assert tone_changes_at(job, NOW) is None


def test_the_next_change_of_tone_is_foretold() -> None:
    job, now = promised().job(), NOW
    tones = [tone(job, now)]
    while (following := tone_changes_at(job, now)) is not None:
        assert following > now
        assert tone(job, following - timedelta(microseconds=1)) == tones[-1]
        now = following
        tones.append(tone(job, now))
    assert tones == [Tone.calm, Tone.soon, Tone.late]


def test_a_car_that_is_ready_is_not_late() -> None:
    trial = ready(Trial())
    trial.do(c.PromiseJob(job="j1", at=trial.now + HOUR), ANNA)
    assert tone(trial.job(), trial.now + 9 * HOUR) == Tone.calm
    assert tone_changes_at(trial.job(), trial.now) is None


def test_every_change_is_kept_with_who_when_and_why() -> None:
    trial = promised().later(minutes=10)
    trial.do(c.PromiseJob(job="j1", at=AT + HOUR, reason="parts are late"), CARL)
    first, second = trial.job().promises
    assert (first.at, first.told_at, first.by, first.why) == (AT, NOW, "person:anna", "")
    assert (second.at, second.told_at, second.by) == (AT + HOUR, trial.now, "person:carl")
    assert second.why == "parts are late"
    assert trial.job().promise == second


def test_another_time_needs_a_reason() -> None:
    trial = promised().when(c.PromiseJob(job="j1", at=AT + HOUR), ANNA)
    trial.then_refused("reason_needed")


def test_the_same_time_again_changes_nothing() -> None:
    trial = promised().when(c.PromiseJob(job="j1", at=AT), ANNA).then_nothing()
    assert len(trial.job().promises) == 1


@pytest.mark.parametrize("at", [NOW, NOW - SECOND])
def test_nobody_promises_the_past(at: datetime) -> None:
    received(Trial()).when(c.PromiseJob(job="j1", at=at), ANNA).then_refused("promise_past")
    Trial().when(receive(promise=at), ANNA).then_refused("promise_past")


def test_a_promise_may_be_given_at_reception() -> None:
    trial = Trial().do(receive(promise=AT), ANNA)
    assert trial.job().promise is not None
    assert trial.job().promise.at == AT  # type: ignore[union-attr]


def test_technicians_promise_nothing() -> None:
    promised().when(c.PromiseJob(job="j1", at=AT + HOUR), TOM).then_refused("not_allowed")
