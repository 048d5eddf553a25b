"""What the sensors of a bay say: replays, silence, absence, disagreement."""

from dataclasses import replace

from devices.bindings import Bindings, Sensor
from devices.memory import Cause
from devices.readings import Alive
from devices.truth import Settled, Subscribed
from tests.devices.moments import EYE, NOON, Day, at, says, sees

OTHER = replace(EYE, device="native:other")
BRIDGE = "z2m-bridge:zigbee2mqtt"
ZIGBEE = Sensor("z2m:0x00124b0022aa33ff", "occupancy", "bay-2", expected_interval_seconds=3600)


def occupied(*sensors: Sensor) -> Day:
    day = Day(*sensors)
    day.step(*[sees(True, 0, sensor) for sensor in day.bindings.sensors])
    day.wait(5)
    assert {report.present for report in day.told} == {True}
    return day


# Replays


def test_while_replays_come_in_nothing_is_told() -> None:
    day = Day()
    day.step(Subscribed(NOON), says(Alive.online, 0, retained=True))
    assert day.step(sees(True, 0, retained=True)) == []
    [report] = day.step(Settled(at(3)))
    assert (report.present, report.reason) == (True, Cause.remembered)


def test_a_replay_of_unknown_age_says_nothing() -> None:
    day = Day()
    day.step(sees(True, 0, retained=True))
    assert day.wait(60) == []


def test_a_replay_that_the_device_dates_itself_is_believed() -> None:
    day = Day()
    [report] = day.step(sees(True, 0, retained=True, device_time=at(-100)))
    assert report.present is True


def test_a_replay_dated_long_ago_or_in_the_future_is_not() -> None:
    for seconds in (-400, 500):
        day = Day()
        assert day.step(sees(True, 0, retained=True, device_time=at(seconds))) == []


def test_a_replay_of_a_device_that_is_gone_is_never_believed() -> None:
    day = Day()
    day.step(Subscribed(NOON), sees(True, 0, retained=True, device_time=at(-10)))
    day.step(says(Alive.offline, 0, retained=True), Settled(at(3)))
    day.wait(10)
    assert day.told == []


def test_replays_do_not_keep_a_level_young() -> None:
    day = occupied()
    for second in range(60, 301, 60):
        day.step(sees(True, second, retained=True))
    [report] = day.wait(301)
    assert (report.present, report.reason) == (None, Cause.stale)


def test_a_replay_that_says_free_makes_a_car_doubtful_after_the_leave_time() -> None:
    day = occupied()
    day.step(Subscribed(at(60)), sees(False, 60, retained=True))
    assert day.step(Settled(at(63))) == []
    assert day.wait(80) == []
    [report] = day.wait(81)
    assert (report.present, report.reason) == (None, Cause.replayed)
    day.step(sees(False, 90))
    [report] = day.wait(110)
    assert report.present is False


def test_a_live_reading_ends_the_doubt() -> None:
    day = occupied()
    day.step(sees(False, 60, retained=True), sees(True, 70))
    assert day.wait(200) == []


def test_a_replay_older_than_what_we_have_is_ignored() -> None:
    day = Day()
    day.step(sees(True, 0, device_time=at(0)))
    day.step(sees(False, 6, retained=True, device_time=at(-60)))
    day.wait(60)
    assert day.levels == [True]


# Silence and absence


def test_silence_makes_a_bay_unknown_never_free() -> None:
    day = occupied()
    assert day.wait(300) == []
    [report] = day.wait(301)
    assert (report.present, report.since, report.reason) == (None, at(301), Cause.stale)


def test_after_a_silence_a_level_begins_anew() -> None:
    day = occupied()
    day.wait(301)
    day.step(sees(True, 900))
    [report] = day.wait(905)
    assert (report.present, report.since) == (True, at(900))


def test_a_device_offline_for_five_seconds_makes_its_bay_unknown() -> None:
    day = occupied()
    day.step(says(Alive.offline, 10))
    assert day.wait(14) == []
    [report] = day.wait(15)
    assert (report.present, report.reason) == (None, Cause.offline)


def test_a_will_that_comes_after_newer_words_changes_nothing() -> None:
    day = occupied()
    day.step(says(Alive.offline, 10), says(Alive.online, 11))
    day.step(says(Alive.offline, 20), sees(True, 21))
    assert day.wait(60) == []


