"""The order's way: every row of the trade's table, who may take it, and nothing beside it."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.permissions import is_own
from board.core.roles import Role
from board.core.workflow import Through
from board.core.workflow_shipped import SHIPPED
from tests.builders import ANNA, CARL, EVERY_ROLE, NOW, Trial, agreed, brought_to

HOLDERS = "advisor controller technician team_leader inspector parts"
DESK = "advisor controller"
STARTERS = "technician team_leader controller"
OPEN = {"held": ("hold", HOLDERS), "cancelled": ("cancel", DESK)}
CANCEL = {"cancelled": ("cancel", DESK)}
START = {"working": ("start", STARTERS)}
DISPATCH = {"dispatched": ("dispatch", DESK)}

TABLE: dict[str, dict[str, tuple[str, str]]] = {
    "booked": {
        "arrived": ("move", DESK),
        "preparing": ("move", "parts controller"),
        "no_show": ("time", "timekeeper"),
        **CANCEL,
    },
    "preparing": {"arrived": ("move", DESK), "no_show": ("time", "timekeeper"), **CANCEL},
    "no_show": {"booked": ("move", "advisor"), **CANCEL},
    "arrived": {"receiving": ("move", "advisor"), **CANCEL},
    "receiving": {"awaiting_dispatch": ("move", "advisor"), **OPEN},
    "awaiting_dispatch": {**DISPATCH, **OPEN},
    "dispatched": {**START, "awaiting_dispatch": ("move", DESK), **OPEN},
    "working": {
        "self_check": ("finish", STARTERS),
        "awaiting_dispatch": ("move", DESK),
        **OPEN,
    },
    "self_check": {
        "team_check": ("passed", "technician team_leader"),
        "rework": ("failed", "technician team_leader"),
        **START,
        **OPEN,
    },
    "team_check": {
        "final_check": ("passed", "team_leader"),
        "rework": ("failed", "team_leader"),
        **START,
        **OPEN,
    },
    "final_check": {
        "awaiting_wash": ("passed", "inspector"),
        "road_test": ("move", "inspector"),
        "rework": ("failed", "inspector"),
        **START,
        **OPEN,
    },
    "road_test": {
        "final_check": ("move", "inspector"),
        "rework": ("failed", "inspector"),
        **OPEN,
    },
    "rework": {**START, **DISPATCH, **OPEN},
    "awaiting_wash": {
        "washing": ("move", "washer advisor controller"),
        "awaiting_settlement": ("move", "washer advisor controller"),
        **OPEN,
    },
    "washing": {"awaiting_settlement": ("move", "washer advisor controller"), **OPEN},
    "awaiting_settlement": {"ready": ("move", "advisor"), **OPEN},
    "ready": {"delivered": ("move", "advisor"), "unclaimed": ("time", "timekeeper"), **OPEN},
    "unclaimed": {"delivered": ("move", "advisor"), **OPEN},
    "delivered": {},
    "cancelled": {},
}
WAYS = [
    pytest.param(state, to, deed, by.split(), id=f"{state}-{to}")
    for state, row in TABLE.items()
    for to, (deed, by) in row.items()
]


def taking(to: str, deed: str) -> c.Command:
    """The command that takes j1 along a way."""
    match deed:
        case "dispatch":
            return c.DispatchJob(job="j1", bay="2", technicians=("tina",))
        case "start":
            return c.StartLine(job="j1", technician="tom")
        case "finish":
            return c.FinishLine(job="j1", line="1", technician="tom")
        case "passed":
            return c.PassCheck(job="j1")
        case "failed":
            return c.FailCheck(job="j1", defect="torque")
        case "hold":
            return c.HoldJob(job="j1", hold=HoldReason.parts_issue)
        case "cancel":
            return c.CancelJob(job="j1", reason="sold the car")
        case "time":
            return c.MarkNoShow(job="j1") if to == "no_show" else c.MarkUnclaimed(job="j1")
    again = NOW + timedelta(days=9) if to == "booked" else None
    return c.MoveJob(job="j1", to=to, booked_for=again)


def ready_for(state: str, deed: str) -> Trial:
    """The job in that state; from a check work begins only on what was agreed to meanwhile."""
    trial = brought_to(state).later(hours=5)
    is_look = state in {"team_check", "final_check"}
    return agreed(trial) if is_look and deed == "start" else trial


def test_the_shipped_workflow_is_the_table() -> None:
    shipped = {
        state: {way.to: (way.through.value, way.by) for way in step.ways}
        for state, step in SHIPPED.steps.items()
        if state != "held"
    }
    table = {
        state: {to: (deed, frozenset(map(Role, by.split()))) for to, (deed, by) in row.items()}
        for state, row in TABLE.items()
    }
    assert shipped == table


@pytest.mark.parametrize(("state", "to", "deed", "by"), WAYS)
@pytest.mark.parametrize("role", list(Role))
def test_a_way_is_open_to_its_roles_and_to_a_manager_with_a_reason(
    state: str, to: str, deed: str, by: list[str], role: Role
) -> None:
    trial = ready_for(state, deed)
    command, actor = taking(to, deed), EVERY_ROLE[role]
    trial.when(command, actor)
    foreign = role == Role.technician and not is_own(trial.job(), actor)
    if (role in by and not foreign) or (role == Role.manager and command.reason):
        assert trial.refused is None, trial.refused
        assert trial.job().state == to
    else:
        assert trial.refused is not None
        assert trial.job().state == state


@pytest.mark.parametrize(("state", "to", "deed", "by"), WAYS)
def test_a_manager_takes_any_way_of_people_with_a_reason(
    state: str, to: str, deed: str, by: list[str]
) -> None:
    trial = ready_for(state, deed)
    command = taking(to, deed)
    if not command.reason:
        trial.when(command, EVERY_ROLE[Role.manager]).then_refused("reason_needed")
    object.__setattr__(command, "reason", "nobody else is here")
    trial.do(command, EVERY_ROLE[Role.manager])
    assert trial.job().state == to


@pytest.mark.parametrize("state", [state for state, row in TABLE.items() if row])
def test_no_move_leads_where_the_table_has_no_way(state: str) -> None:
    trial = brought_to(state)
    for to in SHIPPED.steps.keys() - TABLE[state].keys():
        for actor in (ANNA, CARL):
            trial.when(c.MoveJob(job="j1", to=to, reason="so"), actor).then_refused("no_way")


@pytest.mark.parametrize("state", ["delivered", "cancelled"])
def test_what_is_closed_stays_closed(state: str) -> None:
    trial = brought_to(state)
    for command, actor in (
        (c.MoveJob(job="j1", to="ready"), ANNA),
        (c.CancelJob(job="j1", reason="why not"), ANNA),
        (c.StartLine(job="j1"), EVERY_ROLE[Role.technician]),
        (c.HoldJob(job="j1", hold=HoldReason.approval), ANNA),
        (c.DispatchJob(job="j1", bay="1", technicians=("tom",)), CARL),
    ):
        trial.when(command, actor).then_refused("job_closed")


@pytest.mark.parametrize(
    ("state", "to", "code"),
    [
        ("awaiting_dispatch", "dispatched", "needs_dispatch"),
        ("dispatched", "working", "needs_technician"),
        ("working", "self_check", "needs_finish"),
        ("self_check", "team_check", "needs_check"),
        ("self_check", "rework", "needs_check"),
        ("working", "held", "needs_hold"),
        ("booked", "no_show", "not_due"),
        ("receiving", "paradise", "unknown_state"),
    ],
)
def test_a_plain_move_where_a_deed_is_needed_says_which(state: str, to: str, code: str) -> None:
    brought_to(state).when(c.MoveJob(job="j1", to=to), CARL).then_refused(code)


def test_finished_by_a_technician_is_never_ready() -> None:
    for through in (Through.start, Through.finish):
        targets = [
            w.to for step in SHIPPED.steps.values() for w in step.ways if w.through == through
        ]
        assert "ready" not in targets
