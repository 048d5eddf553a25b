"""Indirect time: what a technician is clocked on when it is no line of a car."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from board.core.lines import Clock

SHIPPED_CODES = ("parts_run", "cleaning", "training", "meeting", "waiting", "break")
"""The codes every shop has; a shop names others in its file."""

KEPT = timedelta(hours=72)
"""How long an ended clock stays in live state, as long as a closed order does."""

_OF_NOBODY: tuple["IndirectClock", ...] = ()


@dataclass(frozen=True, slots=True)
class IndirectClock:
    """A stretch of indirect time: its code, the clock, and the commands that began and ended it."""

    code: str
    clock: Clock
    begun_by: str = ""
    ended_by: str = ""

    @property
    def is_running(self) -> bool:
        """Whether nobody has stopped it yet."""
        return self.clock.ended_at is None


Indirect = Mapping[str, tuple[IndirectClock, ...]]
"""The indirect clocks of each technician, in the order in which they began."""


def known_codes(named: Mapping[str, str] | None) -> Mapping[str, str]:
    """Every code a shop has, the shipped ones first, with the shop's own name for it or ''."""
    return {**dict.fromkeys(SHIPPED_CODES, ""), **(named or {})}


def running_indirect(indirect: Indirect, technician: str) -> IndirectClock | None:
    """The indirect clock that runs for the technician."""
    return next((one for one in indirect.get(technician, _OF_NOBODY) if one.is_running), None)


def find_indirect(
    indirect: Indirect, technician: str, started_at: datetime
) -> IndirectClock | None:
    """The technician's indirect clock that began at that moment; of several the one that counts."""
    mine = reversed(indirect.get(technician, _OF_NOBODY))
    return next((one for one in mine if one.clock.started_at == started_at), None)


def with_clock(indirect: Indirect, new: IndirectClock, now: datetime) -> Indirect:
    """The clocks with one more; what ended long ago leaves."""
    who = new.clock.technician
    kept = tuple(one for one in indirect.get(who, _OF_NOBODY) if not _is_old(one, now))
    return {**indirect, who: (*kept, new)}


def _is_old(one: IndirectClock, now: datetime) -> bool:
    return one.clock.ended_at is not None and one.clock.ended_at < now - KEPT


def with_changed(indirect: Indirect, old: IndirectClock, new: IndirectClock | None) -> Indirect:
    """The clocks with `new` in place of `old`, or without it."""
    who = old.clock.technician
    mine = tuple(
        kept
        for one in indirect.get(who, _OF_NOBODY)
        if (kept := new if one == old else one) is not None
    )
    return {**indirect, who: mine}


def stopped(one: IndirectClock, at: datetime, command_id: str) -> IndirectClock:
    """The clock after its technician stopped it."""
    return replace(one, clock=replace(one.clock, ended_at=at), ended_by=command_id)
