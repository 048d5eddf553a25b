"""A shop that opens a family in its file hears it at once, and forgets nothing of the others."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from paho.mqtt.client import Client

from board.core.bays import Bay, Presence
from board.core.commands import Command, ReportBay
from board.core.roles import Actor
from board.core.shop import Shop
from devices.address import read_address
from devices.broker_files import DEVICE_USER, read_credentials
from devices.hall import SensorHall
from devices.hall_files import HallSettings
from devices.sensors import SensorSettings
from tests.devices.waiting import device_at, now, say, until
from tests.servers.mosquitto import StartMosquitto

SENSOR = """
[[sensor]]
device = "tasmota:loop"
channel = "input-1"
bay = "bay-1"
enter_seconds = 0
"""


class Desk:
    """Takes reports; its one bay was told of before."""

    epoch = "e1"
    shop = Shop("main", bays={"bay-1": Bay("bay-1", "1")})

    def __init__(self) -> None:
        self.reports: list[ReportBay] = []

    async def handle(
        self,
        command: Command,
        actor: Actor,
        command_id: str | None = None,
        fence: tuple[str, int] | None = None,
    ) -> object:
        assert isinstance(command, ReportBay)
        self.reports.append(command)
        return None


class Alone:
    """The right to listen, where nobody else wants it."""

    name = "sensors"
    is_elsewhere = False

    async def held(self) -> int:
        return 1

    async def lost(self, fence: int) -> None:
        await asyncio.Event().wait()


EYE = """
[[sensor]]
device = "native:eye"
channel = "occupancy"
bay = "bay-1"
enter_seconds = 0
"""
FAMILY = '[[family]]\nname = "tasmota"\n'


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hall looks at its file as often as a test changes it."""
    monkeypatch.setattr("devices.hall.LOOK_SECONDS", 0.05)


@asynccontextmanager
async def hall_of(
    desk: Desk, tmp_path: Path, port: int | None
) -> AsyncIterator[tuple[SensorHall, Path]]:
    """A hall that has its connection, and its file; without a port at a broker of our own."""
    file = tmp_path / "sensors.toml"
    address = read_address(f"mqtt://127.0.0.1:{port}") if port else None
    settings = HallSettings(SensorSettings("main", tmp_path, address), file)
    hall = SensorHall(desk, settings, now, Alone())
    task = asyncio.create_task(hall.run())
    try:
        await until(lambda: not hall.degraded and hall.counters, "the connection")
        yield hall, file
    finally:
        task.cancel()
        await asyncio.wait([task])


def _list(hall: SensorHall) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(hall.answer(b'{"what": "list"}') or b"{}")
    return found


async def _messages_of_two(hall: SensorHall, device: Client) -> float:
    """How many are heard of one of the family and one of our own."""

    def eye() -> int:
        return sum(one["count"] for one in _list(hall)["list"]["unbound"])

    before, seen = hall.counters["intake_messages"], eye()
    say(device, "tele/loop/SENSOR", b'{"Switch1":"OFF"}')
    say(device, "shop/main/dev/eye/st/occupancy", b'{"v":true}')
    await until(lambda: eye() > seen, "our own")
    return hall.counters["intake_messages"] - before


@pytest.mark.timeout(60)
def test_a_family_is_heard_from_when_the_file_opens_it_until_it_closes_it(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    """Falls over without `self._intake.open`, and without `self._client.unsubscribe`."""
    broker = start_mosquitto()
    (tmp_path / "sensors.toml").write_text(SENSOR)
    desk = Desk()

    async def scenario() -> None:
        async with hall_of(desk, tmp_path, broker.port) as (hall, file):
            file.write_text(FAMILY + SENSOR)
            with device_at(broker.port) as device:

                def heard() -> bool:
                    device.publish("tele/loop/SENSOR", b'{"Switch1":"ON"}', 1)
                    return any(one.presence is Presence.present for one in desk.reports)

                await until(heard, "the car")
                file.write_text(SENSOR)
                await until(lambda: _list(hall)["link"]["families"] == ["zigbee2mqtt"], "the end")
                while await _messages_of_two(hall, device) != 1:
                    pass

    asyncio.run(scenario())


def test_what_is_known_of_all_others_outlives_a_family_opened(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    """Falls over where the hall begins to listen anew."""
    broker = start_mosquitto()
    (tmp_path / "sensors.toml").write_text(EYE)
    desk = Desk()

    async def scenario() -> None:
        async with hall_of(desk, tmp_path, broker.port) as (hall, file):
            with device_at(broker.port) as device:
                say(device, "shop/main/dev/eye/st/occupancy", b'{"v":true}')
                say(device, "shop/main/dev/other/st/occupancy", b'{"v":true}')
                await until(lambda: _list(hall)["list"]["unbound"], "the one that hangs nowhere")
                before = _list(hall)
                file.write_text(FAMILY + EYE)
                opened = ["zigbee2mqtt", "tasmota"]
                await until(lambda: _list(hall)["link"]["families"] == opened, "the family")
                assert _list(hall)["list"] == before["list"]
                assert hall.counters["mqtt_connections"] == 1
                assert hall.counters["intake_messages"] >= 2

    asyncio.run(scenario())


def test_devices_of_a_family_opened_may_speak_at_our_own_broker(tmp_path: Path) -> None:
    """Falls over without `self._broker.let`."""
    (tmp_path / "sensors.toml").write_text(SENSOR)
    desk = Desk()

    async def scenario() -> None:
        async with hall_of(desk, tmp_path, None) as (_, file):
            file.write_text(FAMILY + SENSOR)
            kept = read_credentials(tmp_path)
            assert kept is not None
            with device_at(kept.port, DEVICE_USER, kept.device) as device:

                def heard() -> bool:
                    device.publish("tele/loop/SENSOR", b'{"Switch1":"ON"}', 1)
                    return any(one.presence is Presence.present for one in desk.reports)

                await until(heard, "the car")

    asyncio.run(scenario())
