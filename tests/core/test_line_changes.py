"""Lines nobody has worked on: changed and withdrawn; what is begun or decided stays."""

import pytest

from board.core import commands as c
from board.core.bays import BayKind
from board.core.extra_work import awaits_answer
from board.core.holds import HoldReason
from board.core.lines import LineState
from board.core.roles import Actor
from board.core.sheet import is_changed_since_signed
from tests.builders import (
    ANNA,
    CARL,
    INES,
    LEE,
    PIA,
    TOM,
    WILLY,
    Trial,
    answered,
    received,
    working,
)


def added(trial: Trial, **more: object) -> Trial:
    """One more line on j1."""
    command = {"job": "j1", "text": "Tyres", "price": 20_000, "parts_price": 80_000, **more}
    return trial.do(c.AddLine(**command), ANNA)  # type: ignore[arg-type]


def change(line: str = "1", **more: object) -> c.ChangeLine:
    """A change of a line of j1."""
    return c.ChangeLine(**{"job": "j1", "line": line, **more})  # type: ignore[arg-type]


def withdraw(line: str, **more: str) -> c.WithdrawLine:
    """The withdrawal of a line of j1."""
    return c.WithdrawLine(job="j1", line=line, **more)


def test_a_change_keeps_what_it_does_not_name() -> None:
    trial = added(received(Trial())).do(change(text=" Two tyres ", bay_kind=BayKind.general), ANNA)
    line = trial.job().lines[0]
    assert (line.text, line.price, line.parts_price) == ("Two tyres", 20_000, 80_000)
    assert line.bay_kind == BayKind.general
    trial.when(change(text="Two tyres"), ANNA).then_nothing()


def test_the_implicit_line_becomes_an_ordinary_one_when_somebody_words_it() -> None:
    trial = Trial()
    received(trial).do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    assert trial.job().lines[0].implicit
    assert trial.do(change(price=5_000, reason="said so"), ANNA).job().lines[0].implicit
    assert not trial.do(change(text="Oil service"), ANNA).job().lines[0].implicit


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": " "}, "text_needed"),
        ({"standard_hours": -1.0}, "number_wrong"),
        ({"price": -1}, "number_wrong"),
        ({"technicians": ("anna",)}, "not_a_technician"),
        ({"line": "9"}, "unknown_line"),
    ],
)
def test_a_change_must_make_sense(more: dict[str, object], code: str) -> None:
    added(received(Trial())).when(change(**more), ANNA).then_refused(code)  # type: ignore[arg-type]


def test_what_was_signed_for_gets_dearer_only_with_a_reason() -> None:
    """Falls over without `_is_dearer(line, wanted, job)` in `board/core/rules/lines.py`."""
    trial = added(received(Trial())).do(change(price=21_000), ANNA)
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    trial.when(change(price=22_000), ANNA).then_refused("reason_needed")
    trial.do(change(price=19_000), ANNA)
    added(trial, proposed=True).do(change("2", price=99_000), ANNA)


def test_what_was_signed_for_waits_for_the_customer_when_it_gets_dearer() -> None:
    """Falls over without `asks_again` in `board/core/history_of_lines.py`."""
    trial = added(received(Trial()), technicians=("tom",))
    dispatch = c.DispatchJob(job="j1", bay="1", technicians=("tom",))
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA).do(dispatch, CARL)
    trial.do(change(price=22_000, reason="said so"), PIA)
    assert trial.job().lines[0].state == LineState.proposed
    trial.when(c.StartLine(job="j1"), TOM).then_refused("nothing_to_start")
    trial.do(c.AskCustomer(job="j1"), ANNA)
    assert [line.id for line in trial.job().lines if awaits_answer(line)] == ["1"]
    trial.do(answered(line="1"), ANNA).do(c.StartLine(job="j1"), TOM)


def test_other_work_or_hours_than_were_signed_for_need_a_reason() -> None:
    """Falls over without `(worded and not same)` in `board/core/rules/lines.py`."""
    trial = added(received(Trial())).do(change(text="Two tyres"), ANNA)
    trial.do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    for other in ({"text": "Four tyres"}, {"standard_hours": 9.0}):
        trial.when(change(**other), ANNA).then_refused("reason_needed")
    trial.do(change(text="Four tyres", reason="misread"), ANNA)
    assert trial.job().lines[0].state == LineState.approved
    trial.do(change(technicians=("tom",)), ANNA)


def test_signed_work_that_got_dearer_is_not_forgotten_at_the_final_check() -> None:
    """Falls over without `undecided(job.lines)` in `board/core/rules/checking.py`."""
    trial = two_at_work().do(change("2", price=20_001, reason="dearer"), PIA)
    trial.do(c.FinishLine(job="j1", line="1"), TOM)
    trial.do(c.PassCheck(job="j1", all_ok=True), TOM).do(c.PassCheck(job="j1", all_ok=True), LEE)
    trial.when(c.PassCheck(job="j1", all_ok=True), INES).then_refused("question_open")
    trial.do(answered(), ANNA)
    trial.when(c.PassCheck(job="j1", all_ok=True), INES).then_refused("lines_open")


def dearer() -> Trial:
    """Line 2 of j1 was signed for, and got dearer by a slip of the finger."""
    return two_at_work().do(change("2", price=200_000, reason="slip"), PIA)


def test_a_dearer_price_taken_back_needs_no_new_answer() -> None:
    """Falls over without `agreed_again` in `board/core/history_of_lines.py`."""
    trial = dearer().do(change("2", price=150_000), PIA)
    assert trial.job().lines[1].state == LineState.proposed
    line = trial.do(change("2", price=20_000), PIA).job().lines[1]
    assert (line.state, line.extra, line.agreed_price) == (LineState.approved, None, None)


