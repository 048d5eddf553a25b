"""A mosquitto of its own that keeps whatever waits, and a device that speaks at a pace."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from simulator.tongues.tongue import Said
from tests.servers.mosquitto import Mosquitto
from tests.servers.processes import start_somewhere

SECONDS_TO_SAY = 120.0


class Roomy(Mosquitto):
    """Keeps any number of messages for a client that is away."""

    def _settings(self) -> list[str]:
        return [*super()._settings(), "max_queued_messages 0", "max_queued_bytes 0"]


@contextmanager
def broker_of_its_own() -> Iterator[Mosquitto]:
    """A broker that takes anybody, on a free port."""
    folder = Path(tempfile.mkdtemp(prefix="baylight-bench-mosquitto-"))
    try:
        broker = start_somewhere(lambda port: Roomy(folder, port))
        yield broker
        broker.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def device(port: int) -> Client:
    """A connected client that may send as much as it likes."""
    client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    client.max_queued_messages_set(0)
    client.max_inflight_messages_set(1000)
    client.connect("127.0.0.1", port)
    client.loop_start()
    return client


def say_all(port: int, said: Iterable[Said], per_second: float = 0.0) -> float:
    """Publish all with QoS 1, at a pace if one is given; seconds from the first to the last
    acknowledgement. RuntimeError if the broker does not take them.
    """
    client, began = device(port), time.monotonic()
    sent = []
    for number, one in enumerate(said):
        if per_second:
            time.sleep(max(0.0, began + number / per_second - time.monotonic()))
        sent.append(client.publish(one.topic, one.payload, 1, one.retain))
    for each in sent:
        each.wait_for_publish(SECONDS_TO_SAY)
        if not each.is_published():
            raise RuntimeError("the broker does not take the messages")
    taken = time.monotonic() - began
    client.disconnect()
    client.loop_stop()
    return taken


@contextmanager
def speaking(port: int, said: list[Said], per_second: float) -> Iterator[None]:
    """`say_all` in a process of its own while the block runs, which waits for its end."""
    process = get_context("spawn").Process(target=say_all, args=(port, said, per_second))
    process.start()
    try:
        yield
        process.join(SECONDS_TO_SAY)
        if process.exitcode != 0:
            raise RuntimeError(f"the device ended with {process.exitcode}")
    finally:
        process.kill()
        sys.stdout.flush()
