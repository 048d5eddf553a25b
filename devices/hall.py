"""The sensors of one shop beside its desk: bindings from a file, reports to commands.

Knows the desk only as something that takes commands, and nothing of the program around.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from board.core.slips import FileSlip
from devices.answering import answered
from devices.asking import Asker, Asks, actor_of, report_of
from devices.called import called_in
from devices.hall_files import HallSettings, beside, remember
from devices.hall_needs import Claims, TakesCommands
from devices.identity import NO_NAMES
from devices.known_names import read_names
from devices.listing import ENGLISH, Reader
from devices.rivals import home_of
from devices.sensors import Sensors
from devices.shadow import WouldBe
from devices.shop_files import Written, read_files, stamps_of
from devices.shown import ShopShown

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 2.0
AS_OF_NOW = ("mqtt_waiting", "mqtt_lag_seconds", "batteries_low", "outgoing_wanting")
"""Figures of a moment: they do not add up from one time of listening to the next."""


class SensorHall:
    """Runs the sensors and follows the bindings file; without settings it does nothing."""

    def __init__(
        self,
        desk: TakesCommands,
        settings: HallSettings | None,
        clock: Callable[[], datetime],
        claim: Claims,
        passing: type[Exception] = Exception,
        shown: Callable[[], ShopShown] | None = None,
        reader: Callable[[], Reader] = lambda: ENGLISH,
    ) -> None:
        """`passing`: what the desk raises when it cannot write now but may later; `shown`: what
        lamps and other programs are told, without which they are told nothing; `reader`: who reads
        the list of unbound devices.
        """
        self._shown = shown
        self._reader = reader
        self._claim = claim
        self._desk = desk
        self._settings = settings
        self._clock = clock
        self._passing = passing
        self._sensors: Sensors | None = None
        self._mistakes: tuple[FileSlip, ...] = ()
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
                self._past = {**self.counters, **dict.fromkeys(AS_OF_NOW, 0.0)}
                self._sensors = None
            await asyncio.sleep(LOOK_SECONDS)

    async def _listen(self, settings: HallSettings, fence: int) -> None:
        remembered = [
            report_of(bay.id, bay.sensed) for bay in self._desk.shop.bays.values() if bay.sensed
        ]
        written = self._read(settings)
        home = home_of(settings.sensors.badge_key, self._desk.epoch)
        self._sensors = Sensors(
            replace(
                settings.sensors,
                families=written.families,
                home=home,
                presence=written.presence,
                names=read_names(settings.names) if settings.names else NO_NAMES,
            ),
            written.bindings,
            partial(self._send, fence),
            self._clock,
            remembered,
            self._passing,
            written.shelf,
            self._shown,
        )
        books = self._sensors.logbooks
        remember(books, settings)
        running = asyncio.create_task(self._sensors.run())
        following = asyncio.create_task(self._follow(settings, self._sensors))
        listed = partial(self._listed, self._sensors)
        kept = beside(self._sensors, settings, listed)
        listing = [asyncio.create_task(one) for one in kept]
        try:
            await asyncio.wait((running, following), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _ended(running, following, *listing)

    def _listed(self, sensors: Sensors) -> str:
        return sensors.listed(replace(self._reader(), called=called_in(self._desk.shop)))

    @property
    def wanted(self) -> bool:
        """Whether this shop has sensors at all."""
        return self._settings is not None

    @property
    def listens(self) -> bool:
        """Whether it is this process that listens."""
        return self._sensors is not None

    @property
    def degraded(self) -> tuple[str, ...]:
        """What does not work, in sentences; empty when all is well or sensors are off.

        Standing by for another process is well; not knowing yet who listens is not.
        """
        if self._sensors is None:
            waits = self._settings is not None and not self._claim.is_elsewhere
            return ("No sensors: nobody listens yet.",) if waits else ()
        return (*self._sensors.faults(called_in(self._desk.shop)), *map(str, self._mistakes))

    @property
    def counters(self) -> Mapping[str, float]:
        """Numbers since the start, by name."""
        counts = self._sensors.counters if self._sensors else {}
        past = {**self._past, "sensors_listening": 0.0}
        now = {name: past.get(name, 0.0) + count for name, count in counts.items()}
        return {**past, **now, "sensors_listening": float(self._sensors is not None)}

    def answer(self, question: bytes) -> bytes | None:
        """What is asked about the devices, as JSON; None while this process does not listen."""
        sensors = self._sensors
        return answered(sensors, self._mistakes, question) if sensors else None

    def note_shadow(self, one: WouldBe) -> None:
        """What a camera in shadow posted; shown where this process listens, too."""
        if self._sensors is not None:
            self._sensors.watched.watching.shadows.note(one)

    def forget_suspects(self) -> None:
        """Drop what devices have said, because a car was erased."""
        if self._sensors is not None:
            self._sensors.forget_suspects()

    async def _send(self, fence: int, command: Asks, command_id: str, asker: Asker) -> object:
        actor = actor_of(asker, self._desk.shop.people)
        return await self._desk.handle(command, actor, command_id, (self._claim.name, fence))

    async def _follow(self, files: HallSettings, sensors: Sensors) -> None:
        last = self._stamps(files)
        epoch = self._desk.epoch
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = self._stamps(files)
            if now != last:
                last = now
                written = self._read(files)
                sensors.rebind(written.bindings, written.families, written.shelf, written.presence)
            sensors.retell(self._unheard() if epoch == self._desk.epoch else self._bays())
            epoch = self._desk.epoch

    def _unheard(self) -> list[str]:
        """Bays of which the shop knows no sensor, for one that was taken out and set up again."""
        bays = self._desk.shop.bays.values()
        return [bay.id for bay in bays if bay.sensed is None and not bay.removed]

    def _bays(self) -> frozenset[str]:
        return frozenset(key for key, bay in self._desk.shop.bays.items() if not bay.removed)

    def _people(self) -> frozenset[str]:
        return frozenset(key for key, one in self._desk.shop.people.items() if not one.removed)

    def _stamps(self, files: HallSettings) -> tuple[object, ...]:
        zone = self._desk.shop.settings.time_zone
        return (*stamps_of(files.bindings, files.profiles), self._bays(), self._people(), zone)

    def _read(self, files: HallSettings) -> Written:
        bays, people = self._bays() or None, self._people() or None
        written = read_files(files.bindings, files.profiles, bays, people)
        self._mistakes = written.mistakes
        for sentence in self._mistakes:
            LOG.warning("%s", sentence)
        zone = self._desk.shop.settings.time_zone
        return replace(written, families=tuple(one.at(zone) for one in written.families))


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            LOG.error("listening to the sensors failed", exc_info=outcome)
