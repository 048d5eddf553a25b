"""After their broker was away, the simulated devices say anew who they are and what they see."""

import asyncio
from datetime import datetime
from random import Random
from time import monotonic
from zoneinfo import ZoneInfo

from devices.address import read_address
from simulator.fittings import fixtures
from simulator.hall import Hall
from simulator.lamp_hub import LampHub
from simulator.sensors import Sensors
from simulator.shop_clock import ShopTime
from tests.devices.waiting import device_at, until
from tests.servers.mosquitto import StartMosquitto

ZONE = ZoneInfo("Asia/Shanghai")
TOLD = {
    "tele/bay-2-box/LWT": b"Online",
    "shellies/shelly1l-E8DB84AB33F0/input/0": b"0",
    "bay-4-node/binary_sensor/occupancy/state": b"ON",
    "tele/tower-3/LWT": b"Online",
    "wled/hall/status": b"online",
}
"""By topic: sensors, the light barrier of the gate, a bay with a car, lamps."""


def test_what_a_broker_has_forgotten_is_told_again(start_mosquitto: StartMosquitto) -> None:
    broker = start_mosquitto()
    address = read_address(f"mqtt://127.0.0.1:{broker.port}")

    async def told() -> None:
        kept: dict[str, bytes] = {}
        with device_at(broker.port) as client:
            client.on_message = lambda c, u, said: kept.update({said.topic: bytes(said.payload)})
            client.subscribe("#", 1)
            await until(lambda: kept.items() >= TOLD.items(), "what devices say of themselves")

    async def scenario() -> None:
        time = ShopTime(datetime(2026, 11, 23, 9, tzinfo=ZONE), monotonic(), 60.0, ZONE)
        hall = Hall({"bay-4": "京A12345"})
        sensors, lamps = Sensors(hall, time, Random(1)), LampHub(fixtures(), Random(1))
        tasks = [asyncio.create_task(one.run(address)) for one in (sensors, lamps)]
        await told()
        await asyncio.to_thread(broker.stop)
        await asyncio.to_thread(broker.start)
        await told()
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    asyncio.run(scenario())
