"""The bay sensors of the simulated shop: real MQTT messages about where cars stand."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from devices.address import BrokerAddress, read_address
from devices.publisher import Publisher
from devices.topics import DeviceTopic, Part, build
from simulator.hall import Hall
from simulator.shop_clock import ShopTime

INTERVAL_SECONDS = 600
"""How often (in the shop's time) a sensor speaks though nothing changed."""
CONNECT_SECONDS = 20.0
_NEAR_MM, _FAR_MM = 540, 2600
_VOTES = 3
_LONGEST_SECONDS = 172_800
_BASE = "zigbee2mqtt"


@dataclass(frozen=True, slots=True)
class Eye:
    """One sensor of a bay: a native device, or a Zigbee one with its address and name.

    One that does not repeat itself speaks only when a car comes or goes.
    """

    bay: str
    device: str
    channel: str = "occupancy"
    zigbee_name: str = ""
    repeats: bool = True

    @property
    def expected_seconds(self) -> int:
        """How long it may be silent before the shop doubts it."""
        return INTERVAL_SECONDS if self.repeats else _LONGEST_SECONDS

    @property
    def stable_id(self) -> str:
        """The id under which the shop binds it."""
        return f"z2m:{self.device}" if self.zigbee_name else f"native:{self.device}"

    def topic(self, site: str) -> str:
        """Where it speaks."""
        if self.zigbee_name:
            return f"{_BASE}/{self.zigbee_name}"
        return build(DeviceTopic(site, self.device, Part.state, self.channel))


EYES: tuple[Eye, ...] = (
    Eye("bay-1", "bay-1-loop"),
    Eye("bay-2", "bay-2-loop"),
    Eye("bay-3", "bay-3-sonar", "distance"),
    Eye("bay-4", "bay-4-loop"),
    Eye("bay-5", "0x00158d0001a2b3c5", zigbee_name="bay 5"),
    Eye("bay-6", "bay-6-loop"),
    Eye("bay-7", "bay-7-loop"),
    Eye("bay-9", "bay-9-gate", "contact"),
    Eye("wash-1", "wash-1-loop"),
    Eye("bay-10", "bay-10-loop", repeats=False),
)
CAMERA = "gate-camera"
BY_HAND = "bay-10"
"""The bay for people who speak for its sensor: seldom used, nobody contradicts or answers."""


def bindings(eyes: tuple[Eye, ...] = EYES) -> str:
    """The bindings file of these sensors: which hangs on which bay."""
    tables = []
    for eye in eyes:
        lines = [
            "[[sensor]]",
            f'device = "{eye.stable_id}"',
            f'channel = "{eye.channel}"',
            f'bay = "{eye.bay}"',
            f"expected_interval_seconds = {eye.expected_seconds}",
        ]
        tables.append("\n".join(lines))
    return "\n\n".join(tables) + "\n"


def broker_at(url: str) -> BrokerAddress:
    """The broker at `mqtt(s)://user:password@host:port`; ValueError says what is wrong."""
    return read_address(url)


@dataclass(slots=True)
class Sensors:
    """All sensors of the hall and the hub that speaks for them."""

    hall: Hall
    time: ShopTime
    random: Random
    site: str = "main"
    eyes: tuple[Eye, ...] = EYES
    spoken: int = 0
    _said: dict[str, bool | None] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _publisher: Publisher | None = None

    async def run(self, address: BrokerAddress) -> None:
        """Speak until cancelled."""
        boot = f"{self.random.randrange(16**6):06x}"
        self._publisher = Publisher(address, self.site, "sensor-hub", boot)
        await self._publisher.open(CONNECT_SECONDS)
        try:
            self._introduce()
            while True:
                self._say_all(all_of_them=True)
                await self._changes()
        finally:
            await self._publisher.close()

    async def _changes(self) -> None:
        """Say changes as they come, for one interval of the shop's time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + INTERVAL_SECONDS / self.time.rate
        step = max(0.05, 20 / self.time.rate)
        while (left := end - loop.time()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, step)):
                    await self.hall.moved.wait()
            self.hall.moved.clear()
            self._say_plates()
            self._say_all(all_of_them=False)

    def _introduce(self) -> None:
        listed = [
            {"ieee_address": eye.device, "friendly_name": eye.zigbee_name, "type": "EndDevice"}
            for eye in self.eyes
            if eye.zigbee_name
        ]
        self._say(f"{_BASE}/bridge/state", {"state": "online"})
        self._say(f"{_BASE}/bridge/devices", listed)
        for eye in self.eyes:
            self._live(eye, True)

    def _live(self, eye: Eye, lives: bool) -> None:
        """Birth or last will of a device, as its broker would say it."""
        word = "online" if lives else "offline"
        if eye.zigbee_name:
            self._say(f"{_BASE}/{eye.zigbee_name}/availability", {"state": word})
            return
        topic = build(DeviceTopic(self.site, eye.device, Part.status))
        self._say(topic, {"s": word, "boot": "1"})

    def _say_all(self, *, all_of_them: bool) -> None:
        now = self.time.now()
        for eye in self.eyes:
            level = self.hall.seen(eye.bay, now)
            changed = eye.bay not in self._said or self._said[eye.bay] is not level
            if changed and (level is None or self._said.get(eye.bay, True) is None):
                self._live(eye, level is not None)
            if level is not None and (changed or (all_of_them and eye.repeats)):
                self._speak(eye, level, changed)
            self._said[eye.bay] = level

    def _say_plates(self) -> None:
        """The camera at the gate reads each plate once."""
        topic = build(DeviceTopic(self.site, CAMERA, Part.event, "plate"))
        while self.hall.at_gate:
            read_id = f"{self.time.now().timestamp():.0f}-{self.spoken}"
            read = {"e": "plate", "k": self.hall.at_gate.pop(0), "id": read_id}
            self._say(topic, read, retain=False)

    def _speak(self, eye: Eye, level: bool, changed: bool) -> None:
        # A distance counts only with others that say the same.
        for _ in range(_VOTES if changed and eye.channel == "distance" else 1):
            self._say(eye.topic(self.site), self._words(eye, level))

    def _words(self, eye: Eye, level: bool) -> Mapping[str, object]:
        if eye.zigbee_name:
            return {eye.channel: level, "linkquality": self.random.randint(60, 180)}
        number = self._numbers[eye.device] = self._numbers.get(eye.device, 0) + 1
        value: object = level
        if eye.channel == "distance":
            value = (_NEAR_MM if level else _FAR_MM) + self.random.randint(-30, 30)
        return {"v": value, "t": round(self.time.now().timestamp(), 1), "n": number}

    def _say(self, topic: str, value: object, *, retain: bool = True) -> None:
        assert self._publisher is not None
        self._publisher.say(topic, json.dumps(value).encode(), retain=retain)
        self.spoken += 1
