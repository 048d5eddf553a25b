"""A plate read over MQTT proposes an arrival, once, and never from what the broker retained."""

import asyncio
import logging

import pytest

from board.core.commands import ProposeArrival
from board.core.refusals import Refused
from devices.asking import Asker, actor_of
from tests.devices.intakes import Desk, Door, intake
from tests.devices.moments import at
from tests.devices.waiting import until

GATE = "shop/main/dev/gate/ev/plate"
READ = '{"e":"plate","k":"京AD12345","id":"r1"}'.encode()


def _heard(desk: Desk, *reads: bytes, retained: bool = False) -> Door:
    """The intake after these messages from the gate, a second apart."""
    found: list[Door] = []

    async def scenario() -> None:
        async with intake(desk) as door:
            found.append(door)
            for number, read in enumerate(reads):
                door.bring(read, number, topic=GATE, retained=retained, number=number)
            await until(lambda: len(door.acknowledged) == len(reads))

    asyncio.run(scenario())
    return found[0]


def test_a_plate_read_becomes_a_proposal_by_its_device() -> None:
    desk = Desk()
    door = _heard(desk, READ)
    [(command, _)] = desk.taken
    assert command == ProposeArrival(plate="京AD12345", seen=at(0), device="native:gate")
    assert actor_of(Asker(command.device), {}).label == "device:native:gate"
    assert door.intake.counters.plates == 1


def test_a_copy_of_the_same_read_is_asked_once_and_another_read_by_itself() -> None:
    desk = Desk()
    _heard(desk, READ, READ, READ.replace(b"r1", b"r2"))
    first, other = (command_id for _, command_id in desk.taken)
    assert first != other


def test_a_copy_after_a_restart_has_the_same_id() -> None:
    desk = Desk()
    _heard(desk, READ)
    _heard(desk, READ)
    first, copy = (command_id for _, command_id in desk.taken)
    assert first == copy


def test_a_retained_plate_means_nothing() -> None:
    desk = Desk()
    _heard(desk, READ, retained=True)
    assert desk.taken == []


def test_presses_and_badges_ask_for_nothing() -> None:
    desk = Desk()
    door = _heard(desk, READ.replace(b'"plate"', b'"badge"'))
    assert (desk.taken, door.intake.counters.events) == ([], 1)


def test_a_read_waits_for_a_journal_that_cannot_write_now() -> None:
    desk = Desk(broken=2)
    door = _heard(desk, READ)
    assert (len(desk.taken), door.intake.counters.failed_sends) == (1, 2)


def test_the_log_does_not_tell_the_plate(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    door = _heard(Desk(broken=1, answer=Refused("signs_wrong", fields=("plate",))), READ)
    assert door.intake.counters.refused == 1
    assert "native:gate" in caplog.text
    assert "12345" not in caplog.text
