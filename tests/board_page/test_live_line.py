"""The live line: what was done last, and who may take it back."""

from board.core import commands as c
from displays.views.live_line import live_line
from tests.board_page.dialogs import RENDERER
from tests.builders import ANNA, CARL, Trial, received, signed
from tests.core.test_arrivals_by_plate import read, shop


def test_a_new_shop_has_nothing_to_tell_of_a_car() -> None:
    assert live_line(Trial().shop, Trial().now).job == ""


def test_a_move_names_who_and_where_to_and_can_be_taken_back() -> None:
    trial = signed(Trial())
    line = live_line(trial.shop, trial.now)
    assert (line.kind, line.by, line.by_id) == ("awaiting_dispatch", "Anna", "anna")


def test_opening_an_order_cannot_be_taken_back() -> None:
    trial = received(Trial())
    assert live_line(trial.shop, trial.now).by_id == ""


def test_an_undo_is_not_undone() -> None:
    trial = signed(Trial()).do(c.UndoMove(job="j1"), ANNA)
    line = live_line(trial.shop, trial.now)
    assert (line.kind, line.by_id) == ("MoveUndone", "")


def test_the_newest_deed_counts() -> None:
    trial = signed(Trial())
    trial.do(c.DispatchJob(job="j1", bay="1", technicians=("tom",)), CARL)
    line = live_line(trial.shop, trial.now)
    assert (line.kind, line.by, line.bay) == ("dispatched", "Carl", "1")


def test_what_a_device_did_is_anybodys_to_take_back() -> None:
    trial = read(shop())
    line = live_line(trial.shop, trial.now)
    assert (line.kind, line.job, line.by_id) == ("arrived", "j1", "device")
    assert "A sensor</b> moved" in RENDERER.region(line.id, line, "en")
    trial.do(c.UndoMove(job="j1"), ANNA)
    assert live_line(trial.shop, trial.now).by_id == ""
