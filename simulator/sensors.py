"""The bay sensors of the simulated shop: real MQTT messages about where cars stand."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from devices.address import BrokerAddress, read_address
from devices.publisher import Publisher
from simulator.hall import Hall
from simulator.shop_clock import ShopTime
from simulator.tongues.esphome import EspHomeTongue
from simulator.tongues.homie import HomieTongue
from simulator.tongues.lora import ThingsStackTongue
from simulator.tongues.native import NativeTongue
from simulator.tongues.shelly import SecondShellyTongue
from simulator.tongues.sparkplug import SparkplugTongue
from simulator.tongues.tasmota import TasmotaTongue
from simulator.tongues.tongue import Asked, Car, Plate, Said, Tongue
from simulator.tongues.zigbee2mqtt import ZigbeeTongue
from simulator.troubles import Trouble, Troubled

INTERVAL_SECONDS = 600
"""How often (in the shop's time) a sensor speaks though nothing changed."""
CONNECT_SECONDS = 20.0
_LONGEST_SECONDS = 172_800
_OPEN = ("native", "zigbee2mqtt")
"""Families that are heard without a table of their own."""


@dataclass(frozen=True, slots=True)
class Eye:
    """One sensor of a bay, in the words of its family.

    One that does not repeat itself speaks only when a car comes or goes.
    """

    bay: str
    tongue: Tongue
    repeats: bool = True

    @property
    def expected_seconds(self) -> int:
        """How long it may be silent before the shop doubts it."""
        return INTERVAL_SECONDS if self.repeats else _LONGEST_SECONDS


BY_HAND = "bay-10"
"""The bay for people who speak for its sensor: seldom used, nobody contradicts or answers."""
HAND = NativeTongue("bay-10-loop")
CAMERA = NativeTongue("gate-camera", "plate")
EYES: tuple[Eye, ...] = (
    Eye("bay-1", SecondShellyTongue("shellyplus1", "A8032ABC7158")),
    Eye("bay-2", TasmotaTongue("5CCF7F49A3BC", "bay-2-box")),
    Eye("bay-3", NativeTongue("bay-3-sonar", "distance")),
    Eye("bay-4", EspHomeTongue("bay-4-node")),
    Eye("bay-5", ZigbeeTongue("0x00158d0001a2b3c5", "bay 5")),
    Eye("bay-6", SparkplugTongue("hall", "bay 6")),
    Eye("bay-7", HomieTongue("bay-7-homie")),
    Eye("bay-9", NativeTongue("bay-9-gate", "contact")),
    Eye("wash-1", ThingsStackTongue("0004A30B001C0530", "wash-1-parking")),
    Eye(BY_HAND, HAND, repeats=False),
)


def bindings(eyes: tuple[Eye, ...] = EYES) -> str:
    """The bindings file of these sensors: which families are heard, which hangs on which bay."""
    tables = []
    opened = {(eye.tongue.family, eye.tongue.base) for eye in eyes}
    for family, base in sorted(opened):
        if family not in _OPEN:
            tables.append(f'[[family]]\nname = "{family}"' + (f'\nbase = "{base}"' if base else ""))
    for eye in eyes:
        lines = [
            "[[sensor]]",
            f'device = "{eye.tongue.device}"',
            f'channel = "{eye.tongue.channel}"',
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
    troubles: Sequence[Trouble] = ()
    site: str = "main"
    eyes: tuple[Eye, ...] = EYES
    spoken: int = 0
    _said: dict[str, bool | None] = field(default_factory=dict)
    _devices: dict[str, Troubled] = field(default_factory=dict)
    _camera: Troubled = field(init=False)
    _publisher: Publisher | None = None

    def __post_init__(self) -> None:
        """Each device has its own troubles."""
        for eye in self.eyes:
            own = Random(self.random.random())
            self._devices[eye.bay] = Troubled(eye.tongue, own, self.troubles)
        self._camera = Troubled(CAMERA, self.random)

    async def run(self, address: BrokerAddress) -> None:
        """Speak until cancelled."""
        boot = f"{self.random.randrange(16**6):06x}"
        asked = tuple(one.asked_on for eye in self.eyes if isinstance(one := eye.tongue, Asked))
        self._publisher = Publisher(address, self.site, "sensor-hub", boot, asked)
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
            self._answer()
            self._say_plates()
            self._say_all(all_of_them=False)

    def _answer(self) -> None:
        """Births again, and levels with them, for a shop that has just begun to listen."""
        assert self._publisher is not None
        asked = set(self._publisher.heard())
        for eye in self.eyes:
            if isinstance(eye.tongue, Asked) and eye.tongue.asked_on in asked:
                self._say(self._devices[eye.bay].lives(True))
                self._said.pop(eye.bay, None)

    def _introduce(self) -> None:
        self._say(CAMERA.lives(True))
        for eye in self.eyes:
            self._say(self._devices[eye.bay].lives(True))

    def _say_all(self, *, all_of_them: bool) -> None:
        now = self.time.now()
        for eye in self.eyes:
            level = self.hall.seen(eye.bay, now)
            changed = eye.bay not in self._said or self._said[eye.bay] is not level
            if changed and (level is None or self._said.get(eye.bay, True) is None):
                self._say(self._devices[eye.bay].lives(level is not None))
            if level is not None and (changed or (all_of_them and eye.repeats)):
                self._say(self._devices[eye.bay].does(Car(level), now))
            self._said[eye.bay] = level

    def _say_plates(self) -> None:
        """The camera at the gate reads each plate once."""
        while self.hall.at_gate:
            plate = Plate(self.hall.at_gate.pop(0))
            self._say(self._camera.does(plate, self.time.now()))

    def _say(self, said: Sequence[Said]) -> None:
        assert self._publisher is not None
        for one in said:
            self._publisher.say(one.topic, one.payload, retain=one.retain)
        self.spoken += len(said)
