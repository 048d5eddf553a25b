"""A running intake for tests, between messages given by hand and a desk that keeps commands."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from board.core.commands import ReportBay
from devices.adapters import Adapter
from devices.asking import Asker, Asks
from devices.bindings import Bindings, Sensor
from devices.buttons import Button
from devices.deliveries import Deliveries, Delivery, Ticket
from devices.families.native import Native
from devices.identity import NO_NAMES, Names
from devices.intake import Intake, Overhear
from devices.memory import BayReport
from devices.readings import Reading
from tests.devices.moments import NOON, at
from tests.devices.waiting import until

EYE = Sensor("native:eye", "occupancy", "bay-1", enter_seconds=0, leave_seconds=0)
TOPIC = "shop/main/dev/eye/st/occupancy"
BADGE_KEY = b"the site's own"
CAR, NONE = b'{"v":true}', b'{"v":false}'


@dataclass
class Desk:
    """Takes commands as the real one does; `broken` makes it fail so many times."""

    broken: int = 0
    failure: Exception = field(default_factory=lambda: OSError("the disk is full"))
    answer: object = "receipt"
    taken: list[tuple[Asks, str]] = field(default_factory=list)
    devices: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    @property
    def reports(self) -> list[tuple[ReportBay, str]]:
        """Those of the commands that report a bay."""
        return [(what, key) for what, key in self.taken if isinstance(what, ReportBay)]

    async def handle(self, command: Asks, command_id: str, asker: Asker) -> object:
        if self.broken:
            self.broken -= 1
            raise self.failure
        self.taken.append((command, command_id))
        self.devices.append(asker.device)
        self.people.append(asker.person)
        return self.answer


@dataclass
class Door:
    """What a test holds of a running intake."""

    intake: Intake
    deliveries: Deliveries
    acknowledged: list[int]
    desk: Desk

    def bring(
        self,
        payload: bytes,
        seconds: float = 0,
        *,
        topic: str = TOPIC,
        retained: bool = False,
        number: int | None = None,
    ) -> None:
        ticket = None if number is None else Ticket(1, 1, number)
        self.deliveries.offer(Delivery(topic, payload, retained, at(seconds), ticket))

    async def read(self, count: int) -> None:
        """Wait until so many messages have been dealt with."""
        await until(lambda: self.intake.counters.messages == count and not len(self.deliveries))


class Faulty:
    """An adapter with a defect."""

    filters = ("broken/#",)

    def claim(self, topic: str) -> float:
        return float(topic.startswith("broken/"))

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Reading]:
        raise RuntimeError("a defect")


@asynccontextmanager
async def intake(
    desk: Desk,
    *,
    known: tuple[BayReport, ...] = (),
    sensors: tuple[Sensor, ...] = (EYE,),
    buttons: tuple[Button, ...] = (),
    bindings: Bindings | None = None,
    adapters: tuple[Adapter, ...] = (),
    names: Names = NO_NAMES,
    overhear: Overhear = lambda item, found: (),
) -> AsyncIterator[Door]:
    deliveries = Deliveries()
    acknowledged: list[int] = []
    running = Intake(
        adapters=(Native("main"), Faulty(), *adapters),
        bindings=bindings or Bindings(sensors, buttons),
        deliveries=deliveries,
        acknowledge=lambda ticket: acknowledged.append(ticket.message),
        clock=lambda: NOON,
        send=desk.handle,
        passing=OSError,
        known=known,
        names=names,
        settle_seconds=0.01,
        retry_seconds=0.01,
        badge_key=BADGE_KEY,
        overhear=overhear,
    )
    task = asyncio.create_task(running.run())
    try:
        yield Door(running, deliveries, acknowledged, desk)
    finally:
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
