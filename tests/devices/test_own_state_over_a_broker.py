"""What others see of us on a real broker: bays, cars and discoveries, while we listen."""

import asyncio
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from paho.mqtt.client import Client, MQTTMessage

from board.core import commands as c
from board.languages import Languages
from devices.address import read_address
from devices.hall import SensorHall
from devices.hall_files import HallSettings
from devices.sensors import SensorSettings
from devices.shown import ShopShown
from tests.builders import ANNA, PLATES, Trial, working
from tests.devices.test_families_of_a_shop import Alone
from tests.devices.test_families_of_a_shop import Desk as EmptyDesk
from tests.devices.towers import Tower, watching
from tests.devices.waiting import device_at, now, say, until
from tests.servers.mosquitto import StartMosquitto
from workshop_shown import ShownToDevices

ROOT = Path(__file__).resolve().parents[2]
STATUS = "shop/main/core/$status"


def of(trial: Trial) -> ShopShown:
    return ShownToDevices(lambda: trial.shop, lambda: trial.now, Languages(ROOT / "locales")).look()


FILE = """
[[family]]
name = "ha-discovery"
[[lamp]]
device = "tasmota:tower"
channel = "output-1"
bay = "1"
lit = ["neutral"]
"""
LEFT = ("shop/main/core/job/long-gone", "homeassistant/device/baylight-main-1/config")
"""What a former run has left on the broker."""
ON = "[presence]\nhome_assistant = true\n"


def private(trial: Trial) -> tuple[str, ...]:
    job = trial.job()
    found = (PLATES[0], PLATES[0][2:], job.customer.name, job.customer.phone, job.car.vin)
    return tuple(one for one in found if one)


def assert_masked(kept: Mapping[str, bytes], trial: Trial) -> None:
    told = json.loads(kept["shop/main/core/bay/1"])
    assert (told["occupied"], told["state"]) == (True, "worked")
    assert told["plate"].endswith("**345")
    every = b"".join(kept.values()).decode()
    assert [one for one in private(trial) if one in every] == []


class Desk(EmptyDesk):
    """Takes nothing; its bays are those of a trial."""

    shop = Trial().shop


def test_others_see_bays_and_cars_masked_and_what_is_gone_or_switched_off_is_taken_back(
    start_mosquitto: StartMosquitto,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("devices.outgoing.STEP_SECONDS", 0.02)
    monkeypatch.setattr("devices.hall.LOOK_SECONDS", 0.05)
    monkeypatch.setattr("devices.listed.WRITE_SECONDS", 0.05)
    port, trial = start_mosquitto().port, working(Trial())
    shown, file, inbox = [of(trial)], tmp_path / "sensors.toml", tmp_path / "inbox.toml"
    file.write_text(FILE + ON)
    sensors = SensorSettings("main", tmp_path, read_address(f"mqtt://127.0.0.1:{port}"))
    files = HallSettings(sensors, file, inbox=inbox)

    async def scenario() -> None:
        hall = SensorHall(Desk(), files, now, Alone(), shown=lambda: shown[0])
        with device_at(port) as client, watching(client) as kept:
            tower = Tower(client)
            await until(lambda: tower.listens, "the device")
            for topic in LEFT:
                say(client, topic, b"{}", retain=True)
            await until(lambda: len(kept) == 2, "what a former run left behind")
            task = asyncio.create_task(hall.run())
            await until(lambda: "shop/main/core/job/j1" in kept, "the car")
            await until(lambda: LEFT[0] not in kept and kept[LEFT[1]] != b"{}", "the mending")
            await until(lambda: tower.lit and not hall.degraded, "the lamp")
            assert_masked(kept, trial)
            await until(inbox.exists, "the list")
            assert "There are none" in inbox.read_text()
            trial.do(c.CancelJob(job="j1", reason="other"), ANNA)
            shown[0] = of(trial)
            file.write_text(FILE)
            await until(lambda: "shop/main/core/job/j1" not in kept, "the car to be gone")
            await until(lambda: LEFT[1] not in kept, "the discovery to be taken back")
            assert len([one for one in kept if "/bay/" in one]) == len(shown[0].bays)
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(scenario())


class Elsewhere(Alone):
    """The right to listen, which another process has."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def held(self) -> int:
        self.asked.set()
        await asyncio.Event().wait()
        return 0


def test_whoever_stands_by_tells_nobody_anything(tmp_path: Path) -> None:
    def shown() -> ShopShown:
        raise AssertionError("only who listens looks at what is to be told")

    async def scenario() -> None:
        claim = Elsewhere()
        address = read_address("mqtt://127.0.0.1:1")
        files = HallSettings(SensorSettings("main", tmp_path, address), tmp_path / "sensors.toml")
        hall = SensorHall(Desk(), files, now, claim, shown=shown)
        task = asyncio.create_task(hall.run())
        await claim.asked.wait()
        assert hall.counters["sensors_listening"] == 0
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    asyncio.run(scenario())


def overheard(client: Client) -> list[tuple[str, bytes]]:
    """What is said from now on, in its order."""
    told, note = list[tuple[str, bytes]](), client.on_message
    assert note is not None

    def both(here: Client, data: object, said: MQTTMessage) -> None:
        told.append((said.topic, bytes(said.payload)))
        note(here, data, said)

    client.on_message = both
    return told


EYE = """
[[sensor]]
device = "native:eye"
channel = "occupancy"
bay = "2"
expected_interval_seconds = 3600
"""


def test_a_bay_whose_sensor_has_never_spoken_is_told_as_unknown(
    start_mosquitto: StartMosquitto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.outgoing.STEP_SECONDS", 0.02)
    port, trial, file = start_mosquitto().port, working(Trial()), tmp_path / "sensors.toml"
    sensors = SensorSettings("main", tmp_path, read_address(f"mqtt://127.0.0.1:{port}"))
    file.write_text(EYE)
    bays = ("shop/main/core/bay/2", "shop/main/core/bay/3")

    async def scenario() -> None:
        hall = SensorHall(
            Desk(), HallSettings(sensors, file), now, Alone(), shown=lambda: of(trial)
        )
        with device_at(port) as client, watching(client) as kept:
            task = asyncio.create_task(hall.run())
            await until(lambda: set(bays) <= kept.keys(), "the bays")
            assert [json.loads(kept[one])["occupied"] for one in bays] == [None, False]
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(scenario())


def test_what_somebody_else_says_in_our_name_is_mended_at_once(
    start_mosquitto: StartMosquitto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broker of the shop's own has no rights by itself: anybody may write there."""
    monkeypatch.setattr("devices.outgoing.STEP_SECONDS", 0.02)
    port, trial = start_mosquitto().port, working(Trial())
    sensors = SensorSettings("main", tmp_path, read_address(f"mqtt://127.0.0.1:{port}"))
    bay, ghost = "shop/main/core/bay/1", "shop/main/core/job/ghost"

    async def scenario() -> None:
        files = HallSettings(sensors, tmp_path / "sensors.toml")
        hall = SensorHall(Desk(), files, now, Alone(), shown=lambda: of(trial))
        with device_at(port) as client, watching(client) as kept:
            task = asyncio.create_task(hall.run())
            await until(lambda: bay in kept, "the bay")
            ours, told = kept[bay], overheard(client)
            for topic, said in ((bay, b'{"occupied":false}'), (ghost, b"{}"), (bay, b"")):
                told.clear()
                say(client, topic, said, retain=True)
                await until(partial(told.__contains__, (topic, said)), "the false word")
                await until(lambda: kept.get(bay) == ours and ghost not in kept, "the mending")
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(scenario())
