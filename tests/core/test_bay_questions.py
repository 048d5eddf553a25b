"""Sensors against the board: a lasting disagreement is a question, never a silent move."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.bays import NO_SENSOR, Bay, BayState, Presence, QuestionKind, Sensed
from board.core.due import due
from board.core.job import Where
from tests.builders import (
    ANNA,
    CARL,
    CLOCK,
    NOW,
    PLATES,
    SENSOR,
    TOM,
    Trial,
    booked,
    received,
    working,
)

ASK = c.AskAboutBay(bay="1")


def report(presence: Presence, trial: Trial, reason: str = "54 cm") -> Trial:
    """Bay 1's sensor says so now."""
    since = trial.now
    command = c.ReportBay(bay="1", presence=presence, since=since, device="sonar-1", reason=reason)
    return trial.do(command, SENSOR)


def asked(presence: Presence, trial: Trial) -> Trial:
    """The sensor disagreed for two minutes and somebody is asked."""
    return report(presence, trial).later(seconds=120).do(ASK, CLOCK)


def question(trial: Trial) -> QuestionKind | None:
    """What is asked about bay 1."""
    open_question = trial.shop.bays["1"].question
    return open_question.kind if open_question else None


def unasked(trial: Trial) -> dict[str, Bay]:
    """The bays as they were before anybody was asked."""
    return {key: replace(bay, question=None) for key, bay in trial.shop.bays.items()}


def test_the_board_keeps_what_sensors_say_and_since_when() -> None:
    trial = report(Presence.present, Trial())
    assert trial.shop.bays["1"].sensed == Sensed(Presence.present, NOW, "sonar-1", "54 cm")


def test_the_same_level_again_changes_nothing() -> None:
    trial = report(Presence.present, Trial()).later(minutes=1)
    report(Presence.present, trial).then_nothing()
    assert trial.shop.bays["1"].sensed.since == NOW  # type: ignore[union-attr]


def test_no_level_began_in_the_future() -> None:
    trial = Trial()
    later = NOW + timedelta(hours=1)
    trial.do(c.ReportBay(bay="1", presence=Presence.absent, since=later), SENSOR)
    assert trial.shop.bays["1"].sensed.since == NOW  # type: ignore[union-attr]


def test_only_a_lasting_disagreement_is_asked_about() -> None:
    trial = report(Presence.present, Trial()).later(seconds=119)
    trial.when(ASK, CLOCK).then_refused("not_due")
    trial.later(seconds=1).do(ASK, CLOCK)
    assert question(trial) == QuestionKind.car_seen
    trial.when(ASK, CLOCK).then_nothing()


def test_a_car_that_left_is_asked_about() -> None:
    assert question(asked(Presence.absent, working(Trial()))) == QuestionKind.car_gone


@pytest.mark.parametrize(
    ("presence", "with_car"), [("present", True), ("absent", False), ("unknown", True)]
)
def test_agreement_and_unknown_ask_nothing(presence: str, with_car: bool) -> None:
    trial = working(Trial()) if with_car else Trial()
    report(Presence(presence), trial).later(hours=1).when(ASK, CLOCK).then_nothing()


def test_nothing_moves_before_somebody_answers() -> None:
    trial = asked(Presence.absent, working(Trial()))
    assert trial.job().in_bay == "1"


def test_yes_the_car_is_gone_parks_it() -> None:
    trial = asked(Presence.absent, working(Trial()))
    trial.do(c.AnswerQuestion(bay="1", agreed=True), CARL)
    assert (trial.job().place.where, question(trial)) == (Where.parking, None)
    assert trial.job().state == "working"


def test_no_the_car_is_still_here_is_not_asked_again_for_this_level() -> None:
    trial = asked(Presence.absent, working(Trial()))
    trial.do(c.AnswerQuestion(bay="1", agreed=False), ANNA)
    assert (trial.job().in_bay, question(trial)) == ("1", None)
    trial.later(hours=3).when(ASK, CLOCK).then_nothing()
    report(Presence.present, trial)
    assert question(asked(Presence.absent, trial)) == QuestionKind.car_gone


def test_yes_a_car_is_there_and_it_is_that_one() -> None:
    trial = asked(Presence.present, received(Trial()))
    trial.do(c.AnswerQuestion(bay="1", agreed=True, job="j1"), CARL)
    assert (trial.job().in_bay, question(trial)) == ("1", None)


def test_yes_a_car_is_there_but_none_of_ours() -> None:
    trial = asked(Presence.present, Trial())
    trial.do(c.AnswerQuestion(bay="1", agreed=True), CARL)
    trial.later(hours=1).when(ASK, CLOCK).then_nothing()


def test_an_answer_names_a_job_that_is_here() -> None:
    trial = asked(Presence.present, Trial())
    trial.when(c.AnswerQuestion(bay="1", agreed=True, job="j7"), CARL)
    trial.then_refused("unknown_job")


