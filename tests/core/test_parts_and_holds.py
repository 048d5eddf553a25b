"""A hold that waits for parts goes by them: it ends with the last one, or changes its reason."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.job import Job
from board.core.lines import Parts
from tests.builders import ANNA, CARL, PIA, TOM, Trial, agreed, working

WAITING = (HoldReason.parts_issue, HoldReason.parts_order, HoldReason.parts_wrong)


def waiting(reason: HoldReason, *texts: str) -> Trial:
    """Tom asked for these parts and then stopped the job for want of them."""
    trial = working(Trial())
    for text in texts or ("Seal",):
        trial.do(c.RequestPart(job="j1", line="1", text=text), TOM)
    expected = trial.now + timedelta(hours=3)
    trial.do(c.PauseLine(job="j1", hold=reason, expected=expected, note="see order"), TOM)
    assert trial.job().state == "held"
    return trial.later(minutes=10)


def reason_of(job: Job) -> str:
    """Why the job stands still, '' when it does not."""
    return job.hold.reason if job.hold else ""


@pytest.mark.parametrize("reason", WAITING)
def test_the_last_issued_part_ends_the_hold(reason: HoldReason) -> None:
    """Falls over without `step == PartStep.issued` in `board/core/rules/part_holds.py`."""
    trial = waiting(reason, "Seal", "Pump")
    trial.do(c.IssuePart(job="j1", line="1", part="1"), PIA)
    assert reason_of(trial.job()) == reason
    trial.do(c.IssuePart(job="j1", line="1", part="2"), PIA)
    assert trial.happened() == ["PartIssued", "HoldEnded"]
    assert (trial.job().state, trial.job().hold) == ("working", None)


def test_a_line_supplied_the_old_way_ends_it_too() -> None:
    trial = working(Trial()).do(c.HoldJob(job="j1", hold=HoldReason.parts_issue), TOM)
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.issued), PIA)
    assert trial.happened() == ["LineSupplied", "HoldEnded"]


def test_parts_of_another_line_may_still_be_missing() -> None:
    trial = agreed(working(Trial()))
    for line in ("1", "2"):
        trial.do(c.RequestPart(job="j1", line=line, text="Seal"), TOM)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.parts_issue), TOM)
    trial.do(c.IssuePart(job="j1", line="1"), PIA)
    assert reason_of(trial.job()) == "parts_issue"
    trial.do(c.IssuePart(job="j1", line="2", receiver="tom"), PIA)
    assert reason_of(trial.job()) == ""


def test_parts_of_a_line_that_nobody_approved_are_not_missing() -> None:
    trial = waiting(HoldReason.parts_issue).do(
        c.AddLine(job="j1", text="Tyres", proposed=True), ANNA
    )
    trial.do(c.RequestPart(job="j1", line="2", text="Tyre"), ANNA)
    trial.do(c.IssuePart(job="j1", line="1"), PIA)
    assert reason_of(trial.job()) == ""


@pytest.mark.parametrize("reason", [HoldReason.approval, HoldReason.bay, HoldReason.pause])
def test_a_hold_for_another_reason_stays(reason: HoldReason) -> None:
    trial = working(Trial()).do(c.RequestPart(job="j1", line="1", text="Seal"), TOM)
    trial.do(c.HoldJob(job="j1", hold=reason), CARL).do(c.IssuePart(job="j1", line="1"), PIA)
    assert reason_of(trial.job()) == reason


@pytest.mark.parametrize("reason", WAITING[1:])
def test_when_all_lie_ready_they_wait_to_be_issued(reason: HoldReason) -> None:
    trial = waiting(reason, "Seal", "Pump").do(c.PickPart(job="j1", line="1", part="1"), PIA)
    assert reason_of(trial.job()) == reason
    trial.do(c.PickPart(job="j1", line="1", part="2"), PIA)
    assert trial.happened() == ["PartPicked", "HoldEnded", "JobHeld"]
    hold = trial.job().hold
    assert hold is not None
    assert (hold.reason, hold.owner, hold.expected) == ("parts_issue", "parts", None)
    assert (hold.from_state, hold.note, hold.at) == ("working", "see order", trial.now)


def test_an_order_turns_the_hold_and_tells_it_the_expected_time() -> None:
    trial = waiting(HoldReason.parts_issue)
    for hours in (2, 5):
        expected = trial.now + timedelta(hours=hours)
        trial.do(c.OrderPart(job="j1", line="1", expected=expected), PIA)
        hold = trial.job().hold
        assert hold is not None
        assert (hold.reason, hold.expected) == ("parts_order", expected)
    trial.do(c.OrderPart(job="j1", line="1", expected=expected), PIA)
    assert trial.happened() == ["PartOrdered"]


def test_a_wrong_part_turns_the_hold() -> None:
    trial = waiting(HoldReason.parts_issue).do(c.PickPart(job="j1", line="1"), PIA)
    trial.do(c.ReportWrongPart(job="j1", line="1", part="1", why="left hand"), TOM)
    assert reason_of(trial.job()) == "parts_wrong"


def test_a_part_given_up_ends_the_hold_that_waited_for_it() -> None:
    trial = waiting(HoldReason.parts_order).do(c.CancelPart(job="j1", line="1"), TOM)
    assert trial.job().state == "working"


def test_a_part_given_up_does_not_end_a_hold_that_nobody_asked_a_part_for() -> None:
    trial = working(Trial()).do(c.AddLine(job="j1", text="Tyres", proposed=True), ANNA)
    trial.do(c.RequestPart(job="j1", line="2", text="Tyre"), ANNA)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.parts_issue), TOM)
    trial.do(c.CancelPart(job="j1", line="2"), PIA)
    assert reason_of(trial.job()) == "parts_issue"


def test_a_technician_who_takes_the_last_part_may_start_at_once() -> None:
    trial = waiting(HoldReason.parts_issue).do(c.IssuePart(job="j1", line="1"), TOM)
    trial.do(c.StartLine(job="j1"), TOM)
    assert trial.job().state == "working"


def test_one_undo_takes_the_step_and_its_hold_back() -> None:
    trial = waiting(HoldReason.parts_order).do(c.PickPart(job="j1", line="1"), PIA)
    trial.later(seconds=3).do(c.UndoMove(job="j1"), PIA)
    assert reason_of(trial.job()) == "parts_order"
    assert trial.job().lines[0].requests[0].step == "requested"
