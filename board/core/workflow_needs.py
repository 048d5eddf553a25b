"""Whether a car can ever have what a workflow's ways ask for, at the place where they ask it.

Looks at the workflow alone: what a car may have brought about by then, on any way to there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from board.core.needs import Need
from board.core.workflow import Lane, State, Step, Through, Way, Workflow

_ANYWHERE = frozenset({Need.lines_decided, Need.parts_issued, Need.promised, Need.mileage})
"""What people bring about wherever the car is, or what an order has that asks for nothing."""
_BY_BEING_IN: Mapping[str, frozenset[Need]] = {
    Lane.reception: frozenset({Need.signed}),
    State.working: frozenset({Need.lines_done}),
    Lane.handover: frozenset({Need.settled, Need.paid}),
}
"""What is brought about while a job is in a state, or in a lane."""
_BY_LEAVING: Mapping[str, Need] = {State.washing: Need.washed, State.road_test: Need.road_tested}
_SIDEWAYS = frozenset({Through.hold, Through.resume, Through.cancel})
_FIRST = (State.booked, State.arrived, State.receiving)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A way that no car can take, and the first of what it asks for in vain."""

    state: str
    to: str
    need: Need


def unmet(flow: Workflow) -> Iterator[Unmet]:
    """The ways at which cars would stand for ever. A way that asks in vain is no fault where
    another one leads on to delivery without waiting for time to pass.
    """
    had = _had(flow)
    onward = _leading_on(flow, had)
    for state in had:
        if state in onward:
            continue
        step = flow.steps[state]
        for way in step.ways:
            lacking = way.needs - _at(step, way, had[state])
            if lacking and way.to in flow.steps:
                yield Unmet(state, way.to, min(lacking))


Had = Mapping[str, frozenset[Need]]
"""What a car may have when it comes into a state, by the states that a car can come to."""


def _had(flow: Workflow) -> Had:
    found: dict[str, frozenset[Need]] = {}
    todo = [(str(state), _ANYWHERE) for state in _FIRST if state in flow.steps]
    while todo:
        state, brought = todo.pop()
        before = found.get(state)
        if before is not None and brought <= before:
            continue
        found[state] = brought | (before or frozenset())
        step = flow.steps[state]
        for way in _open(step, found[state]):
            if way.to in flow.steps:
                todo.append((way.to, _after(step, way, found[state])))
    return found


def _open(step: Step, had: frozenset[Need]) -> Iterator[Way]:
    """The ways that some car can take; a hold only returns to where the car was."""
    ways = (way for way in step.ways if way.through not in _SIDEWAYS)
    return (way for way in ways if way.needs <= _at(step, way, had))


def _at(step: Step, way: Way, had: frozenset[Need]) -> frozenset[Need]:
    """What a car may have when it takes a way."""
    here = _BY_BEING_IN.get(step.state, frozenset()) | _BY_BEING_IN.get(step.lane, frozenset())
    if any(each.to == State.delivered for each in step.ways) and step.lane == Lane.handover:
        here |= {Need.gate_pass}
    passes = step.check is not None and way.through == Through.passed
    return had | here | ({Need.check_passed} if passes else frozenset())


def _after(step: Step, way: Way, had: frozenset[Need]) -> frozenset[Need]:
    left = _BY_LEAVING.get(step.state)
    return _at(step, way, had) | ({left} if left else frozenset())


def _leading_on(flow: Workflow, had: Had) -> frozenset[str]:
    """The states from which some car comes to delivery by what people do."""
    found: set[str] = {State.delivered}
    while True:
        new = {state for state in had if state not in found and _leads_to(flow, state, had, found)}
        if not new:
            return frozenset(found)
        found |= new


def _leads_to(flow: Workflow, state: str, had: Had, goals: set[str]) -> bool:
    ways = _open(flow.steps[state], had[state])
    return any(way.to in goals for way in ways if way.through != Through.time)
