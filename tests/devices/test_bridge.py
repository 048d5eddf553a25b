"""The bridge against a real broker: receives, survives, comes back, acknowledges late."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import pytest

from devices.address import BrokerAddress
from devices.bridge import Bridge
from devices.deliveries import Deliveries, Delivery
from tests.devices.waiting import (
    device_at,
    next_message,
    now,
    say,
    until,
    until_subscribed,
)
from tests.servers.mosquitto import Mosquitto, StartMosquitto

TOPIC = "shop/main/dev/eye/st/occupancy"
STATUS = "shop/main/core/$status"


def local(port: int) -> BrokerAddress:
    return BrokerAddress("127.0.0.1", port)


@asynccontextmanager
async def bridge_to(
    address: BrokerAddress,
    *,
    filters: tuple[str, ...] = ("shop/main/dev/#",),
    clock: Callable[[], datetime] = now,
    quiet_seconds: float = 30,
) -> AsyncIterator[tuple[Bridge, Deliveries]]:
    deliveries = Deliveries()
    bridge = Bridge(
        address,
        site="main",
        role="test",
        filters=filters,
        deliveries=deliveries,
        clock=clock,
        quiet_seconds=quiet_seconds,
        probe_seconds=quiet_seconds / 4,
    )
    task = asyncio.create_task(bridge.run())
    try:
        yield bridge, deliveries
    finally:
        task.cancel()
        await asyncio.wait([task])


def test_messages_arrive_as_they_were_sent(start_mosquitto: StartMosquitto) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        with device_at(broker.port) as device:
            say(device, TOPIC, b"kept", retain=True)
            async with bridge_to(local(broker.port)) as (bridge, deliveries):
                kept = await next_message(deliveries)
                say(device, TOPIC, b"\x00\xff", qos=0)
                live = await next_message(deliveries)
            assert (kept.topic, kept.payload, kept.retained) == (TOPIC, b"kept", True)
            assert (live.payload, live.retained, live.ticket) == (b"\x00\xff", False, None)
            assert bridge.counters.connections == 1

    asyncio.run(scenario())


def test_a_live_message_of_a_retained_topic_is_not_taken_for_a_replay(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        with device_at(broker.port) as device:
            async with bridge_to(local(broker.port)) as (_, deliveries):
                await until_subscribed(deliveries)
                say(device, TOPIC, b"live", retain=True)
                assert (await next_message(deliveries)).retained is False

    asyncio.run(scenario())


def test_a_callback_that_raises_is_counted_and_the_next_message_arrives(
    start_mosquitto: StartMosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    broker = start_mosquitto()
    broken = [True]

    def clock() -> datetime:
        if broken.pop() if broken else False:
            raise RuntimeError("the clock is broken")
        return now()

    async def scenario() -> None:
        with device_at(broker.port) as device:
            async with bridge_to(local(broker.port), clock=clock) as (bridge, deliveries):
                await until_subscribed(deliveries)
                say(device, TOPIC, b"first")
                await until(lambda: bridge.counters.callback_faults == 1, "the fault")
                say(device, TOPIC, b"second")
                assert (await next_message(deliveries)).payload == b"second"

    asyncio.run(scenario())
    assert "the clock is broken" in caplog.text


def test_a_restarted_broker_is_found_again(start_mosquitto: StartMosquitto) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        async with bridge_to(local(broker.port)) as (bridge, deliveries):
            await until_subscribed(deliveries)
            await asyncio.to_thread(broker.stop)
            await until(lambda: bridge.fault, "the loss")
            await asyncio.to_thread(broker.start)
            await until_subscribed(deliveries)
            with device_at(broker.port) as device:
                say(device, TOPIC, b"again")
                assert (await next_message(deliveries)).payload == b"again"
            assert bridge.fault == ""

    asyncio.run(scenario())


def test_a_broker_that_is_not_there_yet_is_awaited(start_mosquitto: StartMosquitto) -> None:
    broker = start_mosquitto()
    broker.stop()

    async def scenario() -> None:
        async with bridge_to(local(broker.port)) as (bridge, deliveries):
            await until(lambda: "does not answer" in bridge.fault, "the failure")
            await asyncio.to_thread(broker.start)
            await until_subscribed(deliveries)

    asyncio.run(scenario())


def test_what_was_not_acknowledged_comes_again_and_only_that(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        with device_at(broker.port) as device:
            async with bridge_to(local(broker.port)) as (bridge, deliveries):
                await until_subscribed(deliveries)
                say(device, TOPIC, b"written")
                done = await next_message(deliveries)
                assert done.ticket is not None
                bridge.acknowledge(done.ticket)
                say(device, TOPIC, b"lost in the crash")
                await next_message(deliveries)
            say(device, TOPIC, b"sent while away")
            async with bridge_to(local(broker.port)) as (_, deliveries):
                again = [await next_message(deliveries) for _ in range(2)]
        assert [one.payload for one in again] == [b"lost in the crash", b"sent while away"]

    asyncio.run(scenario())


def test_our_status_is_kept_online_while_we_live_and_offline_after(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        words: list[bytes] = []
        with device_at(broker.port) as watcher:
            watcher.on_message = lambda client, data, message: words.append(bytes(message.payload))
            watcher.subscribe(STATUS, 1)
            async with bridge_to(local(broker.port)):
                await until(lambda: len(words) == 1, "the birth")
            await until(lambda: len(words) == 2, "the farewell")
        assert [b'"online"' in words[0], b'"offline"' in words[1]] == [True, True]

    asyncio.run(scenario())


def test_wrong_passwords_are_named(start_mosquitto: StartMosquitto) -> None:
    broker = start_mosquitto(passwords={"shop": "right"})

    async def scenario() -> None:
        address = BrokerAddress("127.0.0.1", broker.port, "shop", "wrong")
        async with bridge_to(address) as (bridge, _):
            await until(lambda: "refuses us" in bridge.fault, "the refusal")
        address = BrokerAddress("127.0.0.1", broker.port, "shop", "right")
        async with bridge_to(address) as (bridge, deliveries):
            await until_subscribed(deliveries)

    asyncio.run(scenario())


def test_a_second_program_with_our_name_does_not_make_us_fight(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        async with bridge_to(local(broker.port)) as (first, deliveries):
            await until_subscribed(deliveries)
            async with bridge_to(local(broker.port)) as (second, _):
                both = (first, second)
                await until(lambda: any("client id" in one.fault for one in both), "the truce")
                await until(lambda: any(one.fault == "" for one in both), "the winner")
                assert sum(one.counters.replaced for one in both) == 1

    asyncio.run(scenario())


def test_topics_that_are_no_text_are_counted(start_mosquitto: StartMosquitto) -> None:
    """Real brokers refuse such topics; this one is played by hand."""

    async def scenario() -> None:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await _accept(reader, writer, b"\x20\x03\x00\x00\x00")
            writer.write(b"\x30\x05\x00\x02\xc3\x28\x00")
            await reader.read()

        async with _listening(play) as port, bridge_to(local(port)) as (bridge, _):
            await until(lambda: bridge.counters.bad_topics == 1, "the count")

    asyncio.run(scenario())


def test_a_broker_without_mqtt_5_is_spoken_to_in_3_1_1() -> None:
    levels: list[int] = []

    async def scenario() -> None:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connect = await _packet(reader)
            levels.append(connect[6])
            old = connect[6] == 4
            writer.write(b"\x20\x02\x00\x00" if old else b"\x20\x02\x00\x01")
            if old:
                subscribe = await _packet(reader)
                writer.write(b"\x90\x03" + subscribe[:2] + b"\x01")
                writer.write(b"\x30\x04\x00\x01ax")
                await reader.read()

        async with _listening(play) as port, bridge_to(local(port)) as (_, deliveries):
            assert (await next_message(deliveries)).topic == "a"

    asyncio.run(scenario())
    assert levels[:2] == [5, 4]


def test_a_connection_that_fell_silent_is_replaced(mosquitto: Mosquitto) -> None:
    async def scenario() -> None:
        cable = Cable(mosquitto.port)
        async with (
            _listening(cable.carry) as port,
            bridge_to(local(port), quiet_seconds=2) as (bridge, deliveries),
        ):
            await until_subscribed(deliveries)
            cable.pulled = True
            await until(lambda: bridge.counters.replaced == 1, "the replacement")
            cable.pulled = False
            await until_subscribed(deliveries)
            assert bridge.fault == ""

    asyncio.run(scenario())


def test_when_nobody_takes_them_messages_are_bounded() -> None:
    async def scenario() -> None:
        deliveries = Deliveries(most=10)
        given = [deliveries.offer(Delivery("t", b"", False, now())) for _ in range(15)]
        assert (given.count(True), deliveries.dropped, len(deliveries)) == (10, 5, 10)

    asyncio.run(scenario())


class Cable:
    """Carries bytes to the broker until it is pulled; both ends stay open, as in life."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pulled = False

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        back = asyncio.create_task(self._copy(far_reader, writer))
        await self._copy(reader, far_writer)
        far_writer.close()
        await back

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            if not self.pulled:
                writer.write(data)


@asynccontextmanager
async def _listening(
    play: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[int]:
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await play(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, family=socket.AF_INET)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        if tasks:
            await asyncio.wait(tasks, timeout=10)


async def _packet(reader: asyncio.StreamReader) -> bytes:
    """One MQTT packet's content (all of ours here are shorter than 128 bytes or two digits)."""
    await reader.readexactly(1)
    length, shift = 0, 0
    while True:
        [byte] = await reader.readexactly(1)
        length += (byte & 127) << shift
        shift += 7
        if byte < 128:
            return await reader.readexactly(length)


async def _accept(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answer: bytes
) -> None:
    await _packet(reader)
    writer.write(answer)
