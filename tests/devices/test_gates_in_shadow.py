"""A gate in shadow is heard and kept, and the board is told nothing of it; pages write gates."""

import asyncio
import json
from pathlib import Path

import pytest

from board.core.commands import PassGate, ProposeArrival
from devices.bindings import Bindings
from devices.gates import Gate, Gates
from devices.shadow import Deed
from tests.devices.binding_forms import Pages
from tests.devices.intakes import Desk, intake

DOOR = Gate("north", "native:cam", "native:door", "contact", shadow=True)
GATE = {"name": "north", "camera": "alpr:cam", "what": "shelly:shellydw2-1 contact"}
AT = {"kind": "gate", "device": "shelly:shellydw2-1", "channel": "contact"}
PLATE = json.dumps({"e": "plate", "k": "京A12345", "id": "1", "score": 0.9})


def test_what_goes_through_and_is_read_is_kept_and_the_board_is_told_nothing() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk, bindings=Bindings(gates=Gates((DOOR,)))) as door:
            for at, (topic, said) in enumerate(
                (
                    ("door/st/contact", '{"v":true}'),
                    ("door/st/contact", '{"v":false}'),
                    ("cam/ev/plate", PLATE),
                )
            ):
                door.bring(said.encode(), at, topic=f"shop/main/dev/{topic}")
            await door.read(3)
            would = [(one.deed, one.place, one.value) for one in door.intake.watching.shadows.last]
            assert would == [(Deed.plate, "north", "…345"), (Deed.passage, "north", "")]

    asyncio.run(scenario())
    assert [one for one, _ in desk.taken if isinstance(one, ProposeArrival | PassGate)] == []


def test_a_sensor_in_shadow_still_keeps_cars_that_drive_by_from_arriving_by_their_plates() -> None:
    camera, sensor = Gate("north", "alpr:cam"), Gate("north", "", "native:door", "contact")
    shadowed = Gate("north", "", "native:door", "contact", shadow=True)
    assert Gates((camera, sensor)).watched == {"north"}
    assert Gates((camera, shadowed)).watched == {"north"}
    assert Gates((Gate("north", "alpr:cam", shadow=True), sensor)).blind == {"north"}


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path)


def test_a_gate_is_put_up_in_shadow_counts_and_is_taken_off(pages: Pages) -> None:
    assert pages.send("gate", **GATE, invert="yes") is None
    whole = {
        "name": "north",
        "camera": "alpr:cam",
        "device": "shelly:shellydw2-1",
        "channel": "contact",
        "invert": True,
    }
    assert pages.tables.get("gate", []) == [{**whole, "shadow": True}]
    assert pages.send("activate", **AT) is None
    assert pages.tables.get("gate", []) == [whole]
    assert pages.send("shadow", **AT) is None
    assert pages.send("unbind", **AT) is None
    assert pages.tables.get("gate", []) == []


def test_a_camera_alone_is_a_gate_and_is_named_by_itself(pages: Pages) -> None:
    assert pages.send("gate", name="south", camera="alpr:cam", begin="at_once") is None
    camera = {"kind": "gate", "device": "alpr:cam", "channel": "plate"}
    assert pages.send("shadow", **camera) is None
    assert pages.tables.get("gate", []) == [{"name": "south", "camera": "alpr:cam", "shadow": True}]
    assert pages.send("gate", name="west", camera="alpr:cam") == ("device_bound", ("camera",))
    assert pages.send("replace", device="alpr:cam", by="frigate:yard") is None
    assert pages.send("unbind", **{**camera, "device": "frigate:yard"}) is None
    assert pages.tables.get("gate", []) == []


@pytest.mark.parametrize(
    ("form", "code", "field"),
    [
        ({"name": " "}, "gate_name_needed", "name"),
        ({"name": "n" * 41}, "device_mistake", "name"),
        ({"camera": "", "what": ""}, "gate_blind", "camera"),
        ({"camera": "the one"}, "device_mistake", "camera"),
        ({"what": "native:eye distance"}, "device_mistake", "what"),
    ],
)
def test_a_form_that_cannot_be_meant_is_told_at_its_field(
    pages: Pages, form: dict[str, str], code: str, field: str
) -> None:
    assert pages.send("gate", **{**GATE, **form}) == (code, (field,))
    assert not pages.file.exists()
