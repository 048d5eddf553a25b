"""The dialog about one point of a check: what is wrong with it, or why it does not apply."""

from board.core import commands as c
from board.core.check_points import Verdict
from displays.check_words import looked
from displays.defect_words import defect_word
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may, needs_why
from displays.order_checks import asked_points

_ASKED = (Verdict.not_ok.value, Verdict.not_applicable.value)


def point_sheet(ask: Ask) -> Sheet:
    """A defect with note and photos, or the reason why the point does not apply."""
    job, verdict = ask.job, ask.given.get("verdict", "")
    if job is None or verdict not in _ASKED or not may(ask.actor, c.MarkPoint):
        return GONE
    point = next((p for p in asked_points(ask, job) if p.id == ask.given.get("point")), None)
    if point is None:
        return GONE
    mark = next((mark for mark in job.marks if mark.answered.point == point.id), None)
    context = {
        "head": head_of(ask.shop, job),
        "point": point,
        "verdict": verdict,
        "found": looked(ask, mark) if mark else None,
        "value": mark.answered.value if mark else None,
        "defects": defect_word(ask.shop),
        "why": needs_why(ask.actor, c.MarkPoint),
    }
    return Sheet("checks/point.html", context)