def test_only_an_open_question_is_answered() -> None:
    Trial().when(c.AnswerQuestion(bay="1", agreed=True), CARL).then_refused("no_question")


def test_a_question_falls_away_when_the_sensor_agrees_again() -> None:
    trial = asked(Presence.absent, working(Trial()))
    report(Presence.present, trial)
    assert trial.happened() == ["BayReported", "QuestionAnswered"]
    assert question(trial) is None


@pytest.mark.parametrize(("presence", "agreed"), [("present", "absent"), ("absent", "present")])
def test_a_question_stays_when_the_sensor_falls_silent(presence: str, agreed: str) -> None:
    trial = asked(Presence(presence), working(Trial()) if presence == "absent" else Trial())
    first = question(trial)
    report(Presence.unknown, trial.later(minutes=5), "no reading for too long")
    assert (question(trial), trial.happened()) == (first, ["BayReported"])
    report(Presence(presence), trial.later(minutes=5))
    assert question(trial) == first
    report(Presence.unknown, trial.later(minutes=5), "device offline")
    report(Presence(agreed), trial.later(minutes=5))
    assert question(trial) is None


def test_a_question_of_a_silent_sensor_is_answered_or_lapses() -> None:
    trial = asked(Presence.absent, working(Trial()))
    report(Presence.unknown, trial, "device offline")
    [(lapse, _)] = due(trial.shop, trial.later(hours=5).now)
    trial.do(c.AnswerQuestion(bay="1", agreed=True), CARL)
    assert (trial.job().place.where, question(trial)) == (Where.parking, None)
    assert isinstance(lapse, c.LapseQuestion)


def test_a_question_falls_away_with_the_last_sensor_and_with_whoever_moves_the_car() -> None:
    trial = asked(Presence.present, Trial())
    report(Presence.unknown, trial, NO_SENSOR)
    assert question(trial) is None
    trial = asked(Presence.present, Trial())
    report(Presence.unknown, trial, "device offline")
    report(Presence.unknown, trial.later(minutes=5), NO_SENSOR)
    assert question(trial) is None
    trial = asked(Presence.absent, working(Trial()))
    report(Presence.unknown, trial, "device offline")
    trial.do(c.PlaceCar(job="j1", where=Where.parking), TOM)
    assert question(trial) is None


def test_a_question_falls_away_when_a_person_moves_the_car() -> None:
    trial = asked(Presence.absent, working(Trial()))
    trial.do(c.PlaceCar(job="j1", where=Where.parking), TOM)
    assert trial.happened() == ["CarPlaced", "QuestionAnswered"]


def test_a_question_falls_away_when_the_bay_is_set_aside() -> None:
    trial = asked(Presence.present, Trial())
    trial.do(c.ChangeBay(bay="1", state=BayState.cleaning), CARL)
    assert question(trial) is None


def test_a_bay_that_is_opened_again_is_asked_about_again() -> None:
    trial = asked(Presence.absent, working(Trial()))
    first = {name for _, name in due(replace(trial.shop, bays=unasked(trial)), trial.now)}
    trial.do(c.ChangeBay(bay="1", state=BayState.cleaning), CARL)
    trial.later(minutes=9).do(c.ChangeBay(bay="1", state=BayState.open), CARL)
    assert list(due(trial.shop, trial.now)) == []
    trial.later(seconds=120)
    again = dict((name, command) for command, name in due(trial.shop, trial.now))
    assert again.keys().isdisjoint(first)
    trial.do(again.popitem()[1], CLOCK)
    assert question(trial) == QuestionKind.car_gone


def test_a_car_that_has_not_arrived_is_not_the_one_that_is_seen() -> None:
    trial = asked(Presence.present, booked(Trial()))
    trial.when(c.AnswerQuestion(bay="1", agreed=True, job="j1"), CARL).then_refused("not_here")


def test_a_question_falls_away_when_another_car_is_placed_there() -> None:
    trial = asked(Presence.present, received(Trial(), "j2", PLATES[1]))
    trial.do(c.PlaceCar(job="j2", where=Where.bay, spot="1"), TOM)
    assert question(trial) is None


def test_after_it_fell_away_a_new_disagreement_is_asked_about() -> None:
    trial = asked(Presence.absent, working(Trial()))
    report(Presence.present, trial)
    assert question(asked(Presence.absent, trial)) == QuestionKind.car_gone


def test_an_unknown_bay_is_said_to_be_unknown() -> None:
    command = c.ReportBay(bay="99", presence=Presence.present, since=NOW)
    Trial().when(command, SENSOR).then_refused("unknown_bay")
    Trial().when(c.AskAboutBay(bay="99"), CLOCK).then_refused("unknown_bay")
