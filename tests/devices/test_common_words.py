"""What The Things Stack says in common words is read where a decoder's own say nothing."""

from typing import Any

import pytest

from devices.families.things_stack import ThingsStack
from devices.readings import Diagnostic, Level, Observation
from tests.devices.ears import Ear
from tests.devices.ears import levels as listed

EUI = "24E124329E090021"


def things(values: object, **envelope: object) -> list[Observation]:
    ids = {"device_id": "eye", "dev_eui": EUI, "dev_addr": "0018"}
    up = {"decoded_payload": values, **envelope}
    told = {"end_device_ids": ids, "uplink_message": up}
    return Ear(ThingsStack()).hear("v3/bays@ttn/devices/eye/up", told)


def levels(found: list[Observation]) -> dict[str, Level]:
    return dict(listed(found))


NORMALIZED: list[tuple[Any, dict[str, Level]]] = [
    ([{"action": {"contactState": "open"}, "battery": 3.1}], {"door": True, "battery_mv": 3100}),
    ([{"action": {"contactState": "closed"}}], {"door": False}),
    ([{"action": {"contactState": "INVALID"}}], {"door": None}),
    ([{"action": {"motion": {"detected": True, "count": 3}}}], {"motion": True}),
    ([{"action": {"motion": {"count": 0}}}], {}),
    ([{"water": {"leak": "leak"}}, {"battery": 3}], {"leak": True, "battery_mv": 3000}),
    ({"air": {"temperature": 20}, "battery": 3.6}, {"battery_mv": 3600}),
    ([{"battery": None}, {"action": None}, 7, None], {}),
    ("open", {}),
]


@pytest.mark.parametrize(("common", "meaning"), NORMALIZED)
def test_what_the_server_says_in_common_words_is_read(
    common: object, meaning: dict[str, Level]
) -> None:
    assert levels(things({"some_key": 1}, normalized_payload=common)) == meaning
    if meaning:
        without = things(None, normalized_payload=common)
        assert levels(without) == meaning
        assert not any(isinstance(one, Diagnostic) for one in without), "it has a decoder"


def test_the_decoders_own_word_goes_before_the_common_one() -> None:
    common = [{"action": {"contactState": "closed"}, "battery": 3.0}]
    found = things({"magnet_status": "open", "battery": 87}, normalized_payload=common)
    assert levels(found) == {"door": True, "battery": 87, "battery_mv": 3000}


def test_a_measurement_of_the_past_is_not_what_is_now() -> None:
    then, now = "2026-03-02T08:00:00Z", "2026-03-02T11:59:00Z"
    shut, open_ = {"action": {"contactState": "closed"}}, {"action": {"contactState": "open"}}
    kept = [{"time": now, **open_}, {"time": then, **shut}]
    assert levels(things({}, normalized_payload=kept)) == {"door": True}
    assert levels(things({}, normalized_payload=[shut, {"time": now, **open_}])) == {"door": False}
    assert levels(things({}, normalized_payload=[{"time": then, **open_}])) == {}
