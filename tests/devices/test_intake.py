"""The intake: changes become commands once, acknowledged after they are written."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from board.core.bays import Presence, Sensed
from board.core.commands import ReportBay
from board.core.refusals import Refused
from board.core.roles import Role
from devices.bindings import Bindings, Sensor
from devices.deliveries import Deliveries, Delivery, Mark, Ticket
from devices.intake import Intake, actor_of, report_of
from devices.memory import BayReport
from devices.native import Native
from devices.readings import Adapter, Observation
from tests.devices.moments import NOON, at
from tests.devices.waiting import until

EYE = Sensor("native:eye", "occupancy", "bay-1", enter_seconds=0, leave_seconds=0)
TOPIC = "shop/main/dev/eye/st/occupancy"
CAR, NONE = b'{"v":true}', b'{"v":false}'


@dataclass
class Desk:
    """Takes commands as the real one does; `broken` makes it fail so many times."""

    broken: int = 0
    answer: object = "receipt"
    taken: list[tuple[ReportBay, str]] = field(default_factory=list)

    async def handle(self, command: ReportBay, command_id: str) -> object:
        if self.broken:
            self.broken -= 1
            raise OSError("the disk is full")
        self.taken.append((command, command_id))
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

    def parse(
        self, topic: str, payload: bytes, retained: bool, received_at: datetime
    ) -> Sequence[Observation]:
        raise RuntimeError("a defect")


@asynccontextmanager
async def intake(
    desk: Desk, *, known: tuple[BayReport, ...] = (), sensors: tuple[Sensor, ...] = (EYE,)
) -> AsyncIterator[Door]:
    deliveries = Deliveries()
    acknowledged: list[int] = []
    adapters: tuple[Adapter, ...] = (Native("main"), Faulty())
    running = Intake(
        adapters=adapters,
        bindings=Bindings(sensors),
        deliveries=deliveries,
        acknowledge=lambda ticket: acknowledged.append(ticket.message),
        clock=lambda: NOON,
        send=desk.handle,
        known=known,
        settle_seconds=0.01,
        retry_seconds=0.01,
    )
    task = asyncio.create_task(running.run())
    try:
        yield Door(running, deliveries, acknowledged, desk)
    finally:
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()


def test_only_changes_become_commands_with_ids_that_repeat() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk) as door:
            for second, payload in enumerate([CAR, CAR, CAR, NONE, NONE]):
                door.bring(payload, second)
            await door.read(5)

    asyncio.run(scenario())
    [(first, first_id), (second, second_id)] = desk.taken
    assert first == ReportBay(
        bay="bay-1", presence=Presence.present, since=NOON, device="native:eye", reason="sensor"
    )
    assert first_id == "bay:bay-1:present:1772452800000"
    assert (second.presence, second_id) == (Presence.absent, "bay:bay-1:absent:1772452803000")


def test_the_device_is_the_actor() -> None:
    command = ReportBay(bay="bay-1", presence=Presence.present, since=NOON, device="native:eye")
    actor = actor_of(command)
    assert (actor.label, actor.roles, actor.via) == (
        "device:native:eye",
        frozenset({Role.device}),
        "mqtt",
    )


def test_a_message_is_acknowledged_only_after_it_is_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(broken=1000)

    async def scenario() -> None:
        async with intake(desk) as door:
            door.bring(CAR, number=7)
            await until(lambda: door.intake.counters.failed_sends >= 2, "the retries")
            assert door.acknowledged == []
            desk.broken = 0
            await until(lambda: door.acknowledged == [7], "the acknowledgement")
            assert len(desk.taken) == 1

    asyncio.run(scenario())
    assert "the disk is full" in caplog.text


def test_a_defect_in_an_adapter_costs_one_message(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk) as door:
            door.bring(b"", topic="broken/by/design", number=1)
            door.bring(CAR, number=2)
            await until(lambda: door.acknowledged == [1, 2], "both acknowledgements")
            assert door.intake.counters.defects == 1
            assert len(desk.taken) == 1

    asyncio.run(scenario())
    assert "a defect" in caplog.text


def test_unreadable_messages_are_set_aside_with_one_log_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        async with intake(Desk()) as door:
            for number in range(50):
                door.bring(b'{"v":tr', number=number)
            await door.read(50)
            assert door.intake.quarantine.counts == {"native:eye": 50}
            assert len(door.acknowledged) == 50

    asyncio.run(scenario())
    assert caplog.text.count("Unreadable message") == 1


def test_a_refused_report_is_counted_and_not_repeated() -> None:
    desk = Desk(answer=Refused("unknown_bay", {"bay": "bay-1"}))

    async def scenario() -> None:
        async with intake(desk) as door:
            door.bring(CAR)
            await until(lambda: door.intake.counters.refused == 1, "the refusal")

    asyncio.run(scenario())
    assert len(desk.taken) == 1


def test_replays_after_a_connection_are_told_when_they_are_all_in() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk) as door:
            door.deliveries.offer(Mark.connected)
            door.bring(NONE, retained=True)
            door.bring(b'{"s":"online"}', topic="shop/main/dev/eye/$status", retained=True)
            door.bring(CAR, 1)
            await door.read(3)
            assert desk.taken == []
            door.deliveries.offer(Mark.subscribed)
            await until(lambda: desk.taken, "the report")

    asyncio.run(scenario())
    assert [command.presence for command, _ in desk.taken] == [Presence.present]


def test_what_the_journal_knows_is_not_told_again() -> None:
    desk = Desk()
    known = report_of("bay-1", Sensed(Presence.present, at(-60), "native:eye"))

    async def scenario() -> None:
        async with intake(desk, known=(known,)) as door:
            door.bring(CAR)
            door.bring(NONE, 5)
            await until(lambda: desk.taken, "the report")

    asyncio.run(scenario())
    assert [command.presence for command, _ in desk.taken] == [Presence.absent]


def test_an_unbound_device_waits_in_the_inbox_until_it_is_bound() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk, sensors=()) as door:
            door.bring(CAR)
            await door.read(1)
            assert [seen.device for seen in door.intake.inbox.devices] == ["native:eye"]
            door.intake.rebind(Bindings((EYE,)))
            assert door.intake.inbox.devices == ()
            door.bring(CAR, 1)
            await until(lambda: desk.taken, "the report")

    asyncio.run(scenario())


def test_a_storm_does_not_stop_the_rest_of_the_program() -> None:
    async def scenario() -> None:
        async with intake(Desk(), sensors=(replace(EYE, enter_seconds=60),)) as door:
            for number in range(5000):
                door.bring(CAR if number % 2 else NONE, number / 1000)
            turns = 0
            while len(door.deliveries):
                turns += 1
                await asyncio.sleep(0)
            assert turns >= 5

    asyncio.run(scenario())
