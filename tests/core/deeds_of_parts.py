"""Deeds about the parts of a line, for the table of every deed."""

from board.core import commands as c
from tests.builders import NOW, PIA, Trial
from tests.core.deed import Deed, last_line

_ASKED = ((c.RequestPart(job="j1", line="1", text="brake pads"), PIA),)
_THERE = (*_ASKED, (c.PickPart(job="j1", line="1"), PIA))
_TAKEN = (*_THERE, (c.IssuePart(job="j1", line="1", receiver="tom"), PIA))
_LATER = NOW.replace(year=2027)


def _part(trial: Trial) -> str:
    line = trial.job().line("1")
    return line.requests[-1].id if line and line.requests else "1"


PARTS_DEEDS: tuple[Deed, ...] = (
    Deed("request_part", lambda t: c.RequestPart(job="j1", line=last_line(t), text="filter")),
    Deed("pick_part", lambda t: c.PickPart(job="j1", line="1"), _ASKED),
    Deed("order_part", lambda t: c.OrderPart(job="j1", line="1", expected=_LATER), _ASKED),
    Deed("issue_part", lambda t: c.IssuePart(job="j1", line="1", receiver="tom"), _THERE),
    Deed(
        "report_wrong_part",
        lambda t: c.ReportWrongPart(job="j1", line="1", part=_part(t), why="another model"),
        _TAKEN,
    ),
    Deed("return_part", lambda t: c.ReturnPart(job="j1", line="1"), _TAKEN),
    Deed("cancel_part", lambda t: c.CancelPart(job="j1", line="1"), _ASKED),
)
