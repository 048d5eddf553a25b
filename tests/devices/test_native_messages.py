"""Messages of native devices mean what docs/mqtt.md says."""

import json
from datetime import UTC, datetime

import pytest

from devices.families.native import Native
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Discovery,
    Event,
    EventKind,
    Malformed,
    Observation,
    Quality,
    State,
)
from tests.devices.moments import NOON


def read(
    rest: str, payload: bytes, retained: bool = False, head: str = "shop/main/dev/"
) -> list[Observation]:
    return list(Native("main").parse(head + rest, payload, retained, NOON))


def test_an_occupancy_reading_carries_time_and_number() -> None:
    found = read("eye/st/occupancy", b'{"v":true,"t":1772452800.5,"q":"good","n":123}')
    at = datetime(2026, 3, 2, 12, 0, 0, 500_000, tzinfo=UTC)
    eye = "native:eye"
    assert found == [
        State(eye, "occupancy", Capability.occupancy, True, NOON, False, at, 123),
    ]


def test_the_word_before_the_hyphen_says_what_a_channel_measures() -> None:
    [found] = read("eye/st/distance-left", b'{"v":540}')
    assert isinstance(found, State)
    assert (found.channel, found.capability, found.value) == (
        "distance-left",
        Capability.distance,
        540,
    )


@pytest.mark.parametrize(
    ("payload", "quality"),
    [
        (b'{"v":null}', Quality.unknown),
        (b'{"v":true,"q":"bad"}', Quality.bad),
        (b'{"v":true,"q":"stale"}', Quality.stale),
        (b'{"v":true,"q":"fine?"}', Quality.bad),
        (b'{"v":true,"q":7}', Quality.bad),
    ],
)
def test_a_device_may_say_that_it_has_no_value(payload: bytes, quality: Quality) -> None:
    [found] = read("eye/st/occupancy", payload)
    assert isinstance(found, State)
    assert (found.value, found.quality) == (None, quality)


@pytest.mark.parametrize("position", ["down", "up", "between"])
def test_a_lift_says_where_it_is(position: str) -> None:
    [found] = read("eye/st/lift", b'{"v":"%s"}' % position.encode())
    assert isinstance(found, State)
    assert (found.capability, found.value) == (Capability.lift, position)


@pytest.mark.parametrize(
    "told", [b"1772452800", b"1772452800.0", b"1772452800000", b'"2026-03-02T20:00:00+08:00"']
)
def test_its_clock_may_count_in_other_units(told: bytes) -> None:
    [found] = read("eye/st/occupancy", b'{"v":true,"t":' + told + b"}")
    assert isinstance(found, State)
    assert found.device_time == NOON


@pytest.mark.parametrize("odd", [b'"soon"', b"1e300", b"-99999999999999", b"true", b"null", b"[]"])
def test_nonsense_from_its_clock_is_no_evidence_and_no_fault(odd: bytes) -> None:
    [found] = read("eye/st/occupancy", b'{"v":true,"t":' + odd + b"}")
    assert isinstance(found, State)
    assert found.device_time is None


@pytest.mark.parametrize(
    ("channel", "value", "capability"),
    [
        ("battery_mv", b"2950", Capability.battery_mv),
        ("battery-mv", b"2950", Capability.battery_mv),
        ("battery_low", b"true", Capability.battery_low),
        ("battery-low", b"true", Capability.battery_low),
        ("tag_presence-jack-4", b"true", Capability.tag_presence),
        ("tag-presence", b"true", Capability.tag_presence),
        ("battery-remote", b"87", Capability.battery),
    ],
)
def test_what_is_measured_may_have_two_words(
    channel: str, value: bytes, capability: Capability
) -> None:
    [found] = read(f"eye/st/{channel}", b'{"v":' + value + b"}")
    assert isinstance(found, State)
    assert (found.channel, found.capability) == (channel, capability)
    assert found.value is not None


def test_an_emptied_topic_means_nothing() -> None:
    assert read("eye/st/occupancy", b"", retained=True) == []


def test_unknown_channels_mean_nothing() -> None:
    assert read("eye/st/humidity", b'{"v":40}') == []


def test_a_place_that_is_written_with_the_wrong_stroke_is_told() -> None:
    [found] = read("eye/st/occupancy_left", b'{"v":true}')
    assert isinstance(found, Malformed)


def test_commands_and_their_answers_are_not_readings() -> None:
    assert read("eye/cmd/lamp", b"{") == []
    assert read("eye/ack/17", b"{") == []


def test_status_and_last_will_say_whether_it_is_there() -> None:
    assert read("eye/$status", b'{"s":"sleeping","boot":7}', retained=True) == [
        Availability("native:eye", Alive.sleeping, NOON, True, "7")
    ]


