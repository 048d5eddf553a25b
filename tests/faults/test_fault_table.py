"""Rows of the table in docs/sensor-faults.md that levels, clocks and wills bring about, each
through a real broker, into one shop that goes on listening.
"""

import time

from tests.e2e.running import until
from tests.faults.bound_devices import MANY, Z2M, occupied
from tests.faults.hearing_shop import HearingShop
from tests.servers.fair_clock import fair_seconds


def test_a_press_that_the_broker_kept_calls_nobody(hearing: HearingShop) -> None:
    hearing.heard()
    assert hearing.calls("kept") == hearing.calls("gen1") == hearing.calls("andon") == []
    hearing.press("kept", "single", "7-2")
    hearing.heard()
    assert hearing.calls("kept") == ["technical"]


def test_a_will_that_comes_after_the_new_life_leaves_the_device_there(hearing: HearingShop) -> None:
    for boot in (1, 2):
        hearing.say("shop/main/dev/late/$status", {"s": "online", "boot": boot})
    occupied(hearing, "late", True)
    hearing.say("shop/main/dev/late/$status", {"s": "offline", "boot": 1})
    hearing.say("tele/tide/LWT", "Online")
    hearing.say("tele/tide/LWT", "Offline")
    hearing.say("tele/tide/SENSOR", {"Switch1": "ON"})
    hearing.later(30)
    assert hearing.levels("late") == hearing.levels("tide") == ["present"]


def test_a_bridge_that_goes_is_one_sentence_and_its_bays_are_unknown_in_two_seconds(
    hearing: HearingShop,
) -> None:
    """Falls over without `bridges_away`: nobody would be told why."""
    for _, name in Z2M:
        hearing.say(f"zigbee2mqtt/{name}", {"occupancy": True})
    until(lambda: all(hearing.levels(f"bay-{n}") == ["present"] for n in range(MANY)))
    hearing.say("zigbee2mqtt/bridge/state", {"state": "offline"}, retain=True)
    began, wanted = fair_seconds(), [("present", "sensor"), ("unknown", "bridge offline")]
    until(lambda: all(hearing.reports(f"bay-{n}") == wanted for n in range(MANY)))
    assert fair_seconds() - began < 3.0, "one second until it counts, at most one for the tick"
    [sentence] = hearing.sensors.degraded
    assert "zigbee2mqtt is offline: of its 40 bound devices nothing is known" in sentence
    hearing.say("zigbee2mqtt/bridge/state", {"state": "online"}, retain=True)
    until(lambda: not hearing.sensors.degraded)


def test_a_sleeping_device_is_missed_only_after_two_and_a_half_intervals(
    hearing: HearingShop,
) -> None:
    occupied(hearing, "sleeper", True)
    hearing.say("shop/main/dev/sleeper/$status", {"s": "sleeping", "boot": 1})
    hearing.later(290)
    assert hearing.levels("sleeper") == ["present"]
    hearing.later(15)
    assert hearing.reports("sleeper")[1:] == [("unknown", "no reading for too long")]


def test_a_level_that_flaps_is_not_believed(hearing: HearingShop) -> None:
    for number in range(16):
        occupied(hearing, "flap", number % 2 == 0)
    hearing.later(1)
    assert hearing.reports("flap")[-1] == ("unknown", "changes too often")
    assert len(hearing.reports("flap")) <= 9, "no more than the guard lets through"
    for number in range(100):
        hearing.say("shop/main/dev/sonar/st/distance", {"v": 1100 + 500 * (number % 2)}, qos=0)
    hearing.later(1)
    assert len(hearing.reports("sonar")) <= 1, "one edge in its dwell"


def test_impossible_distances_and_somebody_walking_through_are_no_edge(
    hearing: HearingShop,
) -> None:
    topic = "shop/main/dev/sonar/st/distance"
    for _ in range(5):
        hearing.say(topic, {"v": 2600})
    hearing.later(25)
    before = hearing.levels("sonar")
    assert before[-1] == "absent"
    for value in (900, 2600, 950, 2600, 2600, 0, 4000.5, None, 2600):
        hearing.say(topic, {"v": value})
    hearing.say(topic, b'{"v":NaN}')
    hearing.later(6)
    assert hearing.levels("sonar") == before
    for _ in range(3):
        hearing.say(topic, {"v": 0})
    hearing.later(61)
    assert hearing.reports("sonar")[len(before) :] == [("unknown", "no usable reading")]


def test_clocks_that_are_years_off_change_no_order(hearing: HearingShop) -> None:
    year = 365 * 86_400
    for value, seconds in ((True, time.time() + year), (False, 0), (True, time.time())):
        occupied(hearing, "clock", value, t=seconds)
    zoneless = ("1970-01-01T00:00:09", "2026-03-29T02:30:00", "2031-10-26T02:30:00")
    for level, told in zip(("ON", "OFF", "ON"), zoneless, strict=True):
        hearing.say("tele/tide/SENSOR", {"Time": told, "Switch1": level})
    hearing.heard()
    assert hearing.levels("clock") == ["present", "absent", "present"]
    assert hearing.levels("tide")[-1] == "present"


def test_broken_messages_are_set_aside_and_the_next_good_one_counts(hearing: HearingShop) -> None:
    topic, good = "tele/broken/SENSOR", '{"Time":"2026-03-02T12:00:00","Switch1":"ON"}'
    hearing.say(topic, good)
    hearing.heard()
    before = hearing.sensors.counters["intake_malformed"]
    bad: tuple[bytes | str, ...] = (
        good[:20] + '0\x10tele/x/SENSOR{"Time"' + good[20:],
        good[:-9],
        '{"Switch1":NaN}',
        "[" * 5000,
        b"\xff\xfe\x00",
        '{"Switch1":"OFF"' + "," * 70_000 + "}",
        "OFF",
    )
    for one in bad:
        hearing.say(topic, one)
    hearing.say(topic, b" " * 5_000_000)
    hearing.say(topic, "")
    hearing.say(topic, b"\xef\xbb\xbf" + good.replace("ON", "OFF").encode())
    hearing.heard()
    assert hearing.sensors.counters["intake_malformed"] >= before + len(bad)
    assert hearing.levels("broken") == ["present", "absent"]


def test_two_sources_that_disagree_are_shown_and_do_not_alternate(hearing: HearingShop) -> None:
    occupied(hearing, "camera", False)
    occupied(hearing, "below", True)
    occupied(hearing, "one", True)
    occupied(hearing, "two", True)
    hearing.heard()
    occupied(hearing, "two", False)
    hearing.later(31)
    for _ in range(5):
        occupied(hearing, "one", True)
        occupied(hearing, "two", False)
        occupied(hearing, "below", True)
        occupied(hearing, "camera", False)
    hearing.later(31)
    assert hearing.levels("both") == ["absent"], "the one with priority decides"
    assert hearing.reports("equal") == [("present", "sensor"), ("unknown", "sensors disagree")]
