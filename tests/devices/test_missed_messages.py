"""Only what the broker had to be asked for twice is missed: a healthy shop counts none."""

import asyncio

from devices.deliveries import Delivery
from tests.devices.bridges import bridge_to, local
from tests.devices.waiting import device_at, next_message, say, until, until_subscribed
from tests.servers.mosquitto import StartMosquitto

BAYS = "shop/main/core/bay/+"


def test_what_we_keep_there_ourselves_is_not_missed(start_mosquitto: StartMosquitto) -> None:
    """A demo of seven bays counted seven: mosquitto gives back what it keeps of ours, whatever
    `noLocal` says.
    """
    broker = start_mosquitto()

    async def scenario() -> None:
        address = local(broker.port)
        async with bridge_to(address, filters=(BAYS,), again_seconds=1) as (bridge, heard):
            await until_subscribed(heard)
            bridge.keep("shop/main/core/bay/b1", b"{}")
            await until_subscribed(heard)
            with device_at(broker.port) as device:
                say(device, "shop/main/core/bay/b2", b"{}")
            assert [(await next_message(heard)).topic[-2:] for _ in range(2)] == ["b1", "b2"]
            assert bridge.counters.missed == 0

    asyncio.run(scenario())


def test_what_is_kept_on_topics_heard_only_later_is_not_missed(
    start_mosquitto: StartMosquitto,
) -> None:
    broker = start_mosquitto()

    async def scenario() -> None:
        with device_at(broker.port) as device:
            device.publish("later/door", b"open", 1, True).wait_for_publish(5)
            async with bridge_to(local(broker.port), filters=(BAYS,), again_seconds=0.5) as (
                bridge,
                heard,
            ):
                await until_subscribed(heard)
                await until_subscribed(heard)
                bridge.listen_to((BAYS, "later/#"))
                await until(lambda: isinstance(heard.take(), Delivery), "what is kept")
                assert bridge.counters.missed == 0

    asyncio.run(scenario())
