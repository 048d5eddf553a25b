"""The history of an order says in words what each entry brought."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.appointments import Task
from board.core.holds import HoldReason
from board.core.job import Flag, Where
from board.core.lines import Parts
from board.core.roles import Actor
from displays.dialog_history import told_history
from displays.dialogs import BUILDERS
from tests.board_page.dialogs import RENDERER, ask, faulty, text_of
from tests.builders import (
    ANNA,
    CARL,
    NOW,
    PIA,
    SENSOR,
    TOM,
    Trial,
    booked,
    dispatched,
    received,
    signed,
    working,
)


def newest(trial: Trial) -> str:
    """The newest entry as a person reads it, without its time."""
    asked = ask(trial, ANNA, job="j1")
    sheet = BUILDERS["job"](asked)
    told = told_history(asked, trial.facts)[:1]
    html = RENDERER.fragment(sheet.template, "en", say=str, **{**sheet.context, "history": told})
    return text_of(html.split("</time>")[-1])


def after(trial: Trial, command: c.Command, by: Actor = ANNA) -> str:
    return newest(trial.do(command, by))


def test_the_newest_entry_comes_first_with_the_name_of_who_did_it() -> None:
    told = told_history(ask(Trial(), ANNA), received(Trial()).facts)
    assert [told[0].by, told[-1].by] == ["Anna", "Mona"]


def test_what_a_program_did_is_told_without_its_key() -> None:
    key = Actor("token", "1m7zv79q", "till", ANNA.roles)
    told = after(received(Trial()), c.PromiseJob(job="j1", at=NOW + timedelta(hours=2)), key)
    assert told == "Promised The system · 11:00"


@pytest.mark.parametrize(
    ("command", "by", "said"),
    [
        (c.PromiseJob(job="j1", at=NOW + timedelta(hours=2)), ANNA, "Promised Anna · 11:00"),
        (
            c.PlaceCar(job="j1", where=Where.parking, spot="P7"),
            ANNA,
            "Car moved Anna · Parked · P7",
        ),
        (c.PlaceCar(job="j1", where=Where.bay, spot="2"), ANNA, "Car moved Anna · Bay 2"),
        (c.FlagJob(job="j1", add=frozenset({Flag.vip})), ANNA, "Flags changed Anna · + VIP"),
        (
            c.HoldJob(job="j1", hold=HoldReason.parts_order, expected=NOW + timedelta(hours=3)),
            PIA,
            "Job stopped Pia · Parts on order · due 12:00",
        ),
    ],
)
def test_an_entry_says_the_value_it_brought(command: c.Command, by: Actor, said: str) -> None:
    assert after(signed(Trial()), command, by) == said


def test_a_dispatch_names_bay_and_technicians() -> None:
    assert (
        after(
            dispatched(Trial()), c.DispatchJob(job="j1", bay="3", technicians=("tom", "tina")), CARL
        )
        == "Dispatched Carl · Bay 3 · Tom, Tina"
    )


def test_a_pause_says_its_reason_in_words() -> None:
    pause = c.PauseLine(job="j1", reason="parts_order")
    assert after(working(Trial()), pause, TOM) == "Work paused Tom · Parts on order"


def test_parts_are_told_with_their_line() -> None:
    trial = received(Trial()).do(c.AddLine(job="j1", text="brake pads"), ANNA)
    supplied = c.SupplyLine(job="j1", line="1", parts=Parts.issued)
    assert after(trial, supplied, PIA) == "Parts Pia · brake pads · Parts issued"


def test_a_failed_check_says_what_is_wrong() -> None:
    facts = told_history(ask(faulty(), ANNA, job="j1"), faulty().facts)
    failed = next(one for one in facts if one.kind == "CheckFailed")
    assert [(one.what, one.text) for one in failed.says] == [
        ("level", "self"),
        ("defect", "leak"),
        ("text", "front left"),
    ]


def test_an_appointment_says_its_time_its_tasks_and_who_answered() -> None:
    trial = booked(Trial())
    later = NOW + timedelta(hours=2)
    assert after(trial, c.ChangeBooking(job="j1", booked_for=later)) == (
        "Appointment changed Anna · 11:00"
    )
    tick = c.TickPreparation(job="j1", task=Task.parts_picked)
    assert after(trial, tick, PIA) == "Preparation Pia · Parts picked"
    trial.do(c.ProposeArrival(plate=trial.job().car.plate, seen=NOW), SENSOR)
    no = c.AnswerArrival(job="j1", agreed=False)
    assert after(trial, no) == "Asked if it has come Anna · Not this one"
