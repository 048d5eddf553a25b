"""A plate that a device read proposes an arrival; people decide, and the job waits for them."""

from datetime import timedelta

from board.core import commands as c
from board.core.job import Job
from tests.builders import ANNA, CLOCK, MONA, PLATES, SENSOR, Trial, booked, received


def _read(trial: Trial, plate: str = PLATES[0], **ago: float) -> Trial:
    seen = trial.now - timedelta(**ago)
    return trial.do(c.ProposeArrival(plate=plate, seen=seen, device="gate-1"), SENSOR)


def _is_asked(trial: Trial, job: Job) -> bool:
    return job.proposal is not None and job.proposal.is_open(trial.now)


def test_a_plate_read_asks_and_moves_nothing() -> None:
    trial = _read(booked(Trial()), "京a·d12345")
    assert _is_asked(trial, trial.job())
    assert trial.job().proposal.device == "gate-1"  # type: ignore[union-attr]
    assert (trial.job().state, trial.job().ticket) == ("booked", "")


def test_agreed_the_car_has_arrived() -> None:
    trial = _read(booked(Trial())).do(c.AnswerArrival(job="j1", agreed=True), ANNA)
    assert (trial.job().state, trial.job().ticket) == ("arrived", "A01")
    trial.when(c.AnswerArrival(job="j1", agreed=True), ANNA).then_refused("no_proposal")


def test_not_this_one_is_not_asked_again_for_a_while() -> None:
    trial = _read(booked(Trial(), hours=3)).do(c.AnswerArrival(job="j1", agreed=False), ANNA)
    assert (trial.job().state, _is_asked(trial, trial.job())) == ("booked", False)
    assert _read(trial.later(minutes=19)).events == ()
    _read(trial.later(minutes=1))
    assert _is_asked(trial, trial.job())


def test_a_camera_that_reads_again_and_again_asks_once() -> None:
    trial = _read(booked(Trial()))
    assert _read(trial.later(seconds=5)).events == ()


def test_a_proposal_is_over_after_twenty_minutes() -> None:
    trial = _read(booked(Trial())).later(minutes=20)
    assert not _is_asked(trial, trial.job())
    trial.when(c.AnswerArrival(job="j1", agreed=True), ANNA).then_refused("no_proposal")


def test_what_a_device_kept_for_long_is_over_when_it_comes() -> None:
    assert _read(booked(Trial()), minutes=20).events == ()
    assert _read(booked(Trial()), minutes=19).events != ()


def test_a_read_from_the_future_counts_from_now() -> None:
    trial = _read(booked(Trial()), minutes=-60)
    assert trial.job().proposal.seen == trial.now  # type: ignore[union-attr]


def test_a_plate_nobody_awaits_leaves_no_trace() -> None:
    assert _read(booked(Trial()), PLATES[1]).events == ()
    assert _read(booked(Trial()), "").events == ()
    assert _read(received(Trial())).events == (), "the car is here already"
    assert _read(booked(Trial(), hours=30)).events == (), "it is booked for tomorrow"


def test_a_late_car_is_seen_though_it_was_a_no_show() -> None:
    trial = booked(Trial()).later(hours=2).do(c.MarkNoShow(job="j1"), CLOCK)
    _read(trial).do(c.AnswerArrival(job="j1", agreed=True), ANNA)
    assert trial.job().state == "arrived"


def test_a_car_that_arrived_by_hand_is_not_asked_about() -> None:
    trial = _read(booked(Trial())).do(c.ArriveJob(job="j1"), ANNA)
    trial.when(c.AnswerArrival(job="j1", agreed=True), ANNA).then_refused("not_awaited")


def test_an_answer_can_be_taken_back() -> None:
    trial = _read(booked(Trial())).do(c.AnswerArrival(job="j1", agreed=True), ANNA)
    trial.do(c.UndoMove(job="j1"), ANNA)
    assert (trial.job().state, _is_asked(trial, trial.job())) == ("booked", True)


def test_people_do_not_read_plates() -> None:
    command = c.ProposeArrival(plate=PLATES[0], seen=Trial().now)
    booked(Trial()).when(command, ANNA).then_refused("not_allowed")
    booked(Trial()).when(command, MONA).then_refused("reason_needed")
