"""The workflow of a shop file: its plan, and what is wrong with it at its lines.

A name is also compared with the words that other states have in the languages of the shop.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path as Folder

from board.core.needs import Need
from board.core.roles import PEOPLE_ROLES, Role
from board.core.words import STATE
from board.core.workflow import Lane, Workflow
from board.core.workflow_faults import Fault
from board.core.workflow_plans import OWN_LANES, StatePlan, WayPlan, WorkflowPlan, planned
from board.languages import Languages
from board.shop_file_places import Path
from board.shop_file_values import Table, Values

_WORKFLOW = frozenset({"left_out", "order", "states", "ways", "state_names"})
_STATE = frozenset({"id", "name", "lane", "after", "before", "by", "needs"})
_WAY = frozenset({"from", "to", "by", "needs"})
_LOCALES = Folder(__file__).resolve().parents[1] / "locales"


def workflow_of(tables: Table, values: Values) -> tuple[WorkflowPlan, Workflow]:
    """The plan that a file has, and the workflow it makes; every fault is noted at its line."""
    path: Path = ("workflow",)
    table = values.table(tables, "workflow")
    values.only(table, _WORKFLOW, path)
    noted = len(values.mistakes)
    plan = WorkflowPlan(
        left_out=values.texts(table, "left_out", path),
        order=values.texts(table, "order", path),
        states=tuple(_states(table, values)),
        ways=tuple(_ways(table, values)),
        state_names=_names(table, values),
    )
    flow, faults = planned(plan)
    # What could not be read at all is missing from the plan: its faults would only confuse.
    if len(values.mistakes) == noted:
        for fault in (*faults, *_like_words(flow, plan)):
            values.wrong((*path, *fault.where), f"workflow.{fault.code}", **fault.params)
    return plan, flow


def _names(table: Table, values: Values) -> dict[str, str]:
    names = values.table(table, "state_names", ("workflow",))
    return {state: values.text(names, state, ("workflow", "state_names")) for state in names}


def _states(table: Table, values: Values) -> Iterator[StatePlan]:
    for row, each in enumerate(values.rows(table, "states", ("workflow",))):
        path: Path = ("workflow", "states", row)
        values.only(each, _STATE, path)
        lane = values.word(each.get("lane", ""), Lane, (*path, "lane"), OWN_LANES)
        yield StatePlan(
            id=values.text(each, "id", path),
            name=values.text(each, "name", path),
            lane=lane or Lane.work,
            after=values.text(each, "after", path),
            before=values.text(each, "before", path),
            by=_roles(each, path, values) or (),
            needs=_needs(each, path, values) or (),
        )


def _ways(table: Table, values: Values) -> Iterator[WayPlan]:
    for row, each in enumerate(values.rows(table, "ways", ("workflow",))):
        path: Path = ("workflow", "ways", row)
        values.only(each, _WAY, path)
        yield WayPlan(
            source=values.text(each, "from", path),
            to=values.text(each, "to", path),
            by=_roles(each, path, values),
            needs=_needs(each, path, values),
        )


def _roles(table: Table, path: Path, values: Values) -> tuple[Role, ...] | None:
    if "by" not in table:
        return None
    where = (*path, "by")
    found = [
        values.word(text, Role, where, PEOPLE_ROLES) for text in values.texts(table, "by", path)
    ]
    if not found:
        values.wrong(where, "no_role")
    return tuple(role for role in found if role is not None)


def _needs(table: Table, path: Path, values: Values) -> tuple[Need, ...] | None:
    if "needs" not in table:
        return None
    texts = values.texts(table, "needs", path)
    found = [values.word(text, Need, (*path, "needs")) for text in texts]
    return tuple(need for need in found if need is not None)


def _like_words(flow: Workflow, plan: WorkflowPlan) -> Iterator[Fault]:
    """Names that another state already has in one of the languages, as its usual word."""
    own = {state.id: ("states", row, "name") for row, state in enumerate(plan.states)}
    for key, step in flow.steps.items():
        for other, said in _words().items():
            taken = other in flow.steps and other != key and not flow.steps[other].name
            if taken and step.name in said:
                params = {"state": key, "other": other, "name": step.name}
                yield Fault("same_name", params, own.get(key, ("state_names", key)))


@cache
def _words() -> Mapping[str, frozenset[str]]:
    """What each shipped state is called, in every language."""
    languages = Languages(_LOCALES)
    speak = [languages.translations(each).gettext for each in languages.available]
    return {state: frozenset(say(word) for say in speak) for state, word in STATE.items()}
