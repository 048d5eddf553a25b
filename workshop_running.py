"""What a process does beside answering: heartbeat, tick, timekeeper, sensors; and how it ends.

A part of the wiring; knows nothing of how the parts are made.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from starlette.applications import Starlette

from board.claim import Claim
from board.desk import Desk
from board.doorbell import Doorbell
from board.journal import Journal
from board.photo_sweeping import PhotoSweeping
from board.recall import keep_snapshot
from board.ticking import Ticking
from board.timekeeper import Timekeeper
from devices.hall import SensorHall
from displays.hub import Hub, pulse
from displays.live import Live
from workshop_devices import AskingDevices
from workshop_screens import ReportKeeping
from workshop_showing import Showing


@dataclass(frozen=True)
class Running:
    """All work of one process between its start and its end."""

    desks: Collection[Desk]
    journal: Journal
    hub: Hub
    live: Live
    showing: Showing
    bell: Doorbell
    keeper: Timekeeper
    sensors: SensorHall
    asking: AskingDevices
    claim: Claim
    sweeping: PhotoSweeping
    reports: ReportKeeping

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """Work while the program serves; afterwards send the screens away and leave in order."""
        for desk in self.desks:
            self.showing.show(desk)
        ticking = Ticking(self.desks, self.showing.show, self.showing.recheck)
        self.bell.answer(ticking.hear)
        work = (
            pulse(self.hub),
            ticking.run(),
            self.bell.run(),
            self.keeper.run(),
            self.sensors.run(),
            self.asking.run(),
            self.sweeping.run(),
            self.reports.run(),
            *([self.claim.run()] if self.sensors.wanted else []),
        )
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield
        finally:
            await self.hub.drain()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._leave()

    async def _leave(self) -> None:
        with suppress(Exception):
            await self.keeper.release()
        await self.claim.release()
        for desk in self.desks:
            await desk.close()
            await asyncio.to_thread(keep_snapshot, self.journal, desk.shop, desk.epoch)
