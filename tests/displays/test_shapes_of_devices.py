"""What pages read of devices has the shape of what is told of them, on both sides of the JSON."""

from dataclasses import fields
from typing import Any

import msgspec
import pytest

from devices import alarms, batteries, logbook, rehearsal, standing, uplink
from displays import device_facts, devices_page, rehearsal_facts

SIDES = [
    (standing.Hook, device_facts.Hook),
    (alarms.Alarm, device_facts.Alarm),
    (batteries.Battery, device_facts.Battery),
    (logbook.Point, device_facts.Day),
    (logbook.Message, device_facts.Message),
    (rehearsal.BayWould, rehearsal_facts.BayWould),
    (rehearsal.Would, rehearsal_facts.Would),
    (rehearsal.Rehearsed, rehearsal_facts.Rehearsed),
]


def _left_out(told: type[Any]) -> dict[str, object]:
    """What each value is where nothing was given, by name."""
    if issubclass(told, msgspec.Struct):
        return {one.name: one.default for one in msgspec.structs.fields(told)}
    return {one.name: one.default for one in fields(told)}


@pytest.mark.parametrize(("told", "read"), SIDES, ids=lambda one: one.__name__)
def test_a_page_reads_nothing_that_is_not_told(told: type[Any], read: type[msgspec.Struct]) -> None:
    assert {one.name for one in msgspec.structs.fields(read)} <= _left_out(told).keys()


@pytest.mark.parametrize(
    "read", [one for _, one in SIDES if one.__module__.endswith("rehearsal_facts")]
)
def test_of_a_trial_everything_that_is_told_is_read(read: type[msgspec.Struct]) -> None:
    """That something is only noted, being in shadow, was told and reached no page."""
    told = next(one for one, other in SIDES if other is read)
    names = {one.name for one in msgspec.structs.fields(read)}
    assert names == {one.name for one in fields(told)}


@pytest.mark.parametrize(("told", "read"), SIDES, ids=lambda one: one.__name__)
def test_what_may_be_left_out_means_the_same(told: type[Any], read: type[msgspec.Struct]) -> None:
    defaults = _left_out(told)
    for one in msgspec.structs.fields(read):
        if one.default is not msgspec.NODEFAULT:
            assert one.default == defaults[one.name], one.name


def test_what_is_told_of_the_broker_is_what_is_read_of_it() -> None:
    names = {one.name for one in fields(uplink.LinkState)}
    read = {one.name for one in msgspec.structs.fields(device_facts.Link)}
    besides = {"mistakes", "why"}
    assert read == names | besides, "mistakes in the file of bindings, and the fault as a code"


def test_pages_put_the_worst_device_first_as_the_devices_do() -> None:
    assert tuple(standing.Standing) == devices_page.STANDINGS