def test_info_makes_it_known() -> None:
    payload = b'{"v":1,"model":"Sonar 2","fw":"1.0","caps":["distance"],"interval_s":60}'
    assert read("eye/$info", payload, retained=True) == [
        Discovery("native:eye", NOON, model="Sonar 2", channels=("distance",), interval_seconds=60)
    ]


def test_a_press_is_an_event_with_a_key_of_its_own() -> None:
    found = read("button/ev/press", b'{"e":"press","k":"single","id":"9f-3"}')
    key = "native:button/press/9f-3"
    assert found == [Event("native:button", "press", EventKind.press, "single", key, NOON)]


def test_a_plate_tells_when_it_was_read_and_what_else_it_may_be() -> None:
    read_as = {"e": "plate", "k": "京A12345", "id": "1", "t": NOON.timestamp()}
    others = {"candidates": ["京a 12345", "京A1234S", "", 7, None], "score": 0.8}
    [found] = read("cam/ev/plate", json.dumps(read_as | others).encode())
    assert isinstance(found, Event)
    assert (found.device_time, found.candidates) == (NOON, ("京A12345", "京A1234S"))
    for odd in (3, "soon", None, 4102444800):
        [found] = read("cam/ev/plate", json.dumps(read_as | {"t": odd, "candidates": odd}).encode())
        assert isinstance(found, Event)
        assert (found.device_time, found.candidates) == (None, ())


@pytest.mark.parametrize("what", ["press", "badge", "plate"])
def test_a_retained_event_never_happens(what: str) -> None:
    payload = b'{"e":"%s","k":"single","id":"9f-3"}' % what.encode()
    assert read("button/ev/press", payload, retained=True) == []


@pytest.mark.parametrize(
    ("rest", "payload"),
    [
        ("eye/st/occupancy", b'{"v":1}'),
        ("eye/st/occupancy", b'{"v":"true"}'),
        ("eye/st/occupancy", b'{"value":true}'),
        ("eye/st/occupancy", b"true"),
        ("eye/st/occupancy", b'{"v":tr{"v":false}'),
        ("eye/st/distance", b'{"v":true}'),
        ("eye/st/lift", b'{"v":true}'),
        ("eye/st/lift", b'{"v":["up"]}'),
        ("eye/st/distance", b'{"v":NaN}'),
        ("eye/st/distance", b'{"v":"54"}'),
        ("eye/$status", b'{"s":"asleep"}'),
        ("eye/$status", b"online"),
        ("eye/$info", b'{"caps":"distance"}'),
        ("eye/ev/press", b'{"e":"shout","k":"x","id":"1"}'),
        ("eye/ev/press", b'{"e":"press","k":"x"}'),
        ("eye/ev/press", b'{"e":"press","k":"%s","id":"1"}' % (b"x" * 81)),
    ],
)
def test_what_cannot_be_read_names_its_device(rest: str, payload: bytes) -> None:
    [found] = read(rest, payload)
    assert isinstance(found, Malformed)
    assert found.device == "native:eye"


@pytest.mark.parametrize("rest", ["EYE/st/occupancy", "eye/st", "eye/xx/occupancy"])
def test_an_illegal_topic_is_malformed(rest: str) -> None:
    [found] = read(rest, b'{"v":true}')
    assert isinstance(found, Malformed)


def test_another_site_is_not_ours() -> None:
    [found] = read("eye/st/occupancy", b'{"v":true}', head="shop/other/dev/")
    assert isinstance(found, Malformed)


def test_a_device_says_how_often_it_speaks() -> None:
    for told, seconds in (("30", 30), ("0", None), ("-5", None), ('"often"', None), ("true", None)):
        [found] = read("eye/$info", b'{"caps":[],"interval_s":%s}' % told.encode())
        assert isinstance(found, Discovery)
        assert found.interval_seconds == seconds


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        ("badge", "f3:ec:62:34", "F3EC6234"),
        ("badge", " 04-a1 b2 c3", "04A1B2C3"),
        ("badge", "staff no. 7", "staff no. 7"),
        ("plate", "粤b·12 345", "粤B12345"),
        ("press", "Double", "double"),
        ("press", "long_push", "long"),
        ("press", "wave!", "wave!"),
    ],
)
def test_what_happened_is_told_as_all_families_tell_it(kind: str, written: str, meant: str) -> None:
    """One card has one number whichever reader reads it, and a press one word."""
    payload = f'{{"e":"{kind}","k":"{written}","id":7}}'.encode()
    [found] = read("door/ev/x", payload)
    assert isinstance(found, Event)
    assert (found.value, found.key) == (meant, "native:door/x/7")


@pytest.mark.parametrize("kind", ["badge", "plate", "press"])
def test_a_blank_is_no_happening(kind: str) -> None:
    [found] = read("door/ev/x", f'{{"e":"{kind}","k":"   ","id":"1"}}'.encode())
    assert isinstance(found, Malformed)
