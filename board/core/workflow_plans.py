"""A shop's own workflow as it is planned: the shipped one with states left out, in another order,
added and renamed, and with other people on its ways.

Makes a workflow of a plan; what is wrong with the result, workflow_faults finds.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from board.core.needs import Need
from board.core.roles import Role
from board.core.workflow import BOARD_LANES, Lane, State, Through, Way, Workflow
from board.core.workflow_faults import NEEDED, Fault, faults
from board.core.workflow_insert import inserted, onward_of
from board.core.workflow_order import SORTABLE, in_order, order_fault
from board.core.workflow_shipped import SHIPPED

SENTENCES: dict[str, str] = {
    "no_state": "there is no state “{state}”",
    "id_wrong": "“{state}” must be 1 to 40 of a-z, 0-9 and _, and begin with a letter",
    "id_taken": "there is already a state '{state}'",
    "name_missing": "state '{state}' needs a name",
    "name_long": "the name of state '{state}' has more than {limit} signs",
    "lane_closed": "own states stand in one of {known}, not in '{lane}'",
    "one_anchor": "say either after which or before which state '{state}' stands",
    "no_anchor": "nothing can be put {side} '{anchor}'",
    "not_sortable": "'{state}' cannot change its place; these can: {known}",
    "not_whole": "the order must name each of {known} once",
    "wash_turned": "a car waits for its wash before it: 'awaiting_wash' comes before 'washing'",
    "no_way": "there is no way from '{state}' to '{to}'",
    "fixed_people": "who takes the way from '{state}' to '{to}' cannot be changed",
    "cannot_check": "'{role}' passes no checks",
    "too_many": "at most {limit} states can be added",
}
"""What may be wrong with a plan itself, by code."""

MOST_STATES = 12
MOST_SIGNS_OF_NAME = 40
OWN_LANES: tuple[Lane, ...] = tuple(lane for lane in BOARD_LANES if lane != Lane.hold)
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHECKERS = frozenset({Role.technician, Role.team_leader, Role.inspector})
_FOR_ANYONE = frozenset({Through.move, Through.passed, Through.failed, Through.cancel})
_NOT_AFTER = frozenset({State.dispatched, State.rework, State.held, State.no_show})
_NOT_BEFORE = frozenset({State.working, State.rework, State.held, State.cancelled})


@dataclass(frozen=True, kw_only=True)
class StatePlan:
    """A state of the shop's own: its lane, its place (`after` or `before` another state), who
    takes a job on from it (`by`; none: who took it on before), and what that needs."""

    id: str
    name: str
    lane: Lane
    after: str = ""
    before: str = ""
    by: tuple[Role, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WayPlan:
    """Another rule for a way that is there: who takes it, what it needs; None keeps either."""

    source: str
    to: str
    by: tuple[Role, ...] | None = None
    needs: tuple[Need, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class WorkflowPlan:
    """A whole plan; applied in this order: left out, order, states, ways, names."""

    left_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    states: tuple[StatePlan, ...] = ()
    ways: tuple[WayPlan, ...] = ()
    state_names: Mapping[str, str] = field(default_factory=dict)


class PlanFault(Fault):
    """What is wrong with a plan before there is a workflow."""

    def __str__(self) -> str:
        """The English sentence."""
        return SENTENCES[self.code].format(**self.params)


def planned(plan: WorkflowPlan) -> tuple[Workflow, tuple[Fault, ...]]:
    """The workflow of a plan as far as it can be made, and everything that is wrong with it."""
    making = _Making()
    making.leave_out(plan.left_out)
    making.sort(plan.order)
    for row, state in enumerate(plan.states):
        making.add(state, row)
    for row, way in enumerate(plan.ways):
        making.change(way, row)
    making.name(plan.state_names)
    # A plan that is wrong in itself makes a workflow that nobody meant.
    return making.flow, tuple(making.found) or tuple(
        _placed(each, plan) for each in faults(making.flow)
    )


def _placed(fault: Fault, plan: WorkflowPlan) -> Fault:
    """The fault with the place in the plan that most likely brought it about."""
    named: tuple[str | int, ...] = ()
    if fault.code == "same_name":
        both = (fault.params["state"], fault.params["other"])
        named = ("state_names", next((one for one in both if one in plan.state_names), both[0]))
    for row, state in enumerate(plan.states):
        if fault.state == state.id:
            named = ("states", row)
    for row, way in enumerate(plan.ways):
        if (fault.state, fault.params.get("to", way.to)) == (way.source, way.to):
            named = ("ways", row)
    fallback = "left_out" if plan.left_out or not plan.order else "order"
    return replace(fault, where=named or (fallback,))


class _Making:
    """The workflow while a plan is applied, and what was wrong on the way."""

    def __init__(self) -> None:
        self.flow = SHIPPED
        self.found: list[Fault] = []

    def wrong(self, code: str, where: tuple[str | int, ...], **params: str) -> None:
        """Note a fault."""
        self.found.append(PlanFault(code, params, where))

    def knows(self, state: str, where: tuple[str | int, ...]) -> bool:
        """Whether there is such a state; its absence is noted."""
        if state not in self.flow.steps:
            self.wrong("no_state", where, state=state)
        return state in self.flow.steps

    def leave_out(self, states: tuple[str, ...]) -> None:
        """Take states out, but those that no shop can do without."""
        known = [state for state in dict.fromkeys(states) if self.knows(state, ("left_out",))]
        for state in known:
            if state in NEEDED:
                self.found.append(Fault("needed", {"state": state}, ("left_out",)))
        self.flow = self.flow.without([state for state in known if state not in NEEDED])

    def sort(self, order: tuple[str, ...]) -> None:
        """Put the steps after the last check into another order."""
        if not order:
            return
        there = [state for state in SORTABLE if state in self.flow.steps]
        odd = [state for state in order if state not in there]
        known = ", ".join(there)
        if odd:
            self.wrong("not_sortable", ("order",), state=odd[0], known=known)
        elif code := order_fault(order, there):
            self.wrong(code, ("order",), known=known)
        else:
            self.flow = in_order(self.flow, order)

    def add(self, plan: StatePlan, row: int) -> None:
        """Add a state of the shop's own."""
        code, params = self._state_fault(plan, row)
        if code:
            field_of = {"one_anchor": "id", "no_anchor": "after" if plan.after else "before"}
            self.wrong(code, ("states", row, field_of.get(code, code.split("_")[0])), **params)
            return
        anchor = plan.after or plan.before
        if self.knows(anchor, ("states", row, "after" if plan.after else "before")):
            self.flow = inserted(
                self.flow,
                (plan.id, plan.name.strip(), plan.lane),
                anchor,
                after=bool(plan.after),
                by=frozenset(plan.by),
                needs=frozenset(plan.needs),
            )

    def _state_fault(self, plan: StatePlan, row: int) -> tuple[str, dict[str, str]]:
        if row >= MOST_STATES:
            return "too_many", {"limit": str(MOST_STATES)}
        if not _ID.fullmatch(plan.id):
            return "id_wrong", {"state": plan.id}
        if plan.id in self.flow.steps or plan.id in SHIPPED.steps:
            return "id_taken", {"state": plan.id}
        if code := _name_fault(plan.name):
            return code, {"state": plan.id, "limit": str(MOST_SIGNS_OF_NAME)}
        if plan.lane not in OWN_LANES:
            return "lane_closed", {"lane": plan.lane, "known": ", ".join(OWN_LANES)}
        if bool(plan.after) == bool(plan.before):
            return "one_anchor", {"state": plan.id}
        return self._anchor_fault(plan)

    def _anchor_fault(self, plan: StatePlan) -> tuple[str, dict[str, str]]:
        after = plan.after in self.flow.steps and (
            plan.after in _NOT_AFTER or onward_of(self.flow, plan.after) is None
        )
        if after or plan.before in _NOT_BEFORE:
            side = "after" if plan.after else "before"
            return "no_anchor", {"side": side, "anchor": plan.after or plan.before}
        return "", {}

    def change(self, plan: WayPlan, row: int) -> None:
        """Change who takes a way, or what it needs."""
        where = ("ways", row)
        ends = self.knows(plan.source, (*where, "from")), self.knows(plan.to, (*where, "to"))
        if not all(ends):
            return
        way = self.flow.way(plan.source, plan.to)
        asked = {"state": plan.source, "to": plan.to}
        if way is None:
            self.wrong("no_way", (*where, "to"), **asked)
        elif plan.by is not None and way.through not in _FOR_ANYONE:
            self.wrong("fixed_people", (*where, "by"), **asked)
        elif odd := _odd_checker(way, plan):
            self.wrong("cannot_check", (*where, "by"), role=odd)
        else:
            self._replace(plan.source, _changed(way, plan))

    def _replace(self, source: str, changed: Way) -> None:
        step = self.flow.steps[source]
        ways = tuple(changed if way.to == changed.to else way for way in step.ways)
        self.flow = Workflow({**self.flow.steps, source: replace(step, ways=ways)})

    def name(self, names: Mapping[str, str]) -> None:
        """Give states names of the shop's own."""
        for state, name in names.items():
            where = ("state_names", state)
            if self.knows(state, where) and (code := _name_fault(name)):
                self.wrong(code, where, state=state, limit=str(MOST_SIGNS_OF_NAME))
        self.flow = self.flow.renamed({state: name.strip() for state, name in names.items()})


def _name_fault(name: str) -> str:
    signs = len(name.strip())
    return "name_long" if signs > MOST_SIGNS_OF_NAME else "" if signs else "name_missing"


def _odd_checker(way: Way, plan: WayPlan) -> str:
    if way.through not in {Through.passed, Through.failed}:
        return ""
    return next((role.value for role in plan.by or () if role not in _CHECKERS), "")


def _changed(way: Way, plan: WayPlan) -> Way:
    by = way.by if plan.by is None else frozenset(plan.by)
    needs = way.needs if plan.needs is None else frozenset(plan.needs)
    return replace(way, by=by, needs=needs)
