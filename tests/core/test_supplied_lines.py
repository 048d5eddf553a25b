"""The parts of a line as a whole: said in one word, and asked for by the final check."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.lines import Parts
from board.core.part_requests import PartStep
from tests.builders import CARL, LEE, MONA, PIA, TOM, Trial, working
from tests.core.test_part_requests import asked, line, taking


@pytest.mark.parametrize(
    ("parts", "happened"),
    [
        (Parts.picked, ["PartPicked", "PartPicked"]),
        (Parts.ordered, ["PartOrdered"]),
        (Parts.issued, ["PartIssued", "PartIssued", "PartIssued"]),
        (Parts.none, ["PartCancelled", "PartCancelled", "PartCancelled"]),
        (Parts.requested, []),
    ],
)
def test_the_old_way_to_supply_a_line_speaks_for_its_requests(
    parts: Parts, happened: list[str]
) -> None:
    trial = asked("Seal", "Pump", "Belt").do(taking(PartStep.picked, asked(), "1"), PIA)
    trial.do(taking(PartStep.ordered, trial, "2"), PIA)
    later = trial.now + timedelta(hours=4)
    if parts == Parts.ordered:
        trial.do(taking(PartStep.cancelled, trial, "3"), PIA)
    trial.do(c.SupplyLine(job="j1", line="1", parts=parts, expected=later), PIA)
    assert trial.happened() == happened


def test_a_line_without_requests_is_supplied_as_before() -> None:
    trial = working(Trial()).do(c.SupplyLine(job="j1", line="1", parts=Parts.issued), PIA)
    assert trial.happened() == ["LineSupplied"]
    assert (line(trial).parts, line(trial).requests) == (Parts.issued, ())


def test_the_final_check_waits_for_every_part() -> None:
    """Falls over without `line.parts in MISSING and` in `board/core/rules/checking.py`."""
    trial = asked().do(c.FinishLine(job="j1"), TOM).do(c.PassCheck(job="j1"), TOM)
    trial.do(c.PassCheck(job="j1"), LEE)
    inspector = c.PassCheck(job="j1", reason="no inspector is here")
    for step in (PartStep.requested, PartStep.picked, PartStep.ordered):
        if step != PartStep.requested:
            trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.none), PIA)
            trial.do(c.RequestPart(job="j1", line="1", text="Seal"), PIA)
            trial.do(taking(step, trial, str(len(line(trial).requests))), PIA)
        trial.when(inspector, MONA).then_refused("parts_missing")
    trial.do(c.IssuePart(job="j1", line="1"), CARL).do(inspector, MONA)
    assert trial.job().state == "awaiting_wash"


@pytest.mark.parametrize("parts", [Parts.picked, Parts.ordered])
def test_a_technician_says_nothing_of_a_line_that_they_may_not_say_of_a_part(parts: Parts) -> None:
    """Falls over without `SUPPLIERS` in `board/core/rules/parts.py`."""
    trial = working(Trial()).do(c.RequestPart(job="j1", line="1", text="Seal"), TOM)
    expected = trial.now + timedelta(days=1)
    said = c.SupplyLine(job="j1", line="1", parts=parts, expected=expected)
    trial.when(said, TOM).then_refused("not_allowed")
    trial.do(said, PIA)
