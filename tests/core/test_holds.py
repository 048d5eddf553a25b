"""Holds: why a job stands still, who moves next, and how it goes on."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import OWNERS, HoldReason
from board.core.roles import Actor
from tests.builders import (
    ANNA,
    CARL,
    INES,
    LEE,
    NOW,
    PIA,
    TINA,
    TOM,
    Trial,
    agreed,
    brought_to,
    dispatched,
    working,
)

LATER = NOW + timedelta(hours=20)
OWNED_BY = {
    "parts": {"parts_issue", "parts_order", "parts_wrong"},
    "advisor": {"approval", "quote", "warranty", "insurer", "sublet"},
    "team_leader": {"technical_help", "safety"},
    "controller": {"bay", "equipment", "technician", "next_trade", "other"},
    "inspector": {"road_test"},
    "calendar": {"break"},
}


def hold(reason: HoldReason) -> c.HoldJob:
    """A hold of j1 with everything that any reason asks for."""
    return c.HoldJob(job="j1", hold=reason, note="see the order", expected=LATER)


def two_at_work() -> Trial:
    """Tom and Tina, each clocked on a line of j1."""
    trial = agreed(working(Trial()), technicians=("tina",))
    return trial.do(c.StartLine(job="j1", line="2"), TINA)


@pytest.mark.parametrize("reason", list(HoldReason))
def test_every_reason_has_its_owner(reason: HoldReason) -> None:
    owner = next(owner for owner, reasons in OWNED_BY.items() if reason in reasons)
    assert OWNERS[reason] == owner
    trial = working(Trial()).do(hold(reason), CARL)
    opened = trial.job().hold
    assert opened is not None
    assert (opened.reason, opened.owner, opened.by) == (reason, owner, "person:carl")
    assert (opened.at, opened.expected, opened.note) == (NOW, LATER, "see the order")


def test_ordered_parts_need_an_expected_time() -> None:
    trial = working(Trial())
    command = c.HoldJob(job="j1", hold=HoldReason.parts_order)
    trial.when(command, PIA).then_refused("time_needed")
    assert trial.refused is not None
    assert trial.refused.fields == ("expected",)


def test_another_reason_needs_a_note() -> None:
    trial = working(Trial())
    trial.when(c.HoldJob(job="j1", hold=HoldReason.other, note=" "), CARL)
    trial.then_refused("note_needed")


def test_nothing_is_expected_in_the_past() -> None:
    trial = working(Trial())
    trial.when(c.HoldJob(job="j1", hold=HoldReason.quote, expected=NOW), ANNA)
    trial.then_refused("time_past")


def test_a_job_has_one_hold_and_changing_the_reason_closes_and_opens() -> None:
    trial = working(Trial()).do(hold(HoldReason.technical_help), TOM).later(minutes=20)
    trial.do(hold(HoldReason.parts_order), CARL)
    assert trial.happened() == ["HoldEnded", "JobHeld"]
    job = trial.job()
    assert job.hold is not None
    assert (job.hold.reason, job.hold.from_state) == ("parts_order", "working")
    ended = job.past_holds[0]
    assert (ended.hold.reason, ended.ended_at) == ("technical_help", trial.now)
    assert (ended.ended_by, len(job.past_holds)) == ("person:carl", 1)


@pytest.mark.parametrize(
    "state",
    [
        "receiving",
        "awaiting_dispatch",
        "dispatched",
        "working",
        "self_check",
        "team_check",
        "final_check",
        "road_test",
        "rework",
        "awaiting_wash",
        "washing",
        "awaiting_settlement",
        "ready",
        "unclaimed",
    ],
)
def test_a_job_returns_to_the_state_it_came_from(state: str) -> None:
    trial = brought_to(state).do(hold(HoldReason.approval), ANNA)
    assert trial.job().state == "held"
    trial.later(minutes=10).do(c.ResumeJob(job="j1"), ANNA)
    assert (trial.job().state, trial.job().hold) == (state, None)


@pytest.mark.parametrize("state", ["booked", "preparing", "no_show", "arrived"])
def test_a_job_is_not_held_before_its_reception(state: str) -> None:
    brought_to(state).when(hold(HoldReason.approval), ANNA).then_refused("no_way")


def test_a_held_job_moves_only_back_or_to_its_bay_again() -> None:
    trial = working(Trial()).do(hold(HoldReason.bay), CARL)
    trial.when(c.MoveJob(job="j1", to="self_check"), CARL).then_refused("no_way")
    trial.do(c.MoveJob(job="j1", to="working"), CARL)
    assert trial.job().state == "working"


def test_a_held_job_may_wait_for_its_start_again() -> None:
    trial = working(Trial()).do(hold(HoldReason.technician), CARL)
    trial.do(c.DispatchJob(job="j1", bay="2", technicians=("tina",)), CARL)
    assert trial.job().state == "held"
    trial.when(c.MoveJob(job="j1", to="dispatched"), TOM).then_refused("not_allowed")
    trial.do(c.MoveJob(job="j1", to="dispatched"), CARL)
    assert (trial.job().state, trial.job().hold, trial.job().bay) == ("dispatched", None, "2")


def test_a_job_held_before_dispatch_does_not_skip_it() -> None:
    trial = brought_to("awaiting_dispatch").do(hold(HoldReason.parts_order), CARL)
    trial.when(c.MoveJob(job="j1", to="dispatched"), CARL).then_refused("no_way")


def test_holding_stops_every_clock() -> None:
    trial = two_at_work().do(hold(HoldReason.safety), LEE)
    assert trial.happened() == ["LinePaused", "LinePaused", "JobHeld"]
    assert trial.shop.running == {}


def test_pausing_one_of_two_leaves_the_job_working() -> None:
    trial = two_at_work()
    trial.do(c.PauseLine(job="j1", hold=HoldReason.technical_help), TOM)
    assert (trial.job().state, trial.job().hold) == ("working", None)
    assert list(trial.shop.running) == ["tina"]


def test_pausing_the_last_running_line_with_a_reason_opens_the_hold() -> None:
    trial = two_at_work().do(c.PauseLine(job="j1"), TOM)
    trial.do(c.PauseLine(job="j1", hold=HoldReason.parts_issue), TINA)
    assert trial.happened() == ["LinePaused", "JobHeld"]
    assert trial.job().state == "held"


def test_pausing_without_a_hold_reason_holds_nothing() -> None:
    trial = working(Trial()).do(c.PauseLine(job="j1", reason="lunch"), TOM)
    assert (trial.job().state, trial.job().hold) == ("working", None)


def test_a_pause_asks_for_what_its_hold_needs() -> None:
    trial = working(Trial())
    trial.when(c.PauseLine(job="j1", hold=HoldReason.parts_order), TOM).then_refused("time_needed")
    assert trial.shop.running.keys() == {"tom"}


def test_starting_a_line_of_a_held_job_ends_the_hold() -> None:
    trial = working(Trial()).do(hold(HoldReason.parts_issue), TOM)
    trial.do(c.StartLine(job="j1"), TOM)
    assert (trial.job().state, trial.job().hold) == ("working", None)


@pytest.mark.parametrize("reason", list(HoldReason))
def test_parts_hold_and_resume_for_their_own_reasons_only(reason: HoldReason) -> None:
    own = reason in OWNED_BY["parts"]
    assert (working(Trial()).when(hold(reason), PIA).refused is None) == own
    held = working(Trial()).do(hold(reason), CARL)
    assert (held.when(c.ResumeJob(job="j1"), PIA).refused is None) == own


@pytest.mark.parametrize("by", [TOM, LEE, INES, ANNA, CARL], ids=lambda who: who.id)
def test_these_hold_and_resume(by: Actor) -> None:
    trial = working(Trial()).do(hold(HoldReason.approval), by).do(c.ResumeJob(job="j1"), by)
    assert trial.job().state == "working"


def test_a_technician_does_not_resume_a_job_of_others() -> None:
    trial = working(Trial()).do(hold(HoldReason.approval), TOM)
    trial.when(c.ResumeJob(job="j1"), TINA).then_refused("not_your_job")


def test_what_is_not_held_cannot_be_resumed() -> None:
    working(Trial()).when(c.ResumeJob(job="j1"), CARL).then_refused("job_not_held")


def test_a_held_job_is_not_finished() -> None:
    trial = working(Trial()).do(hold(HoldReason.approval), TOM)
    trial.when(c.FinishLine(job="j1", line="1"), TOM).then_refused("job_held")


def test_a_job_held_in_dispatch_is_started_by_its_technician() -> None:
    trial = dispatched(Trial()).do(hold(HoldReason.equipment), CARL)
    trial.do(c.StartLine(job="j1"), TOM)
    assert trial.job().state == "working"


def test_a_job_held_after_its_checks_is_not_started() -> None:
    trial = brought_to("awaiting_wash").do(hold(HoldReason.approval), ANNA)
    trial.when(c.StartLine(job="j1", line="1"), TOM).then_refused("job_held")
