"""Native topics are built, taken apart and matched like brokers do it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.topics import DeviceTopic, Part, build, matches, may_be_asked, parse

WORDS = st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True)


@given(WORDS, WORDS, WORDS, st.sampled_from([Part.state, Part.event, Part.command, Part.answer]))
def test_a_built_topic_is_taken_apart_again(
    site: str, device: str, channel: str, part: Part
) -> None:
    topic = DeviceTopic(site, device, part, channel)
    assert parse(build(topic)) == topic


def test_info_and_status_have_no_channel() -> None:
    assert parse("shop/main/dev/eye/$status") == DeviceTopic("main", "eye", Part.status)
    assert parse("shop/main/dev/eye/$status/more") is None
    assert parse("shop/main/dev/eye/st") is None


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "shop",
        "shop/main/dev/eye",
        "shop/main/core/$status",
        "shop/main/dev/Eye/st/occupancy",
        "shop/main/dev/eye/st/occupancy\n",
        "shop/main/dev//st/occupancy",
        f"shop/main/dev/{'x' * 41}/st/occupancy",
        "other/main/dev/eye/st/occupancy",
        "shop/main/dev/eye/st/occupancy/more",
    ],
)
def test_other_topics_are_none(topic: str) -> None:
    assert parse(topic) is None


@pytest.mark.parametrize(
    ("pattern", "topic", "taken"),
    [
        ("shop/+/dev/#", "shop/main/dev/eye/st/occupancy", True),
        ("shop/+/dev/#", "shop/main/dev", True),
        ("shop/+/dev/#", "shop/main/core/time", False),
        ("zigbee2mqtt/#", "zigbee2mqtt/bridge/state", True),
        ("a/+", "a/b/c", False),
        ("a/+", "a", False),
        ("#", "$SYS/broker", False),
    ],
)
def test_filters_take_what_brokers_would_deliver(pattern: str, topic: str, taken: bool) -> None:
    assert matches(pattern, topic) is taken


@pytest.mark.parametrize("pattern", ["a", "a/#", "+/b", "#", "4号工位/+", "a b/c", "\u202ea"])
def test_brokers_take_a_filter(pattern: str) -> None:
    assert may_be_asked(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["", "hall+", "a/+b", "a#", "#/a", "a/#/b", "a\0b", "a\x01b", "a\x7f", "\ud800", "a\uffff"],
)
def test_brokers_hang_up_on_what_is_no_filter(pattern: str) -> None:
    assert not may_be_asked(pattern)
