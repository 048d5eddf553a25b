"""A level counts when it has lasted; noise, repeats and impossible distances do not."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from devices.memory import Cause
from devices.readings import State
from tests.devices.moments import EYE, NOON, SONAR, Day, at, measures, sees


def test_a_car_counts_after_the_enter_time_from_its_first_sight() -> None:
    day = Day()
    assert day.step(sees(True, 0)) == []
    assert day.wait(4.9) == []
    [report] = day.wait(5)
    assert (report.present, report.since, report.device, report.reason) == (
        True,
        NOON,
        "native:eye",
        Cause.sensor,
    )


def test_a_gone_car_counts_after_the_leave_time() -> None:
    day = Day()
    day.step(sees(True, 0), sees(False, 30))
    assert day.levels == [True]
    assert day.wait(49) == []
    [report] = day.wait(50)
    assert (report.present, report.since) == (False, at(30))


def test_somebody_walking_through_is_no_car() -> None:
    day = Day()
    day.step(sees(False, 0))
    day.wait(20)
    day.step(sees(True, 30), sees(False, 33))
    day.wait(60)
    assert day.levels == [False]


def test_a_late_tick_changes_nothing_about_when_a_level_began() -> None:
    day = Day()
    day.step(sees(True, 0), sees(False, 90))
    assert day.levels == [True]
    day.wait(200)
    assert [report.since for report in day.told] == [NOON, at(90)]


def test_an_inverted_sensor_says_the_opposite() -> None:
    day = Day(replace(EYE, invert=True))
    day.step(sees(False, 0))
    [report] = day.wait(5)
    assert report.present is True


def test_ten_flaps_a_second_make_no_edge() -> None:
    day = Day()
    day.step(sees(False, 0))
    day.wait(20)
    for tenth in range(600):
        day.step(sees(tenth % 2 == 0, 30 + tenth / 10))
    assert day.levels == [False]


def test_too_many_edges_make_a_sensor_unreliable_until_it_is_quiet() -> None:
    day = Day(replace(EYE, enter_seconds=1, leave_seconds=1))
    for second in range(0, 60, 2):
        day.step(sees(second % 4 == 0, second))
    assert day.told[-1].reason is Cause.unreliable
    assert len(day.told) <= 8
    for second in range(60, 720, 30):
        day.step(sees(True, second))
    assert day.told[-1].present is True


@pytest.mark.parametrize("level", [True, False])
def test_a_level_that_its_sensor_contradicts_all_the_time_is_not_believed(level: bool) -> None:
    """No other level lasts, so the old one stood for as long as it flapped."""
    day = Day()
    day.step(sees(level, 0))
    day.wait(20)
    for half in range(150):
        day.step(sees(half % 2 == 0, 30 + half / 2))
    assert day.levels == [level, None]
    assert day.told[-1].reason is Cause.unreliable
    day.step(sees(False, 200), sees(False, 221))
    assert day.levels == [level, None, False]


def test_people_who_walk_past_now_and_then_make_no_sensor_unreliable() -> None:
    day = Day()
    day.step(sees(False, 0))
    day.wait(20)
    for person in range(10):
        day.step(sees(True, 60 * person + 30), sees(False, 60 * person + 33))
    day.wait(700)
    assert Cause.unreliable not in [one.reason for one in day.told]


def near(seconds: float) -> State:
    return measures(700, seconds)


def far(seconds: float) -> State:
    return measures(2600, seconds)


def test_a_distance_needs_three_of_five_readings() -> None:
    day = Day(SONAR)
    day.step(near(0), near(1))
    assert day.wait(10) == []
    day.step(near(11))
    [report] = day.wait(16)
    assert (report.present, report.since) == (True, at(11))


def test_between_the_thresholds_nothing_changes() -> None:
    day = Day(SONAR)
    day.step(*[near(second) for second in range(9)])
    day.step(*[measures(1350, second) for second in range(9, 90)])
    assert day.levels == [True]
    day.step(*[far(second) for second in range(90, 120)])
    assert day.levels == [True, False]


@pytest.mark.parametrize("odd", [None, 0, 2, 19.9, 20, 4000, 4000.1, 65535])
def test_impossible_distances_are_no_readings_and_a_fault_after_a_minute(
    odd: float | None,
) -> None:
    day = Day(SONAR)
    day.step(*[near(second) for second in range(9)])
    day.step(*[measures(odd, second) for second in range(10, 70)])
    assert day.levels == [True]
    day.step(measures(odd, 71))
    [report] = day.told[1:]
    assert (report.present, report.reason) == (None, Cause.faulty)
    day.step(near(72))
    assert day.told[-1].present is True


def test_a_sensor_that_lost_what_it_measures_frees_no_bay() -> None:
    """It said so once, or three times, and then nothing that could bear it out."""
    for sensor, gone, lost in (
        (EYE, [sees(False, 10)], sees(None, 0)),
        (SONAR, [far(second) for second in (11, 12, 13)], measures(None, 0)),
    ):
        day = Day(sensor)
        day.step(*(sees(True, 0) if sensor is EYE else near(tenth / 10) for tenth in range(9)))
        day.wait(9)
        day.step(*gone)
        for second in range(14, 90):
            day.step(structs.replace(lost, received_at=at(second)))
            day.wait(second + 0.5)
        assert day.levels == [True, None]
        assert day.told[-1].reason is Cause.faulty


def test_a_gap_in_what_it_measures_does_not_begin_the_leave_time_anew() -> None:
    day = Day(SONAR)
    day.step(*[near(tenth / 10) for tenth in range(9)])
    day.wait(9)
    for second in range(10, 40):
        day.step(far(second) if second % 2 else measures(None, second))
        day.wait(second + 0.5)
    assert day.levels == [True, False]
    assert day.told[-1].since == at(15)


def test_a_second_delivery_of_a_reading_counts_once() -> None:
    day = Day(SONAR)
    once = structs.replace(near(0), number=1, device_time=NOON)
    day.step(once, once, once, once)
    assert day.wait(10) == []


def test_an_older_reading_delivered_late_is_ignored() -> None:
    day = Day()
    day.step(sees(True, 0, number=7, device_time=at(0)))
    day.step(sees(False, 1, number=6, device_time=at(-9)))
    [report] = day.wait(5)
    assert report.present is True


def test_a_rebooted_device_that_counts_from_the_start_is_heard() -> None:
    day = Day()
    day.step(sees(False, 0, number=900, device_time=at(0)))
    day.wait(20)
    day.step(sees(True, 30, number=1, device_time=at(30)))
    [report] = day.wait(35)
    assert report.present is True


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(1970, 1, 1, 3, tzinfo=UTC), datetime(1970, 1, 1, 0, 0, 5, tzinfo=UTC)),
        (at(0), datetime(1970, 1, 1, 0, 0, 5, tzinfo=UTC)),
        (at(365 * 86_400), at(30)),
    ],
    ids=["never set", "lost", "set back"],
)
def test_a_rebooted_device_is_heard_whatever_its_clock_says(
    before: datetime, after: datetime
) -> None:
    day = Day()
    day.step(sees(False, 0, number=900, device_time=before))
    day.wait(20)
    day.step(sees(True, 30, number=1, device_time=after))
    [report] = day.wait(35)
    assert report.present is True


@given(st.lists(st.tuples(st.floats(0.05, 60), st.booleans()), max_size=60))
def test_edges_are_never_closer_than_the_time_a_level_must_last(
    readings: list[tuple[float, bool]],
) -> None:
    day, now = Day(), 0.0
    for pause, value in readings:
        now += pause
        day.step(sees(value, now))
    day.wait(now + 30)
    reasons = [Cause.sensor, *(one.reason for one in day.told)]
    for place, (before, after) in enumerate(pairwise(day.told)):
        dwell = EYE.leave_seconds if before.present is False else EYE.enter_seconds
        # A level that returns after a doubt began before it, and is told from the doubt on.
        if Cause.unreliable not in reasons[place : place + 3]:
            assert (after.since - before.since).total_seconds() >= dwell - 1e-6
