"""What is called aloud, and when: ten seconds after, three rounds, until it is over."""

import re
from dataclasses import replace
from datetime import timedelta
from gettext import NullTranslations

import pytest

from board.core import commands as c
from board.core.calls import CallKind
from board.core.job import Flag
from displays.sentences import sentence
from displays.views.lounge import LoungeProjection
from displays.views.speech import (
    Announcement,
    Calls,
    Speaking,
    SpeechView,
    calls_of,
    help_calls,
    ready_calls,
    turn_calls,
)
from tests.builders import ANNA, CLOCK, PIA, PLATES, TOM, Trial, ready, receive, working


def _turns(calls: Calls, trial: Trial, *seconds: float) -> list[tuple[int, ...]]:
    """The rounds that are due so many seconds from now, each looked at in turn."""
    began = trial.now
    found = []
    for second in seconds:
        said = calls(trial.shop, began + timedelta(seconds=second))
        found.append(tuple(one.turn for one in said))
    return found


def test_a_ready_car_is_called_after_ten_seconds_in_three_rounds_a_minute_apart() -> None:
    calls, trial = ready_calls(), ready(Trial())
    seconds = (0, 9.9, 10, 69, 70, 130, 429, 430, 3600)
    expected = [(), (), (1,), (1,), (2,), (3,), (3,), (), ()]
    assert _turns(calls, trial, *seconds) == expected
    [said] = ready_calls()(trial.shop, trial.now + timedelta(seconds=75))
    assert (said.of, said.times) == (trial.job().ticket, 2)
    assert said.at == int(trial.now.timestamp()) + 70, "the same after a restart"


def test_what_is_taken_back_in_ten_seconds_is_never_said() -> None:
    calls, trial = ready_calls(), ready(Trial())
    assert calls(trial.shop, trial.now) == ()
    trial.later(seconds=9).do(c.UndoMove(job="j1"), ANNA)
    assert _turns(calls, trial, 0, 1, 60, 120) == [(), (), (), ()]


def test_a_call_ends_when_the_car_is_handed_over() -> None:
    calls, trial = ready_calls(), ready(Trial()).later(seconds=30)
    assert len(calls(trial.shop, trial.now)) == 1
    trial.do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert calls(trial.shop, trial.now) == ()


def test_who_does_not_want_to_be_seen_is_not_called_either() -> None:
    trial = ready(Trial()).do(c.FlagJob(job="j1", add=frozenset({Flag.lounge_opt_out})), ANNA)
    assert ready_calls()(trial.shop, trial.now + timedelta(seconds=20)) == ()


def test_a_turn_at_reception_is_called_until_somebody_receives_the_car() -> None:
    trial = Trial().do(receive("j1", PLATES[0], checked_in=False), ANNA).do(c.CallNext(), ANNA)
    assert _turns(turn_calls(), trial, 0, 10, 70, 130, 430) == [(), (1,), (2,), (3,), ()]
    trial.later(seconds=20).do(c.MoveJob(job="j1", to="receiving"), ANNA)
    assert turn_calls()(trial.shop, trial.now) == ()


@pytest.mark.parametrize(("kind", "patience"), [(CallKind.parts, 10), (CallKind.safety, 0)])
def test_a_help_call_is_said_once_and_a_stop_for_safety_at_once(
    kind: CallKind, patience: int
) -> None:
    trial = working(Trial()).do(c.CallHelp(kind=kind, bay="1"), TOM)
    calls = help_calls("")
    before, after = trial.now + timedelta(seconds=patience - 1), trial.now + timedelta(hours=1)
    assert calls(trial.shop, before) == ()
    [said] = calls(trial.shop, after)
    assert (said.of, said.turn, said.times, said.what) == ("1", 1, 1, f"call-{kind.value}")
    assert help_calls("2")(trial.shop, after) == (), "another hall"
    assert len(help_calls("1,2")(trial.shop, after)) == 1


def test_a_help_call_is_quiet_once_somebody_answers() -> None:
    trial = working(Trial()).do(c.CallHelp(kind=CallKind.parts, bay="1"), TOM).later(minutes=1)
    [call] = trial.shop.calls
    assert len(help_calls("")(trial.shop, trial.now)) == 1
    trial.do(c.AnswerCall(call=call), PIA)
    assert help_calls("")(trial.shop, trial.now) == ()


def test_a_call_that_is_passed_up_is_said_once_more() -> None:
    trial = working(Trial()).do(c.CallHelp(kind=CallKind.parts, bay="1"), TOM).later(minutes=6)
    calls = help_calls("")
    [first] = calls(trial.shop, trial.now)
    [call] = trial.shop.calls
    trial.do(c.EscalateCall(call=call), CLOCK)
    [again] = calls(trial.shop, trial.now)
    assert (first.key, again.key, first.turn, again.turn) == (first.key, first.key, 1, 2)


def test_a_wall_keeps_its_views_while_nothing_is_called() -> None:
    trial = ready(Trial())
    wall = Speaking(LoungeProjection(), ready_calls())
    views = wall.project(trial.shop, trial.now)
    assert views["speech"] == SpeechView()
    assert wall.project(trial.shop, trial.now) is views
    said = wall.project(trial.later(seconds=10).shop, trial.now)["speech"]
    assert isinstance(said, SpeechView)
    assert [one.what for one in said.calls] == ["ready"]


def test_only_walls_for_customers_and_the_workshop_speak() -> None:
    speaking = [each for each in ("tv", "lounge", "queue", "arrivals") if calls_of(each, "")]
    assert speaking == ["tv", "lounge", "queue"]


READY = Announcement("ready-A17-1", 1, 0, "ready", "A17")


def test_a_ticket_is_spelled_and_a_bay_is_named() -> None:
    said = sentence(READY, "en", NullTranslations())
    assert said.text == "Ticket A 1 7, please come to the front desk."
    assert said.clips == ("ready-1", "A", "1", "7", "ready-2")
    named = replace(READY, what="call-parts", of="Wash bay 12")
    assert sentence(named, "en", NullTranslations()).text == "Bay Wash bay 12 calls for parts."


class _Han(NullTranslations):
    def gettext(self, message: str) -> str:
        return "{of} 号工位呼叫配件。"


def test_a_language_may_put_the_name_first() -> None:
    said = sentence(replace(READY, what="call-parts", of="3"), "zh-Hans", _Han())
    assert (said.text, said.clips) == ("3 号工位呼叫配件。", ("3", "call-parts-2"))


def test_an_address_says_nothing_and_differs_by_sentence_and_language() -> None:
    marks = [
        sentence(replace(READY, of=of), language, NullTranslations()).mark
        for of in ("A17", "A18")
        for language in ("en", "zh-Hans")
    ]
    assert len(set(marks)) == 4
    assert all(re.fullmatch("[0-9a-f]{32}", mark) for mark in marks)
