"""Whatever devices of all families do to us by seed: at last each bay is told as it is."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest

from board.core.bays import Presence
from board.core.calls import CallKind
from board.core.commands import CallHelp
from devices.bindings import Bindings, Sensor
from devices.buttons import Button
from devices.families import opened
from simulator.tongues import EVERY
from simulator.tongues.tongue import Car, Press, Said
from simulator.troubles import Trouble, Troubled
from tests.devices.intakes import Desk, Door, intake
from tests.devices.moments import NOON
from tests.devices.waiting import until

LEVELS = [one for one in EVERY.values() if one.family not in ("esp-rfid", "nuki")]
SENSORS = tuple(
    Sensor(one.device, one.channel, one.family, enter_seconds=0, leave_seconds=0) for one in LEVELS
)
VOTES, LATER = 3, 1500
"""Distances need so many that agree; after ten minutes nobody is doubted for having flapped."""


def bring(door: Door, said: Sequence[Said], seconds: float) -> None:
    for one in said:
        door.bring(one.payload, seconds, topic=one.topic)


def told(desk: Desk) -> dict[str, Presence]:
    return {report.bay: report.presence for report, _ in desk.reports}


@pytest.mark.parametrize("seed", [1, 2])
def test_each_bay_is_told_as_it_is_after_all_troubles(seed: int) -> None:
    random, desk = Random(seed), Desk()
    devices = [Troubled(one, Random(random.random()), list(Trouble), 2) for one in LEVELS]
    adapters = tuple(opened(one.family, one.base) for one in LEVELS if one.family != "native")

    async def scenario() -> None:
        async with intake(desk, sensors=SENSORS, adapters=adapters) as door:
            for one in devices:
                bring(door, one.lives(True), 0)
            for step in range(1, 31):
                car = Car(step % 4 < 2)
                for one in devices:
                    bring(door, one.does(car, NOON + timedelta(seconds=20 * step)), 20 * step)
            for one in devices:
                bring(door, one.lives(True), LATER)
                for vote in range(VOTES):
                    at = LATER + 20 * (vote + 1)
                    bring(door, one.truly(Car(True), NOON + timedelta(seconds=at)), at)
            await until(lambda: not len(door.deliveries))
            assert door.intake.counters.defects == 0
            assert {met for one in devices for met in one.met} == set(Trouble)

    asyncio.run(scenario())
    assert told(desk) == {one.family: Presence.present for one in LEVELS}


def test_presses_among_troubles_call_once_each() -> None:
    tongue = EVERY["shelly-gen1"]
    button = Button(tongue.device, "button-0", bay="bay-1")
    device, desk = Troubled(tongue, Random(3), [Trouble.duplicate, Trouble.replay], 2), Desk()

    async def scenario() -> None:
        bindings = Bindings(buttons=(button,))
        async with intake(desk, bindings=bindings, adapters=(opened("shelly-gen1"),)) as door:
            bring(door, device.lives(True), 0)
            for step in range(20):
                at = 10 * step
                bring(door, device.does(Press(), NOON + timedelta(seconds=at)), at)
            await until(lambda: not len(door.deliveries))

    asyncio.run(scenario())
    calls = [what for what, _ in desk.taken]
    assert calls == [CallHelp(kind=CallKind.technical, bay="bay-1")] * 20
    assert len({key for _, key in desk.taken}) == 20
