"""A sensor that is bound goes on from what it has just said; what may be outdated counts not."""

import asyncio
from dataclasses import replace

import pytest

from devices import lately
from devices.bindings import Bindings, Sensor
from devices.debounce import VOTES
from devices.lately import Lately
from devices.memory import BayReport, Memory
from devices.readings import Alive, Availability, Capability, State
from devices.truth import Tick, fold
from tests.devices.intakes import CAR, EYE, Desk, intake
from tests.devices.moments import NOON, SONAR, at
from tests.devices.waiting import until

BOUND = Bindings((EYE,))


def says(value: bool, second: float, *, retained: bool = False, bridge: str = "") -> State:
    kind = Capability.occupancy
    return State(EYE.device, EYE.channel, kind, value, at(second), retained, bridge=bridge)


def measures(millimetres: float, second: float) -> State:
    return State(SONAR.device, SONAR.channel, Capability.distance, millimetres, at(second), False)


def reported(heard: Lately, sensor: Sensor, second: float) -> list[BayReport]:
    """What the board is told so many seconds later, when the sensor has just been bound."""
    bound = Bindings((sensor,))
    return list(fold(heard.taken_over(Memory(NOON), bound), bound, Tick(at(second)))[1])


@pytest.mark.parametrize("car", [True, False])
def test_what_it_said_before_it_was_bound_counts_from_when_it_was_said(car: bool) -> None:
    heard = Lately()
    heard.note(says(car, 1))
    [report] = reported(heard, EYE, 60)
    assert (report.present, report.since) == (car, at(1))


def test_a_sonar_is_believed_by_its_last_readings_under_the_thresholds_of_now() -> None:
    heard = Lately()
    for second in range(2 * VOTES):
        heard.note(measures(1400, second))
    far, near = replace(SONAR, leave_above_mm=1350), replace(SONAR, enter_below_mm=1450)
    assert [one.present for one in reported(heard, far, 40)] == [False]
    assert [one.present for one in reported(heard, near, 40)] == [True]


def test_a_replay_is_nothing_it_said() -> None:
    heard = Lately()
    heard.note(says(True, 1, retained=True))
    assert reported(heard, EYE, 60) == []


@pytest.mark.parametrize("alive", [Alive.offline, Alive.unknown])
@pytest.mark.parametrize("who", [EYE.device, "z2m-bridge:zigbee2mqtt"])
def test_what_was_said_before_it_went_away_counts_no_more(alive: Alive, who: str) -> None:
    heard = Lately()
    heard.note(says(True, 1, bridge="z2m-bridge:zigbee2mqtt"))
    heard.note(Availability(who, alive, at(2), retained=False))
    heard.note(Availability(EYE.device, Alive.online, at(3), retained=False))
    assert reported(heard, EYE, 60) == []


def test_what_is_too_old_tells_nothing() -> None:
    heard = Lately()
    heard.note(says(True, 1))
    assert reported(heard, EYE, EYE.stale_seconds + 2) == []


def test_what_a_bound_sensor_has_said_since_is_left_alone() -> None:
    heard = Lately()
    heard.note(says(True, 1))
    memory, _ = fold(Memory(NOON), BOUND, says(False, 2))
    assert heard.taken_over(memory, BOUND) is memory


def test_the_channel_unheard_longest_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately, "MOST_CHANNELS", 1)
    heard = Lately()
    heard.note(says(True, 1))
    heard.note(measures(500, 2))
    assert reported(heard, EYE, 60) == []


def test_a_device_bound_after_it_was_found_needs_not_be_moved_again() -> None:
    """A radar that speaks each hour stood as unknown for that hour."""

    async def run() -> None:
        desk = Desk()
        async with intake(desk, sensors=()) as door:
            door.bring(CAR, topic="shop/main/dev/eye/st/occupancy")
            await door.read(1)
            door.intake.rebind(BOUND)
            await until(lambda: len(desk.reports) == 1)
            assert desk.reports[0][0].presence == "present"

    asyncio.run(run())
