"""Who is absent: marked from–to, and not dispatched for that time."""

from datetime import datetime

from board.core import closing
from board.core import commands as c
from board.core import events as e
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, shop_rule

_MOST = 200


@shop_rule.register
def _mark(command: c.MarkAbsent, case: Case) -> Outcome:
    person = case.shop.people.get(command.person)
    if person is None or person.removed:
        return Refused("unknown_person", {"person": command.person}, ("person",))
    if command.end <= command.start:
        return Refused("absence_wrong", fields=("end",))
    if command.end <= case.now:
        return Refused("time_past", fields=("end",))
    coming = [each for each in case.shop.absences if each.end > case.now]
    if len(coming) >= _MOST:
        return Refused("too_many", {"limit": _MOST}, ("person",))
    return (e.AbsenceMarked(command.person, command.start, command.end),)


@shop_rule.register
def _end(command: c.EndAbsence, case: Case) -> Outcome:
    away = any(each.person == command.person for each in case.shop.absences)
    return (e.AbsenceEnded(command.person),) if away else ()


def absence_fault(people: tuple[str, ...], at: datetime, case: Case) -> Refused | None:
    """None when all of them are here at the planned start."""
    for who in people:
        if closing.absent_at(case.shop, who, at) is not None:
            name = case.shop.name_of(who)
            return Refused("person_absent", {"person": name}, ("technicians",))
    return None
