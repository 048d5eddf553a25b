"""A lamp, a clock and a watcher for the tests of what goes out over a real broker."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from paho.mqtt.client import Client


class Clock:
    """The seconds that lamps wait by."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def passes(self, seconds: float) -> bool:
        self.now += seconds
        return True


class Tower:
    """A Tasmota with one lamp, as its firmware behaves; it may lose what it is told."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.lit = False
        self.loses = 0
        self.told: list[bytes] = []
        self.retained: list[bool] = []
        client.message_callback_add("cmnd/tower/POWER1", lambda c, u, said: self._hear(said))
        self.listens = False
        client.on_subscribe = lambda c, u, mid, reasons, properties: self._hears()
        client.subscribe("cmnd/tower/#", 1)

    def _hears(self) -> None:
        self.listens = True

    def _hear(self, said: object) -> None:
        self.told.append(bytes(getattr(said, "payload", b"")))
        self.retained.append(bool(getattr(said, "retain", False)))
        if self.loses:
            self.loses -= 1
            return
        self.lit = self.told[-1] == b"ON"
        self.client.publish("stat/tower/POWER1", self.told[-1], 1)

    def reboot(self) -> None:
        """Dark, and there again before its will was sent."""
        self.lit = False
        self.client.publish("tele/tower/LWT", b"Online", 1, True)


class Strip:
    """A light of ESPHome, which tells its state in JSON and rounds its colours."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.colour: tuple[int, int, int] | None = None
        self.listens = False
        client.message_callback_add(
            "strip/light/andon/command", lambda c, u, said: self._hear(said)
        )
        client.on_subscribe = lambda c, u, mid, reasons, properties: self._hears()
        client.subscribe("strip/light/#", 1)

    def _hears(self) -> None:
        self.listens = True

    def _hear(self, said: object) -> None:
        told = json.loads(bytes(getattr(said, "payload", b"{}")))
        shade = told.get("color", {"r": 0, "g": 0, "b": 0})
        self.colour = (shade["r"], shade["g"], shade["b"]) if told["state"] == "ON" else None
        near = {key: max(0, one - 1) for key, one in shade.items()}
        state = {"color_mode": "rgb", "state": told["state"], "brightness": 254, "color": near}
        self.client.publish("strip/light/andon/state", json.dumps(state), 1, True)


@contextmanager
def watching(client: Client) -> Iterator[dict[str, bytes]]:
    """What the broker keeps of ours, by topic."""
    kept: dict[str, bytes] = {}

    def note(topic: str, payload: bytes) -> None:
        if payload:
            kept[topic] = payload
        else:
            kept.pop(topic, None)

    client.on_message = lambda c, u, said: note(said.topic, bytes(said.payload))
    client.subscribe([("shop/main/core/bay/#", 1), ("shop/main/core/job/#", 1)])
    client.subscribe("homeassistant/device/#", 1)
    yield kept
