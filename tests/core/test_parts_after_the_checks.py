"""After the checks no part can be missing any more: the car would leave without it."""

import pytest

from board.core import commands as c
from board.core.lines import Parts
from tests.builders import LEE, PIA, Trial, brought_to


@pytest.mark.parametrize("state", ["awaiting_wash", "awaiting_settlement", "ready"])
def test_nothing_is_asked_for_when_the_work_is_over(state: str) -> None:
    """Falls over without `_line_fault(job, command.line, case) or work_is_over(job, case)`."""
    trial: Trial = brought_to(state)
    trial.when(c.RequestPart(job="j1", line="1", text="Seal"), LEE).then_refused("work_over")
    missing = c.SupplyLine(job="j1", line="1", parts=Parts.requested)
    trial.when(missing, PIA).then_refused("work_over")
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.issued), PIA)


def test_an_issued_part_is_not_found_wrong_on_a_car_that_is_done() -> None:
    wrong = c.ReportWrongPart(job="j1", line="1", part="1", why="another model")
    brought_to("ready").when(wrong, LEE).then_refused("work_over")
