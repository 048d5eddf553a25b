"""A shop that opens a family in its file hears it at once, without a restart."""

import asyncio
from pathlib import Path

import pytest

from board.core.bays import Bay, Presence
from board.core.commands import Command, ReportBay
from board.core.roles import Actor
from board.core.shop import Shop
from devices.address import read_address
from devices.hall import HallSettings, SensorHall
from devices.sensors import SensorSettings
from tests.devices.waiting import device_at, now, until
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


def test_a_family_opened_in_the_file_is_heard(
    start_mosquitto: StartMosquitto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.hall.LOOK_SECONDS", 0.05)
    broker = start_mosquitto()
    file = tmp_path / "sensors.toml"
    file.write_text(SENSOR)
    address = read_address(f"mqtt://127.0.0.1:{broker.port}")
    settings = HallSettings(SensorSettings("main", tmp_path, address), file)
    desk = Desk()

    async def scenario() -> None:
        hall = SensorHall(desk, settings, now, Alone())
        task = asyncio.create_task(hall.run())
        try:
            await until(lambda: not hall.degraded and hall.counters, "the connection")
            file.write_text(f'[[family]]\nname = "tasmota"\n{SENSOR}')
            with device_at(broker.port) as device:

                def heard() -> bool:
                    device.publish("tele/loop/SENSOR", b'{"Switch1":"ON"}', 1)
                    return any(one.presence is Presence.present for one in desk.reports)

                await until(heard, "the car")
        finally:
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(scenario())
