"""The simulated lamps at a real broker: they obey, and what does not is named."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from devices.address import read_address
from devices.asking import Asker, Asks
from devices.binding_tables import read_bindings
from devices.openings import read_openings
from devices.sensors import Sensors, SensorSettings
from devices.shown import ShopShown, Tone
from simulator.crew import read_crew
from simulator.fittings import bindings, fixtures
from simulator.lamp_hub import LampHub
from simulator.lamps.troubles import LampTrouble
from tests.devices.lamps_told import bay, shop
from tests.devices.towers import Clock
from tests.devices.waiting import now, until
from tests.servers.mosquitto import StartMosquitto

CREW = read_crew((Path(__file__).parents[2] / "examples" / "demo.toml").read_text("utf-8"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr("devices.outgoing.monotonic", found)
    monkeypatch.setattr("devices.outgoing.STEP_SECONDS", 0.02)
    return found


def late_everywhere() -> ShopShown:
    return shop(*(bay(Tone.late, one) for one in CREW.bays))


@asynccontextmanager
async def hall(
    port: int, folder: Path, hub: LampHub, shown: Sequence[ShopShown]
) -> AsyncIterator[Sensors]:
    """Who tells lamps, and the lamps."""

    async def send(command: Asks, command_id: str, asker: Asker) -> object:
        return None

    written, mistakes = read_bindings(bindings(), frozenset(CREW.bays), None, CREW.pins)
    families, more = read_openings(bindings())
    assert (*mistakes, *more) == ()
    address = read_address(f"mqtt://127.0.0.1:{port}")
    settings = SensorSettings("main", folder, address, families=families)
    running = Sensors(settings, written, send, now, shown=lambda: shown[0])
    tasks = [asyncio.create_task(running.run()), asyncio.create_task(hub.run(address))]
    try:
        yield running
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def lit(hub: LampHub) -> int:
    return sum(bool(one.lamp.shows) for one in hub.lamps)


def all_proved(running: Sensors, clock: Clock) -> bool:
    """Time passes, as lamps that are back are told at most twice a second."""
    clock.passes(0.1)
    counted = running.counters
    return counted["outgoing_confirmed"] > 0 and counted["outgoing_wanting"] == 0


def test_every_lamp_lights_up_and_proves_it(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    hub, shown = LampHub(fixtures(), Random(1)), [late_everywhere()]

    async def scenario() -> None:
        async with hall(start_mosquitto().port, tmp_path, hub, shown) as running:
            await until(lambda: all_proved(running, clock) and lit(hub) == 5, "all of them")
            shown[0] = shop(*(bay(Tone.neutral, one) for one in CREW.bays))
            await until(lambda: all_proved(running, clock) and lit(hub) == 1, "the tag alone")
            assert running.degraded == ()

    asyncio.run(scenario())


def test_the_one_that_is_deaf_is_named_and_no_other(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    hub = LampHub(fixtures(), Random(1), [LampTrouble.deaf])

    async def scenario() -> None:
        async with hall(start_mosquitto().port, tmp_path, hub, [late_everywhere()]) as running:
            await until(lambda: clock.passes(0.05) and lit(hub) == 4, "the others")
            await until(lambda: clock.passes(1) and running.degraded, "the alarm")
            [said] = running.degraded
            assert hub.deaf is not None
            assert hub.deaf.device in said
            assert "does not confirm" in said

    asyncio.run(scenario())


def test_those_that_forget_are_told_again_until_they_stay_lit(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    hub = LampHub(fixtures(), Random(2), [LampTrouble.forget])

    async def scenario() -> None:
        shown = [late_everywhere()]
        async with hall(start_mosquitto().port, tmp_path, hub, shown) as running:
            tones = (Tone.help, Tone.late)
            for turn in range(8):
                shown[0] = shop(*(bay(tones[turn % 2], one) for one in CREW.bays))
                await until(lambda: all_proved(running, clock) and lit(hub) == 5, f"turn {turn}")
            assert sum(one.forgot for one in hub.lamps) > 0
            assert running.degraded == ()

    asyncio.run(scenario())
