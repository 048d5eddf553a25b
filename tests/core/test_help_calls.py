"""A help call: from a bay, by kind; who comes, is there, and closes it; and taking it back."""

import json

import pytest

from board.codec import SHOP_VERSION, shop_from_bytes, shop_to_bytes
from board.core import commands as c
from board.core.calls import ANSWERERS, Call, CallEnd, CallKind, CallRules, CallStep
from board.core.roles import Role
from tests.builders import (
    ANNA,
    CARL,
    EVERY_ROLE,
    INES,
    LEE,
    MONA,
    PIA,
    PLATES,
    SENSOR,
    TINA,
    TOM,
    Trial,
    dispatched,
    ready,
    working,
)
from tests.core.sound import check_shop

TECHNICAL = c.CallHelp(kind=CallKind.technical)


def called(command: c.CallHelp = TECHNICAL) -> Trial:
    """Tom works on j1 in bay 1 and calls for help."""
    return working(Trial()).do(command, TOM)


def the_call(trial: Trial) -> Call:
    """The one open call."""
    (call,) = trial.shop.calls.values()
    return call


def test_a_call_belongs_to_where_its_caller_works() -> None:
    call = the_call(called())
    assert (call.kind, call.bay, call.job) == ("technical", "1", "j1")
    assert (call.called.by, call.step) == ("person:tom", "open")


def test_a_caller_off_the_cars_calls_to_the_home_bay() -> None:
    plan = c.PersonPlan(id="tom", name="Tom", roles=(Role.technician,), bays=("9", "3"))
    with pytest.raises(AssertionError):
        Trial().do(c.SetUpPerson(person=plan), MONA)
    plan = c.PersonPlan(id="tom", name="Tom", roles=(Role.technician,), bays=("3",))
    trial = Trial().do(c.SetUpPerson(person=plan), MONA).do(TECHNICAL, TOM)
    assert (the_call(trial).bay, the_call(trial).job) == ("3", "")


def test_a_button_calls_once_for_its_bay_however_often_it_is_pressed() -> None:
    press = c.CallHelp(kind=CallKind.technical, bay="1")
    trial = working(Trial()).do(press, SENSOR)
    assert (the_call(trial).bay, the_call(trial).job) == ("1", "j1")
    before = trial.shop.seq
    assert trial.do(press, SENSOR).shop.seq == before
    trial.do(c.CallHelp(kind=CallKind.safety, bay="1"), SENSOR)
    assert {call.kind for call in trial.shop.calls.values()} == {"technical", "safety"}


def test_a_button_at_a_place_calls_to_where_its_technician_works() -> None:
    press = c.CallHelp(kind=CallKind.parts, technician="tom")
    assert the_call(working(Trial()).do(press, SENSOR)).bay == "1"
    Trial().when(press, SENSOR).then_refused("call_place_needed")
    nobody = c.CallHelp(kind=CallKind.parts, technician="nobody")
    Trial().when(nobody, SENSOR).then_refused("unknown_person")


def test_a_call_for_a_bay_finds_its_car_and_one_for_a_car_its_bay() -> None:
    trial = working(Trial()).do(c.CallHelp(kind=CallKind.quality, bay="1"), ANNA)
    assert the_call(trial).job == "j1"
    trial = working(Trial()).do(c.CallHelp(kind=CallKind.quality, job="j1"), ANNA)
    assert the_call(trial).bay == "1"


def test_a_call_from_nowhere_is_refused() -> None:
    trial = Trial()
    trial.when(TECHNICAL, TOM).then_refused("call_place_needed")
    trial.when(c.CallHelp(kind=CallKind.parts, bay="99"), TOM).then_refused("unknown_bay")
    trial.when(c.CallHelp(kind=CallKind.parts, job="j9"), TOM).then_refused("unknown_job")


def test_the_same_help_is_called_once_to_a_bay_and_other_help_beside_it() -> None:
    trial = called().when(TECHNICAL, TOM).then_refused("call_twice")
    trial.do(c.CallHelp(kind=CallKind.parts), TOM)
    assert [call.id for call in trial.shop.calls.values()] == ["1", "2"]