def test_a_dearer_price_that_was_asked_is_taken_back_by_pricing_it() -> None:
    trial = dearer().do(c.AskCustomer(job="j1"), ANNA)
    line = trial.do(c.PriceLine(job="j1", line="2", price=20_000), ANNA).job().lines[1]
    assert (line.state, line.extra) == (LineState.approved, None)


def test_whoever_signs_anew_says_yes_to_the_dearer_price() -> None:
    """Falls over without `event.approves` in `board/core/history_of_sheet.py`."""
    trial = dearer().do(c.SignOrder(job="j1", on_paper=True), ANNA)
    assert trial.job().lines[1].state == LineState.approved
    assert not is_changed_since_signed(trial.job())
    trial.when(change("2", price=200_001), ANNA).then_refused("reason_needed")


def test_what_was_declined_at_the_dearer_price_is_not_agreed_by_a_signature() -> None:
    trial = dearer().do(answered(approved=False), ANNA)
    trial.do(c.SignOrder(job="j1", on_paper=True), ANNA)
    assert trial.job().lines[1].state == LineState.declined


def test_signed_work_leaves_the_order_or_changes_its_kind_with_a_reason_only() -> None:
    """Falls over without `_is_signed_for(line, job)` in `_withdraw` of `rules/lines.py`."""
    for trial in (two_at_work(), dearer()):
        trial.when(withdraw("2"), ANNA).then_refused("reason_needed")
        trial.when(change("2", kind="warranty"), ANNA).then_refused("reason_needed")
        trial.do(withdraw("2", reason="not wanted any more"), ANNA)


def test_a_line_that_was_begun_stays_as_it_is() -> None:
    trial = working(Trial())
    for command in (change(price=1), withdraw("1")):
        trial.when(command, ANNA).then_refused("line_stays")
    trial.do(c.PauseLine(job="j1"), TOM).when(withdraw("1"), ANNA).then_refused("line_stays")


def test_a_declined_line_stays_on_the_order() -> None:
    trial = added(received(Trial()), proposed=True)
    trial.do(answered(False, line="1"), ANNA)
    for command in (change(price=1), withdraw("1")):
        trial.when(command, ANNA).then_refused("line_stays")


def test_a_withdrawn_line_is_gone_and_its_number_is_not_given_again() -> None:
    """Falls over without `lines_numbered=job.highest_line` in `board/core/history_of_lines.py`."""
    trial = added(added(received(Trial()))).do(withdraw("2", reason="by mistake"), ANNA)
    assert [line.id for line in trial.job().lines] == ["1"]
    assert [line.id for line in added(trial).job().lines] == ["1", "3"]
    trial.do(withdraw("1"), ANNA)
    assert [line.id for line in added(trial).job().lines] == ["3", "4"]


def test_withdrawing_can_be_undone() -> None:
    trial = added(received(Trial())).do(withdraw("1"), ANNA).do(c.UndoMove(job="j1"), ANNA)
    assert [line.text for line in trial.job().lines] == ["Tyres"]


def two_at_work() -> Trial:
    """Tom is clocked on line 1 of j1; line 2 was ordered with it."""
    trial = added(added(received(Trial()))).do(c.MoveJob(job="j1", to="awaiting_dispatch"), ANNA)
    trial.do(c.DispatchJob(job="j1", bay="1", technicians=("tom",)), CARL)
    return trial.do(c.StartLine(job="j1"), TOM)


def test_without_the_last_open_line_the_work_is_finished() -> None:
    """Falls over without `(gone, moved(job, way.to))` in `board/core/rules/lines.py`."""
    trial = two_at_work().do(c.FinishLine(job="j1", line="1"), TOM)
    assert trial.job().state == "working"
    assert trial.do(withdraw("2", reason="twice"), ANNA).job().state == "self_check"


def test_a_held_job_keeps_its_last_open_line() -> None:
    trial = two_at_work().do(c.FinishLine(job="j1", line="1"), TOM)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.approval), ANNA)
    gone = withdraw("2", reason="twice")
    trial.when(gone, ANNA).then_refused("job_held")
    trial.do(c.ResumeJob(job="j1"), ANNA).do(gone, ANNA)


@pytest.mark.parametrize("who", [ANNA, CARL, LEE], ids=lambda who: who.id)
def test_the_desk_and_the_leader_withdraw(who: Actor) -> None:
    added(received(Trial())).do(withdraw("1"), who)


def test_others_do_not() -> None:
    trial = added(received(Trial()))
    for who in (TOM, WILLY, PIA):
        trial.when(withdraw("1"), who).then_refused("not_allowed")
    trial.do(change(parts_price=70_000), PIA)


def test_a_line_the_customer_is_asked_about_is_priced_anew_or_withdrawn() -> None:
    trial = added(received(Trial()), proposed=True).do(c.AskCustomer(job="j1"), ANNA)
    trial.when(change(price=1), ANNA).then_refused("line_asked")
    trial.do(withdraw("1"), ANNA)


def test_without_the_line_that_stopped_the_work_the_hold_ends() -> None:
    trial = working(Trial()).do(c.ProposeLine(job="j1", text="Hose", stops_work=True), TOM)
    assert trial.job().state == "held"
    assert trial.do(withdraw("2"), ANNA).job().state == "working"


def test_technicians_are_named_for_a_line_and_taken_off_again() -> None:
    trial = added(received(Trial())).do(change(technicians=("tina", "tom")), ANNA)
    assert trial.job().lines[0].technicians == ("tina", "tom")
    trial.do(change(technicians=(",",)), ANNA)
    assert trial.job().lines[0].technicians == ()
