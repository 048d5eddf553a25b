"""At our own broker a device says what devices say; with a password of its own, for itself."""

import asyncio
from pathlib import Path

import pytest

from devices.broker import Broker
from devices.broker_files import (
    Spoken,
    give_password,
    make_credentials,
    read_credentials,
    write_files,
)
from devices.families.sparkplug import SparkplugB
from devices.lamp_places import heard_by
from devices.openings import Opening
from tests.devices.callers import heard_by_us, refused
from tests.devices.waiting import device_at, say, until


def test_devices_may_only_say_what_devices_say(tmp_path: Path) -> None:
    allowed = [
        "shop/main/dev/eye/$info",
        "shop/main/dev/eye/$status",
        "shop/main/dev/eye/st/occupancy",
        "shop/main/dev/eye/ev/press",
        "zigbee2mqtt/eye",
    ]
    forbidden = [
        "shop/main/dev/eye/cmd/lamp",
        "shop/main/core/$status",
        "shop/main/core/time",
        "shop/other/dev/eye/st/occupancy",
        "cmnd/gate/POWER",
    ]

    async def scenario() -> None:
        broker = Broker(tmp_path, "main", spoken=Spoken(("zigbee2mqtt/#",), ("cmnd/#",)))
        address = await broker.start()
        kept = read_credentials(tmp_path)
        assert kept is not None
        topics = [*allowed, *forbidden]
        assert await asyncio.to_thread(heard_by_us, address, kept.device, topics) == allowed
        await broker.stop()

    asyncio.run(scenario())


def test_a_device_with_a_password_of_its_own_speaks_for_itself_alone(tmp_path: Path) -> None:
    """Falls over without `topic deny shop` in broker_files.py, and without `signal.SIGHUP`."""
    said = ["shop/main/dev/eye/st/occupancy", "shop/main/dev/other/st/occupancy", "zigbee2mqtt/x"]

    async def scenario() -> None:
        broker = Broker(tmp_path, "main", spoken=Spoken(("zigbee2mqtt/#",), ("cmnd/#",)))
        address = await broker.start()
        running = asyncio.create_task(broker.run())
        given = give_password(tmp_path, "eye")
        own, common = given.devices["eye"], given.device
        await until(lambda: not refused(address.port, "eye", own), "the way in")
        heard = [
            await asyncio.to_thread(heard_by_us, address, password, said, user)
            for user, password in (("eye", own), ("device", common))
        ]
        assert heard == [said[:1], said[1:]]
        running.cancel()
        await asyncio.wait([running])
        kept = read_credentials(tmp_path)
        assert kept is not None
        assert kept.devices == {"eye": own}

    asyncio.run(scenario())


def test_a_sparkplug_node_hears_that_it_is_asked_for_its_births(tmp_path: Path) -> None:
    """Falls over without NCMD among what devices may hear: mosquitto then delivers nothing."""
    topic, question = SparkplugB().rebirth("spb-bridge:hall/bay 6")

    async def scenario() -> None:
        broker = Broker(tmp_path, "main", spoken=Spoken(hears=heard_by((Opening("sparkplug-b"),))))
        address = await broker.start()
        kept = read_credentials(tmp_path)
        assert kept is not None
        asked: list[bytes] = []
        with (
            device_at(address.port, "device", kept.device) as node,
            device_at(address.port, address.user, address.password) as ours,
        ):
            node.on_message = lambda client, data, message: asked.append(bytes(message.payload))
            node.on_subscribe = lambda client, data, mid, reasons, more: asked.append(b"")
            node.subscribe(topic, 1)
            await until(lambda: asked == [b""], "the subscription")
            say(ours, topic, question)
            await until(lambda: asked[1:] == [question], "the question")
        await broker.stop()

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["baylight", "device", "Bay 3", "a/b", "+", "", "a" * 41])
def test_what_is_no_id_of_a_device_gets_no_password(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no broker of ours has run"):
        give_password(tmp_path, "eye")
    write_files(tmp_path, "main", Spoken(), "127.0.0.1", make_credentials(1))
    with pytest.raises(ValueError, match="is no id of a device"):
        give_password(tmp_path, name)
