"""What is looked at in a check: templates by kind of job and level, and codes of defects.

Says which template a job has; what an answer must be like is written in the rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from board.core.job import Flag, Job
from board.core.workflow import CheckLevel


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at. A `unit` asks for a value, from `least` to `most` (None: any).

    `photo`: a picture is needed; `flags`: asked only of jobs with one of them (empty: of all).
    """

    id: str
    text: str
    unit: str = ""
    least: float | None = None
    most: float | None = None
    photo: bool = False
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckTemplate:
    """The points of one level for some kinds of job (no kinds: for every kind without its own).

    `road_test`: the gate wants a road test's record, or of jobs with one of `road_test_flags`;
    `one_by_one`: no point is answered by saying that all is in order.
    """

    level: CheckLevel
    points: tuple[Point, ...] = ()
    kinds: tuple[str, ...] = ()
    road_test: bool = False
    road_test_flags: frozenset[Flag] = frozenset()
    one_by_one: bool = False


class OwnWork(StrEnum):
    """Whether somebody may pass the team or final check of what they worked on."""

    never = "never"
    with_reason = "with_reason"
    allowed = "allowed"


@dataclass(frozen=True, slots=True)
class CheckBook:
    """A shop's own templates, its own defect codes (code to word) and who checks whom.

    What it does not say is as shipped; own defect codes stand in place of the shipped ones.
    """

    templates: tuple[CheckTemplate, ...] = ()
    defects: Mapping[str, str] = field(default_factory=dict)
    own_work: OwnWork = OwnWork.never


def choose(
    templates: Iterable[CheckTemplate], kind: str, level: CheckLevel
) -> CheckTemplate | None:
    """The template of that level that names the kind, else the one for all other kinds."""
    there = [template for template in templates if template.level == level]
    named = (template for template in there if kind in template.kinds)
    others = (template for template in there if not template.kinds)
    return next(named, None) or next(others, None)


def points_of(template: CheckTemplate, job: Job) -> tuple[Point, ...]:
    """The points that a job is asked, in their order."""
    return tuple(p for p in template.points if not p.flags or not p.flags.isdisjoint(job.flags))


def wants_road_test(template: CheckTemplate, job: Job) -> bool:
    """Whether the job may not pass without a road test's record."""
    return template.road_test or not template.road_test_flags.isdisjoint(job.flags)