def test_the_will_of_a_former_power_up_is_ignored() -> None:
    day = occupied()
    day.step(says(Alive.online, 6, boot="1"), says(Alive.online, 8, boot="2"))
    day.step(says(Alive.offline, 9, boot="1"))
    assert day.wait(60) == []


def test_a_sleeping_device_is_no_fault() -> None:
    day = occupied()
    day.step(says(Alive.sleeping, 10))
    assert day.wait(200) == []


def test_fresh_words_overrule_a_remembered_absence() -> None:
    day = Day()
    day.step(says(Alive.offline, 0, retained=True))
    day.step(sees(True, 10), sees(True, 12))
    [report] = day.wait(15)
    assert report.present is True


def test_after_an_absence_readings_count_anew() -> None:
    day = occupied()
    day.step(says(Alive.offline, 10))
    day.wait(16)
    assert day.step(says(Alive.online, 60)) == []
    day.step(sees(False, 61))
    [report] = day.wait(81)
    assert (report.present, report.since) == (False, at(61))


def test_a_bridge_that_goes_takes_all_its_devices_along_at_once() -> None:
    second = replace(ZIGBEE, device="z2m:0x00124b0022aa3400", bay="bay-3")
    day = Day(ZIGBEE, second)
    day.step(sees(True, 0, ZIGBEE, bridge=BRIDGE), sees(True, 0, second, bridge=BRIDGE))
    day.wait(5)
    day.step(says(Alive.offline, 10, BRIDGE))
    told = day.wait(11)
    assert [(one.bay, one.present, one.reason) for one in told] == [
        ("bay-2", None, Cause.bridge_offline),
        ("bay-3", None, Cause.bridge_offline),
    ]


def test_devices_nobody_bound_take_no_memory() -> None:
    day = Day()
    for number in range(100):
        day.step(says(Alive.online, number, f"native:stranger-{number}"))
        day.step(sees(True, number, replace(EYE, device=f"native:stranger-{number}")))
    assert not day.memory.lives
    assert not day.memory.channels


# Several sensors


def test_two_sensors_that_agree_speak_once() -> None:
    day = occupied(EYE, OTHER)
    assert len(day.told) == 1


def test_a_short_disagreement_is_waited_out() -> None:
    day = occupied(EYE, OTHER)
    day.step(sees(False, 60, EYE), sees(False, 80, OTHER))
    assert day.wait(90) == []
    [report] = day.wait(100)
    assert report.present is False


def test_a_lasting_disagreement_is_unknown_and_names_both() -> None:
    day = occupied(EYE, OTHER)
    day.step(sees(False, 60, EYE), sees(True, 60, OTHER))
    day.wait(80)
    [report] = day.wait(110)
    assert (report.present, report.reason) == (None, Cause.conflict)
    assert report.device.split() == ["native:eye", "native:other"]


def test_the_higher_priority_decides_a_disagreement() -> None:
    day = occupied(EYE, replace(OTHER, priority=1))
    day.step(sees(False, 60, EYE), sees(True, 60, OTHER))
    assert day.wait(200) == []


def test_one_sensor_speaks_for_a_silent_one() -> None:
    day = occupied(EYE, OTHER)
    day.step(*[sees(True, second, EYE) for second in range(60, 900, 60)])
    assert day.wait(900) == []


def test_a_level_that_returns_after_a_doubt_begins_with_its_return() -> None:
    day = occupied(EYE, OTHER)
    day.step(sees(False, 60, EYE), sees(True, 60, OTHER))
    day.wait(80)
    day.wait(110)
    day.step(sees(True, 120, EYE))
    day.wait(125)
    assert [(one.present, one.since) for one in day.told[1:]] == [
        (None, at(110)),
        (True, at(110)),
    ]


# The last sensor is taken off


def test_a_silent_bay_is_told_once_that_it_has_no_sensor_any_more() -> None:
    day = occupied()
    day.wait(301)
    day.bindings = Bindings()
    [report] = day.wait(310)
    assert (report.present, report.since, report.reason) == (None, at(310), Cause.unbound)
    assert day.wait(320) == []


def test_a_bay_that_has_just_fallen_silent_is_told_of_it_under_another_moment() -> None:
    day = occupied()
    [silent] = day.wait(301)
    day.bindings = Bindings()
    [report] = day.wait(301)
    assert report.since > silent.since
