"""The intake: changes become commands once, acknowledged after they are written."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from board.core.bays import Presence, Sensed
from board.core.commands import ReportBay
from board.core.refusals import Refused
from board.core.roles import Role
from devices.asking import Asker, actor_of, report_of
from devices.bindings import Bindings
from devices.deliveries import Delivery, Mark
from devices.readings import Observation
from tests.devices.intakes import CAR, EYE, NONE, Desk, intake
from tests.devices.moments import NOON, at
from tests.devices.waiting import until


def test_only_changes_become_commands_with_ids_that_repeat() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk) as door:
            for second, payload in enumerate([CAR, CAR, CAR, NONE, NONE]):
                door.bring(payload, second)
            await door.read(5)

    asyncio.run(scenario())
    [(first, first_id), (second, second_id)] = desk.reports
    assert first == ReportBay(
        bay="bay-1",
        presence=Presence.present,
        since=NOON,
        device="native:eye",
        reason="sensor",
        live=True,
    )
    assert first_id == "bay:bay-1:present:1772452800000"
    assert (second.presence, second_id) == (Presence.absent, "bay:bay-1:absent:1772452803000")


def test_the_device_is_the_actor() -> None:
    actor = actor_of(Asker("native:eye"), {})
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
            assert len(desk.reports) == 1

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
            assert len(desk.reports) == 1

    asyncio.run(scenario())
    assert "a defect" in caplog.text


def test_a_defect_behind_the_adapters_costs_one_message(caplog: pytest.LogCaptureFixture) -> None:
    """Unacknowledged it would come again with each new connection, and end the loop each time."""
    desk = Desk()

    def overhear(item: object, found: Sequence[Observation]) -> Sequence[Observation]:
        if isinstance(item, Delivery) and item.topic.endswith("/st/motion"):
            raise RuntimeError("a defect behind")
        return ()

    async def scenario() -> None:
        async with intake(desk, overhear=overhear) as door:
            door.bring(b'{"v":true}', topic="shop/main/dev/eye/st/motion", number=1)
            door.bring(CAR, number=2)
            await until(lambda: door.acknowledged == [1, 2], "both acknowledgements")
            assert door.intake.counters.defects == 1
            assert len(desk.reports) == 1

    asyncio.run(scenario())
    assert "a defect behind" in caplog.text


@pytest.mark.parametrize("sign", [b"", b"-"])
def test_a_number_that_no_float_holds_stops_nothing(sign: bytes) -> None:
    """JSON has such numbers; comparing one with the next reading ended the loop."""
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk) as door:
            topic = "shop/main/dev/pit/st/distance"
            for number, size in enumerate((400, 390, 4000)):
                payload = b'{"v":' + sign + b"9" * size + b',"n":' + b"9" * size + b"}"
                door.bring(payload, topic=topic, number=number)
            door.bring(CAR, number=3)
            await until(lambda: door.acknowledged == [0, 1, 2, 3], "all acknowledgements")
            assert door.intake.counters.defects == 0
            assert len(desk.reports) == 1

    asyncio.run(scenario())


def test_unreadable_messages_are_set_aside_with_one_log_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        async with intake(Desk()) as door:
            for number in range(50):
                door.bring(b'{"v":tr', number=number)
            await door.read(50)
            assert door.intake.register.quarantine.counts == {"native:eye": 50}
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
    assert len(desk.reports) == 1


def test_replays_after_a_connection_are_told_when_they_are_all_in() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk) as door:
            door.deliveries.offer(Mark.connected)
            door.bring(NONE, retained=True)
            door.bring(b'{"s":"online"}', topic="shop/main/dev/eye/$status", retained=True)
            door.bring(CAR, 1)
            await door.read(3)
            assert desk.reports == []
            door.deliveries.offer(Mark.subscribed)
            await until(lambda: desk.reports, "the report")

    asyncio.run(scenario())
    assert [command.presence for command, _ in desk.reports] == [Presence.present]


def test_what_the_journal_knows_is_not_told_again() -> None:
    desk = Desk()
    known = report_of("bay-1", Sensed(Presence.present, at(-60), "native:eye"))

    async def scenario() -> None:
        async with intake(desk, known=(known,)) as door:
            door.bring(CAR)
            door.bring(NONE, 5)
            await until(lambda: desk.reports, "the report")

    asyncio.run(scenario())
    assert [command.presence for command, _ in desk.reports] == [Presence.absent]


def test_an_unbound_device_waits_in_the_inbox_until_it_is_bound() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk, sensors=()) as door:
            door.bring(CAR)
            await door.read(1)
            assert [seen.device for seen in door.intake.register.inbox.devices] == ["native:eye"]
            door.intake.rebind(Bindings((EYE,)))
            assert door.intake.register.inbox.devices == ()
            door.bring(CAR, 1)
            await until(lambda: desk.reports, "the report")

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
