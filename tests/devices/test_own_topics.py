"""What we keep on the broker for others is what holds now, no more, and never heard as a device."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.deliveries import Delivery
from devices.families import opened
from devices.hearing import Hearing, is_own
from devices.home_assistant import config_topic, configs
from devices.own_topics import Kept, differing, doubted, is_ours, kept
from devices.recall import NO_PROFILES
from devices.shown import JobShown, ShopShown, Tone
from tests.devices.intakes import TOPIC
from tests.devices.lamps_told import bay, shop
from tests.devices.moments import NOON

LATE = bay(Tone.late, late=True, occupied=True, ticket="A17", plate="京A·**345")
SHOP = ShopShown("Test Motors", bays=(LATE,), jobs=(JobShown("j1", "working", "work", "bay-4"),))


def test_each_bay_and_each_car_has_a_topic() -> None:
    found = {topic: json.loads(payload) for topic, payload in kept("main", SHOP).items()}
    assert found["shop/main/core/bay/bay-4"] == {
        "name": "Bay 4",
        "occupied": True,
        "state": "free",
        "tone": "late",
        "late": True,
        "ticket": "A17",
        "plate": "京A·**345",
    }
    assert found["shop/main/core/job/j1"] == {
        "state": "working",
        "lane": "work",
        "bay": "bay-4",
        "held": False,
        "late": False,
        "ticket": "",
        "plate": "",
    }


def test_a_bay_whose_sensors_have_never_told_anything_is_not_said_to_be_free() -> None:
    bays = (
        bay(bay_id="bay-1", occupied=False, sensed=False),
        bay(bay_id="bay-2", occupied=True, sensed=False),
        bay(bay_id="bay-3", occupied=False, sensed=True),
        bay(bay_id="bay-4", occupied=False, sensed=False),
    )
    told = doubted(shop(*bays), {"bay-1", "bay-2", "bay-3"})
    assert [one.occupied for one in told.bays] == [None, True, False, False]


def test_a_car_that_is_gone_is_emptied_and_what_stays_is_not_said_again() -> None:
    known, said = differing(Kept(), kept("main", SHOP))
    assert len(said) == 2
    assert differing(known, kept("main", SHOP))[1] == []
    known, said = differing(known, kept("main", shop(LATE)))
    assert said == [("shop/main/core/job/j1", b"")]
    assert differing(known, kept("main", shop(LATE)))[1] == []


def test_what_a_former_run_left_behind_is_emptied() -> None:
    known, _ = differing(Kept(), kept("main", shop(LATE)))
    known = known.found("shop/main/core/job/gone", b"{}").found("shop/main/core/job/x", b"")
    assert differing(known, kept("main", shop(LATE)))[1] == [("shop/main/core/job/gone", b"")]


def test_a_broker_that_has_lost_everything_gets_it_again() -> None:
    known, first = differing(Kept(), kept("main", SHOP))
    assert sorted(differing(known.anew(), kept("main", SHOP))[1]) == sorted(first)


def delivered(topic: str, payload: bytes) -> Delivery:
    return Delivery(topic, payload, True, NOON)


TOPICS, PAYLOADS = st.sampled_from("abcdefgh"), st.sampled_from([b"1", b"2"])
WANTED = st.dictionaries(TOPICS, PAYLOADS, max_size=6)


@settings(max_examples=60, deadline=None)
@given(WANTED, st.lists(WANTED, max_size=5), st.integers(1, 4))
def test_in_parts_the_broker_comes_to_keep_exactly_what_holds(
    left: dict[str, bytes], turns: list[dict[str, bytes]], most: int
) -> None:
    broker, known = dict(left), Kept()
    for topic, payload in left.items():
        known = known.found(topic, payload)
    last: dict[str, bytes] = {}
    for last in (*turns, *([turns[-1]] * 12 if turns else [{}] * 12)):
        known, said = differing(known, last, most)
        assert len(said) <= most
        for topic, payload in said:
            if payload:
                broker[topic] = payload
            else:
                broker.pop(topic, None)
    assert broker == last


def test_home_assistant_gets_one_device_for_each_bay() -> None:
    [(topic, payload)] = configs("homeassistant", "main", shop(LATE)).items()
    assert topic == "homeassistant/device/baylight-main-bay-4/config"
    told = json.loads(payload)
    assert set(told["components"]) == {"occupied", "late", "state"}
    assert told["state_topic"] == "shop/main/core/bay/bay-4"
    assert told["availability"][0]["topic"] == "shop/main/core/$status"
    names = [one["unique_id"] for one in told["components"].values()]
    assert len(set(names)) == 3
    assert "京" not in payload.decode()


@pytest.mark.parametrize(
    ("topic", "own"),
    [
        ("shop/main/core/bay/bay-4", True),
        ("shop/other/core/$status", True),
        ("homeassistant/device/baylight-main-bay-4/config", True),
        ("homeassistant/device/eye/config", False),
        ("shop/main/dev/eye/st/occupancy", False),
        ("shop", False),
        ("", False),
    ],
)
def test_our_own_topics_are_told_from_those_of_devices(topic: str, own: bool) -> None:
    assert is_own(topic) is own
    assert not is_ours(TOPIC)


def test_what_we_tell_others_is_never_heard_as_a_device() -> None:
    also: list[str] = []
    family = opened("ha-discovery")
    hearing = Hearing([family], also.extend, lambda topic, payload: None, NO_PROFILES)
    from_us = configs("homeassistant", "main", shop(LATE))
    for topic, payload in (*from_us.items(), *kept("main", SHOP).items()):
        assert list(hearing.read(delivered(topic, payload))) == []
    echo = b'{"state_topic":"shop/main/core/bay/bay-4","device":{"ids":"e"}}'
    hearing.read(delivered("homeassistant/binary_sensor/e/config", echo))
    assert also == []
    assert config_topic("homeassistant", "main", "bay-4") in from_us
