"""Round and round: what failed, which lines went back, how often a job came back."""

from board.core import commands as c
from board.core.check_points import Verdict
from board.core.check_templates import CheckBook, CheckTemplate, Point
from board.core.workflow import CheckLevel
from tests.builders import INES, LEE, MONA, TOM, Trial, agreed, brought_to, working


def failing(point: str, defect: str) -> c.MarkPoint:
    """A point of j1 that is not in order."""
    return c.MarkPoint(job="j1", point=point, verdict=Verdict.not_ok, defect=defect)


def redone(trial: Trial) -> Trial:
    """Tom does it again, and all look again."""
    trial.later(minutes=20).do(c.StartLine(job="j1"), TOM).do(c.FinishLine(job="j1"), TOM)
    return trial.do(c.PassCheck(job="j1"), TOM).do(c.PassCheck(job="j1"), LEE)


def test_a_failed_point_gives_the_round_its_defect_code() -> None:
    trial = brought_to("final_check").do(failing("lamps_out", "not_fixed"), INES)
    trial.do(c.FailCheck(job="j1", note="ESP lamp"), INES)
    check = trial.job().checks[-1]
    assert (check.defect, check.lines, trial.job().state) == ("not_fixed", ("1",), "rework")
    assert [(one.answered.point, one.answered.defect) for one in check.points] == [
        ("lamps_out", "not_fixed")
    ]
    assert trial.job().marks == ()


def test_a_fail_may_bring_its_answers_in_one_go() -> None:
    point = c.PointAnswer(point="tightened", verdict=Verdict.not_ok, defect="torque")
    trial = brought_to("team_check").do(c.FailCheck(job="j1", points=(point,)), LEE)
    assert trial.job().checks[-1].defect == "torque"


def test_a_defect_is_one_of_the_shops_own_list() -> None:
    trial = brought_to("team_check")
    trial.when(c.FailCheck(job="j1", defect="B12"), LEE).then_refused("defect_unknown")
    trial.do(c.SetUpChecks(book=CheckBook(defects={"B12": "油底渗油"})), MONA)
    trial.when(c.FailCheck(job="j1", defect="leak"), LEE).then_refused("defect_unknown")
    trial.do(c.FailCheck(job="j1", defect="B12"), LEE)


def test_only_the_lines_concerned_go_back() -> None:
    trial = agreed(working(Trial()))
    trial.do(c.FinishLine(job="j1"), TOM).do(c.StartLine(job="j1"), TOM)
    trial.do(c.FinishLine(job="j1"), TOM)
    trial.do(c.FailCheck(job="j1", defect="torque", lines=("2",)), TOM)
    assert trial.job().checks[-1].lines == ("2",)
    assert [line.state for line in trial.job().lines] == ["done", "rework"]


def test_every_round_is_kept_and_counted() -> None:
    trial = brought_to("final_check").do(failing("lamps_out", "not_fixed"), INES)
    redone(trial.do(c.FailCheck(job="j1"), INES))
    trial.do(c.FailCheck(job="j1", defect="noise", note="front left"), INES)
    redone(trial).do(c.PassCheck(job="j1"), INES)
    rounds = [(check.level, check.passed, check.defect) for check in trial.job().checks]
    looks = [("self", True, ""), ("team", True, "")]
    assert rounds == [
        *looks,
        ("final", False, "not_fixed"),
        *looks,
        ("final", False, "noise"),
        *looks,
        ("final", True, ""),
    ]
    assert trial.job().times_back == 2
    assert trial.job().state == "awaiting_wash"


def test_what_passed_before_is_looked_at_again() -> None:
    bolts = Point("bolts", "Bolts", "N·m", 90, 140)
    book = CheckBook((CheckTemplate(CheckLevel.team, (bolts,)),))
    trial = brought_to("team_check").do(c.SetUpChecks(book=book), MONA)
    trial.do(c.MarkPoint(job="j1", point="bolts", value=120.0), LEE)
    trial.do(c.FailCheck(job="j1", defect="leak"), LEE)
    trial.do(c.StartLine(job="j1"), TOM).do(c.FinishLine(job="j1"), TOM)
    trial.do(c.PassCheck(job="j1"), TOM)
    trial.when(c.PassCheck(job="j1"), LEE).then_refused("point_open")


def test_a_mark_and_a_pass_can_be_taken_back() -> None:
    trial = brought_to("final_check").do(failing("lamps_out", "not_fixed"), INES)
    trial.do(c.UndoMove(job="j1"), INES)
    assert trial.job().marks == ()
    trial.do(c.MarkPoint(job="j1", point="lamps_out"), INES).do(c.PassCheck(job="j1"), INES)
    trial.do(c.UndoMove(job="j1"), INES)
    assert (trial.job().state, len(trial.job().marks)) == ("final_check", 1)
