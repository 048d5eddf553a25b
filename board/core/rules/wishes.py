"""What an appointment may expect: work and codes of lines, hours, a technician, a kind of bay."""

import math
import re
from dataclasses import replace

from board.core.appointments import Appointment
from board.core.refusals import Refused
from board.core.rules.case import Case
from board.core.rules.dispatching import technician_fault
from board.core.rules.limits import length_fault, text_fault

_MOST_WORK = 1000
_MOST_CODES = 20
_MOST_CODE = 30
_MOST_HOURS = 99
_BETWEEN_CODES = re.compile(r"[\s,;，；、]+")


def tidied(wishes: Appointment) -> Appointment:
    """The wishes with every code by itself, once: people type several in one field."""
    found = (code for typed in wishes.codes for code in _BETWEEN_CODES.split(typed) if code)
    return replace(wishes, work=wishes.work.strip(), codes=tuple(dict.fromkeys(found)))


def wishes_fault(wishes: Appointment, case: Case) -> Refused | None:
    """What is wrong with tidied wishes; fields are named as those of `appointment`."""
    return (
        length_fault(wishes.work, _MOST_WORK, "appointment.work")
        or _codes_fault(wishes.codes)
        or _hours_fault(wishes.hours)
        or _technician_fault(wishes.technician, case)
    )


def _codes_fault(codes: tuple[str, ...]) -> Refused | None:
    if len(codes) > _MOST_CODES:
        return Refused("too_many", {"limit": _MOST_CODES}, ("appointment.codes",))
    faults = (text_fault(code, _MOST_CODE, "appointment.codes") for code in codes)
    return next((fault for fault in faults if fault is not None), None)


def _hours_fault(hours: float | None) -> Refused | None:
    if hours is None or (math.isfinite(hours) and 0 <= hours <= _MOST_HOURS):
        return None
    return Refused("number_wrong", fields=("appointment.hours",))


def _technician_fault(person_id: str, case: Case) -> Refused | None:
    refused = technician_fault(person_id, case) if person_id else None
    return refused and replace(refused, fields=("appointment.technician",))
