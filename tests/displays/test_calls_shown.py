"""Help calls on the workshop TV, above boards and desk pages, and on tablets."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.calls import CallKind
from board.core.roles import Actor
from displays.views.board import BoardProjection
from displays.views.calls import CallsView, OpenCall
from displays.views.desk import DeskProjection
from displays.views.tablet import TabletProjection
from displays.views.tablet_calls import CallButtonView, CallCardView, TabletRegion
from displays.views.tablet_views import CardsView, OthersView, UndoView
from displays.views.tv import TvHeadView, TvProjection, TvRowsView, TvRowView
from tests.builders import ANNA, CARL, CLOCK, INES, LEE, PLATES, TINA, TOM, Trial, working


def called(kind: CallKind = CallKind.technical) -> Trial:
    """Tom works in bay 1, Tina in bay 2, and Tina calls for help."""
    trial = working(working(Trial()), "j2", PLATES[1], bay="2", to=TINA)
    return trial.later(minutes=1).do(c.CallHelp(kind=kind), TINA)


def row(trial: Trial, bay: str) -> TvRowView:
    """The row of a bay on the workshop TV."""
    view = TvProjection().project(trial.shop, trial.now)[f"row-{bay}"]
    assert isinstance(view, TvRowView)
    return view


def order(trial: Trial) -> tuple[str, ...]:
    """The rows of the workshop TV from the top."""
    view = TvProjection().project(trial.shop, trial.now)["order-rows"]
    assert isinstance(view, TvRowsView)
    return view.ids


def heads(trial: Trial, group: str = "") -> int:
    """How many calls the head of the workshop TV counts."""
    view = TvProjection(group).project(trial.shop, trial.now)["head"]
    assert isinstance(view, TvHeadView)
    return view.calls


def strip(trial: Trial) -> tuple[OpenCall, ...]:
    """The strip above the board, which is the one above desk pages."""
    views = BoardProjection().project(trial.shop, trial.now)
    assert views["calls"] == DeskProjection().project(trial.shop, trial.now)["calls"]
    assert isinstance(views["calls"], CallsView)
    return views["calls"].calls


def tablet(trial: Trial, who: Actor) -> dict[str, TabletRegion]:
    """Somebody's tablet."""
    return TabletProjection(who.id).project(trial.shop, trial.now)


def test_the_row_says_what_is_called_for_and_comes_first() -> None:
    trial = called()
    face = row(trial, "2").face
    assert (face.style, face.icon, face.word) == ("s-help", "help", "Technical")
    assert (face.timing.caption, face.timing.at) == ("waiting", int(trial.now.timestamp()))
    assert row(trial, "2").pinned
    assert order(trial)[:3] == ("row-2", "row-1", "row-3")
    assert (heads(trial), heads(trial, "2"), heads(trial, "1")) == (1, 1, 0)


def test_a_row_somebody_comes_to_waits_behind_one_that_nobody_answers() -> None:
    trial = called().do(c.AnswerCall(call="1"), LEE)
    trial.do(c.CallHelp(kind=CallKind.parts, bay="4"), TOM)
    assert row(trial, "2").face.style == "s-help is-answered"
    assert row(trial, "2").face.timing.caption == "coming"
    assert order(trial)[:3] == ("row-4", "row-2", "row-1")


def test_a_stop_for_safety_is_above_all_other_calls_the_oldest_of_which_is_next() -> None:
    trial = called(CallKind.parts).later(minutes=1).do(c.AnswerCall(call="1"), CARL)
    for kind, bay in ((CallKind.quality, "4"), (CallKind.technical, "3"), (CallKind.safety, "1")):
        trial.later(minutes=1).do(c.CallHelp(kind=kind, bay=bay), TOM)
    assert order(trial)[:4] == ("row-1", "row-4", "row-3", "row-2")
    assert [row(trial, bay).pinned for bay in "1432"] == [1, 2, 2, 3]
    trial.do(c.AnswerCall(call="4"), LEE)
    assert order(trial)[0] == "row-1", "also while somebody comes"


def test_a_call_that_was_told_on_says_that_nobody_comes() -> None:
    trial = called()
    since = int(trial.now.timestamp())
    assert (row(trial, "2").called, row(trial, "2").rang) == (since, since)
    trial.later(minutes=5).do(c.EscalateCall(call="1"), CLOCK)
    assert row(trial, "2").face.timing.caption == "nobody"
    assert (row(trial, "2").called, row(trial, "2").rang) == (since, since + 300), "it rings anew"


