"""A call that nobody answers is told to the controller, then to the manager; and ends in time."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.calls import LADDER, CallEnd, CallKind, CallRules
from board.core.due import due
from board.core.roles import Role
from tests.builders import CARL, CLOCK, LEE, MONA, TOM, Trial, set_up

Due = tuple[c.Command, str]


def called(kind: CallKind, rules: CallRules | None = None) -> Trial:
    """Help of that kind was called to bay 1 in a shop with these rules."""
    trial = Trial()
    if rules is not None:
        trial.do(c.SetUpShop(settings=replace(set_up().settings, calls=rules)), MONA)
    return trial.do(c.CallHelp(kind=kind, bay="1"), TOM)


def found(trial: Trial) -> list[Due]:
    """What time has to do about calls now."""
    of_calls = (c.EscalateCall, c.EndCall)
    return [one for one in due(trial.shop, trial.now) if isinstance(one[0], of_calls)]


def told_after_seconds(trial: Trial) -> list[int]:
    """After how many seconds each rung of the ladder was told, in the first half hour."""
    times = []
    for second in range(0, 1800, 10):
        for command, _ in found(trial):
            trial.do(command, CLOCK)
            times.append(second)
        trial.later(seconds=10)
    return times


@pytest.mark.parametrize(
    ("kind", "times"),
    [
        (CallKind.parts, [300, 600]),
        (CallKind.technical, [300, 600]),
        (CallKind.quality, [300, 600]),
        (CallKind.controller, [180]),
        (CallKind.safety, [60, 120]),
    ],
)
def test_each_kind_has_a_time_of_its_own(kind: CallKind, times: list[int]) -> None:
    trial = called(kind)
    assert told_after_seconds(trial) == times
    assert trial.shop.calls["1"].told == LADDER[kind]


def test_the_controller_is_told_first_and_then_the_manager() -> None:
    trial = called(CallKind.parts)
    assert told_after_seconds(trial) == [300, 600]
    assert trial.shop.calls["1"].told == (Role.controller, Role.manager)


def test_a_shop_has_times_of_its_own() -> None:
    rules = CallRules({CallKind.safety: 20, CallKind.quality: 0}, others_answer_seconds=100)
    assert told_after_seconds(called(CallKind.safety, rules)) == [20, 40]
    assert told_after_seconds(called(CallKind.quality, rules)) == []
    assert told_after_seconds(called(CallKind.technical, rules)) == [100, 200]


def test_settings_that_say_nothing_of_calls_keep_them() -> None:
    trial = called(CallKind.parts, CallRules(others_answer_seconds=100)).do(set_up(), MONA)
    assert trial.shop.settings.call_rules.others_answer_seconds == 100


@pytest.mark.parametrize("seconds", [-1, 31 * 24 * 3600])
def test_times_must_make_sense(seconds: int) -> None:
    for rules in (CallRules({CallKind.parts: seconds}), CallRules(others_answer_seconds=seconds)):
        settings = replace(set_up().settings, calls=rules)
        Trial().when(c.SetUpShop(settings=settings), MONA).then_refused("number_wrong")


def test_an_answer_ends_it_and_nobody_is_told_before_the_time() -> None:
    trial = called(CallKind.parts)
    trial.when(c.EscalateCall(call="1"), CLOCK).then_refused("not_due")
    trial.do(c.AnswerCall(call="1"), CARL).later(minutes=30)
    assert found(trial) == []
    trial.when(c.EscalateCall(call="1"), CLOCK).then_nothing()
    trial.when(c.EscalateCall(call="9"), CLOCK).then_nothing()


def test_an_answer_that_was_taken_back_is_told_on_under_another_name() -> None:
    """Falls over without `{call.version}` in `board/core/due.py`."""
    rules = CallRules(others_answer_seconds=5)
    trial = called(CallKind.technical, rules).later(seconds=5)
    ((_, before),) = found(trial)
    trial.do(c.AnswerCall(call="1"), LEE).later(seconds=5).do(c.UndoCall(call="1"), LEE)
    ((_, after),) = found(trial)
    assert before != after
    assert found(trial.later(seconds=3))[0][1] == after


def test_shift_end_ends_a_call_that_nobody_closed() -> None:
    trial = called(CallKind.technical).do(c.AnswerCall(call="1"), LEE)
    trial.when(c.EndCall(call="1"), CLOCK).then_refused("not_due")
    trial.later(hours=12)
    ((command, name),) = found(trial)
    assert name.startswith("end_call:1:")
    trial.do(command, CLOCK)
    assert (trial.shop.calls, trial.shop.past_calls[0].over) == ({}, CallEnd.shift)
    trial.when(command, CLOCK).then_nothing()
    assert found(trial) == []
