"""The bridge and what goes wrong: refusals, rivals, old brokers, pulled cables, floods."""

import asyncio
from contextlib import AsyncExitStack

from devices.address import BrokerAddress
from devices.deliveries import Deliveries, Delivery, Ticket
from tests.devices.bridges import ACCEPTED, Cable, bridge_to, listening, local, packet, played
from tests.devices.waiting import next_message, now, until, until_subscribed
from tests.servers.fair_clock import fair_seconds
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


def test_a_second_program_with_our_name_stops_and_says_so_until_the_first_has_gone(
    start_mosquitto: StartMosquitto,
) -> None:
    """Falls over without `self._rivals.met` in `Bridge._next_link`: both would fight."""
    broker = start_mosquitto()

    async def scenario() -> None:
        async with AsyncExitStack() as first_ends:
            first, deliveries = await first_ends.enter_async_context(bridge_to(local(broker.port)))
            await until_subscribed(deliveries)
            async with bridge_to(local(broker.port)) as (second, heard):
                await until(lambda: "listens to mqtt://" in second.fault, "the clear error")
                assert "baylight-main-test; this one has stopped" in second.fault
                assert (first.fault, first.counters.connections) == ("", 1)
                assert second.counters.connections == 0
                await first_ends.aclose()
                await until_subscribed(heard)

    asyncio.run(scenario())


def test_another_process_of_the_same_shop_goes_in_at_once_and_the_former_holder_keeps_out(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        async with bridge_to(local(broker.port), home="one shop") as (former, deliveries):
            await until_subscribed(deliveries)
            async with bridge_to(local(broker.port), home="one shop") as (holder, heard):
                await until_subscribed(heard)
                await until(lambda: "this one has stopped" in former.fault, "the take-over")
                assert holder.fault == ""
                assert (former.counters.connections, holder.counters.connections) == (1, 1)

    asyncio.run(scenario())


def test_a_goodbye_that_nobody_answers_hangs_up_all_the_same() -> None:
    """Falls over with `asyncio.timeout` in `Link.close`: the connection would stay open."""

    async def scenario() -> None:
        hung_up = asyncio.Event()

        async def play(
            connect: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            writer.write(ACCEPTED)
            await reader.read(-1)
            hung_up.set()

        async with listening(played(play)) as port:
            async with bridge_to(local(port)) as (bridge, _):
                await until(lambda: bridge.counters.connections == 1, "the connection")
            async with asyncio.timeout(10):
                await hung_up.wait()

    asyncio.run(scenario())


def test_topics_that_are_no_text_are_counted(start_mosquitto: StartMosquitto) -> None:
    """Real brokers refuse such topics; this one is played by hand."""

    async def scenario() -> None:
        async def play(
            connect: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            writer.write(ACCEPTED)
            writer.write(b"\x30\x05\x00\x02\xc3\x28\x00")
            await reader.read()

        async with listening(played(play)) as port, bridge_to(local(port)) as (bridge, _):
            await until(lambda: bridge.counters.bad_topics == 1, "the count")

    asyncio.run(scenario())


def test_a_refused_subscription_is_named() -> None:
    async def scenario() -> None:
        async def play(
            connect: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            writer.write(ACCEPTED)
            subscribe = await packet(reader)
            writer.write(b"\x90\x04" + subscribe[:2] + b"\x00\x87")
            await reader.read()

        async with listening(played(play)) as port, bridge_to(local(port)) as (bridge, _):
            await until(lambda: bridge.refusals, "the name")
            [sentence] = bridge.refusals
            assert "does not let us hear shop/main/dev/# (Not authorized)" in sentence
            assert bridge.fault == ""

    asyncio.run(scenario())


def test_a_broker_without_mqtt_5_is_spoken_to_in_3_1_1() -> None:
    levels: list[int] = []

    async def scenario() -> None:
        async def play(
            connect: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            levels.append(connect[6])
            old = connect[6] == 4
            writer.write(b"\x20\x02\x00\x00" if old else b"\x20\x02\x00\x01")
            if old:
                subscribe = await packet(reader)
                writer.write(b"\x90\x03" + subscribe[:2] + b"\x01")
                writer.write(b"\x30\x04\x00\x01ax")
                await reader.read()

        async with listening(played(play)) as port, bridge_to(local(port)) as (_, deliveries):
            assert (await next_message(deliveries)).topic == "a"

    asyncio.run(scenario())
    assert levels[:2] == [5, 4]


def test_a_broker_that_hangs_up_on_mqtt_5_is_spoken_to_in_3_1_1() -> None:
    """Falls over without `link.is_turned_away` in `Bridge._pause`."""
    levels: list[int] = []

    async def scenario() -> None:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connect = await packet(reader)
            levels.append(connect[6])
            if connect[6] == 4:
                writer.write(b"\x20\x02\x00\x00")
                subscribe = await packet(reader)
                writer.write(b"\x90\x03" + subscribe[:2] + b"\x01")
                await reader.read()

        async with listening(play) as port, bridge_to(local(port)) as (bridge, deliveries):
            await until(lambda: "before it has answered" in bridge.fault, "the sentence")
            await until_subscribed(deliveries)
            assert bridge.fault == ""

    asyncio.run(scenario())
    assert (levels[0], levels[-1]) == (5, 4)


def test_a_connection_that_fell_silent_is_replaced(mosquitto: Mosquitto) -> None:
    async def scenario() -> None:
        cable = Cable(mosquitto.port)
        async with (
            listening(cable.carry) as port,
            bridge_to(local(port), keepalive_seconds=2) as (bridge, deliveries),
        ):
            await until_subscribed(deliveries)
            cable.pulled, pulled_at = True, fair_seconds()
            await until(lambda: bridge.counters.replaced == 1, "the replacement")
            cable.pulled = False
            await until_subscribed(deliveries)
            assert fair_seconds() - pulled_at < 1.5 * 2 + 5
            await until(lambda: bridge.fault == "", "the connection")

    asyncio.run(scenario())


def test_when_nobody_takes_them_messages_are_bounded_and_the_latest_are_kept() -> None:
    async def scenario() -> None:
        deliveries = Deliveries(most=10)
        for number in range(15):
            deliveries.offer(Delivery(f"t/{number}", b"", False, now()))
        assert deliveries.offer(Delivery("press", b"", False, now(), Ticket(1, 1, 1)))
        assert (deliveries.dropped, len(deliveries)) == (5, 11)
        kept = [deliveries.take() for _ in range(11)]
        named = [one.topic for one in kept if isinstance(one, Delivery)]
        assert named == [*(f"t/{number}" for number in range(5, 15)), "press"]

    asyncio.run(scenario())
