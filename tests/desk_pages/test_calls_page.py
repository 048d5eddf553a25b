"""The page of the day's help calls: how many of each kind, and how fast they were answered."""

import pytest

from board.core import commands as c
from board.core.call_numbers import KindNumbers
from board.core.calls import CallKind
from board.core.roles import Actor, Role
from displays.calls_page import CallLine, Stage, calls_page
from displays.desk_page_list import PAGES
from displays.desk_pages import navigation
from tests.board_page.dialogs import ask
from tests.builders import ANNA, CARL, CLOCK, EVERY_ROLE, LEE, MONA, TOM, Trial


def call(trial: Trial, kind: CallKind, answered: int, reached: int, closed: int) -> Trial:
    """A call that Lee answers, reaches and closes after so many seconds each."""
    number = str(trial.shop.counters.get("call:", 0) + 1)
    trial.do(c.CallHelp(kind=kind, bay="1"), TOM)
    trial.later(seconds=answered).do(c.AnswerCall(call=number), LEE)
    trial.later(seconds=reached - answered).do(c.ReachCall(call=number), LEE)
    return trial.later(seconds=closed - reached).do(c.CloseCall(call=number), LEE)


def shown(trial: Trial, key: str) -> object:
    """A part of what the page is given."""
    return calls_page(ask(trial, MONA)).context[key]


def lines(trial: Trial) -> tuple[CallLine, ...]:
    """The calls of the list."""
    found = shown(trial, "lines")
    assert isinstance(found, tuple)
    return found


def test_each_kind_has_its_medians() -> None:
    trial = call(Trial(), CallKind.technical, 30, 90, 300)
    call(trial, CallKind.technical, 50, 110, 500)
    trial.do(c.CallHelp(kind=CallKind.parts, bay="2"), TOM).later(minutes=5)
    trial.do(c.EscalateCall(call="3"), CLOCK)
    assert shown(trial, "numbers") == (
        KindNumbers(CallKind.parts, 1, 1, None, None, None),
        KindNumbers(CallKind.technical, 2, 0, 40, 100, 400),
    )
    assert (shown(trial, "waiting"), shown(trial, "told")) == (1, 1)


def test_each_call_is_listed_with_who_and_when() -> None:
    trial = call(Trial(), CallKind.safety, 10, 20, 30)
    trial.do(c.CallHelp(kind=CallKind.parts, bay="2"), ANNA).do(c.CloseDay(), CARL)
    newest, first = lines(trial)
    assert (newest.over, newest.answered) == ("day", None)
    assert (first.answered, first.closed) == (Stage(10, "Lee"), Stage(30, "Lee"))
    assert (first.call.caller, first.call.bay) == ("Tom", "1")


def test_what_the_day_closed_counts_as_no_time_to_close() -> None:
    trial = Trial().do(c.CallHelp(kind=CallKind.parts, bay="2"), ANNA).later(hours=1)
    trial.do(c.CloseDay(), CARL)
    assert shown(trial, "numbers") == (KindNumbers(CallKind.parts, 1, 0, None, None, None),)


def test_another_days_calls_are_not_counted() -> None:
    trial = call(Trial(), CallKind.technical, 30, 90, 300).later(days=1)
    assert shown(trial, "lines") == ()


@pytest.mark.parametrize("actor", EVERY_ROLE.values(), ids=lambda actor: actor.id)
def test_it_is_for_controllers_and_managers(actor: Actor) -> None:
    listed = "/calls" in [path for path, _ in navigation(PAGES, actor, Trial().shop.settings)]
    assert listed == actor.has(Role.controller, Role.manager)
