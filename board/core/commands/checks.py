"""Commands about what is looked at: marking points, the shop's own checks, comebacks."""

from dataclasses import dataclass

from board.core.check_points import Verdict
from board.core.check_templates import CheckBook
from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class PointAnswer:
    """The answer to one point: a value where it asks for one, photos by hash, a defect code."""

    point: str
    verdict: Verdict = Verdict.ok
    value: float | None = None
    note: str = ""
    photos: tuple[str, ...] = ()
    defect: str = ""


@dataclass(frozen=True, kw_only=True)
class MarkPoint(Command):
    """Answer one point of the check the job waits for; answering again replaces the answer.

    `photos`: hashes of pictures the shop has; `not_ok` needs a defect code.
    """

    job: str
    point: str
    verdict: Verdict = Verdict.ok
    value: float | None = None
    note: str = ""
    photos: tuple[str, ...] = ()
    defect: str = ""
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetUpChecks(Command):
    """Use these templates, defect codes and rule about own work; what is empty is as shipped."""

    book: CheckBook


@dataclass(frozen=True, kw_only=True)
class LinkComeback(Command):
    """Say that a job comes back to an earlier order (its id or number); empty takes it away.

    Of an order that left the board long ago, `technicians` and `inspector` are kept as given.
    """

    job: str
    comeback_of: str = ""
    technicians: tuple[str, ...] = ()
    inspector: str = ""
