"""Each part of each published JSON message may be of any type: families answer all the same."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from devices.families import FAMILIES
from devices.readings import Event
from tests.devices.ears import Ear
from tests.devices.samples import Sample, adapter_for, samples

VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**400,
    "",
    "é" * 200,
    [],
    {},
    [[None]],
    {"a": {}},
    "\ud800",
)
BROKEN = frozenset({"tas-corrupt-frame"})
JSON = [
    one
    for one in samples().values()
    if one.family in FAMILIES and one.payload.startswith((b"{", b"[{")) and one.id not in BROKEN
]


def places(value: Any, *path: str | int) -> Iterator[tuple[str | int, ...]]:
    """The ways to every part of JSON, the whole first."""
    yield path
    if not isinstance(value, dict | list):
        return
    for key, one in value.items() if isinstance(value, dict) else enumerate(value):
        yield from places(one, *path, key)


def put(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """A copy with one part put in place of."""
    if not path:
        return new
    copy = json.loads(json.dumps(value))
    inside = copy
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = new
    return copy


@pytest.mark.parametrize("sample", JSON, ids=lambda one: one.id)
def test_a_part_of_another_type_never_breaks_its_family(sample: Sample) -> None:
    whole, adapter = json.loads(sample.payload), adapter_for(sample)
    assert adapter is not None
    for path in places(whole):
        for new in VALUES:
            raw = json.dumps(put(whole, path, new)).encode()
            Ear(adapter).hear(sample.topic, raw)
            replayed = Ear(adapter).hear(sample.topic, raw, retained=True)
            assert not any(isinstance(one, Event) for one in replayed), (path, new)
