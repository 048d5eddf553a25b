"""Checks and road tests of a job: what was found at each point, by whom and when. Values only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.core.personal import Personal
from board.core.workflow import CheckLevel


class Verdict(StrEnum):
    """What was found at a point."""

    ok = "ok"
    not_ok = "not_ok"
    not_applicable = "not_applicable"


@dataclass(frozen=True, slots=True)
class Answered:
    """One point as it was answered, in the words it had then.

    `value` in `unit` where the point asks for one; `photos`: content hashes; `defect`: the code
    of what is wrong.
    """

    point: str
    text: str
    verdict: Verdict
    value: float | None = None
    unit: str = ""
    note: Personal = ""
    photos: tuple[str, ...] = ()
    defect: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """An answer with who gave it and when."""

    answered: Answered
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One look at the work: passed, or failed with a defect code; `lines` are to be redone.

    `reason`: why somebody checked who otherwise may not.
    """

    level: CheckLevel | None
    passed: bool
    by: str
    at: datetime
    defect: str = ""
    note: Personal = ""
    points: tuple[Mark, ...] = ()
    lines: tuple[str, ...] = ()
    reason: Personal = ""


@dataclass(frozen=True, slots=True)
class RoadTest:
    """A road test: odometer in km when leaving and coming back, with times.

    `driver`: who drove, where it was not who noted it; `findings`: what was heard and felt.
    """

    by: str
    out_at: datetime
    out_km: int | None = None
    in_at: datetime | None = None
    in_km: int | None = None
    driver: str = ""
    findings: Personal = ""

    @property
    def is_complete(self) -> bool:
        """Whether kilometres out and in are there."""
        return None not in (self.out_km, self.in_km, self.in_at)


def marked(marks: tuple[Mark, ...], given: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks after some more: a point answered again has its newest answer."""
    by_point = {mark.answered.point: mark for mark in marks}
    by_point |= {mark.answered.point: mark for mark in given}
    return tuple(by_point.values())
