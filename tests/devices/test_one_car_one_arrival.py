"""One car that is misread on its track, or read by two cameras, arrives once."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from board.core.commands import Command
from board.core.events import TicketGiven
from board.core.roles import Actor
from board.core.sensor_rules import SensorRules
from devices.asking import Asks
from devices.cameras.posted import PostedPlates
from devices.hall_needs import TakesCommands
from tests.builders import PLATES, Trial
from tests.devices.floor import ALL_ON, shop
from tests.devices.moments import at

GATES = """[[gate]]
name = "south"
camera = "alpr:one"
[[gate]]
name = "south"
camera = "alpr:two"
"""
CAR, OTHER = PLATES[2], PLATES[3]
"""粤BF09876, a new-energy plate of eight signs, and 浙A7Q5W2: both are awaited."""
Read = tuple[str, str, float, str]
"""By which camera, what was read, how sure, on which track."""


@dataclass
class Board:
    """A desk that decides by the real rules, as cameras over HTTP find one."""

    trial: Trial

    async def handle(
        self, command: Command, actor: Actor, command_id: str | None = None, fence: object = None
    ) -> object:
        self.trial.when(cast(Asks, command), actor)
        return self.trial.refused or "receipt"


def posted(
    tmp_path: Path, reads: Sequence[Read], rules: SensorRules | None = ALL_ON, home: str = "s"
) -> Trial:
    """The shop after both cameras of the south gate have posted these reads."""
    (tmp_path / "sensors.toml").write_text(GATES, "utf-8")
    board = Board(shop(rules))
    desk = cast(TakesCommands, board)
    seconds = count()
    cameras = PostedPlates({"s": desk}.get, lambda: at(next(seconds)), tmp_path, home)

    async def scenario() -> None:
        for number, (camera, plate, sure, track) in enumerate(reads):
            told = {"data_type": "alpr_group", "best_plate_number": plate, "best_uuid": track}
            told |= {"best_confidence": sure, "epoch_start": number}  # type: ignore[dict-item]
            await cameras.hear("s", camera, "application/json", json.dumps(told).encode())

    asyncio.run(scenario())
    return board.trial


def tickets(trial: Trial) -> list[str]:
    """The jobs whose cars have arrived since, each as often as it has."""
    given = [fact.event.job for fact in trial.facts if isinstance(fact.event, TicketGiven)]
    return [job for job in given if job in ("j3", "j4")]


def asked(trial: Trial) -> list[str]:
    """The jobs about which somebody is asked."""
    jobs = (trial.job("j3"), trial.job("j4"))
    return [job.id for job in jobs if job.state == "booked" and job.proposal is not None]


@pytest.mark.parametrize(
    "reads",
    [
        [("one", CAR, 92, "t"), ("one", CAR, 97, "t"), ("two", CAR, 95, "t")],
        [("one", "粤BF0987G", 55, "t"), ("one", CAR, 70, "t"), ("one", CAR, 92, "t")],
        [("one", "粤BFO9876", 91, "t"), ("one", CAR, 97, "t")],
        [("one", "粤8FO9B76", 85, "t"), ("two", "粤BF09876", 90, "")],
        [("two", CAR, 90, ""), ("one", "粤BF09B76", 99, "u")],
    ],
)
def test_however_it_is_read_it_arrives_once(tmp_path: Path, reads: list[Read]) -> None:
    trial = posted(tmp_path, reads)
    assert (tickets(trial), trial.job("j3").state, asked(trial)) == (["j3"], "arrived", [])


def test_where_nothing_is_allowed_it_is_asked_about_once(tmp_path: Path) -> None:
    reads = [("one", "粤BFO9876", 91.0, "t"), ("one", CAR, 97.0, "t"), ("two", CAR, 95.0, "t")]
    trial = posted(tmp_path, reads, None)
    assert (tickets(trial), asked(trial)) == ([], ["j3"])


def test_a_track_that_names_two_awaited_cars_brings_neither_by_itself(tmp_path: Path) -> None:
    trial = posted(tmp_path, [("one", CAR, 70, "t"), ("one", OTHER, 90, "t")])
    assert (tickets(trial), asked(trial)) == ([], ["j4"])


def test_a_camera_at_no_gate_only_asks(tmp_path: Path) -> None:
    trial = posted(tmp_path, [("three", CAR, 99, "t")])
    assert (tickets(trial), asked(trial)) == ([], ["j3"])


def test_a_surer_read_of_another_car_after_the_arrival_is_asked_about(tmp_path: Path) -> None:
    trial = posted(tmp_path, [("one", CAR, 85, "t"), ("one", OTHER, 95, "t")])
    assert (tickets(trial), asked(trial)) == (["j3"], ["j4"])


def test_gates_are_those_of_the_shop_whose_file_names_them(tmp_path: Path) -> None:
    trial = posted(tmp_path, [("one", CAR, 99, "t")], home="another")
    assert (tickets(trial), asked(trial)) == ([], ["j3"])
