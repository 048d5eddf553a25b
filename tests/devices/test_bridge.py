"""The bridge against a real broker: receives, survives, comes back, acknowledges late."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from paho.mqtt.client import Client

from tests.devices.bridges import TOPIC, bridge_to, local
from tests.devices.waiting import (
    device_at,
    next_message,
    now,
    say,
    until,
    until_subscribed,
)
from tests.servers.mosquitto import StartMosquitto

STATUS = "shop/main/core/$status"


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
        if broken and sys._getframe(1).f_code.co_name == "_take":
            broken.clear()
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


@contextmanager
def status_watched(port: int) -> Iterator[tuple[Client, list[bytes]]]:
    """Somebody at the broker who hears our status, and all that he has heard."""
    words: list[bytes] = []
    with device_at(port) as watcher:
        watcher.on_message = lambda client, data, message: words.append(bytes(message.payload))
        watcher.subscribe(STATUS, 1)
        yield watcher, words


def test_our_status_is_kept_online_while_we_live_and_offline_after(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        with status_watched(broker.port) as (_watcher, words):
            async with bridge_to(local(broker.port)):
                await until(lambda: len(words) == 1, "the birth")
            await until(lambda: len(words) == 2, "the farewell")
        assert [b'"online"' in words[0], b'"offline"' in words[1]] == [True, True]

    asyncio.run(scenario())


def test_what_somebody_else_keeps_as_our_status_is_put_right(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        with status_watched(broker.port) as (watcher, words):
            async with bridge_to(local(broker.port), time_seconds=0.2):
                await until(lambda: words, "the birth")
                say(watcher, STATUS, b'{"s":"offline"}', retain=True)
                await until(lambda: b'{"s":"offline"}' in words, "the false word")
                false = words.index(b'{"s":"offline"}')
                await until(lambda: any(b"online" in one for one in words[false:]), "the mending")

    asyncio.run(scenario())
