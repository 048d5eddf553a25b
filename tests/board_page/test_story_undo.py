"""The story of an order says what an undo took back."""

from board.core import commands as c
from board.core.workflow import State
from displays.order_story import chapters
from tests.board_page.dialogs import ask
from tests.builders import ANNA, Trial, received


def test_an_undo_names_what_it_took_back() -> None:
    trial = received(Trial()).do(c.MoveJob(job="j1", to=State.awaiting_dispatch), ANNA)
    trial.do(c.UndoMove(job="j1"), ANNA)
    last = chapters(ask(trial, ANNA, job="j1"), trial.facts)[-1]
    assert [deed.kind for deed in last.deeds] == ["MoveUndone"]
    assert [deed.kind for deed in last.undid] == ["LineAdded", "JobMoved"]


def test_nothing_else_names_what_was_before() -> None:
    trial = received(Trial()).do(c.MoveJob(job="j1", to=State.awaiting_dispatch), ANNA)
    assert all(one.undid == () for one in chapters(ask(trial, ANNA, job="j1"), trial.facts))
