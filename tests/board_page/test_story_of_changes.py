"""The story of an order says what an undo took back, and what a changed workflow did."""

from board.core import commands as c
from board.core.workflow import State
from board.core.workflow_shipped import SHIPPED
from displays.order_story import chapters
from tests.board_page.dialogs import ask
from tests.builders import ANNA, MONA, Trial, brought_to, received


def test_an_undo_names_what_it_took_back() -> None:
    trial = received(Trial()).do(c.MoveJob(job="j1", to=State.awaiting_dispatch), ANNA)
    trial.do(c.UndoMove(job="j1"), ANNA)
    last = chapters(ask(trial, ANNA, job="j1"), trial.facts)[-1]
    assert [deed.kind for deed in last.deeds] == ["MoveUndone"]
    assert [deed.kind for deed in last.undid] == ["LineAdded", "JobMoved"]


def test_nothing_else_names_what_was_before() -> None:
    trial = received(Trial()).do(c.MoveJob(job="j1", to=State.awaiting_dispatch), ANNA)
    assert all(one.undid == () for one in chapters(ask(trial, ANNA, job="j1"), trial.facts))


def test_a_move_by_a_changed_workflow_says_so() -> None:
    flow = SHIPPED.without(["awaiting_wash", "washing"])
    moves = {"washing": "awaiting_settlement"}
    trial = brought_to("washing").do(c.ChooseWorkflow(workflow=flow, moves=moves), MONA)
    (deed,) = chapters(ask(trial, MONA, job="j1"), trial.facts[-1:])[0].deeds
    assert ("rearranged", "yes") in [(one.what, one.text) for one in deed.says]
