"""A copy of an event or of a reading counts once; another one of the same kind counts."""

from msgspec.structs import replace

from devices.once import MOST_KEYS, Heard, first_time
from devices.readings import Alive, Availability, Event, EventKind, Observation
from tests.devices.moments import NOON, at, sees

PRESS = Event("shelly:a", "button-0", EventKind.press, "single", "shelly:a/button-0/7", NOON)
READ = replace(PRESS, kind=EventKind.plate, value="沪A12345", track="t1", score=0.8, key="k1")


def new(*seen: Observation) -> list[bool]:
    """Which of them are no copies, one after the other."""
    heard, found = Heard(), list[bool]()
    for one in seen:
        heard, is_new = first_time(heard, one)
        found.append(is_new)
    return found


def test_a_key_counts_once_however_late_the_copy() -> None:
    later = replace(PRESS, received_at=at(86_400))
    assert new(PRESS, later, replace(later, key="another")) == [True, False, True]


def test_a_press_said_on_two_topics_is_one_and_two_presses_on_one_topic_are_two() -> None:
    whole = replace(PRESS, key="1", alike="single", source="whole")
    copy = replace(whole, key="2", source="attribute", received_at=at(0.1))
    again = replace(whole, key="3", received_at=at(0.9))
    its_copy = replace(copy, key="4", received_at=at(1))
    assert new(whole, copy, again, its_copy) == [True, False, True, False]
    assert new(whole, replace(copy, received_at=at(5))) == [True, True]


def test_a_press_that_a_network_delivers_twice_is_one() -> None:
    one = replace(PRESS, key="1", alike="single")
    again = replace(one, key="2", received_at=at(0.1))
    assert new(one, again, replace(one, key="3", received_at=at(0.8))) == [True, False, True]


def test_of_one_track_only_a_surer_read_passes() -> None:
    worse = replace(READ, key="k2", score=0.7, value="沪AI2345")
    surer = replace(READ, key="k3", score=0.9)
    other = replace(worse, key="k4", track="t2")
    assert new(READ, worse, surer, other) == [True, False, True, True]


def test_a_reading_that_two_gateways_bring_counts_once_within_seconds() -> None:
    one = replace(sees(True, 0), dedupe="packet:7")
    assert new(one, replace(one, received_at=at(3))) == [True, False]
    assert new(one, replace(one, received_at=at(60))) == [True, True]
    assert new(replace(one, retained=True), one) == [True, True]


def test_what_a_bridge_tells_again_on_its_return_is_no_press() -> None:
    back = Availability("z2m-bridge:z", Alive.online, at(10), False)
    again = replace(
        PRESS, bridge="z2m-bridge:z", alike="x", source="whole", key="1", received_at=at(11)
    )
    pressed = replace(again, key="2", received_at=at(20))
    assert new(back, again, pressed) == [True, False, True]
    assert new(replace(back, retained=True), again) == [True, True]
    assert new(back, replace(again, source="")) == [True, True]


def test_what_is_remembered_is_bounded() -> None:
    heard = Heard()
    for number in range(MOST_KEYS + 5):
        heard, _ = first_time(heard, replace(PRESS, key=str(number)))
    assert len(heard.keys) == MOST_KEYS
    assert first_time(heard, replace(PRESS, key="0"))[1]
