"""Gates: what must be done before a car goes on."""

import pytest

from board.core import commands as c
from board.core.job import Flag
from board.core.lines import Parts
from board.core.roles import Actor
from board.core.workflow_shipped import SHIPPED
from tests.builders import (
    ANNA,
    CARL,
    INES,
    LEE,
    NOW,
    PIA,
    TOM,
    Trial,
    agreed,
    answered,
    brought_to,
    priced,
    working,
)

FROM_RECEIVING_ON = [
    state
    for state in SHIPPED.steps
    if state not in {"booked", "preparing", "no_show", "arrived", "held", "delivered", "cancelled"}
]


@pytest.mark.parametrize(("state", "by"), [("self_check", TOM), ("team_check", LEE)])
def test_no_check_passes_while_a_line_is_open(state: str, by: object) -> None:
    trial = agreed(brought_to(state))
    actor = TOM if state == "self_check" else LEE
    trial.when(c.PassCheck(job="j1"), actor).then_refused("lines_open")
    assert str(trial.refused) == "1 lines are not finished."


def test_the_last_line_sends_the_job_to_its_check_and_no_line_before() -> None:
    trial = agreed(working(Trial()))
    trial.do(c.FinishLine(job="j1"), TOM)
    assert trial.job().state == "working"
    trial.do(c.StartLine(job="j1"), TOM).do(c.FinishLine(job="j1"), TOM)
    assert trial.job().state == "self_check"


@pytest.mark.parametrize("parts", [Parts.requested, Parts.picked, Parts.ordered])
def test_the_final_check_waits_for_parts(parts: Parts) -> None:
    trial = brought_to("final_check")
    expected = trial.now.replace(hour=9)
    trial.do(c.SupplyLine(job="j1", line="1", parts=parts, expected=expected), PIA)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("parts_missing")
    trial.do(c.SupplyLine(job="j1", line="1", parts=Parts.issued), PIA)
    trial.do(c.PassCheck(job="j1"), INES)
    assert trial.job().state == "awaiting_wash"


def test_a_declined_line_holds_no_gate() -> None:
    trial = brought_to("self_check").do(c.AddLine(job="j1", text="Tyres", proposed=True), TOM)
    trial.do(answered(approved=False), ANNA)
    trial.do(c.PassCheck(job="j1"), TOM)
    assert trial.job().state == "team_check"


def test_whoever_wants_no_wash_goes_straight_to_settlement() -> None:
    trial = brought_to("final_check").do(c.FlagJob(job="j1", add=frozenset({Flag.no_wash})), ANNA)
    trial.do(c.PassCheck(job="j1"), INES)
    assert trial.job().state == "awaiting_settlement"
    assert trial.happened() == ["CheckPassed", "JobMoved", "JobMoved"]


def test_the_wash_may_be_skipped_later_too() -> None:
    trial = brought_to("awaiting_wash")
    trial.do(c.MoveJob(job="j1", to="awaiting_settlement"), ANNA)
    assert trial.job().state == "awaiting_settlement"


@pytest.mark.parametrize("state", FROM_RECEIVING_ON)
def test_any_open_job_is_cancelled_with_a_reason_only(state: str) -> None:
    trial = brought_to(state)
    trial.when(c.CancelJob(job="j1"), ANNA).then_refused("reason_needed")
    trial.when(c.MoveJob(job="j1", to="cancelled", reason=" "), CARL).then_refused("reason_needed")
    trial.do(c.MoveJob(job="j1", to="cancelled", reason="sold the car"), CARL)
    job = trial.job()
    assert (job.state, job.hold, job.running_lines, job.in_bay) == ("cancelled", None, (), "")
    assert job.closed_at == trial.now


def test_cancelling_a_held_job_ends_its_hold() -> None:
    trial = brought_to("held").do(c.CancelJob(job="j1", reason="too dear"), ANNA)
    assert trial.happened() == ["HoldEnded", "JobMoved", "CarPlaced"]
    assert [ended.hold.reason for ended in trial.job().past_holds] == ["approval"]


def test_the_signature_brings_an_order_to_dispatch_with_at_least_one_line() -> None:
    trial = brought_to("receiving")
    assert trial.job().lines == ()
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    assert trial.job().signed_at == NOW
    assert [(line.text, line.implicit) for line in trial.job().lines] == [
        ("40,000 km service", True)
    ]


@pytest.mark.parametrize("state", ["awaiting_wash", "awaiting_settlement", "ready"])
def test_no_work_is_added_that_nobody_could_do_any_more(state: str) -> None:
    trial = brought_to(state)
    trial.when(c.AddLine(job="j1", text="Tyres"), ANNA).then_refused("work_over")
    trial.do(c.AddLine(job="j1", text="Tyres", proposed=True), ANNA)
    priced(trial).when(c.AskCustomer(job="j1"), ANNA).then_refused("work_over")
    trial.when(answered(), ANNA).then_refused("work_over")
    trial.do(answered(approved=False), ANNA)


def test_the_final_check_waits_for_the_customers_answer() -> None:
    """Falls over without `question_open` in `board/core/rules/checking.py`."""
    trial = priced(brought_to("team_check").do(c.ProposeLine(job="j1", text="Tyres"), LEE))
    trial.do(c.AskCustomer(job="j1"), ANNA).do(c.PassCheck(job="j1"), LEE)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("question_open")
    trial.do(c.WithdrawLine(job="j1", line="2"), ANNA).do(c.PassCheck(job="j1"), INES)
    assert trial.job().state == "awaiting_wash"


def test_what_nobody_asked_the_customer_about_holds_the_final_check_too() -> None:
    """Falls over without `undecided(job.lines)` in `board/core/rules/checking.py`."""
    trial = brought_to("final_check").do(c.ProposeLine(job="j1", text="Tyres"), INES)
    trial.when(c.PassCheck(job="j1"), INES).then_refused("question_open")
    trial.do(answered(approved=False), ANNA).do(c.PassCheck(job="j1"), INES)
    assert trial.job().state == "awaiting_wash"


@pytest.mark.parametrize(("state", "by"), [("team_check", LEE), ("final_check", INES)])
def test_what_is_agreed_to_at_a_check_leads_back_to_work_without_a_defect(
    state: str, by: Actor
) -> None:
    """Falls over without `_START` at these states in `board/core/workflow_shipped.py`."""
    trial = brought_to(state)
    trial.when(c.StartLine(job="j1"), TOM).then_refused("nothing_to_start")
    agreed(trial).when(c.PassCheck(job="j1"), by).then_refused("lines_open")
    trial.do(c.StartLine(job="j1"), TOM)
    assert (trial.job().state, trial.job().times_back) == ("working", 0)
    assert trial.do(c.FinishLine(job="j1"), TOM).job().state == "self_check"


def test_a_line_is_not_finished_before_work_has_begun_again() -> None:
    trial = working(Trial()).do(c.PauseLine(job="j1"), TOM)
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), CARL)
    trial.do(c.DispatchJob(job="j1", bay="1", technicians=("tom",)), CARL)
    trial.when(c.FinishLine(job="j1", line="1"), TOM).then_refused("line_not_running")
