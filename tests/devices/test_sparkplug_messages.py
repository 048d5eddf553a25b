"""Messages of Sparkplug B mean levels, births and deaths, by session, alias and row of numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.sparkplug import SparkplugB
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Diagnostic,
    Discovery,
    Event,
    Finding,
    Level,
    Malformed,
    Quality,
    State,
)
from simulator.tongues.protobuf import number, text
from tests.devices.moments import NOON
from tests.devices.sparkplugs import (
    BAY,
    BOOLEAN,
    DEVICE,
    DOUBLE,
    FLOAT,
    INT8,
    NODE,
    STRING,
    Host,
    birth,
    born,
    levels,
    metric,
    payload,
)

NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(NAMES, st.booleans(), min_size=1, max_size=6), st.integers(0, 255))
def test_an_alias_means_what_the_birth_named(values: dict[str, bool], first: int) -> None:
    numbered = list(enumerate(values.items(), first))
    births = [
        metric(f"Inputs/no {name}", value=value, alias=alias) for alias, (name, value) in numbered
    ]
    host = born(*births)
    data = [metric(alias=alias, value=not value, typed=False) for alias, (_, value) in numbered]
    found = host.hear(f"DDATA/{BAY}", payload(*data, seq=2))
    assert levels(found) == [
        (DEVICE, f"input-Inputs/no {name}", not value) for name, value in values.items()
    ]


def test_a_birth_tells_who_it_is_that_it_is_there_and_its_levels() -> None:
    host = Host()
    [node] = host.hear("NBIRTH/edge 1", payload(birth(7), seq=0))
    assert node == Availability(NODE, Alive.online, NOON, False, "7")
    model = metric("Properties/Hardware Model", STRING, "P1")
    found = host.hear(f"DBIRTH/{BAY}", payload(model, metric("Occupied", value=True), seq=1))
    assert found[0] == Availability(DEVICE, Alive.online, NOON, False, bridge=NODE)
    assert found[1] == Discovery(
        DEVICE, NOON, model="P1", channels=("occupancy",), bridge=NODE, name="bay 1"
    )
    assert levels(found) == [(DEVICE, "occupancy", True)]


@pytest.mark.parametrize(
    ("one", "meaning"),
    [
        (metric("Battery", FLOAT, 87.5), ("battery", 87.5)),
        (metric("Battery", FLOAT, 255.0), ("battery", None)),
        (metric("Battery", FLOAT, 3.6, unit="V"), ("battery_mv", 3600)),
        (metric("a/Distance", DOUBLE, 0.54, unit="m"), ("distance-a/Distance", 540)),
        (metric("distance_cm", DOUBLE, 54.0), ("distance", 540)),
        (metric("a/RSSI", INT8, -71), ("link-rssi", -71)),
        (metric("a/Door", STRING, "open"), ("door-a/Door", True)),
        (metric("Outputs/Red", value=True), ("output-Outputs/Red", True)),
        (metric("Gate shut", value=False), ("input-Gate shut", False)),
        (metric("Gate shut"), ("input-Gate shut", None)),
    ],
)
def test_a_value_means_what_its_name_and_type_say(one: bytes, meaning: tuple[str, Level]) -> None:
    host = Host()
    host.hear("NBIRTH/edge 1", payload(birth(), seq=0))
    [found] = levels(host.hear(f"DBIRTH/{BAY}", payload(one, seq=1)))
    assert found == (DEVICE, *meaning)


@pytest.mark.parametrize(
    ("code", "quality", "value"),
    [(192, Quality.good, True), (0, Quality.bad, None), (500, Quality.stale, None)],
)
def test_a_value_is_worth_what_its_quality_says(code: int, quality: Quality, value: Level) -> None:
    host = born(metric("Occupied", value=False, alias=1))
    [found] = host.hear(f"DDATA/{BAY}", payload(metric(alias=1, value=True, quality=code), seq=2))
    assert isinstance(found, State)
    assert (found.quality, found.value) == (quality, value)


def test_what_is_null_is_unknown_and_what_is_past_moves_nothing() -> None:
    host = born(metric("Occupied", value=True, alias=1))
    [lost] = host.hear(f"DDATA/{BAY}", payload(metric(alias=1), seq=2))
    assert isinstance(lost, State)
    assert (lost.value, lost.quality) == (None, Quality.unknown)
    past = metric(alias=1, value=False, historical=True)
    assert host.hear(f"DDATA/{BAY}", payload(past, seq=3)) == []


def test_a_press_comes_from_data_and_never_from_a_birth() -> None:
    button = metric("Andon/Button", STRING, "long", alias=1)
    host = Host()
    host.hear("NBIRTH/edge 1", payload(birth(), seq=0))
    found = host.hear(f"DBIRTH/{BAY}", payload(button, seq=1))
    press = host.hear(f"DDATA/{BAY}", payload(metric(alias=1, kind=STRING, value="long"), seq=2))
    assert not [one for one in found if isinstance(one, Event)]
    assert [(one.channel, one.value) for one in press if isinstance(one, Event)] == [
        ("button-1", "long")
    ]


def test_a_clock_that_was_never_set_is_told_and_not_believed() -> None:
    host = born(metric("Occupied", value=True, alias=1))
    raw = payload(metric(alias=1, value=True, at=5_000), seq=2)
    level, told = host.hear(f"DDATA/{BAY}", raw)
    assert isinstance(level, State)
    assert level.device_time is None
    assert isinstance(told, Diagnostic)
    assert told.finding is Finding.clock


def test_of_a_controller_with_thousands_of_values_the_first_ones_are_heard() -> None:
    values = [metric(f"Lift {n}/Occupied", value=True, alias=n, at=None) for n in range(800)]
    host = born(*values)
    data = payload(*(metric(alias=n, value=False, at=None) for n in range(10)), seq=2)
    assert len(levels(host.hear(f"DDATA/{BAY}", data))) == 10


@pytest.mark.parametrize("field", [number(3, 0), text(2, b""), text(5, b"")])
def test_a_message_of_nothing_but_tiny_fields_is_not_read_through(field: bytes) -> None:
    host = born(metric("Occupied", value=True, alias=1))
    found = host.hear(f"DDATA/{BAY}", field * 30_000)
    assert [type(one) for one in found] == [Malformed]


def test_what_a_broker_kept_means_nothing() -> None:
    host = Host()
    raw = payload(metric("Occupied", value=True), seq=1)
    assert host.hear(f"DBIRTH/{BAY}", raw, retained=True) == []


@pytest.mark.parametrize(
    ("topic", "raw"),
    [
        (f"DDATA/{BAY}", b"\x12\x05ab"),
        (f"DDATA/{BAY}", b"\xff" * 30),
        (f"DDATA/{BAY}", text(2, number(1, 7))),
        (f"DDATA/{BAY}", text(2, text(1, b"\xff\xfe"))),
        (f"DDATA/{BAY}", payload(metric("a\0b", value=True))),
        (f"DDATA/{BAY}", number(3, 1) * 40_000),
        ("NBIRTH/edge 1", b"\x0b\x0c"),
        ("XBIRTH/edge 1", b"\x08\x01"),
        ("DDATA/edge 1", b"\x08\x01"),
        ("DDATA/edge 1/" + "x" * 121, b"\x08\x01"),
    ],
)
def test_what_cannot_be_read_is_malformed(topic: str, raw: bytes) -> None:
    [found] = Host().hear(topic, raw)
    assert isinstance(found, Malformed)


def test_commands_and_the_word_of_hosts_mean_nothing() -> None:
    assert Host().hear(f"DCMD/{BAY}", b"\xff") == []
    assert SparkplugB().parse("spBv1.0/STATE/host", b"{}", True, NOON) == []


def test_levels_of_the_node_itself_are_its_own() -> None:
    host = Host()
    found = host.hear("NBIRTH/edge 1", payload(birth(), metric("Leak", BOOLEAN, True), seq=0))
    assert [
        (one.device, one.capability, one.bridge) for one in found if isinstance(one, State)
    ] == [("spb:hall/edge 1", Capability.leak, NODE)]
