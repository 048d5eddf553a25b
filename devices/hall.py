"""The sensors of one shop beside its desk: bindings from a file, reports to commands.

Knows the desk only as something that takes commands, and nothing of the program around.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from board.core.slips import FileSlip
from devices.address import BrokerAddress
from devices.answering import answered
from devices.asking import Asker, Asks, actor_of, report_of
from devices.battery_days import keep_days, read_days
from devices.hall_needs import Claims, TakesCommands
from devices.identity import NO_NAMES
from devices.known_names import keep_names, read_names
from devices.listed import keep_listed
from devices.logbooks import Logbooks
from devices.rivals import home_of
from devices.sensors import Sensors, SensorSettings
from devices.shop_files import BINDINGS, Written, read_files, stamps_of
from devices.shown import ShopShown
from devices.tallies import keep_tallies, read_tallies

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 2.0
AS_OF_NOW = ("mqtt_waiting", "mqtt_lag_seconds", "batteries_low", "outgoing_wanting")
"""Figures of a moment: they do not add up from one time of listening to the next."""


@dataclass(frozen=True, slots=True)
class HallSettings:
    """`bindings`: the TOML file that says which sensor hangs on which bay; `profiles`: the folder
    of the shop's own profiles. Both may be missing. `inbox`: where unbound devices are listed;
    `batteries`, `counts`: where those of bound devices are kept, by day and since when they count;
    `names`: who speaks under which.
    """

    sensors: SensorSettings
    bindings: Path
    profiles: Path | None = None
    inbox: Path | None = None
    batteries: Path | None = None
    counts: Path | None = None
    names: Path | None = None


def hall_settings(
    folder: Path, site: str, address: BrokerAddress | None, badge_key: bytes
) -> HallSettings:
    """The sensors of the shop `site` with its data in `folder`; no address: a broker of our own."""
    broker = folder / "broker"
    sensors = SensorSettings(site=site, folder=broker, address=address, badge_key=badge_key)
    return HallSettings(
        sensors,
        folder / BINDINGS,
        folder / "profiles",
        inbox=folder / "inbox.toml",
        batteries=folder / "batteries.json",
        counts=folder / "device-counts.json",
        names=folder / "names.json",
    )


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
    ) -> None:
        """`passing`: what the desk raises when it cannot write now but may later; `shown`: what
        lamps and other programs are told, without which they are told nothing.
        """
        self._shown = shown
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
        _remember(books, settings)
        running = asyncio.create_task(self._sensors.run())
        following = asyncio.create_task(self._follow(settings, self._sensors))
        beside = _beside(self._sensors, settings)
        listing = [asyncio.create_task(one) for one in beside]
        try:
            await asyncio.wait((running, following), return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _ended(running, following, *listing)

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
        return (*self._sensors.degraded, *map(str, self._mistakes))

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


def _remember(books: Logbooks, settings: HallSettings) -> None:
    days = read_days(settings.batteries) if settings.batteries else {}
    tallies = read_tallies(settings.counts) if settings.counts else {}
    books.remember(days, tallies)


def _beside(sensors: Sensors, settings: HallSettings) -> Iterator[Coroutine[None, None, None]]:
    """What is written into files while it listens."""
    books = sensors.logbooks
    if settings.inbox:
        yield keep_listed(settings.inbox, sensors.listed)
    if settings.batteries:
        yield keep_days(settings.batteries, lambda: books.batteries)
    if settings.counts:
        yield keep_tallies(settings.counts, lambda: books.tallies)
    if settings.names:
        yield keep_names(settings.names, lambda: sensors.stage.recall.names)


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            LOG.error("listening to the sensors failed", exc_info=outcome)
