"""The day: opened, every car that stays decided, closed, and opened again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from board.core import commands as c
from board.core.closing import came_since_closing, carried, decision_on, morning, undecided
from board.core.day_book import Choice
from board.core.days import business_day, nights_kept
from board.core.holds import HoldReason
from board.core.job import Place, Where
from tests.builders import (
    ANNA,
    CARL,
    MONA,
    NOW,
    PLATES,
    TOM,
    Trial,
    booked,
    person,
    ready,
    received,
    signed,
    working,
)

TODAY = NOW.date()
TOMORROW = NOW + timedelta(days=1, hours=6)
STAYS = c.DecideCarryOver(job="j1", choice=Choice.tomorrow, promise=TOMORROW)
OUT = c.DecideCarryOver(job="j1", choice=Choice.moved_out)
DONE = c.DecideCarryOver(job="j1", choice=Choice.finished)


def evening(trial: Trial) -> Trial:
    return trial.later(hours=9)


def next_day(trial: Trial) -> Trial:
    trial.now = (trial.now + timedelta(days=1)).replace(hour=1, minute=0)
    return trial


def left(trial: Trial) -> list[str]:
    return [job.id for job in undecided(trial.shop, TODAY)]


def test_a_day_with_an_undecided_car_cannot_be_closed_and_it_says_how_many() -> None:
    trial = evening(received(signed(Trial()), "j2", PLATES[1])).do(STAYS, CARL)
    trial.when(c.CloseDay(), CARL).then_refused("day_undecided")
    assert trial.refused is not None
    assert trial.refused.params == {"count": 1}
    trial.do(replace(OUT, job="j2"), CARL).do(c.CloseDay(), CARL)
    assert trial.shop.day.closed_at == trial.now


def test_cars_that_are_not_here_need_no_decision() -> None:
    trial = booked(ready(Trial()), "j2", PLATES[1], hours=30)
    trial.do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert left(trial) == []
    trial.when(replace(OUT, job="j2"), CARL).then_refused("not_here")
    trial.do(c.CloseDay(), CARL)


def test_a_car_that_stays_needs_a_promise_after_today() -> None:
    trial = signed(Trial())
    bare = replace(STAYS, promise=None)
    trial.when(bare, CARL).then_refused("time_needed")
    tonight = replace(STAYS, promise=NOW + timedelta(hours=11))
    trial.when(tonight, CARL).then_refused("promise_too_soon")
    trial.do(STAYS, CARL)
    promise = trial.job().promise
    assert promise is not None
    assert promise.at == TOMORROW
    # What holds tomorrow anyway is not told again.
    trial.do(replace(bare, note="waits for the part"), CARL)
    assert len(trial.job().promises) == 1


def test_a_car_that_is_moved_out_stands_outside_or_where_it_is_said() -> None:
    trial = working(Trial()).do(c.PlaceCar(job="j1", where=Where.bay, spot="1"), TOM)
    trial.when(replace(OUT, where=Where.bay, spot="1"), CARL).then_refused("not_moved_out")
    trial.do(OUT, CARL)
    assert trial.job().place == Place(Where.outside)
    trial.do(replace(OUT, where=Where.parking, spot="B07"), CARL)
    assert trial.job().place == Place(Where.parking, "B07")
    trial.do(replace(OUT, note="yard"), CARL)
    assert trial.job().place == Place(Where.parking, "B07")


def test_only_a_car_that_is_done_is_decided_as_finished() -> None:
    working(Trial()).when(DONE, CARL).then_refused("not_finished")
    trial = ready(Trial()).do(DONE, CARL)
    assert left(trial) == []


def test_a_finished_car_that_is_held_again_is_undecided() -> None:
    trial = ready(Trial()).do(DONE, CARL)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.quote), ANNA)
    assert left(trial) == ["j1"]


def test_an_advisor_decides_for_own_cars() -> None:
    other = person("olga", "Olga", *ANNA.roles)
    signed(Trial()).do(STAYS, ANNA)
    signed(Trial()).when(STAYS, other).then_refused("not_your_car")
    signed(Trial()).do(STAYS, MONA)


def test_a_decision_is_for_its_day_alone() -> None:
    trial = evening(signed(Trial())).do(OUT, CARL).do(c.CloseDay(), CARL)
    next_day(trial).do(c.OpenDay(), CARL)
    assert decision_on(trial.shop, trial.job(), TODAY + timedelta(days=1)) is None
    trial.when(c.CloseDay(), CARL).then_refused("day_undecided")


def test_a_decision_can_be_changed_and_taken_back() -> None:
    trial = signed(Trial()).do(OUT, CARL)
    trial.when(OUT, CARL).then_nothing()
    trial.later(minutes=1).do(STAYS, CARL)
    decisions = trial.job().decisions
    assert [each.choice for each in decisions] == [Choice.tomorrow]
    trial.do(c.UndoMove(job="j1"), CARL)
    assert [each.choice for each in trial.job().decisions] == [Choice.moved_out]


def test_clocks_that_run_at_closing_are_closed_with_the_mark() -> None:
    trial = evening(working(Trial())).do(STAYS, CARL).do(c.CloseDay(), CARL)
    clock = trial.job().lines[0].clocks[0]
    assert (clock.ended_at, clock.corrected) == (trial.now, True)
    assert trial.shop.running == {}


def test_time_off_the_cars_ends_with_the_day_too() -> None:
    trial = evening(Trial().do(c.StartIndirect(code="cleaning"), TOM)).do(c.CloseDay(), CARL)
    clock = trial.shop.indirect["tom"][0].clock
    assert (clock.ended_at, clock.corrected) == (trial.now, True)


def test_a_day_is_opened_once_and_only_when_the_one_before_is_closed() -> None:
    trial = Trial().do(c.OpenDay(), CARL)
    trial.when(c.OpenDay(), MONA).then_nothing()
    next_day(trial).when(c.OpenDay(), CARL).then_refused("day_open")
    trial.do(c.CloseDay(), CARL).do(c.OpenDay(), CARL)
    assert trial.shop.day.day == TODAY + timedelta(days=1)


def test_a_day_that_was_forgotten_is_closed_the_next_morning_as_itself() -> None:
    trial = next_day(signed(Trial().do(c.OpenDay(), CARL)))
    trial.do(replace(STAYS, promise=trial.now + timedelta(hours=5)), CARL).do(c.CloseDay(), CARL)
    assert trial.shop.day.day == TODAY


def test_a_closed_day_is_not_closed_again_nor_opened_but_with_a_reason() -> None:
    trial = Trial().do(c.OpenDay(), CARL).do(c.CloseDay(), CARL).later(hours=1)
    trial.when(c.CloseDay(), CARL).then_refused("day_closed")
    trial.when(c.OpenDay(), CARL).then_refused("day_closed")
    trial.when(c.ReopenDay(), CARL).then_refused("reason_needed")
    trial.do(c.ReopenDay(reason="a car came back"), CARL)
    assert trial.shop.day.is_open
    trial.when(c.ReopenDay(reason="again"), CARL).then_refused("day_not_closed")
    trial.do(c.CloseDay(), CARL)


def test_what_a_closed_day_decided_is_decided_anew_only_when_it_is_opened_again() -> None:
    trial = evening(signed(Trial())).do(OUT, CARL).do(c.CloseDay(), CARL)
    trial.when(STAYS, CARL).then_refused("day_closed")
    trial.do(c.ReopenDay(reason="forgot the promise"), CARL).do(STAYS, CARL)


def test_a_car_that_comes_after_closing_is_no_car_that_was_carried_over() -> None:
    trial = evening(signed(Trial())).do(OUT, CARL).do(c.CloseDay(), CARL)
    received(trial.later(hours=1), "j2", PLATES[1])
    assert [job.id for job in came_since_closing(trial.shop)] == ["j2"]
    trial.when(replace(STAYS, job="j2"), CARL).then_refused("day_closed")
    next_day(trial)
    assert [job.id for job in morning(trial.shop, trial.now).carried] == ["j1"]
    trial.do(c.OpenDay(), CARL)
    assert [job.id for job in morning(trial.shop, trial.now).carried] == ["j1"]
    trial.do(replace(OUT, job="j2"), CARL).do(OUT, CARL).do(c.CloseDay(), CARL)
    next_day(trial).do(c.OpenDay(), CARL)
    assert [job.id for job in morning(trial.shop, trial.now).carried] == ["j1", "j2"]


def test_no_day_is_opened_again_once_the_next_one_is() -> None:
    trial = next_day(Trial().do(c.OpenDay(), CARL).do(c.CloseDay(), CARL)).do(c.OpenDay(), CARL)
    trial.when(c.ReopenDay(reason="too late"), CARL).then_refused("day_not_closed")


def test_a_shop_may_close_a_day_that_nobody_opened() -> None:
    trial = Trial().do(c.CloseDay(), CARL)
    assert (trial.shop.day.day, trial.shop.day.is_open) == (TODAY, False)


@pytest.mark.parametrize("days", [1, 2, 3])
def test_origin_and_nights_of_a_car_that_stays_are_those_of_the_next_morning(days: int) -> None:
    trial = received(Trial())
    for _ in range(days):
        evening(trial)
        promise = (trial.now + timedelta(days=1)).replace(hour=6)
        trial.do(replace(STAYS, promise=promise), CARL).do(c.CloseDay(), CARL)
        next_day(trial).do(c.OpenDay(), CARL)
    kept = carried(trial.shop, TODAY + timedelta(days=days - 1))[0]
    assert (kept.origin, kept.nights) == (TODAY, days)
    assert nights_kept(trial.job(), trial.now, trial.shop.settings) == days


def test_the_morning_begins_with_what_stayed_what_comes_and_what_is_at_risk() -> None:
    trial = evening(received(Trial()))
    trial.do(replace(STAYS, promise=morning_at(2)), CARL).do(c.CloseDay(), CARL)
    booked(trial, "j2", PLATES[1], hours=20)
    booked(trial, "j3", PLATES[2], hours=60)
    next_day(trial).do(c.OpenDay(), CARL)
    trial.do(c.MarkAbsent(person="tom", start=NOW, end=morning_at(9)), CARL)
    begins = morning(trial.shop, trial.now)
    assert [job.id for job in begins.carried] == ["j1"]
    assert [job.id for job in begins.appointments] == ["j2"]
    assert [job.id for job in begins.at_risk] == ["j1"]
    assert [each.person for each in begins.absent] == ["tom"]


def morning_at(hour: int) -> datetime:
    """So many hours UTC on the day after NOW; the shop's clock is eight ahead."""
    return (NOW + timedelta(days=1)).replace(hour=hour)


def test_business_days_and_the_shops_clock_agree_on_what_today_is() -> None:
    assert business_day(NOW, Trial().shop.settings) == TODAY


def test_promises_at_risk_stand_in_the_order_of_their_times() -> None:
    trial = signed(Trial())
    received(trial, "j2", PLATES[1])
    for job, minutes in (("j1", 40), ("j2", 20)):
        at = trial.now + timedelta(minutes=minutes)
        trial.do(c.PromiseJob(job=job, at=at), CARL)
    assert [job.id for job in morning(trial.later(hours=1).shop, trial.now).at_risk] == ["j2", "j1"]
