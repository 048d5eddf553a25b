"""What differs between two workflows, for who is about to choose one. Codes, no words."""

from collections.abc import Iterator
from dataclasses import dataclass

from board.core.workflow import Step, Through, Way, Workflow


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `kind`: gone, new, order, renamed, lane, way_gone, way_new, people, needs."""

    kind: str
    state: str
    to: str = ""


def changes(before: Workflow, after: Workflow) -> tuple[Change, ...]:
    """What differs, states first, then their ways; ways of states that come or go are not told."""
    gone = [Change("gone", state) for state in before.steps if state not in after.steps]
    new = [Change("new", state) for state in after.steps if state not in before.steps]
    kept = [state for state in after.steps if state in before.steps]
    ways = (each for key in kept for each in _of_step(before.steps[key], after.steps[key]))
    order = [state for state in before.steps if state in after.steps]
    moved = [Change("order", "")] if order != kept else []
    return (*gone, *new, *moved, *ways)


def _of_step(before: Step, after: Step) -> Iterator[Change]:
    if before.name != after.name:
        yield Change("renamed", after.state)
    if before.lane != after.lane:
        yield Change("lane", after.state)
    old, new = _ways(before), _ways(after)
    yield from (Change("way_gone", after.state, to) for to in old if to not in new)
    yield from (Change("way_new", after.state, to) for to in new if to not in old)
    for to in old.keys() & new.keys():
        if old[to].by != new[to].by:
            yield Change("people", after.state, to)
        if old[to].needs != new[to].needs:
            yield Change("needs", after.state, to)


def _ways(step: Step) -> dict[str, Way]:
    """The ways that are told: a hold returns to wherever it came from."""
    return {way.to: way for way in step.ways if way.through != Through.resume}
