"""Dialogs about one part: when it will come, what is wrong with it, who took it."""

from board.core import commands as c
from board.core.commands import Command
from board.core.lines import LineState
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may, needs_why
from displays.parts_pages import takers
from displays.parts_waiting import line_parts
from displays.picks import picks


def part_order_sheet(ask: Ask) -> Sheet:
    """A part is ordered, or is expected at another time."""
    times = picks(ask.now, ask.shop.settings, count=6, first=1)
    return _of_part(ask, c.OrderPart, "parts/order.html", picks=times)


def part_wrong_sheet(ask: Ask) -> Sheet:
    """A part is not the right one: why."""
    return _of_part(ask, c.ReportWrongPart, "parts/wrong.html")


def part_issue_sheet(ask: Ask) -> Sheet:
    """A part was taken by somebody who is named."""
    return _of_part(ask, c.IssuePart, "parts/issue.html", people=takers(ask.shop))


def _of_part(ask: Ask, command: type[Command], template: str, **more: object) -> Sheet:
    job = ask.job
    line = job.line(ask.given.get("line", "")) if job else None
    if job is None or line is None or job.is_closed or not may(ask.actor, command):
        return GONE
    lines = line_parts(ask.shop, job, line, ask.now)
    part = next((each for each in lines.parts if each.id == ask.given.get("part", "")), None)
    context = {"head": head_of(ask.shop, job), "line": lines, "part": part}
    return Sheet(template, {**context, "why": needs_why(ask.actor, command), **more})


def part_request_sheet(ask: Ask) -> Sheet:
    """Ask the parts store for a part of one of the order's lines."""
    job = ask.job
    if job is None or job.is_closed or not may(ask.actor, c.RequestPart):
        return GONE
    lines = tuple(
        (line.id, "" if line.implicit else line.text)
        for line in job.lines
        if line.state != LineState.declined
    )
    context = {"head": head_of(ask.shop, job), "lines": lines}
    return Sheet("parts/request.html", {**context, "why": needs_why(ask.actor, c.RequestPart)})
