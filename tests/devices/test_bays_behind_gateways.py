"""A node, a camera server or a gateway that dies makes its bays unknown, and its return does not
free them.
"""

import json
from collections.abc import Callable

import pytest

from devices import truth
from devices.away import bridges_away
from devices.bindings import Sensor
from devices.families import opened
from devices.truth import Step
from tests.devices.ears import Ear
from tests.devices.moments import Day, at
from tests.devices.sparkplugs import birth, metric, payload

MAC = "3C2EF5AABBCC"
OCCUPIED = metric("Occupied", value=True, alias=1)


def sparkplug(ear: Ear, day: Day) -> None:
    """A node whose session 3 is in force."""
    _hear(ear, day, "spBv1.0/hall/NBIRTH/edge", payload(birth(3), seq=0), 0)
    _hear(ear, day, "spBv1.0/hall/DBIRTH/edge/eye", payload(OCCUPIED, seq=1), 0)


def frigate(ear: Ear, day: Day) -> None:
    """A camera server that counts a car."""
    _hear(ear, day, "frigate/available", b"online", 0)
    _hear(ear, day, "frigate/bay1/car", b"1", 0)


def theengs(ear: Ear, day: Day) -> None:
    """A gateway that hears a sensor."""
    _hear(ear, day, "home/north/LWT", b"online", 0)
    told = {"model_id": "x", "presence": True, "packet": 1}
    _hear(ear, day, f"home/north/BTtoMQTT/{MAC}", json.dumps(told).encode(), 0)


def tasmota(ear: Ear, day: Day) -> None:
    """A Zigbee radio that hears a sensor."""
    _hear(ear, day, "tele/zb/LWT", b"Online", 0)
    told = {"ZbReceived": {"0x60F6": {"Device": "0x60F6", "Occupancy": 1}}}
    _hear(ear, day, "tele/zb/SENSOR", json.dumps(told).encode(), 0)


Begin = Callable[[Ear, Day], None]
CASES: list[tuple[str, Begin, Sensor, tuple[str, bytes], tuple[str, bytes]]] = [
    (
        "sparkplug-b",
        sparkplug,
        Sensor("spb:hall/edge/eye", "occupancy", "bay-1", enter_seconds=5, leave_seconds=20),
        ("spBv1.0/hall/NDEATH/edge", payload(birth(3))),
        ("spBv1.0/hall/NBIRTH/edge", payload(birth(4), seq=0)),
    ),
    (
        "frigate",
        frigate,
        Sensor("frigate:zone/bay1", "occupancy-bay1", "bay-1", enter_seconds=5, leave_seconds=20),
        ("frigate/available", b"offline"),
        ("frigate/available", b"online"),
    ),
    (
        "theengs",
        theengs,
        Sensor(f"ble:{MAC}", "occupancy", "bay-1", enter_seconds=5, leave_seconds=20),
        ("home/north/LWT", b"offline"),
        ("home/north/LWT", b"online"),
    ),
    (
        "tasmota",
        tasmota,
        Sensor("tasmota:zb/60F6", "occupancy", "bay-1", enter_seconds=5, leave_seconds=20),
        ("tele/zb/LWT", b"Offline"),
        ("tele/zb/LWT", b"Online"),
    ),
]


def _hear(ear: Ear, day: Day, topic: str, raw: bytes, seconds: float) -> None:
    steps: list[Step] = list(ear.hear(topic, raw, seconds))
    day.step(*steps)


@pytest.mark.parametrize(("family", "begin", "sensor", "death", "life"), CASES)
def test_a_bay_is_unknown_while_what_carries_it_is_gone(
    family: str, begin: Begin, sensor: Sensor, death: tuple[str, bytes], life: tuple[str, bytes]
) -> None:
    ear, day = Ear(opened(family)), Day(sensor)
    begin(ear, day)
    day.wait(6)
    assert day.levels == [True]
    _hear(ear, day, *death, 10)
    day.wait(12)
    assert day.levels == [True, None]
    _hear(ear, day, *life, 20)
    day.wait(60)
    assert day.levels == [True, None]


def test_the_late_death_of_an_older_session_changes_no_bay() -> None:
    family, begin, sensor, *_ = CASES[0]
    ear, day = Ear(opened(family)), Day(sensor)
    begin(ear, day)
    day.wait(6)
    _hear(ear, day, "spBv1.0/hall/NDEATH/edge", payload(birth(2)), 10)
    day.wait(20)
    assert day.levels == [True]


def test_what_a_gateway_says_itself_shows_that_it_lives() -> None:
    """Its will may come late, after it has returned."""
    *_, (family, begin, sensor, death, _) = CASES
    ear, day = Ear(opened(family)), Day(sensor)
    begin(ear, day)
    day.wait(6)
    _hear(ear, day, *death, 10)
    _hear(ear, day, "tele/zb/STATE", b'{"Wifi":{"Signal":-60}}', 10.5)
    day.wait(20)
    assert day.levels == [True]


def test_a_gateway_that_is_gone_is_told_with_how_many_hang_on_it() -> None:
    *_, (family, begin, sensor, death, _) = CASES
    ear, day = Ear(opened(family)), Day(sensor)
    begin(ear, day)
    _hear(ear, day, *death, 10)
    [told] = bridges_away(day.memory, day.bindings, at(20))
    assert told == "tasmota:zb is offline: of its 1 bound devices nothing is known."


def test_strangers_that_call_themselves_bridges_are_forgotten_and_ours_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(truth, "MOST_LIVES", 5)
    family, begin, sensor, death, _ = CASES[2]
    ear, day = Ear(opened(family)), Day(sensor)
    begin(ear, day)
    for number in range(50):
        _hear(ear, day, f"home/stranger{number}/LWT", b"online", 1)
        _hear(ear, day, f"home/stranger{number}/LWT", b"offline", 1)
    assert len(day.memory.lives) <= 5
    day.wait(6)
    _hear(ear, day, *death, 10)
    day.wait(12)
    assert day.levels == [True, None]
