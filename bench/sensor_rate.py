"""Messages per second through bridge, adapter, fusion and acknowledgement, beside paho alone.

python -m bench.sensor_rate

Both drain the same messages, QoS 1 and acknowledged by hand, that waited for them at the broker;
each in this process, turn by turn, with the collector of cycles set as the program sets it.
"""

import asyncio
import statistics
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import uvloop
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from bench.sensor_broker import broker_of_its_own, say_all
from bench.table import Row, show, spread
from cli_server import settle_memory
from devices.address import BrokerAddress
from devices.asking import Asker, Asks
from devices.bindings import Bindings, Sensor
from devices.bridge import Bridge
from devices.deliveries import Deliveries
from devices.families.native import Native
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.intake import Intake
from simulator.tongues.native import NativeTongue
from simulator.tongues.tongue import Car, Moment, Said, Tongue
from simulator.tongues.zigbee2mqtt import ZigbeeTongue

BAYS, MESSAGES, ROUNDS = 24, 12_000, 5
LEAST = 0.6
LONGEST_SECONDS = 120.0
_FILTERS = ("shop/main/dev/#", "zigbee2mqtt/#")
_PARTED = 200
"""So many messages of one level of a bay, then the other."""


def rows() -> list[Row]:
    """How many of what paho alone takes in a second we take."""
    settle_memory()
    with broker_of_its_own() as broker:
        address = BrokerAddress("127.0.0.1", broker.port)
        ours, alone = [], []
        for number in range(ROUNDS + 1):
            alone.append(_alone(broker.port, number))
            ours.append(uvloop.run(_ours(address, number)))
    # The first round only warms up.
    shares = [one / other for one, other in zip(ours[1:], alone[1:], strict=True)]
    told = f"{statistics.median(ours[1:]):.0f}/s of paho's {statistics.median(alone[1:]):.0f}/s"
    return [
        Row(
            f"QoS 1 through bridge, adapter and fusion, {MESSAGES} messages of {BAYS} bays",
            f"≥ {LEAST} × paho alone with manual acknowledgement",
            f"{spread(shares, '×')}: {told}",
            statistics.median(shares) >= LEAST,
        )
    ]


def tongues() -> list[Tongue]:
    """Half of them native, half behind Zigbee2MQTT."""
    native: list[Tongue] = [NativeTongue(f"eye-{n}") for n in range(BAYS // 2)]
    return [*native, *(ZigbeeTongue(f"0x{n:016x}", f"bay {n}") for n in range(BAYS // 2))]


def bindings() -> Bindings:
    """Each at a bay of its own, by the address under which it speaks."""
    sensors = [
        Sensor(_heard_as(one), one.channel, f"b{n}", enter_seconds=0, leave_seconds=0)
        for n, one in enumerate(tongues())
    ]
    return Bindings(tuple(sensors))


def _heard_as(one: Tongue) -> str:
    return f"z2m:{one.name}" if isinstance(one, ZigbeeTongue) else one.device


def messages(first: int, count: int) -> list[Said]:
    """Levels of all bays in turn, now and then another one, none of them retained."""
    speaks, begin = tongues(), datetime.now(UTC)
    found: list[Said] = []
    for number in range(first, first + count):
        tongue = speaks[number % BAYS]
        level = Car(number // (BAYS * _PARTED) % 2 == 0)
        moment = Moment(begin + timedelta(milliseconds=number - first), number)
        found += [Said(one.topic, one.payload) for one in tongue.says(level, moment)]
    return found


class Alone:
    """paho as it comes: it counts and acknowledges."""

    def __init__(self) -> None:
        self.client = Client(
            CallbackAPIVersion.VERSION2,
            client_id="alone",
            protocol=MQTTProtocolVersion.MQTTv5,
            manual_ack=True,
        )
        self.subscribed, self.done = threading.Event(), threading.Event()
        self.times: list[float] = []
        self.client.on_connect = lambda c, u, f, r, p: c.subscribe(
            [(one, SubscribeOptions(qos=1)) for one in _FILTERS]
        )
        self.client.on_subscribe = lambda c, u, m, r, p: self.subscribed.set()
        self.client.on_message = self._take

    def _take(self, client: Client, _user: object, message: MQTTMessage) -> None:
        client.ack(message.mid, message.qos)
        self.times.append(time.monotonic())
        if len(self.times) == MESSAGES:
            self.done.set()

    def open(self, port: int) -> None:
        """With a session that the broker keeps."""
        properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho's
        properties.SessionExpiryInterval = 3600
        properties.ReceiveMaximum = 1000
        self.client.connect("127.0.0.1", port, clean_start=False, properties=properties)
        self.client.loop_start()

    def close(self) -> None:
        """Hang up."""
        self.client.disconnect()
        self.client.loop_stop()


def _alone(port: int, number: int) -> float:
    first = Alone()
    first.open(port)
    first.subscribed.wait(LONGEST_SECONDS)
    first.close()
    say_all(port, messages(number * MESSAGES, MESSAGES))
    again = Alone()
    again.open(port)
    if not again.done.wait(LONGEST_SECONDS):
        raise RuntimeError(f"paho took {len(again.times)} of {MESSAGES} messages")
    again.close()
    return (MESSAGES - 1) / (again.times[-1] - again.times[0])


class Ingest:
    """Bridge and intake before a desk that takes everything at once."""

    def __init__(self, address: BrokerAddress) -> None:
        deliveries = Deliveries()
        self.bridge = Bridge(
            address,
            site="main",
            role="bench",
            filters=_FILTERS,
            deliveries=deliveries,
            clock=lambda: datetime.now(UTC),
        )
        self.times: list[float] = []
        self.intake = Intake(
            adapters=(Native("main"), Zigbee2Mqtt()),
            bindings=bindings(),
            deliveries=deliveries,
            acknowledge=self._acknowledge,
            clock=lambda: datetime.now(UTC),
            send=self._send,
        )

    def _acknowledge(self, ticket: object) -> None:
        self.bridge.acknowledge(ticket)  # type: ignore[arg-type]  # as Intake gives it
        self.times.append(time.monotonic())

    async def _send(self, _asked: Asks, _id: str, _asker: Asker) -> object:
        return "taken"


@asynccontextmanager
async def _running(address: BrokerAddress) -> AsyncIterator[Ingest]:
    ingest = Ingest(address)
    tasks = [asyncio.create_task(ingest.bridge.run()), asyncio.create_task(ingest.intake.run())]
    try:
        yield ingest
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _ours(address: BrokerAddress, number: int) -> float:
    async with _running(address) as ingest:
        await _until(lambda: ingest.bridge.counters.connections == 1 and not ingest.bridge.fault)
        await asyncio.sleep(1.0)
    await asyncio.to_thread(say_all, address.port, messages(number * MESSAGES, MESSAGES))
    async with _running(address) as ingest:
        await _until(lambda: len(ingest.times) >= MESSAGES)
        if ingest.intake.counters.defects or ingest.intake.register.quarantine.total:
            raise RuntimeError("messages were not understood")
        return (MESSAGES - 1) / (ingest.times[MESSAGES - 1] - ingest.times[0])


async def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while not holds():
        await asyncio.sleep(0.02)
        if time.monotonic() > deadline:
            raise RuntimeError("the messages do not come through")


if __name__ == "__main__":
    sys.exit(show(rows()))
