"""How long cars stood still and why: what the read table of holds keeps, and what a day adds up to.

A projection, rebuildable from the journal. Knows nothing of where the rows are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from board.core.days import day_bounds, opening
from board.core.holds import CALENDAR, Hold
from board.core.job import Job
from board.core.shop import Settings


@dataclass(frozen=True, slots=True)
class HoldSpell:
    """One hold of a job from its start to its end; None: it is open."""

    reason: str
    owner: str
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waited:
    """What cars waited for one reason under one owner within a stretch of time."""

    reason: str
    owner: str
    holds: int
    jobs: int
    seconds: int

    @property
    def is_break(self) -> bool:
        """Whether it is the calendar's: people rest, and no car waits for anybody."""
        return self.owner == CALENDAR


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that is asked about; open holds count until `until` at the latest."""

    begins: datetime
    until: datetime


def stretch_of(day: date, settings: Settings, now: datetime) -> Stretch:
    """The opening hours of a business day as far as they have come; nothing before they begin.

    At night nobody works on a car, so it waits for nobody.
    """
    (begins, ends), (opens, closes) = day_bounds(day, settings), opening(day, settings)
    begins, ends = max(begins, opens), min(ends, closes)
    return Stretch(begins, max(begins, min(ends, now)))


def spells_of(job: Job) -> tuple[HoldSpell, ...]:
    """Every hold the job ever had, in order."""
    past = (_spell(ended.hold, ended.ended_at) for ended in job.past_holds)
    return (*past, *((_spell(job.hold, None),) if job.hold else ()))


def changed_spells(job: Job, before: Job | None) -> tuple[HoldSpell, ...] | None:
    """The holds of the job, None when they are what they were."""
    if before is None:
        return spells_of(job)
    if job.hold is before.hold and job.past_holds is before.past_holds:
        return None
    spells = spells_of(job)
    return None if spells == spells_of(before) else spells


def _spell(hold: Hold, ended_at: datetime | None) -> HoldSpell:
    return HoldSpell(hold.reason.value, hold.owner, hold.at, ended_at)


def waited(by_job: Iterable[tuple[str, HoldSpell]], within: Stretch) -> list[Waited]:
    """What these holds add up to, the longest wait first."""
    sums: dict[tuple[str, str], list[tuple[str, timedelta]]] = {}
    for job_id, spell in by_job:
        ends = min(spell.ended_at or within.until, within.until)
        if ends > (begins := max(spell.at, within.begins)):
            sums.setdefault((spell.reason, spell.owner), []).append((job_id, ends - begins))
    return ranked(
        Waited(*key, len(spans), len({job for job, _ in spans}), _seconds(spans))
        for key, spans in sums.items()
    )


def _seconds(spans: Iterable[tuple[str, timedelta]]) -> int:
    return round(sum((span for _, span in spans), timedelta()).total_seconds())


def ranked(found: Iterable[Waited]) -> list[Waited]:
    """The longest wait first, those alike by their reason."""
    return sorted(found, key=lambda one: (-one.seconds, one.reason, one.owner))
