"""Comebacks: linking a job to the earlier order it comes back to; the flag follows the link."""

import re

from board.core import commands as c
from board.core import events as e
from board.core.comebacks import Comeback
from board.core.events import Event
from board.core.job import Car, Flag, Job
from board.core.plates import normal_plate
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, job_rule
from board.core.rules.limits import text_fault
from board.core.shop import Shop
from board.core.workflow import CheckLevel

_MOST_SIGNS = 40
_MOST_PEOPLE = 20
_NUMBER = re.compile(r"R\d{4}-\d{4,8}", re.ASCII)
"""What an order of this shop that has left live state is called."""


@job_rule.register
def _link(command: c.LinkComeback, job: Job, case: Case) -> Outcome:
    if not command.comeback_of.strip():
        return _unlinked(job)
    found = earlier_order(command.comeback_of, case.shop, job.id)
    if isinstance(found, Refused):
        return found
    refused = _foreign_fault(found, job.car, command.reason, case.shop)
    if refused is not None:
        return refused
    if not found.order:
        refused = _people_fault(command, case.shop)
        if refused is not None:
            return refused
        found = Comeback(found.number, "", command.technicians, command.inspector)
    if found == job.comeback:
        return ()
    flagged = e.FlagsChanged(job.id, frozenset({Flag.comeback}), frozenset())
    linked = e.ComebackLinked(job.id, found)
    return (linked,) if Flag.comeback in job.flags else (linked, flagged)


def _unlinked(job: Job) -> Outcome:
    gone = e.FlagsChanged(job.id, frozenset(), frozenset({Flag.comeback}))
    return (
        *((e.ComebackLinked(job.id, None),) if job.comeback else ()),
        *((gone,) if Flag.comeback in job.flags else ()),
    )


def _foreign_fault(found: Comeback, car: Car, reason: str, shop: Shop) -> Refused | None:
    """None for an order on the board of this car; of any other one somebody says why."""
    if not found.order and not _NUMBER.fullmatch(found.number):
        # A number is kept for good and in the clear: no place for other words.
        return Refused("comeback_unknown", fields=("comeback_of",))
    if reason.strip():
        return None
    if not found.order:
        # Nothing on the board tells whether there was such an order.
        return Refused("reason_needed", fields=("reason",))
    other = shop.jobs[found.order].car
    vin = "".join(car.vin.split()).upper()
    is_same = other.plate == normal_plate(car.plate) or (vin != "" and vin == other.vin)
    return None if is_same else Refused("comeback_foreign", fields=("comeback_of",))


def _people_fault(command: c.LinkComeback, shop: Shop) -> Refused | None:
    if len(command.technicians) > _MOST_PEOPLE:
        return Refused("too_many", {"limit": _MOST_PEOPLE}, ("technicians",))
    named = (*command.technicians, *((command.inspector,) if command.inspector else ()))
    unknown = [who for who in named if who not in shop.people]
    return Refused("unknown_person", {"person": unknown[0][:40]}) if unknown else None


def earlier_order(named: str, shop: Shop, but: str) -> Comeback | Refused:
    """The earlier order of that id or number; one that left live state is its number only."""
    named = named.strip()
    refused = text_fault(named, _MOST_SIGNS, "comeback_of")
    if refused is not None:
        return refused
    for job in shop.jobs.values():
        if named in (job.id, job.number):
            if job.id == but:
                return Refused("comeback_self", fields=("comeback_of",), job=but)
            return Comeback(job.number, job.id, workers(job), inspector_of(job))
    return Comeback(named)


def workers(job: Job) -> tuple[str, ...]:
    """Everybody who clocked on the job, in the order they began."""
    clocks = [clock for line in job.lines for clock in line.clocks]
    clocks.sort(key=lambda clock: clock.started_at)
    return tuple(dict.fromkeys(clock.technician for clock in clocks))


def inspector_of(job: Job) -> str:
    """Who passed the last final check, or ''."""
    passed = [check.by for check in job.checks if check.passed and check.level == CheckLevel.final]
    return passed[-1].partition(":")[2] if passed else ""


def opened_as_comeback(command: c.OpenJob, shop: Shop) -> tuple[Event, ...]:
    """The link of a job that is opened as a comeback."""
    if not command.comeback_of.strip():
        return ()
    found = earlier_order(command.comeback_of, shop, command.job)
    return () if isinstance(found, Refused) else (e.ComebackLinked(command.job, found),)


def comeback_fault(command: c.OpenJob, shop: Shop) -> Refused | None:
    """None when the job to be opened may come back to the order it names."""
    found = earlier_order(command.comeback_of, shop, command.job)
    if isinstance(found, Refused):
        return found
    named = command.comeback_of.strip()
    return _foreign_fault(found, command.car, command.reason, shop) if named else None
