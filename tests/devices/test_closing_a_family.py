"""A family is closed on a page, which says first what falls silent by it."""

import asyncio
from pathlib import Path

from board.core.device_deeds import DeviceDeed
from devices.bindings import Bindings, Sensor
from devices.families.native import Native
from devices.lamps import Lamp
from devices.openings import Opening
from devices.profiles.shelf import our_shelf
from devices.provisioning import Provisioning
from devices.telling_closing import told_closing
from tests.builders import Trial
from tests.devices.intakes import Desk, intake

BY_HAND = """\
# the bridge in the yard
[[family]]  # since May
name = "zigbee2mqtt"
base = "zigbee/"

[[family]]
name = "tasmota"

# lane 2
[[sensor]]
device = "tasmota:lane-2"
channel = "input-1"
bay = "1"
"""
LANE = Sensor("tasmota:lane-2", "input-1", "bay-1")
TOWER = Lamp("tasmota:tower", "output-1", "bay-1", lit=("late",))
EYE = Sensor("native:eye", "occupancy", "bay-1")
BOUND = Bindings((LANE, EYE, Sensor("shelly:plug", "input-0", "bay-2")), lamps=(TOWER,))
ADAPTERS = (Opening("tasmota").open(), Opening("shelly-gen1").open())


def closing(*heard: tuple[str, bytes], family: str = "tasmota") -> tuple[dict[str, bool], object]:
    """Which bound devices fall silent, whether for sure, and how many unbound ones."""
    told: dict[str, object] = {}

    async def scenario() -> None:
        async with intake(Desk(), bindings=BOUND, adapters=ADAPTERS) as door:
            for topic, payload in heard:
                door.bring(payload, topic=topic)
            await door.read(len(heard))
            stage = door.intake.stage((Native("main"), *ADAPTERS))
            told.update(told_closing(door.intake.situation(our_shelf()), stage, Opening(family)))

    asyncio.run(scenario())
    devices = told["devices"]
    assert isinstance(devices, list)
    return {one["id"]: one["is_sure"] for one in devices}, told["unbound"]


def test_what_was_heard_by_the_family_falls_silent_and_nothing_else() -> None:
    heard = (
        ("stat/lane-2/RESULT", b'{"Switch1":{"Action":"ON"}}'),
        ("stat/stranger/POWER1", b"ON"),
        ("shop/main/dev/eye/st/occupancy", b'{"v":true}'),
        ("shellies/plug/input/0", b"1"),
    )
    assert closing(*heard) == ({"tasmota:lane-2": True, "tasmota:tower": False}, 1)
    assert closing(*heard, family="shelly-gen1") == ({"shelly:plug": True}, 0)


def test_what_has_said_nothing_yet_may_fall_silent() -> None:
    assert closing() == ({"tasmota:lane-2": False, "tasmota:tower": False}, 0)
    assert closing(family="zigbee2mqtt") == ({}, 0)


def send(file: Path, **form: str) -> tuple[str, tuple[str, ...]] | None:
    shop = Trial().shop
    pages = Provisioning(file, None, lambda: shop)
    stamp = str(pages.shown()["stamp"])
    refused = pages.act(DeviceDeed.close, {"stamp": stamp, **form})
    return None if refused is None else (refused.code, refused.fields)


def opened(file: Path) -> list[dict[str, object]]:
    shop = Trial().shop
    shown = Provisioning(file, None, lambda: shop).shown()["opened"]
    assert isinstance(shown, list)
    return shown


def test_its_table_goes_and_all_else_stays(tmp_path: Path) -> None:
    file = tmp_path / "sensors.toml"
    file.write_text(BY_HAND)
    assert send(file, name="tasmota", base="") is None
    assert file.read_text() == BY_HAND.replace('\n[[family]]\nname = "tasmota"\n', "")
    assert send(file, name="tasmota", base="") == ("family_not_open", ())
    assert send(file, name="zigbee2mqtt", base="") == ("family_not_open", ())
    assert send(file, name="zigbee2mqtt", base="zigbee") is None
    [usual] = opened(file)
    assert (usual["name"], usual["base"], usual["is_written"]) == ("zigbee2mqtt", "", False)
    assert "# the bridge in the yard" in file.read_text()
    assert "# lane 2" in file.read_text()
