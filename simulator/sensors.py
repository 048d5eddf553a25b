"""The bay sensors of the simulated shop: real MQTT messages about where cars stand."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from devices.address import BrokerAddress, read_address
from devices.publisher import Publisher
from simulator.fittings import (
    BARRIER,
    BUTTONS,
    CAMERA,
    EYES,
    INTERVAL_SECONDS,
    READER,
    Eye,
    badge_of,
)
from simulator.hall import Hall
from simulator.shop_clock import ShopTime
from simulator.tongues.tongue import Asked, Badge, Car, Plate, Press, Said
from simulator.troubles import Trouble, Troubled

CONNECT_SECONDS = 20.0
DOUBTFUL = 0.7
"""How sure the camera is of every other plate: the shop asks about such a one."""


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
    _buttons: dict[str, Troubled] = field(default_factory=dict)
    _camera: Troubled = field(init=False)
    _barrier: Troubled = field(init=False)
    _reader: Troubled = field(init=False)
    _publisher: Publisher | None = None
    _introduced: int = 0

    def __post_init__(self) -> None:
        """Each device has its own troubles."""
        for eye in self.eyes:
            own = Random(self.random.random())
            self._devices[eye.bay] = Troubled(eye.tongue, own, self.troubles)
        self._camera = Troubled(CAMERA, self.random)
        self._barrier = Troubled(BARRIER, self.random)
        self._reader = Troubled(READER, self.random)
        for bay, button in BUTTONS.items():
            self._buttons[bay] = Troubled(button, Random(bay), self.troubles)

    async def run(self, address: BrokerAddress) -> None:
        """Speak until cancelled."""
        boot = f"{self.random.randrange(16**6):06x}"
        asked = tuple(one.asked_on for eye in self.eyes if isinstance(one := eye.tongue, Asked))
        self._publisher = Publisher(address, self.site, "sensor-hub", boot, asked)
        await self._publisher.open(CONNECT_SECONDS)
        self.hall.has_devices = True
        try:
            while True:
                self._introduce()
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
            self._introduce()
            self._answer()
            self._say_plates()
            self._say_presses()
            self._say_badges()
            self._say_all(all_of_them=False)

    def _answer(self) -> None:
        """Births again, and levels with them, for a shop that has just begun to listen."""
        assert self._publisher is not None
        asked = {topic for topic, _ in self._publisher.heard()}
        for eye in self.eyes:
            if isinstance(eye.tongue, Asked) and eye.tongue.asked_on in asked:
                self._say(self._devices[eye.bay].lives(True))
                self._said.pop(eye.bay, None)

    def _introduce(self) -> None:
        """After each connection, as devices do: what they said of themselves may be forgotten."""
        assert self._publisher is not None
        if self._introduced == self._publisher.connections:
            return
        self._introduced = self._publisher.connections
        for eye in self.eyes:
            if eye.repeats:
                self._said.pop(eye.bay, None)
        few = (self._camera, self._barrier, self._reader)
        for one in (*few, *self._buttons.values(), *self._devices.values()):
            self._say(one.lives(True))
        # A passage is a change of what was known before.
        self._say(self._barrier.does(Car(False), self.time.now()))

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
        """Something goes through the gate, and the camera reads each plate once."""
        while self.hall.at_gate:
            text, now = self.hall.at_gate.pop(0), self.time.now()
            score = DOUBTFUL if sum(text.encode()) % 2 else 1.0
            self._say(self._barrier.does(Car(True), now))
            self._say(self._camera.does(Plate(text, score), now))
            self._say(self._barrier.does(Car(False), now))

    def _say_presses(self) -> None:
        while self.hall.pressed:
            bay, word = self.hall.pressed.pop(0)
            self._say(self._buttons[bay].does(Press(word), self.time.now()))

    def _say_badges(self) -> None:
        while self.hall.shown:
            badge = Badge(badge_of(self.hall.shown.pop(0)))
            self._say(self._reader.does(badge, self.time.now()))

    def _say(self, said: Sequence[Said]) -> None:
        assert self._publisher is not None
        for one in said:
            self._publisher.say(one.topic, one.payload, retain=one.retain)
        self.spoken += len(said)
