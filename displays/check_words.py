"""What was looked at, as pages say it: answers, rounds and road tests, in codes and names."""

from dataclasses import dataclass

from board.core.check_points import Check, Mark
from board.core.job import Job
from displays.dialog_asks import Ask
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer: `value` as it is read, by whom and when."""

    text: str
    verdict: str
    value: str
    note: str
    photos: tuple[str, ...]
    defect: str
    by: str
    at: Moment


@dataclass(frozen=True, slots=True)
class CheckRound:
    """One check that is over; `lines` are what it sent back."""

    number: int
    level: str
    passed: bool
    by: str
    at: Moment
    defect: str
    note: str
    reason: str
    lines: tuple[str, ...]
    points: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class Drive:
    """A road test: who drove, kilometres and times; `km` is how far, None while unknown."""

    by: str
    out_at: Moment
    out_km: int | None
    in_at: Moment | None
    in_km: int | None
    km: int | None
    findings: str


def looked(ask: Ask, mark: Mark) -> Looked:
    """An answer as a page says it."""
    found = mark.answered
    value = "" if found.value is None else f"{found.value:g} {found.unit}".strip()
    return Looked(
        text=found.text,
        verdict=found.verdict.value,
        value=value,
        note=found.note,
        photos=found.photos,
        defect=found.defect,
        by=by_name(ask.shop, mark.by),
        at=moment(mark.at, ask.now, ask.shop.settings),
    )


def rounds(ask: Ask, job: Job) -> tuple[CheckRound, ...]:
    """Every check that is over, the newest first."""
    numbered = [_round(ask, job, check, number) for number, check in enumerate(job.checks, 1)]
    return tuple(reversed(numbered))


def _round(ask: Ask, job: Job, check: Check, number: int) -> CheckRound:
    lines = [line.text for line in job.lines if line.id in check.lines and not line.implicit]
    return CheckRound(
        number=number,
        level=check.level.value if check.level else "",
        passed=check.passed,
        by=by_name(ask.shop, check.by),
        at=moment(check.at, ask.now, ask.shop.settings),
        defect=check.defect,
        note=check.note,
        reason=check.reason,
        lines=tuple(lines),
        points=tuple(looked(ask, mark) for mark in check.points),
    )


def drives(ask: Ask, job: Job) -> tuple[Drive, ...]:
    """Every road test, the newest first."""
    settings = ask.shop.settings
    return tuple(
        Drive(
            by=ask.shop.name_of(test.driver) if test.driver else by_name(ask.shop, test.by),
            out_at=moment(test.out_at, ask.now, settings),
            out_km=test.out_km,
            in_at=moment(test.in_at, ask.now, settings) if test.in_at else None,
            in_km=test.in_km,
            km=_driven(test.out_km, test.in_km),
            findings=test.findings,
        )
        for test in reversed(job.road_tests)
    )


def _driven(out_km: int | None, in_km: int | None) -> int | None:
    return None if out_km is None or in_km is None else in_km - out_km
