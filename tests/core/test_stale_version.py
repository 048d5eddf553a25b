"""A job's version moves with its state, placement and assignment, and with nothing else."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Car, Flag, Where
from board.core.lines import Parts
from tests.builders import ANNA, CARL, NOW, PIA, TOM, WILLY, Trial, brought_to, working

LATER = NOW + timedelta(hours=2)
QUIET = [
    c.PromiseJob(job="j1", at=LATER),
    c.FlagJob(job="j1", add=frozenset({Flag.vip})),
    c.DescribeJob(job="j1", car=Car(plate="京A12345")),
    c.AddLine(job="j1", text="Tyres"),
]
LOUD = [
    c.MoveJob(job="j1", to="awaiting_dispatch"),
    c.DispatchJob(job="j1", bay="2", technicians=("tina",)),
    c.PlaceCar(job="j1", where=Where.parking),
    c.HoldJob(job="j1", hold=HoldReason.approval),
]


@pytest.mark.parametrize("command", QUIET, ids=lambda command: type(command).__name__)
def test_what_is_told_about_a_job_does_not_move_its_version(command: c.Command) -> None:
    trial = working(Trial())
    before = trial.job().version
    assert trial.do(command, ANNA).job().version == before


@pytest.mark.parametrize("command", LOUD, ids=lambda command: type(command).__name__)
def test_state_placement_and_assignment_move_it(command: c.Command) -> None:
    trial = working(Trial())
    before = trial.job().version
    assert trial.do(command, CARL).job().version > before


def test_parts_and_clocks_do_not_move_it() -> None:
    trial = working(Trial())
    before = trial.job().version
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.issued), PIA)
    trial.do(c.PauseLine(job="j1"), TOM).do(c.StartLine(job="j1"), TOM)
    assert trial.job().version == before


def test_a_stale_move_is_refused_and_a_fresh_one_is_not() -> None:
    trial = brought_to("awaiting_wash")
    seen = trial.job().version
    trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="wash"), WILLY)
    trial.when(c.MoveJob(job="j1", to="washing", version=seen), WILLY).then_refused("stale")
    trial.do(c.MoveJob(job="j1", to="washing", version=trial.job().version), WILLY)


def test_a_changed_promise_does_not_refuse_what_was_done_offline() -> None:
    trial = brought_to("self_check")
    seen = trial.job().version
    trial.do(c.PromiseJob(job="j1", at=LATER), ANNA)
    trial.do(c.PassCheck(job="j1", version=seen), TOM)
    assert trial.job().state == "team_check"


@pytest.mark.parametrize(
    "command",
    [
        c.DispatchJob(job="j1", bay="1", technicians=("tom",), version=0),
        c.PlaceCar(job="j1", where=Where.road, version=99),
        c.CancelJob(job="j1", reason="so", version=0),
    ],
    ids=lambda command: type(command).__name__,
)
def test_every_command_that_names_a_version_is_checked(command: c.Command) -> None:
    working(Trial()).when(command, CARL).then_refused("stale")
