"""Sparkplug nodes are born, number what they say and die; births that are missing are asked for."""

import pytest

from devices.families.sparkplug import SparkplugB
from devices.families.sparkplug_nodes import MOST_NODES
from devices.readings import Alive, Diagnostic, Finding
from tests.devices.sparkplugs import (
    BAY,
    DEVICE,
    NODE,
    NOON_MS,
    Host,
    asks,
    birth,
    born,
    levels,
    lives,
    metric,
    payload,
)


def test_a_node_nobody_saw_is_asked_for_its_births_once() -> None:
    host = Host()
    [asked] = host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=True), seq=9))
    assert isinstance(asked, Diagnostic)
    assert (asked.device, asked.finding) == (NODE, Finding.rebirth_wanted)
    named = payload(metric("Occupied", value=True), seq=10)
    assert host.hear(f"DDATA/{BAY}", named) == []
    assert host.hear("NDATA/edge 1", payload(metric(alias=7, value=True), seq=20)) == []
    assert asks(host.hear("NDATA/edge 1", payload(seq=21), later=3600)) == [NODE]
    topic, command = SparkplugB().rebirth(asked.device)
    assert topic == "spBv1.0/hall/NCMD/edge 1"
    assert command == payload(metric("Node Control/Rebirth", value=True, at=None))[7:]


def test_a_missing_number_asks_and_no_alias_is_believed_until_a_birth() -> None:
    host = born(metric("Occupied", value=True, alias=1))
    gap = host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=False), seq=5))
    assert [type(one) for one in gap] == [Diagnostic]
    assert asks(gap) == [NODE]
    assert host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=False), seq=6)) == []
    host.hear("NBIRTH/edge 1", payload(birth(), seq=0))
    again = payload(metric("Occupied", value=True, alias=2), seq=1)
    assert levels(host.hear(f"DBIRTH/{BAY}", again)) == [(DEVICE, "occupancy", True)]
    last = host.hear(f"DDATA/{BAY}", payload(metric(alias=2, value=False), seq=2))
    assert levels(last) == [(DEVICE, "occupancy", False)]


def test_numbers_go_round_and_a_second_delivery_means_nothing() -> None:
    host = born(metric("Occupied", value=True, alias=1))
    for seq in [*range(2, 256), 0, 1]:
        found = host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=True), seq=seq))
        assert levels(found) == [(DEVICE, "occupancy", True)]
    assert host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=True), seq=1)) == []


def test_a_new_session_forgets_the_aliases_of_the_old() -> None:
    host = born(metric("Occupied", value=True, alias=1))
    host.hear("NBIRTH/edge 1", payload(birth(1), seq=0, at=NOON_MS + 1))
    found = host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=False), seq=1))
    assert (levels(found), asks(found)) == ([], [NODE])


def test_an_alias_of_another_device_means_nothing() -> None:
    host = born(metric("Occupied", value=True, alias=1))
    host.hear("DBIRTH/edge 1/bay 2", payload(metric("Occupied", value=True, alias=2), seq=2))
    found = host.hear("DDATA/edge 1/bay 2", payload(metric(alias=1, value=False), seq=3))
    assert (levels(found), asks(found)) == ([], [NODE])


@pytest.mark.parametrize(("death", "counts"), [(3, True), (2, False), (None, False)])
def test_only_the_death_of_the_session_in_force_counts(death: int | None, counts: bool) -> None:
    host = born(session=3)
    raw = payload(*([] if death is None else [birth(death)]))
    assert lives(host.hear("NDEATH/edge 1", raw)) == ([(NODE, Alive.offline)] if counts else [])
    after = host.hear(f"DDATA/{BAY}", payload(seq=2))
    assert asks(after) == ([NODE] if counts else [])


def test_a_device_dies_by_itself() -> None:
    host = born(metric("Occupied", value=True, alias=1))
    assert lives(host.hear(f"DDEATH/{BAY}", payload(seq=2))) == [(DEVICE, Alive.offline)]
    found = host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=True), seq=3))
    assert (levels(found), asks(found)) == ([], [NODE])


def test_nodes_are_remembered_within_bounds() -> None:
    host = Host()
    for edge in range(MOST_NODES + 1):
        host.hear(f"NBIRTH/{edge}", payload(birth(), seq=0))
    assert asks(host.hear("NDATA/0", payload(seq=1))) == ["spb-bridge:hall/0"]
    assert asks(host.hear(f"NDATA/{MOST_NODES}", payload(seq=1))) == []
