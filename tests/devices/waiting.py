"""Waiting for what must happen, with a deadline; and a device that speaks real MQTT."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from devices.deliveries import Deliveries, Delivery, Mark

DEADLINE_SECONDS = 20.0


def now() -> datetime:
    """The time of the machine."""
    return datetime.now(UTC)


async def until(holds: Callable[[], object], what: str = "it") -> None:
    """Return as soon as `holds` is true; a failure names `what` did not come."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come in {DEADLINE_SECONDS} s"
        await asyncio.sleep(0.01)


async def next_message(deliveries: Deliveries) -> Delivery:
    """The next message, marks left out."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        item = deliveries.take()
        if isinstance(item, Delivery):
            return item
        if item is None:
            await deliveries.wait(0.1)
    raise AssertionError("no message came")


async def until_subscribed(deliveries: Deliveries) -> None:
    """Return when the broker has taken the subscriptions; what came before is gone."""
    await until(lambda: deliveries.take() is Mark.subscribed, "the subscription")


@contextmanager
def device_at(
    port: int, user: str = "", password: str = "", will: tuple[str, bytes] | None = None
) -> Iterator[Client]:
    """A connected device; it goes away without a word at the end."""
    client = Client(CallbackAPIVersion.VERSION2)
    if user:
        client.username_pw_set(user, password)
    if will:
        client.will_set(will[0], will[1], 1, True)
    client.connect("127.0.0.1", port)
    client.loop_start()
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def say(client: Client, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
    """Publish and wait until the broker has it."""
    client.publish(topic, payload, qos, retain).wait_for_publish(DEADLINE_SECONDS)
