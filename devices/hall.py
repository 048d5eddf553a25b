"""The sensors of one shop beside its desk: bindings from a file, reports to commands.

Knows the desk only as something that takes commands, and nothing of the program around.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from board.core.commands import Command
from board.core.roles import Actor
from board.core.shop import Shop
from devices.address import BrokerAddress
from devices.asking import Asks, actor_of, report_of
from devices.bindings import Bindings, read_bindings
from devices.openings import USUAL, Opening, read_openings
from devices.sensors import Sensors, SensorSettings

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 2.0
LARGEST_FILE = 256 * 1024


class TakesCommands(Protocol):
    """A desk, as far as sensors need one."""

    epoch: str
    """The name of the history the shop is in."""

    @property
    def shop(self) -> Shop:
        """The shop as published."""

    def handle(
        self,
        command: Command,
        actor: Actor,
        command_id: str | None = None,
        fence: tuple[str, int] | None = None,
    ) -> Awaitable[object]:
        """Receipt or refusal; an exception means: not written."""


class Claims(Protocol):
    """The right to listen, which one process has at a time; `fence` numbers its holders."""

    name: str
    is_elsewhere: bool
    """Whether another process had the right when it was last asked for."""

    async def held(self) -> int:
        """Wait until the right is ours; its number."""

    async def lost(self, fence: int) -> None:
        """Wait until the right with this number is ours no longer."""


@dataclass(frozen=True, slots=True)
class HallSettings:
    """`bindings`: the TOML file that says which sensor hangs on which bay; it may be missing."""

    sensors: SensorSettings
    bindings: Path


def hall_settings(folder: Path, site: str, address: BrokerAddress | None) -> HallSettings:
    """The sensors of the shop `site` with its data in `folder`; no address: a broker of our own."""
    sensors = SensorSettings(site=site, folder=folder / "broker", address=address)
    return HallSettings(sensors, folder / "sensors.toml")


class SensorHall:
    """Runs the sensors and follows the bindings file; without settings it does nothing."""

    def __init__(
        self,
        desk: TakesCommands,
        settings: HallSettings | None,
        clock: Callable[[], datetime],
        claim: Claims,
        passing: type[Exception] = Exception,
    ) -> None:
        """`passing`: what the desk raises when it cannot write now but may later."""
        self._claim = claim
        self._desk = desk
        self._settings = settings
        self._clock = clock
        self._passing = passing
        self._sensors: Sensors | None = None
        self._mistakes: tuple[str, ...] = ()
        self._past: Mapping[str, float] = {}

    async def run(self) -> None:
        """Listen whenever the right to it is ours, until cancelled.

        All others stand by: two connections under one client id would throw each other out.
        """
        while self._settings is not None:
            fence = await self._claim.held()
            LOG.info("listening to the sensors, holder %d", fence)
            listening = asyncio.create_task(self._listen(self._settings, fence))
            lost = asyncio.create_task(self._claim.lost(fence))
            try:
                await asyncio.wait((listening, lost), return_when=asyncio.FIRST_COMPLETED)
            finally:
                await _ended(listening, lost)
                self._past = {**self.counters, "mqtt_waiting": 0.0}
                self._sensors = None
            await asyncio.sleep(LOOK_SECONDS)

    async def _listen(self, settings: HallSettings, fence: int) -> None:
        """Until other families are asked for: their topics need a connection of their own."""
        remembered = [
            report_of(bay.id, bay.sensed) for bay in self._desk.shop.bays.values() if bay.sensed
        ]
        bindings, families = self._read()
        self._sensors = Sensors(
            replace(settings.sensors, families=families),
            bindings,
            partial(self._send, fence),
            self._clock,
            remembered,
            self._passing,
        )
        running = asyncio.create_task(self._sensors.run())
        following = asyncio.create_task(self._follow(settings.bindings, self._sensors, families))
        try:
            await asyncio.wait((running, following), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _ended(running, following)

    @property
    def wanted(self) -> bool:
        """Whether this shop has sensors at all."""
        return self._settings is not None

    @property
    def degraded(self) -> tuple[str, ...]:
        """What does not work, in sentences; empty when all is well or sensors are off.

        Standing by for another process is well; not knowing yet who listens is not.
        """
        if self._sensors is None:
            waits = self._settings is not None and not self._claim.is_elsewhere
            return ("No sensors: nobody listens yet.",) if waits else ()
        return (*self._sensors.degraded, *self._mistakes)

    @property
    def counters(self) -> Mapping[str, float]:
        """Numbers since the start, by name."""
        counts = self._sensors.counters if self._sensors else {}
        past = {**self._past, "sensors_listening": 0.0}
        now = {name: past.get(name, 0.0) + count for name, count in counts.items()}
        return {**past, **now, "sensors_listening": float(self._sensors is not None)}

    def forget_suspects(self) -> None:
        """Drop the messages that could not be read, because a car was erased."""
        if self._sensors is not None:
            self._sensors.forget_suspects()

    async def _send(self, fence: int, command: Asks, command_id: str) -> object:
        holder = (self._claim.name, fence)
        return await self._desk.handle(command, actor_of(command), command_id, holder)

    async def _follow(self, file: Path, sensors: Sensors, families: tuple[Opening, ...]) -> None:
        last = (_stamp(file), self._bays())
        epoch = self._desk.epoch
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = (_stamp(file), self._bays())
            if now != last:
                last = now
                bindings, wanted = self._read()
                if wanted != families:
                    return
                sensors.rebind(bindings)
            sensors.retell(self._unheard() if epoch == self._desk.epoch else self._bays())
            epoch = self._desk.epoch

    def _unheard(self) -> list[str]:
        """Bays of which the shop knows no sensor, for one that was taken out and set up again."""
        bays = self._desk.shop.bays.values()
        return [bay.id for bay in bays if bay.sensed is None and not bay.removed]

    def _bays(self) -> frozenset[str]:
        return frozenset(key for key, bay in self._desk.shop.bays.items() if not bay.removed)

    def _read(self) -> tuple[Bindings, tuple[Opening, ...]]:
        assert self._settings is not None
        file = self._settings.bindings
        if file.exists() and file.stat().st_size > LARGEST_FILE:
            self._mistakes = (f"{file.name} is larger than {LARGEST_FILE} bytes and is not read",)
            return Bindings(), USUAL
        text = file.read_bytes().decode("utf-8", "replace") if file.exists() else ""
        bindings, mistakes = read_bindings(text, self._bays() or None)
        families, more = read_openings(text)
        every = dict.fromkeys((*mistakes, *more))
        self._mistakes = tuple(f"{file.name} line {one.line}: {one.reason}" for one in every)
        for sentence in self._mistakes:
            LOG.warning("%s", sentence)
        return bindings, families


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            LOG.error("listening to the sensors failed", exc_info=outcome)


def _stamp(file: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = file.stat()
        return (found.st_mtime_ns, found.st_size)
    return None
