"""What makes a workflow unusable, as values: a code, its sentence, and where it was written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from board.core.roles import PEOPLE_ROLES, Role
from board.core.workflow import CheckLevel, Lane, State, Step, Through, Way, Workflow, reachable
from board.core.workflow_needs import unmet

SENTENCES: dict[str, str] = {
    "needed": "state '{state}' is needed and missing",
    "inside": "state '{state}' is named '{found}' inside",
    "gone": "only delivered and cancelled leave the board, and for ever: '{state}'",
    "nowhere": "state '{state}' leads to '{to}', which is not in the workflow",
    "dead_end": "state '{state}' cannot reach delivery: it leads nowhere",
    "no_delivery": "state '{state}' cannot reach delivery",
    "unreachable": "no way leads to state '{state}'",
    "makes_ready": "state '{state}' makes a car ready,"
    " which only the final check and the advisor may do",
    "unchecked": "work can get ready without any check",
    "lane_wrong": "state '{state}' cannot stand in the lane '{lane}'",
    "nobody": "nobody may take a job from '{state}' to '{to}'",
    "no_people": "'{role}' is no role for the way from '{state}' to '{to}'",
    "needs_wrong": "the way from '{state}' to '{to}' can need nothing",
    "unmet": "the way from '{state}' to '{to}' needs '{need}', which no car can have there:"
    " cars would stand in '{state}' for ever",
    "same_name": "states '{state}' and '{other}' would both be called '{name}'",
}
"""What may be wrong, by code."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `where` is its place in a plan, empty for one of the whole."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    where: tuple[str | int, ...] = ()

    @property
    def state(self) -> str:
        """The state it is about, or ''."""
        return self.params.get("state", "")

    def __str__(self) -> str:
        """The English sentence."""
        return SENTENCES[self.code].format(**self.params)


def faults(flow: Workflow) -> tuple[Fault, ...]:
    """What makes a workflow unusable; empty when it is sound."""
    found = [Fault("needed", {"state": state}) for state in NEEDED if state not in flow.steps]
    for key, step in flow.steps.items():
        found += (Fault(code, {"state": key, **more}) for code, more in _of_step(flow, key, step))
    if State.ready in reachable(flow, State.working, _is_unchecked):
        found.append(Fault("unchecked"))
    found += _unreachable(flow)
    # In a workflow with other faults needs are lacking that nobody meant.
    asked_in_vain = () if found else unmet(flow)
    found += (
        Fault("unmet", {"state": each.state, "to": each.to, "need": each.need})
        for each in asked_in_vain
    )
    return (*found, *_clashing(flow))


Found = tuple[str, dict[str, str]]


def _of_step(flow: Workflow, key: str, step: Step) -> Iterator[Found]:
    if step.state != key:
        yield "inside", {"found": step.state}
    if (step.lane == Lane.gone) != (key in _GONE) or (key in _GONE and step.ways):
        yield "gone", {}
    if (step.lane == Lane.hold) != (key == State.held):
        yield "lane_wrong", {"lane": step.lane}
    if step.lane != Lane.gone and State.delivered not in reachable(flow, key):
        yield ("no_delivery" if step.ways else "dead_end"), {}
    for way in step.ways:
        yield from ((code, {"to": way.to, **more}) for code, more in _of_way(flow, step, way))


def _of_way(flow: Workflow, step: Step, way: Way) -> Iterator[Found]:
    if way.to not in flow.steps:
        yield "nowhere", {}
    if _is_unready(way, step):
        yield "makes_ready", {}
    if not way.by:
        yield "nobody", {}
    if way.through != Through.time:
        yield from (("no_people", {"role": role.value}) for role in sorted(way.by - _PEOPLE))
    if way.needs and way.through not in NEEDING:
        yield "needs_wrong", {}


def _is_unready(way: Way, step: Step) -> bool:
    """Only the final check and the advisor make a car ready, never a technician's finish."""
    if way.to != State.ready or way.through in {Through.resume, Through.time}:
        return False
    if way.through == Through.passed and step.check == CheckLevel.final:
        return False
    return not (way.through == Through.move and way.by <= {Role.advisor})


def _is_unchecked(step: Step, way: Way) -> bool:
    """A held job goes back to where it was: a hold leads round no check."""
    return step.check is None and way.through not in {Through.hold, Through.resume}


def _unreachable(flow: Workflow) -> Iterator[Fault]:
    reached = {state for first in _FIRST for state in reachable(flow, first, _is_forward)}
    return (Fault("unreachable", {"state": state}) for state in flow.steps if state not in reached)


def _is_forward(_step: Step, way: Way) -> bool:
    """A hold only returns to where a job was before."""
    return way.through != Through.resume


def _clashing(flow: Workflow) -> Iterator[Fault]:
    called: dict[str, str] = {}
    for key, step in flow.steps.items():
        name = step.name.strip()
        if name and (other := called.setdefault(name, key)) != key:
            yield Fault("same_name", {"state": key, "other": other, "name": name})


NEEDING = frozenset({Through.move, Through.passed, Through.finish, Through.dispatch, Through.start})
"""The deeds whose ways may ask for something."""
NEEDED = (
    State.arrived,
    State.receiving,
    State.awaiting_dispatch,
    State.dispatched,
    State.working,
    State.held,
    State.rework,
    State.ready,
    State.delivered,
    State.cancelled,
)
"""The states that no shop can do without."""
_PEOPLE = frozenset(PEOPLE_ROLES)
_GONE = frozenset({State.delivered, State.cancelled})
_FIRST = (State.booked, State.arrived, State.receiving)
