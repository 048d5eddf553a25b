"""Indirect time: clocks that run on no line. A technician has one running clock of either kind."""

import re
from collections.abc import Mapping
from datetime import datetime

from board.core import commands as c
from board.core import events as e
from board.core.clocks import clocks_of, overlapped
from board.core.events import Event
from board.core.indirect import KEPT, find_indirect, known_codes, running_indirect
from board.core.lines import Clock
from board.core.permissions import permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.dispatching import technician_fault
from board.core.rules.limits import text_fault

_LEADERS = (Role.team_leader, Role.controller)
_CODE = re.compile(r"[a-z0-9_]{1,40}")
_MOST_CODES = 30
_MOST_SIGNS = 40


def codes_fault(named: Mapping[str, str] | None) -> Refused | None:
    """What is wrong with a shop's own codes of indirect time."""
    field = "settings.indirect_codes"
    if len(named or {}) > _MOST_CODES:
        return Refused("too_many", {"limit": _MOST_CODES}, (field,))
    for code, name in (named or {}).items():
        if not _CODE.fullmatch(code):
            return Refused("id_wrong", {"id": code}, (field,))
        refused = text_fault(name, _MOST_SIGNS, field)
        if refused is not None or not name.strip():
            return refused or Refused("name_needed", fields=(field,))
    return None


def clocks_stopped(technician: str, case: Case, at: datetime | None = None) -> tuple[Event, ...]:
    """The events that stop whatever clock of the technician runs; `at`: by a late tap."""
    on_line = case.shop.running.get(technician)
    off_line = running_indirect(case.shop.indirect, technician)
    return (
        *((e.LinePaused(on_line.job, on_line.line, technician, at=at),) if on_line else ()),
        *((e.IndirectStopped(technician, at),) if off_line else ()),
    )


def _not_theirs(technician: str, case: Case, reason: str) -> Refused | None:
    """None for one's own clock, and for a leader who presses for others."""
    if technician != case.actor.id:
        refused = permit(_LEADERS, case.actor, reason)
        if refused is not None:
            return refused
    return technician_fault(technician, case)


@shop_rule.register
def _start(command: c.StartIndirect, case: Case) -> Outcome:
    technician = command.technician or case.actor.id
    refused = _not_theirs(technician, case, command.reason)
    if refused is not None:
        return refused
    if command.code not in known_codes(case.shop.settings.indirect_codes):
        return Refused("unknown_code", {"code": command.code[:_MOST_SIGNS]}, ("code",))
    running = running_indirect(case.shop.indirect, technician)
    if running is not None and running.code == command.code:
        return Refused("indirect_running", {"person": case.shop.name_of(technician)}, ("code",))
    return (*clocks_stopped(technician, case), e.IndirectStarted(technician, command.code))


@shop_rule.register
def _stop(command: c.StopIndirect, case: Case) -> Outcome:
    technician = command.technician or case.actor.id
    refused = _not_theirs(technician, case, command.reason)
    if refused is not None:
        return refused
    if running_indirect(case.shop.indirect, technician) is None:
        return Refused("indirect_not_running", {"person": case.shop.name_of(technician)})
    return (e.IndirectStopped(technician),)


def correction_fault(was: Clock, will_be: Clock, case: Case, reason: str) -> Refused | None:
    """None when a clock may say `will_be` in place of `was`, an object of the shop at hand."""
    if not reason.strip():
        return Refused("reason_needed", fields=("reason",))
    begins, ended = will_be.started_at, will_be.ended_at
    if begins > case.now or (ended is not None and not begins < ended <= case.now):
        return Refused("clock_wrong", fields=("ended_at",))
    if _reaches_back(was, will_be, case.now):
        hours = round(KEPT.total_seconds() / 3600)
        return Refused("clock_old", {"hours": hours}, ("ended_at",))
    others = clocks_of(was.technician, case.shop, but_for=was)
    if overlapped(will_be, others) is not None:
        person = case.shop.name_of(was.technician)
        return Refused("clock_overlaps", {"person": person}, ("ended_at",))
    return None


def _reaches_back(was: Clock, will_be: Clock, now: datetime) -> bool:
    """Whether the clock takes in time of which other clocks may have left live state by now.

    Made shorter it overlaps nothing new, however old it is.
    """
    oldest = now - KEPT
    earlier = will_be.started_at < min(was.started_at, oldest)
    if earlier or was.ended_at is None or will_be.ended_at is None:
        return earlier
    return was.ended_at < min(will_be.ended_at, oldest)


@shop_rule.register
def _correct(command: c.CorrectIndirect, case: Case) -> Outcome:
    one = find_indirect(case.shop.indirect, command.technician, command.started_at)
    if one is None:
        return Refused("clock_unknown")
    begins, ended = command.begins_at or command.started_at, command.ended_at or one.clock.ended_at
    refused = correction_fault(
        one.clock, Clock(command.technician, begins, ended), case, command.reason
    )
    if refused is not None:
        return refused
    if (begins, ended) == (one.clock.started_at, one.clock.ended_at):
        return ()
    started, why = command.started_at, command.reason.strip()
    return (e.IndirectCorrected(command.technician, started, begins, ended, why),)


@shop_rule.register
def _close(command: c.CloseIndirect, case: Case) -> Outcome:
    one = running_indirect(case.shop.indirect, command.technician)
    if one is None:
        return ()
    started = one.clock.started_at
    if not started < command.at <= case.now:
        return Refused("clock_wrong")
    return (e.IndirectCorrected(command.technician, started, started, command.at),)
