"""What devices see come: plates that propose an arrival, gates that something goes through.

A person decides, unless the shop lets a sure read at a gate count by itself.
"""

from datetime import datetime, timedelta

from board.core import commands as c
from board.core import events as e
from board.core.appointments import PROPOSAL_LASTS
from board.core.days import business_day
from board.core.events import Event
from board.core.job import Job
from board.core.plate_match import Likeness, named_by
from board.core.refusals import Refused
from board.core.rules.appointing import arrival
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.dispatching import is_awaited
from board.core.rules.needs import need_unmet
from board.core.workflow import State, Through

ONE_PASSAGE = timedelta(seconds=60)
"""So far apart a plate read and the gate's own sensor may tell of the same car."""
_ABOUT_NOW = timedelta(minutes=20)
_MOST_SIGNS = 80


@shop_rule.register
def _propose(command: c.ProposeArrival, case: Case) -> Outcome:
    rules, seen = case.shop.settings.sensor_rules, min(command.seen, case.now)
    # What a device kept while nobody listened is over.
    if not rules.is_likely(command.score) or case.now - seen >= PROPOSAL_LASTS:
        return ()
    job, whole = _named(command, case)
    if job is None:
        return ()
    others = _of_the_same_track(command, job, case)
    proposed = _proposal(command, job, seen, sure=whole and not others, case=case)
    passed = not command.watched or _was_passed(proposed.gate, seen, case)
    came = _came(job, case) if proposed.sure and passed else ()
    if not came and not _is_news(proposed, job, case):
        return ()
    withdrawn = (e.ProposalWithdrawn(one.id) for one in others if _is_open(one, case))
    return () if _is_refused(job, case) else (*withdrawn, proposed, *came)


def _proposal(
    command: c.ProposeArrival, job: Job, seen: datetime, *, sure: bool, case: Case
) -> e.ArrivalProposed:
    """Sure of a car is a read of all its signs, at a gate, that no other read contradicts."""
    gate, device = command.gate[:_MOST_SIGNS], command.device[:_MOST_SIGNS]
    sure = sure and bool(gate) and case.shop.settings.sensor_rules.is_sure(command.score)
    return e.ArrivalProposed(job.id, seen, device, gate, command.track[:_MOST_SIGNS], sure)


def _is_news(proposed: e.ArrivalProposed, job: Job, case: Case) -> bool:
    """A camera reads a plate again and again: only the first and the first sure one tell more."""
    told = job.proposal
    return told is None or case.now >= told.until or (proposed.sure and not told.sure)


def _is_refused(job: Job, case: Case) -> bool:
    """Whether a person has said that this car is not the one, or taken its arrival back."""
    told = job.proposal
    return told is not None and told.answered and case.now < told.until


def _named(command: c.ProposeArrival, case: Case) -> tuple[Job | None, bool]:
    """The awaited job of today whose car was read, the earliest; and whether by all its signs."""
    jobs = case.shop.jobs.values()
    here = [j for j in jobs if is_awaited(j, case) and j.car.plate and _is_of_today(j, case)]
    known = {job.car.plate for job in jobs if not job.is_closed}
    named = named_by(command.plate, command.others, {job.car.plate for job in here}, known)
    if named is None:
        return None, False
    own = [job for job in here if job.car.plate == named.plate]
    return min(own, key=lambda j: (_booked(j), j.id)), named.likeness == Likeness.same


def _booked(job: Job) -> datetime:
    return job.booked_for or job.opened_at


def _is_of_today(job: Job, case: Case) -> bool:
    """Who is booked for another day may pass the gate for anything."""
    settings = case.shop.settings
    day = business_day(job.booked_for or case.now, settings)
    return day <= business_day(case.now, settings)


def _of_the_same_track(command: c.ProposeArrival, job: Job, case: Case) -> list[Job]:
    """Other cars that the same track was read as a moment ago."""
    track = (command.device[:_MOST_SIGNS], command.track[:_MOST_SIGNS])
    told = ((one, one.proposal) for one in case.shop.jobs.values() if one.id != job.id)
    return [
        one
        for one, its in told
        if its and command.track and (its.device, its.track) == track and case.now < its.until
    ]


def _is_open(job: Job, case: Case) -> bool:
    return job.proposal is not None and job.proposal.is_open(case.now)


def _was_passed(gate: str, seen: datetime, case: Case) -> bool:
    at = case.shop.gates.get(gate)
    return at is not None and abs(seen - at) <= ONE_PASSAGE


def _came(job: Job, case: Case) -> tuple[Event, ...]:
    """The arrival by itself, where the shop wants that and nothing stands against it."""
    # Of a no-show somebody has said that it did not come: a person says that it has after all.
    if not case.shop.settings.sensor_rules.arrive_by_plate or job.state == State.no_show:
        return ()
    way = case.shop.workflow.way(job.state, State.arrived)
    if way is None or way.through != Through.move:
        return ()
    events = arrival(job, case)
    if isinstance(events, Refused) or need_unmet(events, case) is not None:
        return ()
    return events


@shop_rule.register
def _pass(command: c.PassGate, case: Case) -> Outcome:
    at = min(command.at, case.now)
    if case.now - at >= PROPOSAL_LASTS:
        return ()
    passed = e.GatePassed(command.gate[:_MOST_SIGNS], at)
    if command.blind:
        proposed = _only_one_due(command, at, case)
        return (passed, proposed) if proposed else ()
    if not case.shop.settings.sensor_rules.arrive_by_plate:
        return ()
    read = [job for job in case.shop.jobs.values() if _was_read_at(passed, job, case)]
    # Two cars at once: nobody knows which of them went through.
    return (passed, *(_came(read[0], case) if len(read) == 1 else ()))


def _was_read_at(passed: e.GatePassed, job: Job, case: Case) -> bool:
    told = job.proposal
    if told is None or not told.sure or told.gate != passed.gate or not told.is_open(case.now):
        return False
    return is_awaited(job, case) and abs(told.seen - passed.at) <= ONE_PASSAGE


def _only_one_due(command: c.PassGate, at: datetime, case: Case) -> e.ArrivalProposed | None:
    jobs = [j for j in case.shop.jobs.values() if is_awaited(j, case) and j.booked_for is not None]
    due = [job for job in jobs if abs(_booked(job) - at) <= _ABOUT_NOW]
    if len(due) != 1 or (due[0].proposal and case.now < due[0].proposal.until):
        return None
    device, gate = command.device[:_MOST_SIGNS], command.gate[:_MOST_SIGNS]
    return e.ArrivalProposed(due[0].id, at, device, gate)
