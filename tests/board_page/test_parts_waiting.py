"""The parts desk: which car comes first, what is said of its parts, and the marks on its card."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.lines import Parts
from board.core.roles import Actor
from displays.dialog_asks import GONE
from displays.dialog_history import told_history
from displays.last_deed import LastDeed
from displays.parts_pages import order_parts, parts_desk
from displays.parts_waiting import WaitingCar, in_turn, waiting_car
from displays.views.cards import card, valid_until
from tests.board_page.dialogs import ask, dialog, text_of
from tests.builders import ANNA, CARL, MONA, PIA, PLATES, TOM, Trial, answered, dispatched, working


def short_of(trial: Trial, number: int, promised_minutes: int | None = None) -> str:
    """One more car that waits for a part from now on; its id."""
    job = f"j{number}"
    dispatched(trial, job, PLATES[number - 1], bay=str(number))
    trial.do(c.RequestPart(job=job, line="1", text="Seal"), ANNA)
    if promised_minutes is not None:
        at = trial.now + timedelta(minutes=promised_minutes)
        trial.do(c.PromiseJob(job=job, at=at), ANNA)
    trial.later(minutes=1)
    return job


def turn(trial: Trial) -> list[str]:
    """The desk's order of cars."""
    return [job.id for job in in_turn(trial.shop.jobs.values(), trial.now)]


def row(trial: Trial, job: str = "j1") -> WaitingCar:
    """A car as the desk sees it."""
    return waiting_car(trial.shop, trial.shop.jobs[job], trial.now)


def test_promises_that_break_come_first_then_late_parts_then_the_longest_wait() -> None:
    trial = Trial()
    short_of(trial, 1, 600)
    short_of(trial, 2)
    short_of(trial, 3, 55)
    short_of(trial, 4, 20)
    assert turn(trial) == ["j4", "j3", "j1", "j2"]
    soon = trial.now + timedelta(minutes=5)
    trial.do(c.OrderPart(job="j2", line="1", expected=soon), PIA).later(minutes=5)
    assert turn(trial) == ["j4", "j3", "j2", "j1"]
    trial.do(c.IssuePart(job="j4", line="1"), PIA)
    assert turn(trial) == ["j3", "j2", "j1"]


def test_a_car_waits_from_the_first_part_that_is_still_wanted() -> None:
    trial = Trial()
    short_of(trial, 1)
    began = row(trial).since
    trial.do(c.RequestPart(job="j1", line="1", text="Pump"), ANNA).later(minutes=9)
    assert row(trial).since == began
    trial.do(c.IssuePart(job="j1", line="1", part="1"), PIA)
    since = row(trial).since
    assert since is not None
    assert began is not None
    assert since - began == 60


def test_a_car_held_for_parts_that_nobody_named_is_there_too() -> None:
    trial = working(Trial()).do(c.HoldJob(job="j1", hold=HoldReason.parts_issue), TOM)
    assert (turn(trial), row(trial).lines, row(trial).hold) == (["j1"], (), "parts_issue")


def test_what_was_issued_declined_or_given_up_is_not() -> None:
    trial = Trial()
    short_of(trial, 1)
    trial.do(c.CancelPart(job="j1", line="1"), PIA)
    trial.do(c.AddLine(job="j1", text="Tyres", proposed=True), ANNA)
    trial.do(c.RequestPart(job="j1", line="2", text="Tyre"), ANNA)
    assert turn(trial) == ["j1"]
    trial.do(answered(approved=False), ANNA)
    assert turn(trial) == []


def test_a_line_supplied_as_a_whole_stands_as_one_part() -> None:
    trial = working(Trial())
    later = trial.now + timedelta(hours=1)
    supply = c.SupplyLine(job="j1", line="1", parts=Parts.ordered, expected=later)
    trial.do(supply, PIA).later(hours=2)
    (part,) = row(trial).lines[0].parts
    assert (part.id, part.step, part.late) == ("", "ordered", True)


def test_a_part_tells_every_step_and_how_often_its_time_changed() -> None:
    trial = Trial()
    short_of(trial, 1)
    for hours in (1, 3):
        expected = trial.now + timedelta(hours=hours)
        trial.do(c.OrderPart(job="j1", line="1", expected=expected), PIA)
    (part,) = row(trial).lines[0].parts
    assert [took.step for took in part.took] == ["requested", "ordered", "ordered"]
    assert [took.by for took in part.took] == ["Anna", "Pia", "Pia"]
    assert (part.times, part.expected) == (1, part.took[-1].expected)


