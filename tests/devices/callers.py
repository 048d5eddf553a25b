"""Programs at a broker: whether it lets them in, and what comes through of what they say."""

import asyncio

from paho.mqtt.client import Client, ConnectFlags
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from devices.address import BrokerAddress
from tests.devices.waiting import device_at, say, until


def refused(port: int, user: str = "", password: str = "") -> bool:
    """Whether the broker turns this client away."""
    answers: list[bool] = []

    def note(
        client: Client,
        data: object,
        flags: ConnectFlags,
        reason: ReasonCode,
        more: Properties | None,
    ) -> None:
        answers.append(reason.is_failure)
        client.disconnect()

    client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
    client.on_connect = note
    if user:
        client.username_pw_set(user, password)
    client.connect("127.0.0.1", port)
    client.loop_forever()
    return answers == [True]


def heard_by_us(
    address: BrokerAddress, password: str, topics: list[str], user: str = "device"
) -> list[str]:
    """Which of the topics a device's messages come through on."""
    heard: list[str] = []
    last = f"shop/main/dev/{'last' if user == 'device' else user}/st/last"
    with device_at(address.port, address.user, address.password) as ours:
        ours.on_message = lambda client, data, message: heard.append(message.topic)
        ours.on_subscribe = lambda client, data, mid, reasons, more: heard.append("subscribed")
        ours.subscribe([("shop/main/#", 1), ("zigbee2mqtt/#", 1), ("cmnd/#", 1)])
        asyncio.run(until(lambda: heard == ["subscribed"]))
        with device_at(address.port, user, password) as device:
            for topic in [*topics, last]:
                say(device, topic, b"x")
            asyncio.run(until(lambda: last in heard))
    return heard[1:-1]
