"""What waits for a check: one's own first, the oldest on top, with promise and rounds."""

from datetime import timedelta

from board.core import commands as c
from board.core.roles import Actor
from displays.checks_list import Waiting, checks_page
from displays.dialog_asks import Ask
from tests.builders import ANNA, INES, LEE, NOW, PLATES, TINA, TOM, Trial, brought_to, working


def waiting_for(trial: Trial, who: Actor, whose: str = "mine") -> list[Waiting]:
    """The rows of one of the two lists."""
    rows = checks_page(Ask(trial.shop, who, trial.now, {})).context[whose]
    assert isinstance(rows, tuple)
    return list(rows)


def two_finished() -> Trial:
    """j1 waits for the final check, j2 a while later for the team check."""
    trial = brought_to("final_check").later(minutes=20)
    working(trial, "j2", PLATES[1], "2", TINA).do(c.FinishLine(job="j2"), TINA)
    return trial.do(c.PassCheck(job="j2"), TINA)


def test_one_sees_first_what_one_may_check() -> None:
    trial = two_finished()
    assert [row.head.id for row in waiting_for(trial, INES)] == ["j1"]
    assert [row.head.id for row in waiting_for(trial, INES, "others")] == ["j2"]
    assert [row.head.id for row in waiting_for(trial, LEE)] == ["j2"]
    assert waiting_for(trial, TOM) == []


def test_the_oldest_stands_on_top() -> None:
    trial = two_finished().do(c.PassCheck(job="j2"), LEE)
    assert [row.head.id for row in waiting_for(trial, INES)] == ["j1", "j2"]
    assert [row.since for row in waiting_for(trial, INES)] == sorted(
        row.since for row in waiting_for(trial, INES)
    )


def test_promise_points_and_rounds_are_told() -> None:
    trial = brought_to("final_check")
    trial.do(c.PromiseJob(job="j1", at=NOW + timedelta(minutes=30)), ANNA)
    trial.do(c.MarkPoint(job="j1", point="lamps_out"), INES)
    (row,) = waiting_for(trial, INES)
    assert (row.answered, row.points, row.back, row.tone) == (1, 4, 0, "soon")
    assert row.promise is not None
    trial.do(c.FailCheck(job="j1", defect="leak"), INES)
    assert waiting_for(trial, INES) == []
    trial.do(c.StartLine(job="j1"), TOM).do(c.FinishLine(job="j1"), TOM)
    assert [one.back for one in waiting_for(trial, TOM)] == [1]
