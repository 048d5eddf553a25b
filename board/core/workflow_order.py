"""Puts the steps between the last check and delivery into another order: wash after settlement."""

from collections.abc import Sequence
from dataclasses import replace

from board.core.roles import Role
from board.core.workflow import State, Step, Through, Way, Workflow

SORTABLE: tuple[str, ...] = (State.awaiting_wash, State.washing, State.awaiting_settlement)
"""The steps that may change places: each is left by a plain move."""

_ADVISOR = frozenset({Role.advisor})


def order_fault(order: Sequence[str], there: Sequence[str]) -> str:
    """What is wrong with an order of the steps that are `there`, '' for nothing."""
    washes = [state for state in order if state in (State.awaiting_wash, State.washing)]
    if sorted(order) != sorted(there):
        return "not_whole"
    return "wash_turned" if washes == [State.washing, State.awaiting_wash] else ""


def in_order(flow: Workflow, order: Sequence[str]) -> Workflow:
    """The workflow with the sortable states one after the other as `order` names them all.

    What led into the group leads to its first, the last leads to where a car is ready, which only
    the advisor says. A step that could be skipped still can.
    """
    steps = {key: _entering(step, order) for key, step in flow.steps.items()}
    for place, state in enumerate(order):
        steps[state] = _onward(flow.steps[state], order[place + 1 :], flow)
    return Workflow(_sorted(steps, order))


def _entering(step: Step, order: Sequence[str]) -> Step:
    ways: list[Way] = []
    for way in step.ways:
        goes_in = way.to in order and way.through != Through.resume
        changed = replace(way, to=order[0]) if goes_in else way
        if all(changed.to != other.to for other in ways):
            ways.append(changed)
    return replace(step, ways=tuple(ways))


def _onward(step: Step, rest: Sequence[str], flow: Workflow) -> Step:
    """The step with its plain moves leading to what follows now; a second one skips its lane."""
    moves = [way for way in step.ways if way.through == Through.move]
    others = [state for state in rest if flow.lane_of(state) != step.lane]
    targets = dict.fromkeys([*rest[:1], *others[:1]] or [State.ready])
    if len(moves) > 1 and not others:
        targets[State.ready] = None
    changed = tuple(
        replace(way, to=str(to), by=_ADVISOR if to == State.ready else way.by)
        for way, to in zip(moves, targets, strict=False)
    )
    return replace(step, ways=(*changed, *(way for way in step.ways if way not in moves)))


def _sorted(steps: dict[str, Step], order: Sequence[str]) -> dict[str, Step]:
    """The steps as the board lists them."""
    queue = iter(order)
    return {name: steps[name] for name in (next(queue) if key in order else key for key in steps)}
