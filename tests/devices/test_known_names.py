"""A device that goes on speaking while the program restarts is known at once."""

import asyncio
import json
from pathlib import Path

import pytest

from devices.bindings import Sensor
from devices.families.shelly2 import ShellyGen2
from devices.identity import NO_NAMES, Names
from devices.known_names import keep_names, read_names
from tests.devices.intakes import Desk, intake
from tests.devices.waiting import until

NAME, DEVICE = "shelly:shellyplus1-a8032abc7158", "shelly:A8032ABC7158"
KNOWN = Names({("", NAME): DEVICE})
BAY_1 = Sensor(DEVICE, "input-0", "bay-1", enter_seconds=0, leave_seconds=0)


def test_a_shelly_bound_by_its_mac_is_heard_after_our_restart() -> None:
    """It announces itself only when it starts, and it has not."""
    desk = Desk()

    async def scenario() -> None:
        shelly = ShellyGen2("shellyplus1-a8032abc7158")
        async with intake(desk, sensors=(BAY_1,), adapters=(shelly,), names=KNOWN) as door:
            door.bring(b'{"id":0,"state":true}', topic="shellyplus1-a8032abc7158/status/input:0")
            await until(lambda: len(desk.reports) == 1, "the car")
            assert door.intake.register.inbox.devices == ()

    asyncio.run(scenario())
    assert [(one.bay, one.device) for one, _ in desk.reports] == [("bay-1", DEVICE)]


def test_names_are_written_at_the_end_and_read_again(tmp_path: Path) -> None:
    file, found = tmp_path / "names.json", [NO_NAMES]

    async def scenario() -> None:
        keeping = asyncio.create_task(keep_names(file, lambda: found[0]))
        await asyncio.sleep(0)
        found[0] = Names({("", NAME): DEVICE, ("z2m-bridge:hall", "z2m:eye"): "z2m:0x1"})
        keeping.cancel()
        await asyncio.wait([keeping])

    asyncio.run(scenario())
    assert read_names(file).ids == KNOWN.ids, "a bridge lists its devices itself"
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "1", "[" * 90_000, '{"shelly:a": 1}', '{"shelly:a": "\\u202e"}']
)
def test_a_broken_file_knows_nobody(tmp_path: Path, text: str) -> None:
    file = tmp_path / "names.json"
    assert read_names(file) == NO_NAMES
    file.write_text(text)
    assert read_names(file).ids == {}


def test_a_name_in_other_hands_is_learnt_anew(tmp_path: Path) -> None:
    """Somebody gave another device the old one's prefix while we were away."""
    desk, other = Desk(), "shelly:A8032ABC0001"
    announced = json.dumps({"id": "shellyplus1", "mac": "A8032ABC0001"}).encode()

    async def scenario() -> None:
        shelly = ShellyGen2("shellyplus1-a8032abc7158")
        async with intake(desk, sensors=(BAY_1,), adapters=(shelly,), names=KNOWN) as door:
            door.bring(announced, topic="shellyplus1-a8032abc7158/announce")
            await door.read(1)
            assert door.intake.names.ids == {("", NAME): other}

    asyncio.run(scenario())
