"""The reception sheet: kept, corrected with a reason, signed; a later change is seen."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.handover import Means
from board.core.job import Flag
from board.core.roles import Role
from board.core.sheet import (
    Lamp,
    Mark,
    MarkKind,
    Sheet,
    is_changed_since_signed,
    what_is_signed,
)
from tests.builders import ANNA, CARL, EVERY_ROLE, MONA, TOM, Trial, brought_to, received

PHOTO = "ab" * 32
SCRATCH = Mark(MarkKind.scratch, 0.31, 0.05, "deep", (PHOTO,))
SHEET = Sheet(
    fuel=3,
    lamps=frozenset({Lamp.abs}),
    items="umbrella",
    marks=(SCRATCH,),
    photos=(PHOTO,),
    wash=False,
    old_parts=True,
    waiting=True,
    payment=Means.wechat,
)
SAVE = c.SaveSheet(job="j1", sheet=SHEET, mileage=40210, asked="It squeaks when I brake.")
SIGN = c.SignOrder(job="j1", strokes="10,20 30,40;50,60 70,80", signer="Lena Song")

OPEN = [
    "arrived",
    "receiving",
    "awaiting_dispatch",
    "dispatched",
    "working",
    "held",
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
]
AWAY = ["booked", "preparing", "no_show"]
WITHOUT_A_WORD = ["arrived", "receiving"]


def test_what_was_seen_and_agreed_is_kept() -> None:
    job = received(Trial()).do(SAVE, ANNA).job()
    assert job.reception is not None
    assert (job.reception.sheet, job.reception.edition) == (SHEET, 1)
    assert (job.car.mileage, job.asked) == (40210, "It squeaks when I brake.")
    assert job.flags >= {Flag.waiting, Flag.no_wash}


def test_flags_follow_and_what_was_not_asked_leaves_them_alone() -> None:
    trial = received(Trial()).do(c.FlagJob(job="j1", add=frozenset({Flag.no_wash})), ANNA)
    trial.do(c.SaveSheet(job="j1", sheet=Sheet(fuel=1)), ANNA)
    assert Flag.no_wash in trial.job().flags
    trial.do(c.SaveSheet(job="j1", sheet=Sheet(wash=True, waiting=True)), ANNA)
    assert Flag.no_wash not in trial.job().flags
    assert Flag.waiting in trial.job().flags


def test_the_same_sheet_again_changes_nothing() -> None:
    received(Trial()).do(SAVE, ANNA).when(SAVE, ANNA).then_nothing()


def test_a_sheet_that_somebody_else_has_saved_is_not_written_over() -> None:
    """Falls over without `_stale(command.edition, job)` in `board/core/rules/sheet.py`."""
    trial = received(Trial()).do(replace(SAVE, edition=0), ANNA)
    trial.when(c.SaveSheet(job="j1", sheet=Sheet(fuel=5), edition=0), CARL).then_refused("stale")


def test_what_was_not_shown_is_not_signed() -> None:
    """Falls over without `if command.seen not in ("", signs):` in `board/core/rules/sheet.py`."""
    trial = received(Trial()).do(SAVE, ANNA)
    shown = replace(SIGN, seen=what_is_signed(trial.job()))
    trial.do(c.AddLine(job="j1", text="Brake pads"), ANNA)
    trial.when(shown, ANNA).then_refused("stale")
    trial.do(replace(SIGN, seen=what_is_signed(trial.job())), ANNA)


@pytest.mark.parametrize("state", [*OPEN, *AWAY])
@pytest.mark.parametrize("role", list(Role))
def test_who_may_save_it_when(role: Role, state: str) -> None:
    trial, actor = brought_to(state), EVERY_ROLE[role]
    trial.when(SAVE, actor)
    if role == Role.manager:
        trial.then_refused("reason_needed")
        trial.when(replace(SAVE, reason="recount"), actor)
    elif role not in {Role.advisor, Role.controller}:
        trial.then_refused("not_allowed")
        return
    if state in AWAY:
        trial.then_refused("not_here")
    elif state not in WITHOUT_A_WORD and role != Role.manager:
        trial.then_refused("reason_needed")
        trial.do(replace(SAVE, reason="found later"), actor)
    else:
        assert trial.refused is None


@pytest.mark.parametrize("state", [*OPEN, *AWAY])
@pytest.mark.parametrize("role", list(Role))
def test_who_may_have_it_signed_when(role: Role, state: str) -> None:
    trial, actor = brought_to(state), EVERY_ROLE[role]
    trial.when(replace(SIGN, reason="" if role == Role.advisor else "she is ill"), actor)
    if role not in {Role.advisor, Role.manager}:
        trial.then_refused("not_allowed")
    elif state in {"arrived", *AWAY}:
        trial.then_refused("no_way")
    else:
        assert trial.refused is None
        was_received = state == "receiving"
        assert trial.job().state == ("awaiting_dispatch" if was_received else state)


def test_the_signature_leads_to_dispatch_and_undo_takes_both_back() -> None:
    trial = received(Trial()).do(SAVE, ANNA).do(SIGN, ANNA)
    assert trial.happened() == ["OrderSigned", "LineAdded", "JobMoved"]
    assert trial.job().signed_at == trial.now
    assert trial.job().signature is not None
    trial.do(c.UndoMove(job="j1"), ANNA)
    assert (trial.job().state, trial.job().signature) == ("receiving", None)


CHANGES: dict[str, c.Command] = {
    "the sheet": replace(SAVE, sheet=replace(SHEET, fuel=2), reason="misread"),
    "a mark": replace(
        SAVE, sheet=replace(SHEET, marks=(replace(SCRATCH, note=""),)), reason="misread"
    ),
    "what was asked": c.DescribeJob(job="j1", asked="Something else."),
    "a line": c.ChangeLine(job="j1", line="1", text="Brake pads", standard_hours=1.5),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_after_signing_is_seen_until_it_is_signed_anew(change: str) -> None:
    trial = received(Trial()).do(SAVE, ANNA).do(SIGN, ANNA)
    assert not is_changed_since_signed(trial.job())
    trial.do(CHANGES[change], ANNA)
    assert is_changed_since_signed(trial.job())
    trial.do(SIGN, ANNA)
    assert not is_changed_since_signed(trial.job())


def test_work_and_proposals_are_no_change_of_what_was_signed() -> None:
    trial = received(Trial()).do(c.AddLine(job="j1", text="Oil service"), ANNA)
    trial.do(SAVE, ANNA).do(SIGN, ANNA)
    trial.do(c.DispatchJob(job="j1", bay="1", technicians=("tom",)), CARL)
    trial.do(c.StartLine(job="j1"), TOM)
    trial.do(c.AddLine(job="j1", text="Wiper blades", proposed=True), TOM)
    trial.do(c.PromiseJob(job="j1", at=trial.now.replace(hour=9)), ANNA)
    assert not is_changed_since_signed(trial.job())


def test_a_paper_is_a_signature_too_and_nothing_is_none() -> None:
    trial = received(Trial()).when(c.SignOrder(job="j1"), ANNA).then_refused("signature_needed")
    trial.do(c.SignOrder(job="j1", on_paper=True, paper="No. 0042"), ANNA)
    signature = trial.job().signature
    assert signature is not None
    assert (signature.on_paper, signature.paper) == (True, "No. 0042")


@pytest.mark.parametrize(
    "strokes", ["1,2", "1,2 3", "a,b c,d", "1,2 3,4;", "1,2 3,4 <svg>", "٣,٤ ٥,٦"]
)
def test_strokes_are_numbers_and_nothing_else(strokes: str) -> None:
    wrong = replace(SIGN, strokes=strokes)
    received(Trial()).when(wrong, ANNA).then_refused("signature_wrong")


WRONG: dict[str, tuple[Sheet, str]] = {
    "more than full": (Sheet(fuel=9), "number_wrong"),
    "beside the car": (Sheet(marks=(Mark(MarkKind.dent, 1.2, 0.5),)), "number_wrong"),
    "nowhere": (Sheet(marks=(Mark(MarkKind.dent, float("nan"), 0.5),)), "number_wrong"),
    "no photo": (Sheet(photos=("../../etc/passwd",)), "photo_wrong"),
    "no photo of a mark": (Sheet(marks=(replace(SCRATCH, photos=("AB" * 32,)),)), "photo_wrong"),
    "too many marks": (Sheet(marks=(SCRATCH,) * 25), "marks_full"),
    "too many photos": (Sheet(photos=(PHOTO,) * 31), "photos_full"),
    "a novel": (Sheet(items="x" * 501), "too_long"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_sheet_can_hold_is_refused(name: str) -> None:
    sheet, code = WRONG[name]
    trial = received(Trial()).when(c.SaveSheet(job="j1", sheet=sheet), ANNA).then_refused(code)
    trial.when(c.SaveSheet(job="j1", mileage=-1), ANNA).then_refused("number_wrong")


def test_a_controller_cannot_have_it_signed() -> None:
    received(Trial()).when(SIGN, CARL).then_refused("not_allowed")
    received(Trial()).do(replace(SIGN, reason="the advisor left"), MONA)
