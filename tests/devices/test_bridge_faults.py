"""The bridge and what goes wrong: refusals, rivals, old brokers, pulled cables, floods."""

import asyncio

from devices.address import BrokerAddress
from devices.deliveries import Deliveries, Delivery
from tests.devices.bridges import Cable, accept, bridge_to, listening, local, packet
from tests.devices.waiting import next_message, now, until, until_subscribed
from tests.servers.mosquitto import Mosquitto, StartMosquitto


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
            await accept(reader, writer, b"\x20\x03\x00\x00\x00")
            writer.write(b"\x30\x05\x00\x02\xc3\x28\x00")
            await reader.read()

        async with listening(play) as port, bridge_to(local(port)) as (bridge, _):
            await until(lambda: bridge.counters.bad_topics == 1, "the count")

    asyncio.run(scenario())


def test_a_refused_subscription_is_named() -> None:
    async def scenario() -> None:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await accept(reader, writer, b"\x20\x03\x00\x00\x00")
            subscribe = await packet(reader)
            writer.write(b"\x90\x04" + subscribe[:2] + b"\x00\x87")
            await reader.read()

        async with listening(play) as port, bridge_to(local(port)) as (bridge, _):
            await until(lambda: "refuses to deliver shop/main/dev/#" in bridge.fault, "the name")

    asyncio.run(scenario())


def test_a_broker_without_mqtt_5_is_spoken_to_in_3_1_1() -> None:
    levels: list[int] = []

    async def scenario() -> None:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connect = await packet(reader)
            levels.append(connect[6])
            old = connect[6] == 4
            writer.write(b"\x20\x02\x00\x00" if old else b"\x20\x02\x00\x01")
            if old:
                subscribe = await packet(reader)
                writer.write(b"\x90\x03" + subscribe[:2] + b"\x01")
                writer.write(b"\x30\x04\x00\x01ax")
                await reader.read()

        async with listening(play) as port, bridge_to(local(port)) as (_, deliveries):
            assert (await next_message(deliveries)).topic == "a"

    asyncio.run(scenario())
    assert levels[:2] == [5, 4]


def test_a_connection_that_fell_silent_is_replaced(mosquitto: Mosquitto) -> None:
    async def scenario() -> None:
        cable = Cable(mosquitto.port)
        async with (
            listening(cable.carry) as port,
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
