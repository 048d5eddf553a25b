"""A broker that forgets, hangs or floods, and a journal that is away: rows of
docs/sensor-faults.md, each with a real mosquitto.
"""

import asyncio
from pathlib import Path

from devices.bindings import Bindings, Sensor
from devices.bridge import Bridge
from devices.buttons import Button
from devices.deliveries import Deliveries, Delivery
from tests.devices.bridges import ACCEPTED, bridge_to, listening, local, packet, played
from tests.devices.waiting import device_at, say, until, until_subscribed
from tests.e2e.running import until as until_true
from tests.faults.hearing_shop import HearingShop, hearing_shop
from tests.servers.fair_clock import fair_seconds
from tests.servers.mosquitto import StartMosquitto

EYE = Sensor("native:eye", "occupancy", "bay", enter_seconds=0, leave_seconds=0)
ANDON = Button("native:andon", "button-1", bay="andon")
OURS = ["max_inflight_messages 200", "max_queued_messages 10000"]
"""As in a broker of our own."""
WAITING = 9_000
FLOOD = 1_000
"""Native devices, and as many Bluetooth ones."""
KEEPALIVE_SECONDS = 2


def occupied(shop: HearingShop) -> None:
    """A car stands in the bay, and the broker keeps that."""
    shop.say("shop/main/dev/eye/st/occupancy", {"v": True}, retain=True)


def test_a_broker_that_comes_back_empty_changes_no_bay(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    with hearing_shop(Bindings((EYE,), (ANDON,)), local(broker.port), tmp_path) as shop:
        occupied(shop)
        shop.heard()
        broker.kill()
        until_true(lambda: shop.sensors.degraded)
        broker.start()
        until_true(lambda: shop.device.is_connected() and not shop.sensors.degraded)
        shop.later(200)
        assert shop.levels("bay") == ["present"]
        shop.later(101)
        until_true(lambda: shop.reports("bay")[1:] == [("unknown", "no reading for too long")])
        occupied(shop)
        shop.heard()
        assert shop.levels("bay") == ["present", "unknown", "present"]


def test_a_broker_that_hangs_is_left_in_time_and_heard_when_it_goes_on(
    start_mosquitto: StartMosquitto,
) -> None:
    """Falls over without `self._is_quiet(link, quiet)` in `Bridge._wrong`."""
    broker = start_mosquitto()

    async def scenario() -> None:
        address = local(broker.port)
        async with bridge_to(address, keepalive_seconds=KEEPALIVE_SECONDS) as (bridge, heard):
            await until_subscribed(heard)
            broker.pause()
            paused_at = fair_seconds()
            await until(lambda: bridge.fault, "the notice")
            assert fair_seconds() - paused_at < 1.5 * KEEPALIVE_SECONDS + 5
            broker.go_on()
            await until_subscribed(heard)

    try:
        asyncio.run(scenario())
    finally:
        broker.go_on()


def test_while_the_journal_is_away_nothing_is_acknowledged_lost_or_doubled(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    """Falls over when a message is acknowledged before what follows from it is written."""
    broker = start_mosquitto(None, OURS)
    with hearing_shop(Bindings((EYE,), (ANDON,)), local(broker.port), tmp_path) as shop:
        shop.is_journal_away = True
        for number in range(WAITING):
            told = f'{{"e":"press","k":"single","id":"a-{number}"}}'
            last = shop.device.publish("shop/main/dev/andon/ev/button-1", told, 1)
        last.wait_for_publish(20)
        assert shop.sensors.counters["mqtt_waiting"] <= 200
        assert shop.calls("andon") == []
        shop.is_journal_away = False
        shop.heard()
        keys = shop.calls_in_order("andon")
        assert len(keys) == len(set(keys)) == WAITING
        assert shop.sensors.counters["mqtt_dropped"] == 0


def test_a_flood_of_strangers_fills_no_memory_and_delays_no_press(
    start_mosquitto: StartMosquitto, tmp_path: Path
) -> None:
    broker = start_mosquitto()
    with hearing_shop(Bindings((EYE,), (ANDON,)), local(broker.port), tmp_path) as shop:
        for number in range(FLOOD):
            topic = f"shop/main/dev/stranger-{number}/st/occupancy"
            shop.device.publish(topic, b'{"v":true}', 0)
            mac = f"3C2EF5{number:06X}"
            shop.device.publish(f"home/hall/BTtoMQTT/{mac}", '{"model_id":"x","open":true}', 0)
        began = fair_seconds()
        shop.heard()
        assert fair_seconds() - began < 5
        assert len(shop.sensors.unbound) == 500
        began = fair_seconds()
        shop.press("andon", "single", "f-1")
        shop.heard()
        assert fair_seconds() - began < 1
        assert shop.calls("andon") == ["technical"]
        assert shop.sensors.counters["mqtt_dropped"] == 0


def test_six_hundred_discoveries_at_once_are_all_read_and_asked_for_again(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()
    topics = {f"homeassistant/binary_sensor/e{number}/config" for number in range(600)}

    async def scenario() -> None:
        with device_at(broker.port) as device:
            for topic in topics:
                device.publish(topic, b"{}", 1, True)
            say(device, "end", b"1")
            seen: list[str] = []
            async with bridge_to(
                local(broker.port), filters=("homeassistant/+/+/config",), again_seconds=1
            ) as (bridge, heard):
                await until(lambda: _took(bridge, heard, seen) == 2 * len(topics), "all, twice")
                assert set(seen[: len(topics)]) == topics
                assert (bridge.counters.missed, bridge.fault) == (0, "")

    asyncio.run(scenario())


def _took(bridge: Bridge, heard: Deliveries, seen: list[str]) -> int:
    while (item := heard.take()) is not None:
        if isinstance(item, Delivery):
            seen.append(item.topic)
            assert item.ticket is not None
            bridge.acknowledge(item.ticket)
    return len(seen)


def test_what_the_broker_tells_only_when_asked_again_is_counted() -> None:
    async def play(
        connect: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Drops what it keeps at the first question, as a broker with a short queue does."""
        writer.write(ACCEPTED)
        for kept in (b"", b"\x31\x05\x00\x02a/\x00x"):
            subscribe = b""
            while b"a/#" not in subscribe:
                subscribe = await packet(reader)
            writer.write(b"\x90\x04" + subscribe[:2] + b"\x00\x01" + kept)
        await reader.read()

    async def scenario() -> None:
        async with (
            listening(played(play)) as port,
            bridge_to(local(port), filters=("a/#",), again_seconds=0.5) as (bridge, _),
        ):
            await until(lambda: bridge.counters.missed == 1, "the count")

    asyncio.run(scenario())
