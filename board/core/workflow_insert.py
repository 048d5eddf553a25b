"""Puts a state of a shop's own into a workflow: after one state, or before another."""

from collections.abc import Mapping
from dataclasses import replace

from board.core.needs import Need
from board.core.roles import PEOPLE_ROLES, Role
from board.core.workflow import Lane, State, Step, Through, Way, Workflow

_ONWARD = frozenset({Through.move, Through.passed, Through.finish, Through.dispatch})
_STANDING = frozenset({Through.hold, Through.resume, Through.cancel, Through.time})
_ADVISOR = frozenset({Role.advisor})
_PEOPLE = frozenset(PEOPLE_ROLES)


def onward_of(flow: Workflow, state: str) -> Way | None:
    """The way by which a job usually leaves `state`, None where there is none."""
    return next((way for way in flow.steps[state].ways if way.through in _ONWARD), None)


def inserted(
    flow: Workflow,
    called: tuple[str, str, Lane],
    anchor: str,
    *,
    after: bool,
    by: frozenset[Role],
    needs: frozenset[Need],
) -> Workflow:
    """The workflow with a new state, `called` by id, name and lane, beside the state `anchor`.

    After it: its usual way leads to the new state, and on from there. Before it: whatever led to
    `anchor` leads to the new state first. It can be held and given up as its neighbours can.
    """
    state, name, lane = called
    onward = onward_of(flow, anchor) if after else None
    to = onward.to if onward else anchor
    taken = [onward] if onward else [way for _, way in _into(flow, anchor)]
    movers = by or frozenset().union(*(way.by for way in taken)) & _PEOPLE
    movers = _ADVISOR if to == State.ready and not by else movers
    step = Step(state, lane, _ways(flow, anchor, lane, Way(to, Through.move, movers, needs)))
    steps = _beside(flow, replace(step, name=name), anchor, after)
    for source, way in [(anchor, onward)] if onward else _into(flow, anchor):
        steps[source] = _turned(steps[source], way, state)
    return Workflow(_with_return(steps, state))


def _into(flow: Workflow, anchor: str) -> list[tuple[str, Way]]:
    return [
        (key, way)
        for key, step in flow.steps.items()
        for way in step.ways
        if way.to == anchor and way.through not in _STANDING
    ]


def _ways(flow: Workflow, anchor: str, lane: Lane, onward: Way) -> tuple[Way, ...]:
    failed = (Way(State.rework, Through.failed, onward.by),) if lane == Lane.check else ()
    given = flow.steps[State.receiving].ways if State.receiving in flow.steps else ()
    standing = (way for way in given if way.through in {Through.hold, Through.cancel})
    return (onward, *failed, *standing)


def _turned(step: Step, way: Way, to: str) -> Step:
    # Whoever could make a car ready may also take it to the step before that.
    return replace(step, ways=tuple(replace(w, to=to) if w is way else w for w in step.ways))


def _beside(flow: Workflow, step: Step, anchor: str, after: bool) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for key, value in flow.steps.items():
        pair = ((key, value), (step.state, step)) if after else ((step.state, step), (key, value))
        steps.update(pair if key == anchor else ((key, value),))
    return steps


def _with_return(steps: Mapping[str, Step], state: str) -> dict[str, Step]:
    """A job held in the new state returns to it."""
    held = steps[State.held]
    back = [way for way in held.ways if way.through == Through.resume]
    ends = [way for way in held.ways if way.through != Through.resume]
    ways = (*back, replace(back[0], to=state), *ends)
    return {**steps, State.held: replace(held, ways=ways)}
