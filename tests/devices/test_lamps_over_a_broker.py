"""A lamp over a real broker: commands are lost, it reboots, or never answers (fault 24)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from devices.address import read_address
from devices.asking import Asker, Asks
from devices.bindings import Bindings
from devices.called import Called
from devices.lamp_trials import Sentence
from devices.lamps import Lamp
from devices.openings import Opening
from devices.readings import Alive
from devices.sensors import Sensors, SensorSettings
from devices.shown import ShopShown, Tone
from devices.telling import told_device
from devices.telling_lamps import told_lamps
from tests.devices.lamps_told import RED, bay, shop
from tests.devices.towers import Clock, Strip, Tower
from tests.devices.waiting import device_at, now, say, until
from tests.servers.mosquitto import StartMosquitto

TASMOTA = Opening("tasmota")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr("devices.outgoing.monotonic", found)
    monkeypatch.setattr("devices.outgoing.STEP_SECONDS", 0.02)
    return found


@asynccontextmanager
async def telling(
    port: int, folder: Path, shown: list[ShopShown], lamp: Lamp = RED, family: Opening = TASMOTA
) -> AsyncIterator[Sensors]:
    async def send(command: Asks, command_id: str, asker: Asker) -> object:
        return None

    address = read_address(f"mqtt://127.0.0.1:{port}")
    settings = SensorSettings("main", folder, address, families=(family,))
    running = Sensors(settings, Bindings(lamps=(lamp,)), send, now, shown=lambda: shown[0])
    task = asyncio.create_task(running.run())
    try:
        await until(lambda: not running.degraded, "the connection")
        yield running
    finally:
        task.cancel()
        await asyncio.wait([task])


@asynccontextmanager
async def told_once(port: int, folder: Path, loses: int) -> AsyncIterator[tuple[Tower, Sensors]]:
    """A lamp at a late car that loses so many commands; the first of them is out."""
    with device_at(port) as client:
        tower = Tower(client)
        tower.loses = loses
        await until(lambda: tower.listens, "the device")
        async with telling(port, folder, [shop(bay(Tone.late))]) as running:
            await until(lambda: tower.told, "the first command")
            yield tower, running


def test_a_lost_command_and_a_reboot_are_mended(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    port, begin = start_mosquitto().port, clock.now

    async def scenario() -> None:
        async with told_once(port, tmp_path, loses=1) as (tower, running):
            clock.now += 2
            await until(lambda: tower.lit, "the lamp after a lost command")
            await until(lambda: running.counters["outgoing_wanting"] == 0, "the proof")
            counted = running.counters
            assert (counted["outgoing_commands"], counted["outgoing_resent"]) == (2, 1)
            clock.now += 1
            tower.reboot()
            await until(lambda: tower.lit, "the lamp after a reboot")
            assert clock.now - begin < 15
        with device_at(port) as late:
            kept = Tower(late)
            await until(lambda: kept.listens, "the device")
            say(late, "cmnd/tower/POWER1", b"last")
            await until(lambda: kept.told == [b"last"], "only what is said now")
        assert tower.told == [b"ON"] * 3
        assert not any(tower.retained)

    asyncio.run(scenario())


def test_a_light_of_esphome_takes_the_colour_of_its_bay_and_is_proved_by_its_state(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    port = start_mosquitto().port
    lamp = Lamp("esphome:strip", "light-andon", "bay-4", "lamp")

    async def scenario() -> None:
        with device_at(port) as client:
            strip, shown = Strip(client), [shop(bay(Tone.attention))]
            await until(lambda: strip.listens, "the device")
            async with telling(port, tmp_path, shown, lamp, Opening("esphome", "strip")) as running:
                for tone, colour in ((Tone.attention, (255, 120, 0)), (Tone.late, (255, 0, 0))):
                    shown[0] = shop(bay(tone))
                    clock.now += 1
                    await until(lambda: strip.colour == colour, f"the colour of {tone}")  # noqa: B023
                    await until(lambda: running.counters["outgoing_wanting"] == 0, "the proof")
                shown[0] = shop(bay(Tone.neutral))
                clock.now += 1
                await until(lambda: strip.colour is None, "a dark light")
                await until(lambda: running.counters["outgoing_wanting"] == 0, "the proof")
                assert running.counters["outgoing_resent"] == 0

    asyncio.run(scenario())


def test_a_lamp_that_never_answers_is_told_of_until_it_does(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    port = start_mosquitto().port

    async def scenario() -> None:
        async with told_once(port, tmp_path, loses=1000) as (tower, running):
            clock.now += 18
            await until(lambda: running.degraded, "the alarm")
            assert "does not confirm what it is told" in running.degraded[0]
            assert " at Bay 7 (" in running.faults(Called({"bay-4": "7"}))[0]
            assert running.counters["outgoing_alarms"] == 1
            assert "does not confirm" in running.listed()
            assert tuple(map(str, running.situation.told)) == running.degraded
            tower.loses = 0
            tower.reboot()
            await until(lambda: clock.passes(0.1) and not running.degraded, "the end of it")
            assert tower.lit

    asyncio.run(scenario())


def trial(running: Sensors) -> dict[str, object]:
    """What is told of the trial of the one lamp; empty before there was one."""
    [lamp] = told_lamps(running.outgoing.lit, RED.device)
    found = lamp["trial"] or {}
    assert isinstance(found, dict)
    return found


def test_a_lamp_is_lit_for_whoever_stands_before_it_and_goes_back_by_itself(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    port = start_mosquitto().port
    sentence = Sentence("Trial.", "en")

    async def scenario() -> None:
        with device_at(port) as client:
            tower = Tower(client)
            await until(lambda: tower.listens, "the device")
            async with telling(port, tmp_path, [shop(bay(Tone.neutral))]) as running:
                await until(lambda: tower.told == [b"OFF"], "the usual look")
                assert not running.outgoing.try_out((RED.device, "output-9"), sentence)
                assert trial(running) == {}
                clock.now += 1
                assert running.outgoing.try_out(RED.key, sentence)
                await until(lambda: tower.lit, "the trial")
                proved = {"is_on": True, "is_proved": True, "is_dark": False, "seconds_ago": 0}
                await until(lambda: trial(running) == proved, "the proof")
                clock.now += 11
                await until(lambda: not tower.lit, "the end of the trial")
                assert trial(running) == {**proved, "is_on": False, "seconds_ago": 11}
                tower.loses = 1000
                clock.now += 1
                assert running.outgoing.try_out(RED.key, sentence)
                await until(lambda: len(tower.told) == 4, "the second trial")
                clock.now += 11
                await until(lambda: not trial(running)["is_on"], "its end")
                assert not trial(running)["is_proved"]

    asyncio.run(scenario())


def test_a_light_that_no_family_reads_stands_as_heard_and_there_or_away(
    start_mosquitto: StartMosquitto, tmp_path: Path, clock: Clock
) -> None:
    """It stood as not heard since the start, though it had confirmed all it was told."""
    port = start_mosquitto().port
    lamp = Lamp("wled:wled/hall", "segment-0", "bay-4", "lamp")

    async def scenario() -> None:
        with device_at(port) as client:
            told: list[str] = []
            client.on_message = lambda c, u, said: told.append(said.topic)
            client.subscribe("wled/hall/api", 1)
            async with telling(port, tmp_path, [shop(bay(Tone.late))], lamp) as running:
                await until(lambda: told, "the first command")
                say(client, "wled/hall/v", b"<vs><ac>255</ac></vs>")
                await until(lambda: running.logbooks.get(lamp.device), "its answer")
                book = running.logbooks.get(lamp.device)
                assert book is not None
                assert book.last_heard is not None
                assert [one.topic for one in book.messages] == ["wled/hall/v"]
                assert _stands(running, lamp) == "good"
                say(client, "wled/hall/status", b"offline")
                await until(lambda: book.alive is Alive.offline, "its last will")

    asyncio.run(scenario())


def _stands(running: Sensors, lamp: Lamp) -> object:
    told = told_device(running.situation, lamp.device)
    return told["standing"] if told else None