def test_late_parts_mark_the_card_and_the_mark_goes_with_them() -> None:
    """Falls over without `names.insert(0, PARTS_LATE)` in `displays/views/cards.py`."""
    trial = Trial()
    short_of(trial, 1)
    expected = trial.now + timedelta(hours=1)
    trial.do(c.OrderPart(job="j1", line="1", expected=expected), PIA)
    assert valid_until(trial.job(), trial.now) == expected
    before = card(trial.shop, trial.job(), trial.now)
    trial.now = expected
    after = card(trial.shop, trial.job(), trial.now)
    assert ("parts_late" in before.flags, before.bar) == (False, "")
    assert (after.flags[0], after.bar) == ("parts_late", "risk")
    trial.do(c.PickPart(job="j1", line="1"), PIA)
    assert "parts_late" not in card(trial.shop, trial.job(), trial.now).flags


@pytest.mark.parametrize(("by", "may"), [(PIA, True), (CARL, True), (ANNA, True), (MONA, False)])
def test_steps_are_offered_to_whom_the_store_belongs(by: Actor, may: bool) -> None:
    trial = Trial()
    short_of(trial, 1)
    assert parts_desk(ask(trial, by)).context["may_step"] is may
    assert order_parts(ask(trial, by, job="j1")).context["may_step"] is may


def test_the_page_of_an_order_asks_a_manager_why() -> None:
    trial = Trial()
    short_of(trial, 1)
    asked = [order_parts(ask(trial, by, job="j1")).context["why"] for by in (ANNA, MONA)]
    assert asked == [False, True]
    assert order_parts(ask(trial, ANNA, job="gone")) is GONE


def test_dialogs_about_a_part_name_it_and_send_its_command() -> None:
    trial = Trial()
    short_of(trial, 1)
    given = {"job": "j1", "line": "1", "part": "1"}
    order = dialog("part_order", trial, PIA, **given)
    assert 'hx-post="/do/order_part"' in order
    assert 'name="expected"' in order
    assert "Seal" in text_of(order)
    assert 'hx-post="/do/report_wrong_part"' in dialog("part_wrong", trial, PIA, **given)
    assert 'value="tom" checked' in dialog("part_issue", trial, PIA, **given)
    whole = dialog("part_order", trial, PIA, job="j1", line="1")
    assert 'hx-post="/do/supply_line"' in whole
    asking = dialog("part_request", trial, TOM, job="j1")
    assert 'hx-post="/do/request_part"' in asking
    assert "Not there any more" in dialog("part_order", trial, PIA, job="j1", line="9")


def test_the_history_names_the_part_and_what_each_step_brought() -> None:
    trial = Trial()
    short_of(trial, 1)
    expected = trial.now + timedelta(hours=2)
    given = {"job": "j1", "line": "1", "part": "1"}
    trial.do(c.OrderPart(**given, expected=expected), PIA)
    trial.do(c.ReportWrongPart(**given, why="too short"), TOM)
    trial.do(c.IssuePart(**given, receiver="tom"), PIA)
    told = told_history(ask(trial, ANNA, job="j1"), trial.facts)[:4]
    assert [(one.kind, [said.text for said in one.says if said.text]) for one in told] == [
        ("PartIssued", ["Seal", "Tom"]),
        ("PartWrong", ["Seal", "too short"]),
        ("PartOrdered", ["Seal"]),
        ("PartRequested", ["Seal"]),
    ]
    assert told[2].says[-1].what == "expected"


def test_who_did_something_at_the_desk_may_take_it_back_for_half_a_minute() -> None:
    trial = Trial()
    job = short_of(trial, 1)
    trial.do(c.IssuePart(job=job, line="1"), PIA)

    def offered(actor: Actor) -> object:
        return parts_desk(ask(trial, actor)).context["undo"]

    until = int((trial.now + timedelta(seconds=30)).timestamp())
    assert offered(PIA) == LastDeed(job, until)
    assert offered(ANNA) is None
    trial.do(c.UndoMove(job=job), PIA)
    assert turn(trial) == [job]
    assert offered(PIA) is None
    trial.do(c.PickPart(job=job, line="1"), PIA).later(seconds=31)
    assert offered(PIA) is None
