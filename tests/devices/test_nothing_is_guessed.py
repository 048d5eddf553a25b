"""What a message does not say, says wrongly or says late makes no bay free and no battery empty."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from devices.families import FAMILIES, opened
from devices.readings import Capability, Level, State
from tests.devices.ears import Ear
from tests.devices.samples import Sample, adapter_for, samples

EMPTY: tuple[Any, ...] = (None, "", "null", "unknown", "nan", {}, [], -1, "none")
CAREFUL = (Capability.occupancy, Capability.battery, Capability.contact, Capability.distance)
ACTS = ("update", "emit")
JSON = [
    one
    for one in samples().values()
    if one.family in FAMILIES and one.payload.startswith(b"{") and one.meaning["act"] in ACTS
]


def leaves(value: Any, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    """The places of all plain values in JSON."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inside:
        if isinstance(one, dict | list):
            yield from leaves(one, *path, key)
        else:
            yield (*path, key)


def with_change(value: Any, path: tuple[str | int, ...], change: Any) -> Any:
    """A copy with one plain value changed, or taken out when the change is `leaves`."""
    copy = json.loads(json.dumps(value))
    inside = copy
    for key in path[:-1]:
        inside = inside[key]
    if change is leaves:
        del inside[path[-1]]
    else:
        inside[path[-1]] = change
    return copy


def told(sample: Sample, payload: bytes) -> dict[str, Level]:
    """The known levels of a message that matter most, by channel."""
    adapter = adapter_for(sample)
    assert adapter is not None
    found = Ear(adapter).hear(sample.topic, payload)
    return {
        one.channel: one.value
        for one in found
        if isinstance(one, State) and one.capability in CAREFUL and one.value is not None
    }


@pytest.mark.parametrize("name", sorted(one.id for one in JSON))
def test_a_value_that_is_missing_or_none_gives_no_level_of_its_own(name: str) -> None:
    sample = samples()[name]
    whole = json.loads(sample.payload)
    before = told(sample, sample.payload)
    for path in leaves(whole):
        for change in (*EMPTY, leaves):
            after = told(sample, json.dumps(with_change(whole, path, change)).encode())
            assert all(after[key] == before.get(key) for key in after), (path, change)


@pytest.mark.parametrize(
    ("family", "topic"),
    [
        ("esphome", "n/binary_sensor/bay_occupied/state"),
        ("esphome", "n/sensor/battery_level/state"),
        ("homie", "homie/n/bay/occupied"),
        ("homie", "homie/n/bay/battery"),
        ("shelly-gen1", "shellies/n/sensor/battery"),
        ("shelly-gen1", "shellies/n/sensor/state"),
        ("tasmota", "tele/n/SENSOR"),
        ("zigbee2mqtt", "zigbee2mqtt/n/occupancy"),
        ("zigbee2mqtt", "zigbee2mqtt/n/battery"),
    ],
)
@pytest.mark.parametrize("word", ["", "null", "None", "nan", "unknown", "-1", "255", "{}", " "])
def test_a_plain_word_that_says_nothing_gives_no_level(family: str, topic: str, word: str) -> None:
    found = Ear(opened(family)).hear(topic, word)
    assert all(one.value is None for one in found if isinstance(one, State))
