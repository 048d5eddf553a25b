"""Who is absent from–to is not dispatched for that time."""

from dataclasses import replace
from datetime import timedelta

from board.core import commands as c
from displays.dialog_asks import Ask
from displays.dialog_dispatch import dispatch_sheet
from tests.builders import CARL, NOW, TOM, Trial, dispatched, signed

HOUR = timedelta(hours=1)
AWAY = c.MarkAbsent(person="tom", start=NOW, end=NOW + 4 * HOUR)
SENT = c.DispatchJob(job="j1", bay="1", technicians=("tom",))


def away() -> Trial:
    return signed(Trial()).do(AWAY, CARL)


def test_an_absent_technician_is_not_dispatched_but_for_a_start_after_it() -> None:
    trial = away().when(SENT, CARL).then_refused("person_absent")
    trial.when(replace(SENT, start_at=NOW + 3 * HOUR), CARL).then_refused("person_absent")
    trial.do(replace(SENT, start_at=NOW + 4 * HOUR), CARL)


def test_another_technician_is_dispatched_and_the_absent_one_once_back() -> None:
    away().do(replace(SENT, technicians=("tina",)), CARL)
    away().do(c.EndAbsence(person="tom"), CARL).do(SENT, CARL)
    away().later(hours=4).do(SENT, CARL)


def test_the_dispatch_dialog_shows_who_is_absent_and_puts_them_last() -> None:
    trial = away()
    people = dispatch_sheet(Ask(trial.shop, CARL, trial.now, {"job": "j1"})).context["people"]
    assert isinstance(people, list)
    assert [who.id for who in people if who.absent] == ["tom"]
    assert people[-1].id == "tom"


def test_who_is_here_after_all_may_work() -> None:
    trial = dispatched(Trial()).do(AWAY, CARL)
    trial.do(c.StartLine(job="j1"), TOM)


def test_what_is_no_absence_is_refused() -> None:
    trial = Trial()
    trial.when(replace(AWAY, person="ghost"), CARL).then_refused("unknown_person")
    trial.when(replace(AWAY, end=NOW), CARL).then_refused("absence_wrong")
    past = replace(AWAY, start=NOW - 2 * HOUR, end=NOW - HOUR)
    trial.when(past, CARL).then_refused("time_past")
    trial.when(c.EndAbsence(person="tom"), CARL).then_nothing()


def test_absences_that_are_over_are_forgotten_with_the_next() -> None:
    trial = away().later(hours=5)
    trial.do(c.MarkAbsent(person="tina", start=trial.now, end=trial.now + HOUR), CARL)
    assert [each.person for each in trial.shop.absences] == ["tina"]
