"""The line before reception as screens see it: every waiting car's place, by job.

Made anew only when a car comes, is called, received or signed; private things never come here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from board.core.days import business_day
from board.core.job import Job
from board.core.reception import Turn, is_in_line, place, reception_seconds, turn, usual_seconds
from board.core.shop import Shop
from board.core.workflow import State
from displays.views.parts import JobMemory, Made


@dataclass(frozen=True, slots=True)
class Wait:
    """A place in the line: so many cars before, about so many minutes (in fives; 0 for the next).

    `called`: it is this one's turn now.
    """

    before: int
    minutes: int
    called: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """What a job has to do with the line: its turn in it, or its reception."""

    turn: Turn | None = None
    called: bool = False
    receiving: bool = False
    took_seconds: float | None = None


_NONE = _Part()


class ReceptionLine:
    """The places of one shop, from change to change."""

    def __init__(self) -> None:
        self._memory = JobMemory(_part, self._told)
        self._parts: dict[str, _Part] = {}
        self._is_placed = True
        self._waits: Mapping[str, Wait] = {}

    def look(self, shop: Shop, now: datetime) -> Mapping[str, Wait]:
        """The place of every car in line, the next one first; the same object while none moved."""
        self._memory.look(shop, now)
        if not self._is_placed:
            waits = _placed(self._parts)
            self._waits = self._waits if list(waits.items()) == [*self._waits.items()] else waits
            self._is_placed = True
        return self._waits

    def _told(self, job_id: str, before: _Part | None, after: _Part | None) -> None:
        if (before or _NONE) == (after or _NONE):
            return
        self._is_placed = False
        if after is None or after == _NONE:
            self._parts.pop(job_id, None)
        else:
            self._parts[job_id] = after


def _part(shop: Shop, job: Job, now: datetime) -> Made[_Part]:
    if is_in_line(job):
        return _Part(turn(job), job.called_at is not None), None
    return _Part(
        receiving=_is_being_received(shop, job, now),
        took_seconds=reception_seconds(job, now, shop.settings),
    ), None


def _is_being_received(shop: Shop, job: Job, now: datetime) -> bool:
    """A car that stands in reception since yesterday keeps no desk."""
    if job.state != State.receiving or job.reception_at is None:
        return False
    return business_day(job.reception_at, shop.settings) == business_day(now, shop.settings)


def _placed(parts: Mapping[str, _Part]) -> dict[str, Wait]:
    seconds = usual_seconds([p.took_seconds for p in parts.values() if p.took_seconds is not None])
    desks = sum(part.receiving for part in parts.values())
    turns = sorted((part.turn, job, part.called) for job, part in parts.items() if part.turn)
    waits = {}
    for before, (_, job, called) in enumerate(turns):
        found = place(before, seconds, desks)
        waits[job] = Wait(found.before, found.minutes, called)
    return waits
