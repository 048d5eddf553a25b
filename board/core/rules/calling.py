"""Help calls: made, answered, reached and closed by people; told on and ended by time."""

from collections.abc import Iterator

from board.core import commands as c
from board.core import events as e
from board.core.call_places import place_of, same_call, told_at
from board.core.calls import ANSWERERS, LADDER, Call, CallEnd, CallRules, CallStep, escalates_at
from board.core.days import shift_end
from board.core.events import Event
from board.core.permissions import permit
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.holding import MOST_SECONDS
from board.core.rules.undoing import WINDOW, day_ended_since
from board.core.workflow import BOARD_LANES, Lane


def call_rules_fault(rules: CallRules) -> Refused | None:
    """What is wrong with a shop's own rules of help calls."""
    seconds = (*rules.answer_seconds.values(), rules.others_answer_seconds)
    possible = all(0 <= each <= MOST_SECONDS for each in seconds)
    return None if possible else Refused("number_wrong", fields=("settings.calls",))


@shop_rule.register
def _help(command: c.CallHelp, case: Case) -> Outcome:
    shop = case.shop
    if command.job and (refused := _job_fault(command.job, case)) is not None:
        return refused
    caller = command.technician or case.actor.id
    if command.technician and caller not in shop.people:
        return Refused("unknown_person", {"person": caller}, ("technician",))
    bay_id, job = place_of(shop, caller, command.bay, command.job)
    if not bay_id:
        return Refused("call_place_needed", fields=("bay",))
    bay = shop.bays.get(bay_id)
    if bay is None or bay.removed:
        return Refused("unknown_bay", {"bay": bay_id}, ("bay",))
    if same_call(shop, command.kind, bay_id, job) is not None:
        # Who stands at a button sees no sentence, and presses until somebody comes.
        if case.actor.has(Role.device):
            return ()
        return Refused("call_twice", {"bay": bay.name}, ("kind",))
    number = str(shop.counters.get("call:", 0) + 1)
    return (e.HelpCalled(number, command.kind, bay_id, job),)


def _job_fault(job_id: str, case: Case) -> Refused | None:
    job = case.shop.jobs.get(job_id)
    if job is None:
        return Refused("unknown_job", job=job_id)
    if job.is_closed:
        return Refused("job_closed", job=job_id)
    is_here = case.shop.workflow.lane_of(job.state) in BOARD_LANES
    return None if is_here else Refused("not_here", job=job_id)


def _open_call(call_id: str, case: Case) -> Call | Refused:
    call = case.shop.calls.get(call_id)
    if call is not None:
        return call
    past = any(one.id == call_id for one in case.shop.past_calls)
    return Refused("call_over" if past else "unknown_call")


def _to_answer(command: c.AnswerCall | c.ReachCall, case: Case) -> Call | Refused:
    """The open call, for whoever may answer its kind."""
    call = _open_call(command.call, case)
    if isinstance(call, Refused):
        return call
    return permit(ANSWERERS[call.kind], case.actor, command.reason) or call


@shop_rule.register
def _answer(command: c.AnswerCall, case: Case) -> Outcome:
    call = _to_answer(command, case)
    if isinstance(call, Refused):
        return call
    came = call.reached or call.answered
    if came is None:
        return (e.CallAnswered(call.id, call.job),)
    if came.by == case.actor.label:
        return ()
    return Refused("call_answered", {"person": case.shop.name_of(came.by.partition(":")[2])})


@shop_rule.register
def _reach(command: c.ReachCall, case: Case) -> Outcome:
    call = _to_answer(command, case)
    if isinstance(call, Refused):
        return call
    if call.reached is not None:
        return ()
    answered = () if call.answered else (e.CallAnswered(call.id, call.job),)
    return (*answered, e.CallReached(call.id, call.job))


@shop_rule.register
def _close(command: c.CloseCall, case: Case) -> Outcome:
    call = _open_call(command.call, case)
    if isinstance(call, Refused):
        return call
    mine = call.called.by == case.actor.label
    refused = None if mine else permit(ANSWERERS[call.kind], case.actor, command.reason)
    return refused or (e.CallClosed(call.id, job=call.job),)


@shop_rule.register
def _undo(command: c.UndoCall, case: Case) -> Outcome:
    past = (one for one in case.shop.past_calls if one.id == command.call)
    call = case.shop.calls.get(command.call) or next(past, None)
    if call is None:
        return Refused("unknown_call")
    if call.over is not None:
        return Refused("undo_nothing")
    if call.last.by != case.actor.label:
        return Refused("undo_not_yours")
    if case.now - call.last.at > WINDOW:
        return Refused("undo_late")
    if call.step == CallStep.closed and _cannot_reopen(call, case):
        return Refused("undo_changed", job=call.job)
    return (e.CallUndone(call.id, call.step, call.job),)


def _cannot_reopen(call: Call, case: Case) -> bool:
    """Whether its bay, car or day has gone, or help of that kind was called for anew."""
    if day_ended_since(call.last.at, case.shop):
        return True
    bay, job = case.shop.bays.get(call.bay), case.shop.jobs.get(call.job)
    gone = bay is None or bay.removed or (call.job != "" and (job is None or job.is_closed))
    return gone or same_call(case.shop, call.kind, call.bay, call.job) is not None


@shop_rule.register
def _escalate(command: c.EscalateCall, case: Case) -> Outcome:
    call = case.shop.calls.get(command.call)
    at = escalates_at(call, case.shop.settings.call_rules) if call else None
    if call is None or at is None:
        return ()
    if case.now < at:
        return Refused("not_due")
    return (e.CallEscalated(call.id, LADDER[call.kind][len(call.escalated)], call.job),)


@shop_rule.register
def _end(command: c.EndCall, case: Case) -> Outcome:
    call = case.shop.calls.get(command.call)
    if call is None:
        return ()
    if case.now < shift_end(call.called.at, case.shop.settings):
        return Refused("not_due")
    return (e.CallClosed(call.id, CallEnd.shift, call.job),)


def calls_over(events: tuple[Event, ...], case: Case) -> tuple[Event, ...]:
    """Ends of calls whose car or bay has gone, or whose day is over, with `events`."""
    if not case.shop.calls:
        return ()
    ends: dict[str, e.CallClosed] = {}
    for event in events:
        for call, over in _ended_by(event, case):
            ends.setdefault(call.id, e.CallClosed(call.id, over, call.job))
    closed = {event.call for event in events if isinstance(event, e.CallClosed)}
    return tuple(end for call_id, end in ends.items() if call_id not in closed)


def _ended_by(event: Event, case: Case) -> Iterator[tuple[Call, CallEnd]]:
    calls = case.shop.calls.values()
    if isinstance(event, e.DayClosed):
        yield from ((call, CallEnd.day) for call in calls)
    elif isinstance(event, e.BayRemoved):
        there = (call for call in calls if told_at(case.shop, call) == event.bay)
        yield from ((call, CallEnd.bay) for call in there)
    elif isinstance(event, e.JobMoved) and case.shop.workflow.lane_of(event.to) == Lane.gone:
        yield from ((call, CallEnd.car) for call in calls if call.job == event.job)
