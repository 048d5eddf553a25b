"""Checks in words: points and defects as the shop calls them, and never as markup."""

from board.core import commands as c
from board.core.check_points import Verdict
from board.core.check_templates import CheckBook, CheckTemplate, OwnWork, Point
from board.core.roles import Actor
from board.core.workflow import CheckLevel
from displays.dialog_history import told_history
from displays.dialogs import BUILDERS
from displays.order_checks import Due, checks_section
from displays.views.cards import card
from tests.board_page.dialogs import RENDERER, ask, dialog
from tests.board_page.test_history import after
from tests.builders import ANNA, INES, LEE, MONA, TOM, Trial, brought_to, working

BOLTS = Point("bolts", "<b>螺栓</b>力矩", "N·m", 90, 140)
OWN = CheckBook((CheckTemplate(CheckLevel.final, (BOLTS,)),), {"B12": "<i>渗油</i>"})
LEAKS = "&lt;i&gt;渗油&lt;/i&gt;"


def own_shop() -> Trial:
    """The job j1 before the inspector of a shop with words of its own."""
    return brought_to("final_check").do(c.SetUpChecks(book=OWN), MONA)


def due_for(trial: Trial, who: Actor) -> Due:
    """The check that is due, as somebody's page has it."""
    due = checks_section(ask(trial, who, job="j1")).context["due"]
    assert isinstance(due, Due)
    return due


def test_a_point_is_told_in_the_history() -> None:
    failing = c.MarkPoint(
        job="j1", point="lamps_out", verdict=Verdict.not_ok, defect="leak", note="ESP"
    )
    said = "Final check · No warning lamp in the dashboard · not in order · Leak · ESP"
    assert after(brought_to("final_check"), failing, INES) == f"Point answered Ines · {said}"


def test_what_was_written_at_a_point_stands_in_the_answer_that_fails_the_check() -> None:
    """Falls over without `sheet.note(found)` in `templates/board/fail.html`."""
    trial = brought_to("final_check")
    noted = c.MarkPoint(
        job="j1", point="lamps_out", verdict=Verdict.not_ok, defect="leak", note="ESP lamp"
    )
    html = dialog("fail", trial.do(noted, INES), INES, job="j1")
    assert ">ESP lamp</textarea>" in html


def test_driver_and_findings_are_told_in_the_history() -> None:
    trial = brought_to("final_check").do(c.StartRoadTest(job="j1", km=10, driver="tom"), INES)
    trial.do(c.EndRoadTest(job="j1", km=16, findings="no noise"), INES)
    told = told_history(ask(trial, ANNA, job="j1"), trial.facts)
    says = {deed.kind: [one.text for one in deed.says] for deed in told}
    assert says["RoadTestStarted"] == ["Tom", "10 km"]
    assert says["RoadTestEnded"] == ["16 km", "no noise"]


def test_a_shops_own_words_are_never_markup() -> None:
    """`_` takes what it is given for html: only shipped texts may go through it."""
    trial = own_shop()
    html = dialog("point", trial, INES, job="j1", point="bolts", verdict="not_ok")
    assert "&lt;b&gt;螺栓&lt;/b&gt;力矩" in html
    assert LEAKS in html
    assert LEAKS in dialog("fail", trial, INES, job="j1")
    trial.do(c.MarkPoint(job="j1", point="bolts", value=100.0), INES)
    asked = ask(trial, ANNA, job="j1")
    sheet = BUILDERS["job"](asked)
    told = told_history(asked, trial.facts)[:1]
    html = RENDERER.fragment(sheet.template, "en", say=str, **{**sheet.context, "history": told})
    assert "&lt;b&gt;螺栓&lt;/b&gt;力矩" in html
    trial.do(c.FailCheck(job="j1", defect="B12"), INES)
    view = card(trial.shop, trial.job(), trial.now)
    assert LEAKS in RENDERER.region(view.id, view, "en")
    assert LEAKS in dialog("job", trial, ANNA, job="j1")


def test_the_defect_of_a_failed_point_is_proposed_for_the_rework() -> None:
    failing = c.MarkPoint(job="j1", point="lamps_out", verdict=Verdict.not_ok, defect="noise")
    html = dialog("fail", brought_to("final_check").do(failing, INES), INES, job="j1")
    assert 'value="noise" checked' in html


def test_a_page_offers_what_the_rules_grant() -> None:
    trial = brought_to("final_check")
    assert due_for(trial, INES).refused is None
    assert due_for(trial, INES).closed is None
    tom = due_for(trial, TOM)
    assert tom.closed is not None
    assert tom.closed.code == "not_allowed"
    assert not tom.may_fail
    mona = due_for(trial, MONA)
    assert (mona.why, mona.refused) == (True, None)


def test_ones_own_work_is_passed_with_a_reason_where_the_shop_has_it_so() -> None:
    trial = working(Trial(), to=LEE).do(c.FinishLine(job="j1"), LEE)
    trial.do(c.PassCheck(job="j1"), LEE)
    refused = due_for(trial, LEE).refused
    assert refused is not None
    assert refused.code == "own_work"
    trial.do(c.SetUpChecks(book=CheckBook(own_work=OwnWork.with_reason)), MONA)
    assert (due_for(trial, LEE).why, due_for(trial, LEE).refused) == (True, None)
