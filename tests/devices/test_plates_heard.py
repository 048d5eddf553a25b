"""What cameras post is proposed once, and again only where nothing could be written."""

import asyncio
import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from board.core.commands import Command, ProposeArrival
from board.core.refusals import Refused
from board.core.roles import Actor
from devices.cameras.posted import PostedPlates
from devices.hall_needs import TakesCommands
from devices.shadow import Deed, WouldBe
from devices.shop_files import BINDINGS
from tests.devices.moments import NOON

SHOP = "shop-1"


@dataclass
class Desk:
    """Takes commands as the real one does; `broken` makes it fail so many times."""

    broken: int = 0
    answer: object = "receipt"
    taken: list[tuple[Command, Actor, str | None]] = field(default_factory=list)

    async def handle(
        self, command: Command, actor: Actor, command_id: str | None = None, fence: object = None
    ) -> object:
        if self.broken:
            self.broken -= 1
            raise OSError("the disk is full")
        self.taken.append((command, actor, command_id))
        return self.answer


def posts(desk: Desk, folder: Path | None = None) -> PostedPlates:
    return PostedPlates({SHOP: cast(TakesCommands, desk)}.get, lambda: NOON, folder, SHOP)


def body(plate: str, sure: float = 90, track: str = "") -> bytes:
    told = {"data_type": "alpr_group", "best_plate_number": plate, "best_confidence": sure}
    return json.dumps(told | {"epoch_start": 1, "best_uuid": track}).encode()


def hear(posted: PostedPlates, *bodies: bytes, shop: str = SHOP) -> list[bool]:
    async def scenario() -> list[bool]:
        return [await posted.hear(shop, "gate", "application/json", one) for one in bodies]

    return asyncio.run(scenario())


def plates(desk: Desk) -> list[str]:
    return [one.plate for one, _, _ in desk.taken if isinstance(one, ProposeArrival)]


def test_a_read_is_proposed_by_its_camera() -> None:
    desk = Desk()
    assert hear(posts(desk), body("京A12345")) == [True]
    [(command, actor, _)] = desk.taken
    assert command == ProposeArrival(plate="京A12345", seen=NOON, device="alpr:gate", score=0.9)
    assert (actor.label, actor.via) == ("device:alpr:gate", "http gate")


def test_another_process_gives_the_same_read_the_same_id() -> None:
    one, other = Desk(), Desk()
    at = round(NOON.timestamp() * 1000)
    read = body("京A12345").replace(b'"epoch_start": 1', f'"epoch_start": {at}'.encode())
    hear(posts(one), read)
    hear(posts(other), read)
    assert one.taken[0][2] == other.taken[0][2] is not None


def test_of_one_car_only_a_surer_read_is_proposed() -> None:
    desk = Desk()
    hear(posts(desk), body("JD60", 80, "t"), body("JDGO", 70, "t"), body("JD6O", 90, "t"))
    assert plates(desk) == ["JD60", "JD6O"]


def test_what_could_not_be_written_is_taken_when_it_comes_again() -> None:
    desk = Desk(broken=1)
    posted = posts(desk)
    with pytest.raises(OSError, match="full"):
        hear(posted, body("JD60", track="t"))
    assert hear(posted, body("JD60", track="t")) == [True]
    assert plates(desk) == ["JD60"]


def test_large_bodies_are_read_beside_the_loop() -> None:
    desk = Desk()
    large = body("JD60")[:-1] + b', "vehicle_crop_jpeg": "' + b"/9j/" * 100_000 + b'"}'
    assert hear(posts(desk), large) == [True]
    assert plates(desk) == ["JD60"]


def test_what_cannot_be_read_is_kept_in_part_and_told_without_the_plate(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(answer=Refused("signs_wrong", fields=("plate",)))
    posted = posts(desk)
    assert hear(posted, body("JD60")[:-1], body("JD60")) == [False, True]
    [suspect] = posted.quarantine.suspects
    assert (suspect.device, suspect.size) == ("alpr:gate", len(body("JD60")) - 1)
    counted = {"bodies": 2.0, "malformed": 1.0, "plates": 1.0, "refused": 1.0, "shadowed": 0.0}
    assert posted.counters == {f"cameras_{name}": count for name, count in counted.items()}
    assert "JD60" not in caplog.text
    assert caplog.records[0].levelno == logging.WARNING


def test_a_camera_in_shadow_proposes_nothing(tmp_path: Path) -> None:
    gate = '[[gate]]\nname = "north"\ncamera = "alpr:gate"\nshadow = true\n'
    (tmp_path / "sensors.toml").write_text(gate)
    desk = Desk()
    posted, would = posts(desk, tmp_path), list[WouldBe]()
    posted.would = would.append
    assert hear(posted, body("JD60")) == [True]
    assert (plates(desk), posted.counters["cameras_shadowed"]) == ([], 1)
    [one] = would
    told = (one.deed, one.place, one.device, one.value)
    assert told == (Deed.plate, "north", "alpr:gate", "…D60")


def test_a_shop_that_is_not_here_hears_nothing() -> None:
    assert hear(posts(Desk()), body("JD60"), shop="another") == [False]


@pytest.mark.parametrize(
    ("named", "gate"),
    [("alpr:gate", "north"), ("alpr:7", "north"), ("alpr:8", ""), ("alpr:", "")],
)
def test_a_camera_stands_at_a_gate_by_its_key_or_by_its_own_name(
    tmp_path: Path, named: str, gate: str
) -> None:
    """What a camera calls itself (a MAC, a number) stands on no page: the key is what one knows."""
    (tmp_path / BINDINGS).write_text(f'[[gate]]\nname = "north"\ncamera = "{named}"\n')
    desk = Desk()
    posted = PostedPlates({SHOP: cast(TakesCommands, desk)}.get, lambda: NOON, tmp_path, SHOP)
    told = {"data_type": "alpr_group", "best_plate_number": "京A12345", "best_confidence": 90}
    assert hear(posted, json.dumps(told | {"camera_id": "7"}).encode()) == [True]
    [(command, _, _)] = desk.taken
    assert isinstance(command, ProposeArrival)
    assert (command.device, command.gate) == ("alpr:7", gate)
