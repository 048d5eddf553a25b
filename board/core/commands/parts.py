"""Commands about the parts of a line: asked for, picked, ordered, issued, wrong, given back.

Where `part` is empty, all parts of the line are meant that can take the step.
"""

from dataclasses import dataclass
from datetime import datetime

from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class RequestPart(Command):
    """Ask the parts store for a part; `number` is the maker's, `quantity` in the part's unit."""

    job: str
    line: str
    text: str
    number: str = ""
    quantity: float = 1.0


@dataclass(frozen=True, kw_only=True)
class PickPart(Command):
    """A part lies ready at the counter: from the shelf, or come from the supplier."""

    job: str
    line: str
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderPart(Command):
    """A part is not in stock: ordered, and expected then. Ask again to change the time."""

    job: str
    line: str
    part: str = ""
    expected: datetime


@dataclass(frozen=True, kw_only=True)
class IssuePart(Command):
    """A part is handed out. `receiver`: who took it; empty: me, or the line's technician.

    A technician signs for what they take themselves.
    """

    job: str
    line: str
    part: str = ""
    receiver: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportWrongPart(Command):
    """This part is not the right one, and why; it is asked for again."""

    job: str
    line: str
    part: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ReturnPart(Command):
    """An issued part came back to the store, or a wrong one that is not needed any more."""

    job: str
    line: str
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class CancelPart(Command):
    """A part is not needed after all."""

    job: str
    line: str
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteLateParts(Command):
    """The expected time of an ordered part has passed; empty `part`: of the line's parts."""

    job: str
    line: str
    part: str = ""
