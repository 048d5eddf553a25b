"""The order's way as a value: states, lanes, and which way leads where, by whom.

All transitions live in such a value; this file holds none of them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from board.core.needs import Need
from board.core.roles import Role


class State(StrEnum):
    """The states of the shipped workflow; a job's state is one of its workflow's names."""

    booked = "booked"
    preparing = "preparing"
    no_show = "no_show"
    arrived = "arrived"
    receiving = "receiving"
    awaiting_dispatch = "awaiting_dispatch"
    dispatched = "dispatched"
    working = "working"
    held = "held"
    self_check = "self_check"
    team_check = "team_check"
    final_check = "final_check"
    road_test = "road_test"
    rework = "rework"
    awaiting_wash = "awaiting_wash"
    washing = "washing"
    awaiting_settlement = "awaiting_settlement"
    ready = "ready"
    unclaimed = "unclaimed"
    delivered = "delivered"
    cancelled = "cancelled"


class Lane(StrEnum):
    """A group of states on the board; `arrivals` is the list beside it, `gone` is off it."""

    arrivals = "arrivals"
    reception = "reception"
    dispatch = "dispatch"
    work = "work"
    hold = "hold"
    check = "check"
    wash = "wash"
    handover = "handover"
    gone = "gone"


BOARD_LANES: tuple[Lane, ...] = (
    Lane.reception,
    Lane.dispatch,
    Lane.work,
    Lane.hold,
    Lane.check,
    Lane.wash,
    Lane.handover,
)


class Through(StrEnum):
    """What carries a job along a way: a plain move, or the deed that brings it about."""

    move = "move"
    dispatch = "dispatch"
    start = "start"
    finish = "finish"
    passed = "passed"
    failed = "failed"
    hold = "hold"
    resume = "resume"
    cancel = "cancel"
    time = "time"


class CheckLevel(StrEnum):
    """The three looks at finished work, in their order."""

    self = "self"
    team = "team"
    final = "final"


@dataclass(frozen=True, slots=True)
class Way:
    """One permitted transition: where to, through which deed, open to which roles.

    `needs`: what must be so before a job may go along it.
    """

    to: str
    through: Through
    by: frozenset[Role]
    needs: frozenset[Need] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One state of a workflow. `name` overrides the translated word when a shop renames it."""

    state: str
    lane: Lane
    ways: tuple[Way, ...] = ()
    check: CheckLevel | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Workflow:
    """States by name, in board order. Ask it; never compare states elsewhere."""

    steps: Mapping[str, Step] = field(default_factory=dict)

    def lane_of(self, state: str) -> Lane:
        """The lane in which jobs of `state` are shown."""
        return self.steps[state].lane

    def ways_from(self, state: str) -> tuple[Way, ...]:
        """Every way that leaves `state`, the usual one first."""
        return self.steps[state].ways

    def way(self, state: str, to: str) -> Way | None:
        """The way from `state` to `to`, or None where there is none."""
        return next((way for way in self.steps[state].ways if way.to == to), None)

    def through(self, state: str, deed: Through) -> Way | None:
        """The first way out of `state` that `deed` opens."""
        return next((way for way in self.steps[state].ways if way.through == deed), None)

    def by_time(self, state: str, to: str) -> bool:
        """Whether nothing but time carries a job from `state` to `to`."""
        way = self.way(state, to)
        return way is not None and way.through == Through.time

    def without(self, left_out: Collection[str]) -> "Workflow":
        """The workflow with `left_out` skipped: ways into them lead on to where they led.

        A left-out state hands the ways into it on to its own first onward way; what time alone
        brought about no longer happens.
        """
        flow = self
        for state in left_out:
            flow = _skip(flow, state)
        return flow

    def renamed(self, names: Mapping[str, str]) -> "Workflow":
        """The workflow with the shop's own names for some states."""
        steps = {
            key: replace(step, name=names.get(key, step.name)) for key, step in self.steps.items()
        }
        return Workflow(steps)


def _skip(flow: Workflow, state: str) -> Workflow:
    step = flow.steps[state]
    onward = next((way.to for way in step.ways if way.through in _ONWARD), None)
    kept = {key: value for key, value in flow.steps.items() if key != state}
    return Workflow({key: _redirect(value, state, onward) for key, value in kept.items()})


_TELLS_READY = frozenset({Role.advisor})
_ONWARD = frozenset({Through.move, Through.passed, Through.finish, Through.start})


def _redirect(step: Step, gone: str, onward: str | None) -> Step:
    ways: list[Way] = []
    taken = {way.to for way in step.ways if way.to != gone}
    for way in step.ways:
        target = onward if way.to == gone else way.to
        if target is None or (way.to == gone and _is_idle(way, target, step, taken)):
            continue
        # The advisor says that a car is ready, also where nobody settles before.
        promoted = way.to == gone and target == State.ready and way.through == Through.move
        ways.append(replace(way, to=target, by=_TELLS_READY if promoted else way.by))
    return replace(step, ways=tuple(ways))


def _is_idle(way: Way, target: str, step: Step, taken: set[str]) -> bool:
    return way.through == Through.time or target in taken or target == step.state


def _any_way(_step: Step, _way: Way) -> bool:
    return True


def reachable(
    flow: Workflow, start: str, taken: Callable[[Step, Way], bool] = _any_way
) -> frozenset[str]:
    """Every state that some sequence of `taken` ways leads to from `start` (itself included)."""
    seen: set[str] = set()
    open_states = [start]
    while open_states:
        state = open_states.pop()
        if state in seen or state not in flow.steps:
            continue
        seen.add(state)
        step = flow.steps[state]
        open_states.extend(way.to for way in step.ways if taken(step, way))
    return frozenset(seen)
