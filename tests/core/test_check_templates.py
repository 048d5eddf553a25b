"""Which points a job is asked: by kind, level and the shop's own templates; and of whose work."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.check_templates import CheckBook, CheckTemplate, OwnWork, points_of
from board.core.check_templates_shipped import SHIPPED_CHECKS, template_for
from board.core.workflow import CheckLevel
from tests.builders import LEE, MONA, TOM, brought_to
from tests.core.test_check_points import FINAL, POINTS


def test_the_shipped_templates_have_points_for_every_kind_and_level() -> None:
    kinds = {kind for template in SHIPPED_CHECKS for kind in template.kinds}
    assert {"maintenance", "body", "chassis", "new_energy"} <= kinds
    job = brought_to("final_check").job()
    for kind in (*kinds, "repair", "anything else"):
        for level in CheckLevel:
            points = points_of(template_for(CheckBook(), replace(job, kind=kind), level), job)
            assert len({point.id for point in points}) == len(points) > 2, (kind, level)


def test_a_shops_own_template_stands_before_the_shipped_ones() -> None:
    job = brought_to("final_check").job()
    named = CheckTemplate(CheckLevel.final, POINTS[:1], ("body",))
    book = CheckBook((FINAL, named))
    assert template_for(book, replace(job, kind="body"), CheckLevel.final) == named
    assert template_for(book, replace(job, kind="maintenance"), CheckLevel.final) == FINAL
    assert template_for(book, job, CheckLevel.team) in SHIPPED_CHECKS


@pytest.mark.parametrize(
    ("own_work", "reason", "code"),
    [
        (OwnWork.never, "", "own_work"),
        (OwnWork.never, "nobody else is here", "own_work"),
        (OwnWork.with_reason, " ", "reason_needed"),
        (OwnWork.with_reason, "nobody else is here", ""),
        (OwnWork.allowed, "", ""),
    ],
)
def test_nobody_passes_their_own_work_unless_the_shop_allows_it(
    own_work: OwnWork, reason: str, code: str
) -> None:
    """Falls over without `or _own_work(job, level, command.reason, case)` in
    `board/core/rules/checking.py`."""
    trial = brought_to("working").do(c.PauseLine(job="j1"), TOM)
    trial.do(c.StartLine(job="j1", technician="lee", reason="Tom is ill"), LEE)
    trial.do(c.FinishLine(job="j1"), LEE).do(c.PassCheck(job="j1"), LEE)
    trial.do(c.SetUpChecks(book=CheckBook(own_work=own_work)), MONA)
    trial.when(c.PassCheck(job="j1", reason=reason), LEE)
    assert (trial.refused.code if trial.refused else "") == code
    if not code:
        assert trial.job().checks[-1].reason == reason
