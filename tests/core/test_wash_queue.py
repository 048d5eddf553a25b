"""The wash: its turn by promise, its target, and its times kept with the job."""

from datetime import datetime, timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Flag
from board.core.promises import Tone
from board.core.washing import start_by, target, tone_changes_at, wash_queue, wash_tone
from tests.builders import ANNA, INES, LEE, NOW, PLATES, TOM, WILLY, Trial, working


def to_wash(trial: Trial, job: str, number: int, promise: float = 0) -> Trial:
    """A car that waits for the wash, promised in so many minutes from the beginning."""
    working(trial, job, PLATES[number], str(number + 1))
    trial.do(c.FinishLine(job=job), TOM).do(c.PassCheck(job=job), TOM)
    trial.do(c.PassCheck(job=job), LEE).do(c.PassCheck(job=job), INES)
    if promise:
        trial.do(c.PromiseJob(job=job, at=NOW + timedelta(minutes=promise)), ANNA)
    return trial.later(minutes=1)


def in_turn(trial: Trial) -> list[str]:
    shop = trial.shop
    return [job.id for job in wash_queue(shop.jobs.values(), shop.workflow, shop.settings)]


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_the_promise_that_breaks_first_is_washed_first_and_without_a_promise_the_oldest() -> None:
    trial = to_wash(Trial(), "old", 0)
    to_wash(trial, "young", 1)
    to_wash(trial, "late", 2, promise=120)
    to_wash(trial, "soon", 3, promise=60)
    assert in_turn(trial) == ["soon", "late", "old", "young"]


def test_of_equal_promises_the_customer_who_waits_here_comes_first() -> None:
    trial = to_wash(to_wash(Trial(), "a", 0, promise=60), "b", 1, promise=60)
    to_wash(to_wash(trial, "c", 2), "d", 3)
    assert in_turn(trial) == ["a", "b", "c", "d"]
    for job in ("b", "d"):
        trial.do(c.FlagJob(job=job, add=frozenset({Flag.waiting})), ANNA)
    assert in_turn(trial) == ["b", "a", "d", "c"]


def test_the_car_being_washed_stays_first() -> None:
    trial = to_wash(to_wash(Trial(), "a", 0, promise=60), "b", 1)
    trial.do(c.MoveJob(job="b", to="washing"), WILLY)
    assert in_turn(trial) == ["b", "a"]


def test_a_wash_is_to_begin_so_that_the_promise_holds_and_then_takes_its_time() -> None:
    trial = to_wash(Trial(), "j1", 0, promise=60)
    settings = trial.shop.settings
    assert settings.wash_seconds == 900
    assert start_by(trial.job(), settings) == target(trial.job(), settings) == at(45)
    begun = trial.now
    trial.do(c.MoveJob(job="j1", to="washing"), WILLY)
    assert target(trial.job(), settings) == begun + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("minutes", "tone"), [(44, Tone.calm), (45, Tone.calm), (46, Tone.soon), (61, Tone.late)]
)
def test_a_wash_past_its_target_asks_for_somebody_and_is_late_after_the_promise(
    minutes: int, tone: Tone
) -> None:
    trial = to_wash(Trial(), "j1", 0, promise=60)
    assert wash_tone(trial.job(), trial.shop.settings, at(minutes)) == tone


def test_without_a_promise_a_wash_that_waits_is_never_late() -> None:
    trial = to_wash(Trial(), "j1", 0)
    far = trial.now + timedelta(days=2)
    assert wash_tone(trial.job(), trial.shop.settings, far) == Tone.none
    assert tone_changes_at(trial.job(), trial.shop.settings, far) is None


def test_the_next_change_of_a_wash_is_known() -> None:
    trial = to_wash(Trial(), "j1", 0, promise=60)
    job, settings, now = trial.job(), trial.shop.settings, trial.now
    seen = []
    while (following := tone_changes_at(job, settings, now)) is not None:
        assert following > now
        now = following
        seen.append(wash_tone(job, settings, now))
    assert seen == [Tone.soon, Tone.late]


def test_the_times_of_a_wash_are_kept_with_the_job_and_a_hold_between_counts_in() -> None:
    trial = to_wash(Trial(), "j1", 0)
    begun = trial.now
    trial.do(c.MoveJob(job="j1", to="washing"), WILLY).later(minutes=5)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.equipment), ANNA).later(minutes=5)
    trial.do(c.ResumeJob(job="j1"), ANNA).later(minutes=5)
    assert [wash.ended_at for wash in trial.job().washes] == [None]
    trial.do(c.MoveJob(job="j1", to="awaiting_settlement"), WILLY)
    wash = trial.job().washes[0]
    assert (wash.by, wash.started_at, wash.ended_at) == ("person:willy", begun, trial.now)


def test_a_wash_that_is_taken_back_was_none() -> None:
    trial = to_wash(Trial(), "j1", 0).do(c.MoveJob(job="j1", to="washing"), WILLY)
    trial.do(c.UndoMove(job="j1"), WILLY)
    assert trial.job().washes == ()
