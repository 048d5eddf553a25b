"""Answers to the points of a check: what was found, by whom and when. Values only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.core.personal import Personal


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


def marked(marks: tuple[Mark, ...], given: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks after some more: a point answered again has its newest answer."""
    by_point = {mark.answered.point: mark for mark in marks}
    by_point |= {mark.answered.point: mark for mark in given}
    return tuple(by_point.values())
