"""A sensor bound by a changeable name goes on under the id that a discovery tells."""

import asyncio
import json

from devices.bindings import Bindings, Sensor
from devices.families.shelly1 import ShellyGen1
from devices.identity import Names, ids_by_name
from devices.liveness import Life
from devices.memory import Memory, moved
from devices.readings import Alive
from tests.devices.intakes import Desk, Door, intake
from tests.devices.moments import NOON
from tests.devices.waiting import until

LOOP = Sensor("shelly:gate", "input-0", "bay-1", enter_seconds=0, leave_seconds=0)
TOPIC = "shellies/gate/input/0"
WHO = json.dumps({"id": "gate", "mac": "98CDAC73C75E"}).encode()


def test_a_reading_before_and_after_the_discovery_is_of_the_same_bay() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk, sensors=(LOOP,), adapters=(ShellyGen1(),)) as door:
            door.bring(b"1", topic=TOPIC)
            await until(lambda: len(desk.reports) == 1, "the car")
            door.bring(WHO, 1, topic="shellies/announce")
            door.bring(b"0", 2, topic=TOPIC)
            await until(lambda: len(desk.reports) == 2, "its leaving")
            await _rebound(door)

    asyncio.run(scenario())
    assert [one.device for one, _ in desk.reports[:2]] == ["shelly:gate", "shelly:98CDAC73C75E"]


async def _rebound(door: Door) -> None:
    """The file is read again, with the name in it as before."""
    door.intake.rebind(Bindings((LOOP,)))
    door.bring(b"1", 3, topic=TOPIC)
    await until(lambda: len(door.desk.reports) == 3, "the next car")
    assert door.intake.register.inbox.devices == ()


def test_the_name_of_a_bound_device_is_not_listed() -> None:
    desk, by_id = Desk(), Sensor("shelly:98CDAC73C75E", "input-0", "bay-1")

    async def scenario() -> None:
        async with intake(desk, sensors=(by_id,), adapters=(ShellyGen1(),)) as door:
            door.bring(b"true", topic="shellies/gate/online")
            door.bring(WHO, 1, topic="shellies/announce")
            await door.read(2)
            assert door.intake.register.inbox.devices == ()

    asyncio.run(scenario())


def test_a_name_on_two_bridges_tells_no_id() -> None:
    ids = {("a", "z2m:eye"): "z2m:0x1", ("b", "z2m:eye"): "z2m:0x2", ("a", "z2m:x"): "z2m:0x3"}
    assert ids_by_name(Names(ids)) == {"z2m:x": "z2m:0x3"}


def test_what_was_remembered_moves_along() -> None:
    memory = Memory(NOON, lives={"shelly:gate": Life(Alive.online), "native:eye": Life()})
    assert set(moved(memory, {"shelly:gate": "shelly:98"}).lives) == {"shelly:98", "native:eye"}