def test_somebody_comes_is_there_and_closes_it_each_with_its_time() -> None:
    trial = called().later(minutes=2).do(c.AnswerCall(call="1"), LEE)
    trial.later(minutes=3).do(c.ReachCall(call="1"), LEE)
    trial.later(minutes=4).do(c.CloseCall(call="1"), LEE)
    assert trial.shop.calls == {}
    (call,) = trial.shop.past_calls
    steps = [call.called, call.answered, call.reached, call.closed]
    assert [step and step.by for step in steps] == ["person:tom", *["person:lee"] * 3]
    began = call.called.at
    assert [step and (step.at - began).seconds // 60 for step in steps] == [0, 2, 5, 9]


def test_who_is_there_without_a_word_has_answered_too() -> None:
    trial = called().do(c.ReachCall(call="1"), CARL)
    assert trial.happened() == ["CallAnswered", "CallReached"]
    assert the_call(trial).step == "reached"


def test_one_comes_and_another_is_told_so() -> None:
    trial = called().do(c.AnswerCall(call="1"), LEE)
    trial.when(c.AnswerCall(call="1"), LEE).then_nothing()
    trial.when(c.AnswerCall(call="1"), CARL).then_refused("call_answered")
    assert str(trial.refused) == "Lee is already coming."
    trial.do(c.ReachCall(call="1"), CARL)
    trial.when(c.ReachCall(call="1"), LEE).then_nothing()


@pytest.mark.parametrize("kind", list(CallKind))
def test_each_kind_is_answered_by_those_whose_help_it_is(kind: CallKind) -> None:
    for role, actor in EVERY_ROLE.items():
        for command in (c.AnswerCall(call="1"), c.ReachCall(call="1"), c.CloseCall(call="1")):
            trial = working(Trial()).do(c.CallHelp(kind=kind, bay="1"), LEE).when(command, actor)
            assert (trial.refused is None) == (role in ANSWERERS[kind]), (role, trial.refused)


def test_who_called_closes_the_call_but_another_technician_does_not() -> None:
    trial = called()
    trial.when(c.CloseCall(call="1"), TINA).then_refused("not_allowed")
    trial.do(c.CloseCall(call="1"), TOM)
    trial.when(c.CloseCall(call="1"), TOM).then_refused("call_over")
    trial.when(c.AnswerCall(call="7"), LEE).then_refused("unknown_call")


def test_a_call_is_taken_back_within_half_a_minute() -> None:
    trial = called().later(seconds=29).do(c.UndoCall(call="1"), TOM)
    assert (trial.shop.calls, trial.shop.past_calls) == ({}, ())
    called().later(seconds=31).when(c.UndoCall(call="1"), TOM).then_refused("undo_late")


def test_only_the_last_step_is_taken_back_and_only_by_who_made_it() -> None:
    trial = called().do(c.AnswerCall(call="1"), LEE)
    trial.when(c.UndoCall(call="1"), TOM).then_refused("undo_not_yours")
    trial.do(c.ReachCall(call="1"), LEE).do(c.UndoCall(call="1"), LEE)
    assert the_call(trial).step == "answered"
    trial.do(c.UndoCall(call="1"), LEE)
    assert the_call(trial).step == "open"
    trial.when(c.UndoCall(call="1"), LEE).then_refused("undo_not_yours")


def test_a_closed_call_is_opened_again_unless_it_was_called_anew() -> None:
    trial = called().do(c.AnswerCall(call="1"), LEE).do(c.CloseCall(call="1"), LEE)
    trial.do(c.UndoCall(call="1"), LEE)
    assert (the_call(trial).step, trial.shop.past_calls) == ("answered", ())
    trial.do(c.CloseCall(call="1"), LEE).do(TECHNICAL, TOM)
    trial.when(c.UndoCall(call="1"), LEE).then_refused("undo_changed")


def test_a_call_leaves_the_undo_of_the_car_alone() -> None:
    """Falls over without `*on_calls.OF_CALLS` in `board/core/history.py`."""
    trial = dispatched(Trial()).do(c.StartLine(job="j1"), TOM).do(TECHNICAL, TOM)
    trial.do(c.UndoMove(job="j1"), TOM)
    assert trial.shop.running == {}
    assert the_call(trial).step == CallStep.open


def test_a_delivered_or_cancelled_car_closes_its_calls() -> None:
    """Falls over without `calling.calls_over(` in `board/core/rules/__init__.py`."""
    trial = ready(Trial()).do(c.CallHelp(kind=CallKind.quality, job="j1"), ANNA)
    trial.do(c.CallHelp(kind=CallKind.parts, bay="2"), ANNA)
    trial.do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert [call.bay for call in trial.shop.calls.values()] == ["2"]
    assert trial.shop.past_calls[0].over == CallEnd.car
    trial.when(c.UndoCall(call="1"), ANNA).then_refused("undo_nothing")
    trial = called().do(c.PauseLine(job="j1"), TOM)
    trial.do(c.CancelJob(job="j1", reason="changed their mind"), ANNA)
    assert trial.shop.calls == {}
    check_shop(trial.shop)


def test_a_bay_that_is_taken_out_closes_its_calls() -> None:
    trial = Trial().do(c.CallHelp(kind=CallKind.parts, bay="2"), TOM)
    trial.do(c.RemoveBay(bay="2"), MONA)
    assert trial.shop.past_calls[0].over == CallEnd.bay


def test_closing_the_day_closes_every_call() -> None:
    trial = Trial().do(c.CallHelp(kind=CallKind.parts, bay="2"), PIA)
    trial.do(c.CallHelp(kind=CallKind.safety, bay="3"), TOM).do(c.CloseDay(), CARL)
    assert [call.over for call in trial.shop.past_calls] == [CallEnd.day, CallEnd.day]
    trial.when(c.UndoCall(call="1"), CARL).then_refused("undo_nothing")


def test_a_closed_call_is_not_opened_again_for_a_car_that_has_gone() -> None:
    trial = called().do(c.CloseCall(call="1"), TOM).do(c.PauseLine(job="j1"), TOM)
    trial.do(c.CancelJob(job="j1", reason="changed their mind"), ANNA)
    trial.when(c.UndoCall(call="1"), TOM).then_refused("undo_changed")


def test_numbers_are_never_given_again() -> None:
    trial = called().do(c.UndoCall(call="1"), TOM).do(TECHNICAL, TOM)
    assert the_call(trial).id == "2"


def test_calls_survive_a_snapshot_and_a_shop_of_before_has_none() -> None:
    trial = called().do(c.AnswerCall(call="1"), INES).do(c.CallHelp(kind=CallKind.parts), TOM)
    trial.do(c.CloseCall(call="1"), TOM)
    assert shop_from_bytes(shop_to_bytes(trial.shop), SHOP_VERSION) == trial.shop
    before = json.loads(shop_to_bytes(trial.shop))
    del before["calls"], before["past_calls"], before["settings"]["calls"]
    older = shop_from_bytes(json.dumps(before).encode(), SHOP_VERSION)
    assert (older.calls, older.past_calls) == ({}, ())
    assert older.settings.call_rules == CallRules()


def test_what_was_over_long_ago_leaves() -> None:
    trial = called().do(c.CloseCall(call="1"), TOM).later(hours=71).do(TECHNICAL, TOM)
    assert [call.id for call in trial.shop.past_calls] == ["1"]
    trial.later(hours=2).do(c.CallHelp(kind=CallKind.parts), TOM)
    assert trial.shop.past_calls == ()


def test_another_technicians_car_keeps_its_calls_apart() -> None:
    trial = working(called(), "j2", PLATES[1], bay="2", to=TINA).do(TECHNICAL, TINA)
    assert {call.bay: call.job for call in trial.shop.calls.values()} == {"1": "j1", "2": "j2"}
