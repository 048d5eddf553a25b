"""A car just seen in a bay is asked about at once where one is likely; a person says which."""

from dataclasses import replace
from datetime import timedelta

from board.core import commands as c
from board.core.bays import Presence
from board.core.due import due
from board.core.job import Where
from board.core.question_figures import open_questions, question_figures
from board.core.sensor_rules import SensorRules
from tests.builders import (
    ANNA,
    CARL,
    CLOCK,
    MONA,
    NOW,
    PLATES,
    SENSOR,
    TOM,
    Trial,
    booked,
    dispatched,
    received,
    working,
)


def seen(trial: Trial, presence: str = "present", live: bool = True, bay: str = "1") -> Trial:
    """The sensors of bay 1 say so now."""
    return trial.do(
        c.ReportBay(bay=bay, presence=Presence(presence), since=trial.now, live=live), SENSOR
    )


def read(trial: Trial, plate: str = PLATES[0]) -> Trial:
    """A camera reads a plate."""
    return trial.do(c.ProposeArrival(plate=plate, seen=trial.now, device="cam"), SENSOR)


def asked(trial: Trial) -> str | None:
    """Which car is asked about at bay 1; None where nothing is asked."""
    question = trial.shop.bays["1"].question
    return question.job if question else None


def figures(trial: Trial) -> tuple[int, ...]:
    """Questions of the day: asked, answered, over by themselves, lapsed."""
    return tuple(question_figures(trial.shop, NOW.date()).values())


def test_the_car_that_is_planned_there_is_proposed_at_once() -> None:
    trial = seen(dispatched(Trial()))
    assert (asked(trial), trial.job().in_bay) == ("j1", "")
    trial.do(c.AnswerQuestion(bay="1", agreed=True, job="j1"), CARL)
    assert (asked(trial), trial.job().in_bay, trial.job().state) == (None, "1", "dispatched")


def test_starting_work_there_answers_it() -> None:
    trial = seen(dispatched(Trial())).later(seconds=30)
    trial.do(c.StartLine(job="j1"), TOM)
    assert (asked(trial), figures(trial)) == (None, (1, 0, 1, 0))


def test_only_what_was_heard_live_proposes() -> None:
    assert asked(seen(dispatched(Trial()), live=False)) is None
    assert asked(seen(dispatched(Trial()), "unknown")) is None
    assert asked(seen(Trial())) is None


def test_not_this_car_is_not_asked_again() -> None:
    trial = seen(dispatched(Trial())).do(c.AnswerQuestion(bay="1", agreed=False), CARL)
    trial.later(hours=1).when(c.AskAboutBay(bay="1"), CLOCK).then_nothing()


def test_an_appointment_whose_plate_was_read_is_proposed_and_arrives_by_the_answer() -> None:
    trial = seen(read(booked(Trial())).later(minutes=5))
    assert (asked(trial), trial.job().state) == ("j1", "booked")
    trial.do(c.AnswerQuestion(bay="1", agreed=True, job="j1"), CARL)
    assert (trial.job().state, trial.job().ticket, trial.job().in_bay) == ("arrived", "A01", "1")
    trial.do(c.UndoMove(job="j1"), CARL)
    assert (trial.job().state, trial.job().in_bay) == ("booked", "")


def test_an_appointment_that_was_not_read_lately_is_none_of_it() -> None:
    assert asked(seen(booked(Trial()))) is None
    assert asked(seen(read(booked(Trial())).later(minutes=20))) is None
    denied = read(booked(Trial())).do(c.AnswerArrival(job="j1", agreed=False), ANNA)
    assert asked(seen(denied)) is None


def test_a_car_that_stands_elsewhere_by_now_gives_way_to_the_next() -> None:
    trial = seen(dispatched(dispatched(Trial()), "j2", PLATES[1], bay="1"))
    trial.later(seconds=9).do(c.PlaceCar(job="j1", where=Where.bay, spot="2"), TOM)
    assert asked(trial) == "j2"
    trial.do(c.CancelJob(job="j2", reason="gone"), ANNA)
    assert (asked(trial), figures(trial)) == ("", (1, 0, 0, 0))


def test_a_lasting_disagreement_names_the_likely_car_too() -> None:
    trial = seen(dispatched(Trial()), live=False).later(seconds=120)
    assert asked(trial.do(c.AskAboutBay(bay="1"), CLOCK)) == "j1"


def test_who_passes_the_gate_later_does_not_stand_in_a_bay_already() -> None:
    trial = seen(booked(Trial())).later(seconds=90)
    read(trial).later(seconds=30).do(c.AskAboutBay(bay="1"), CLOCK)
    assert asked(trial) == ""


def test_a_camera_at_the_bay_itself_may_read_a_little_later() -> None:
    trial = seen(booked(Trial())).later(seconds=60)
    read(trial).later(seconds=60).do(c.AskAboutBay(bay="1"), CLOCK)
    assert asked(trial) == "j1"


def test_a_car_that_left_while_nobody_listened_is_asked_about() -> None:
    trial = seen(working(Trial()), live=False).later(hours=2)
    seen(trial, "unknown", live=False).later(minutes=5)
    seen(trial, "absent", live=False).later(seconds=120)
    [(command, _)] = due(trial.shop, trial.now)
    trial.do(command, CLOCK)
    assert (asked(trial), trial.job().in_bay) == ("", "1")


def test_a_question_that_nobody_answers_is_over_and_not_asked_again() -> None:
    rules = replace(Trial().shop.settings, sensing=SensorRules(lapse_seconds=3600))
    trial = seen(dispatched(Trial().do(c.SetUpShop(settings=rules), MONA)))
    lapse = c.LapseQuestion(bay="1")
    trial.later(minutes=59).when(lapse, CLOCK).then_refused("not_due")
    assert list(due(trial.shop, trial.now)) == []
    trial.later(minutes=1)
    [(command, name)] = due(trial.shop, trial.now)
    assert (command, name.startswith("lapse:1:")) == (lapse, True)
    trial.do(command, CLOCK)
    assert (asked(trial), figures(trial)) == (None, (1, 0, 0, 1))
    trial.do(lapse, CLOCK).later(hours=9)
    assert list(due(trial.shop, trial.now)) == []
    seen(seen(trial, "absent").later(minutes=1))
    assert asked(trial) == "j1"


def test_questions_are_counted_by_day() -> None:
    trial = seen(dispatched(Trial()))
    assert (figures(trial), open_questions(trial.shop)) == ((1, 0, 0, 0), 1)
    trial.do(c.AnswerQuestion(bay="1", agreed=True, job="j1"), CARL)
    assert (figures(trial), open_questions(trial.shop)) == ((1, 1, 0, 0), 0)
    seen(trial.later(days=1), "absent").later(seconds=120).do(c.AskAboutBay(bay="1"), CLOCK)
    tomorrow = question_figures(trial.shop, NOW.date() + timedelta(days=1))
    assert (tuple(tomorrow.values()), figures(trial)) == ((1, 0, 0, 0), (0, 1, 0, 0))


def test_a_car_in_reception_that_was_read_is_proposed_for_any_bay() -> None:
    trial = read(booked(Trial())).do(c.AnswerArrival(job="j1", agreed=True), ANNA)
    assert asked(seen(trial.later(minutes=3))) == "j1"
    assert asked(seen(received(Trial()))) is None
