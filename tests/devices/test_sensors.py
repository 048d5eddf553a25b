"""From a device's message over our own broker to a command, and degraded states in words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from paho.mqtt.client import Client

from board.core.bays import Presence
from board.core.commands import ReportBay
from devices.address import read_address
from devices.asking import Asker, Asks
from devices.bindings import Bindings, Sensor
from devices.broker_files import read_credentials
from devices.openings import Opening
from devices.sensors import Sensors, SensorSettings
from tests.devices.sparkplugs import metric, payload
from tests.devices.waiting import device_at, now, say, until
from tests.servers.mosquitto import StartMosquitto

EYE = Sensor("native:eye", "occupancy", "bay-1", enter_seconds=0, leave_seconds=0)
GATE = Sensor("z2m:0x00124b0022aa33ff", "contact", "bay-2", enter_seconds=0)
LIST = b'[{"ieee_address":"0x00124b0022aa33ff","friendly_name":"hall/gate"}]'


@asynccontextmanager
async def sensors(settings: SensorSettings) -> AsyncIterator[tuple[Sensors, list[ReportBay]]]:
    taken: list[ReportBay] = []

    async def send(command: Asks, command_id: str, asker: Asker) -> object:
        assert isinstance(command, ReportBay)
        taken.append(command)
        return None

    running = Sensors(settings, Bindings((EYE, GATE)), send, now)
    task = asyncio.create_task(running.run())
    try:
        yield running, taken
    finally:
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()


def _after_a_car_was_erased_nothing_said_is_left(running: Sensors) -> None:
    books = [running.logbooks.get(one.device) for one in (EYE, GATE)]
    assert [bool(book.messages) for book in books if book] == [True, True]
    running.forget_suspects()
    assert [bool(book.messages) for book in books if book] == [False, False]


def test_a_car_seen_by_a_device_is_reported_over_our_own_broker(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with sensors(SensorSettings("main", tmp_path)) as (running, taken):
            await until(lambda: not running.degraded, "the connection")
            kept = read_credentials(tmp_path)
            assert kept is not None
            with device_at(kept.port, "device", kept.device) as device:
                say(device, "shop/main/dev/eye/st/occupancy", b'{"v":true}')
                say(device, "zigbee2mqtt/bridge/devices", LIST, retain=True)
                say(device, "zigbee2mqtt/hall/gate", b'{"contact":true}')
                await until(lambda: len(taken) == 2, "the reports")
            _after_a_car_was_erased_nothing_said_is_left(running)
            assert {(one.bay, one.device, one.presence) for one in taken} == {
                ("bay-1", EYE.device, Presence.present),
                ("bay-2", GATE.device, Presence.present),
            }
            assert running.counters["intake_messages"] == 3

    asyncio.run(scenario())


def test_another_broker_is_used_by_its_url(start_mosquitto: StartMosquitto, tmp_path: Path) -> None:
    broker = start_mosquitto(passwords={"shop": "secret"})
    address = read_address(f"mqtt://shop:secret@127.0.0.1:{broker.port}")

    async def scenario() -> None:
        async with sensors(SensorSettings("main", tmp_path, address)) as (running, taken):
            await until(lambda: not running.degraded, "the connection")
            with device_at(broker.port, "shop", "secret") as device:
                say(device, "shop/main/dev/eye/st/occupancy", b'{"v":true}')
                await until(lambda: taken, "the report")
            await asyncio.to_thread(broker.stop)
            await until(lambda: running.degraded, "the loss")
            assert running.degraded[0].startswith("No sensors: ")

    asyncio.run(scenario())
    assert list(tmp_path.glob("mosquitto.conf")) == []


def test_a_value_on_a_declared_topic_is_heard_also_after_the_broker_came_back(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    address = read_address(f"mqtt://127.0.0.1:{broker.port}")
    settings = SensorSettings("main", tmp_path, address, families=(Opening("ha-discovery"),))
    config = b'{"state_topic":"hall/eye","device_class":"occupancy","device":{"ids":"eye"}}'

    async def scenario() -> None:
        async with sensors(settings) as (running, _):
            await until(lambda: not running.degraded, "the connection")
            with device_at(broker.port) as device:
                say(device, "homeassistant/binary_sensor/eye/config", config, retain=True)
                await until(lambda: running.unbound, "the discovery")
                await until(lambda: _say_until_heard(device, running, 1), "the first value")
            await asyncio.to_thread(broker.stop)
            await until(lambda: running.degraded, "the loss")
            least = running.unbound[0].messages + 1
            await asyncio.to_thread(broker.start)
            with device_at(broker.port) as device:
                await until(lambda: _say_until_heard(device, running, least), "one afterwards")

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("family", "topic", "config"),
    [
        (
            "ha-discovery",
            "homeassistant/binary_sensor/bad/config",
            rb'{"stat_t":"b\u0001d","dev_cla":"occupancy","dev":{"ids":"bad"}}',
        ),
        (
            "tasmota",
            "tasmota/discovery/5CCF7F49A3BC/config",
            rb'{"mac":"5CCF7F49A3BC","t":"b\u0001d","ft":"x/%topic%/%prefix%/","tp":["c","s","t"]}',
        ),
    ],
)
def test_a_device_that_declares_what_is_no_topic_costs_us_no_other(
    start_mosquitto: StartMosquitto, tmp_path: Path, family: str, topic: str, config: bytes
) -> None:
    """The broker hung up on it, and again after each new connection: nothing was heard at all."""
    broker = start_mosquitto()
    address = read_address(f"mqtt://127.0.0.1:{broker.port}")
    settings = SensorSettings("main", tmp_path, address, families=(Opening(family),))

    async def scenario() -> None:
        async with sensors(settings) as (running, taken):
            await until(lambda: not running.degraded, "the connection")
            with device_at(broker.port) as device:
                say(device, topic, config, retain=True)
                await until(lambda: running.counters["intake_messages"] == 1, "the discovery")
                say(device, "shop/main/dev/eye/st/occupancy", b'{"v":true}')
                await until(lambda: taken, "the report")
            assert running.degraded == ()
            assert running.counters["mqtt_connections"] == 1

    asyncio.run(scenario())


def test_a_node_whose_births_are_unknown_is_asked_for_them(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    address = read_address(f"mqtt://127.0.0.1:{broker.port}")
    settings = SensorSettings("main", tmp_path, address, families=(Opening("sparkplug-b"),))
    asked: list[tuple[str, bool]] = []

    async def scenario() -> None:
        async with sensors(settings) as (running, _):
            await until(lambda: not running.degraded, "the connection")
            with device_at(broker.port) as device:
                device.on_message = lambda c, u, heard: asked.append((heard.topic, heard.retain))
                device.subscribe("spBv1.0/+/NCMD/#")
                say(device, "spBv1.0/hall/DDATA/edge 1/bay", payload(metric(alias=1), seq=4))
                await until(lambda: asked, "the question")

    asyncio.run(scenario())
    assert asked == [("spBv1.0/hall/NCMD/edge 1", False)]


def _say_until_heard(device: Client, running: Sensors, least: int) -> bool:
    device.publish("hall/eye", b"ON", 1)
    return running.unbound[0].messages >= least


def test_without_a_broker_the_program_goes_on_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.broker.SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", str(tmp_path))

    async def scenario() -> None:
        async with sensors(SensorSettings("main", tmp_path)) as (running, _):
            await until(lambda: "install the package mosquitto" in str(running.degraded), "words")

    asyncio.run(scenario())