def test_when_help_is_there_the_wall_shows_the_car_again() -> None:
    trial = called().do(c.ReachCall(call="1"), LEE)
    assert row(trial, "2").face.style == "s-work"
    assert heads(trial) == 0
    assert order(trial)[0] == "row-1"


def test_of_two_calls_from_a_bay_the_wall_shows_the_one_nobody_has_reached() -> None:
    trial = called(CallKind.safety).do(c.CallHelp(kind=CallKind.parts, bay="2"), TINA)
    assert row(trial, "2").face.word == "Safety"
    assert row(trial.do(c.ReachCall(call="1"), LEE), "2").face.word == "Parts"


def test_the_strip_names_car_caller_and_whose_it_is() -> None:
    (call,) = strip(called())
    assert (call.bay, call.plate, call.caller, call.step) == ("2", ("沪B", "8K321"), "Tina", "open")
    assert set(call.answerers) == {"controller", "manager", "team_leader", "inspector"}


def test_the_strip_shows_the_most_urgent_call_first() -> None:
    trial = called().do(c.CallHelp(kind=CallKind.safety, bay="4"), ANNA)
    trial.do(c.CallHelp(kind=CallKind.parts, bay="3"), ANNA).do(c.ReachCall(call="1"), LEE)
    assert [call.id for call in strip(trial)] == ["2", "3", "1"]


def test_a_closed_call_stays_as_long_as_it_can_be_opened_again() -> None:
    trial = called().do(c.CloseCall(call="1"), LEE)
    assert [(call.step, call.last_by) for call in strip(trial)] == [("closed", "lee")]
    board = BoardProjection()
    board.project(trial.shop, trial.now)
    later = trial.now + timedelta(seconds=31)
    assert board.project(trial.shop, later)["calls"] == CallsView()


def test_a_move_of_a_card_leaves_the_strip_as_it_is() -> None:
    """Falls over when the strip is made anew for every change."""
    trial, board = called(), BoardProjection()
    before = board.project(trial.shop, trial.now)["calls"]
    trial.do(c.PauseLine(job="j1"), TOM)
    assert board.project(trial.shop, trial.now)["calls"] is before


@pytest.mark.parametrize(
    ("who", "mine", "answers"),
    [(TINA, True, False), (LEE, False, True), (INES, False, True), (CARL, False, True)],
)
def test_a_tablet_shows_the_calls_that_concern_its_holder(
    who: Actor, mine: bool, answers: bool
) -> None:
    views = tablet(called(), who)
    card = views["call-1"]
    assert isinstance(card, CallCardView)
    assert (card.mine, card.answers) == (mine, answers)
    assert views["order-checks"] == CardsView(("call-1",))
    assert views["others"] == OthersView(called=int(answers), calls=1)


def test_another_technician_does_not_hear_of_it() -> None:
    views = tablet(called(), TOM)
    assert "call-1" not in views
    assert views["others"] == OthersView()


def test_the_callers_button_tells_who_comes() -> None:
    trial = called()
    button = tablet(trial, TINA)["call"]
    assert isinstance(button, CallButtonView)
    assert (button.bay, button.job) == ("2", "j2")
    assert button.mine is not None
    assert (button.mine.kind, button.mine.step) == ("technical", "open")
    button = tablet(trial.do(c.AnswerCall(call="1"), LEE), TINA)["call"]
    assert isinstance(button, CallButtonView)
    assert button.mine is not None
    assert (button.mine.step, button.mine.who) == ("answered", "Lee")


def test_nobody_calls_from_nowhere() -> None:
    assert tablet(Trial(), INES)["call"] == CallButtonView()


def test_the_undo_slot_takes_back_the_newest_of_cars_and_calls() -> None:
    trial = called()
    undo = tablet(trial, TINA)["undo"]
    assert isinstance(undo, UndoView)
    assert (undo.call, undo.did, undo.text) == ("1", "called", "technical")
    trial.later(seconds=3).do(c.PauseLine(job="j2"), TINA)
    undo = tablet(trial, TINA)["undo"]
    assert isinstance(undo, UndoView)
    assert (undo.call, undo.job, undo.did) == ("", "j2", "paused")
    kept = TabletProjection("tina")
    kept.project(trial.shop, trial.now)
    assert kept.project(trial.shop, trial.later(seconds=31).now)["undo"] == UndoView()
