"""Another workflow for a running shop: sound, and with a place for every job that is here."""

from collections import Counter
from collections.abc import Iterator, Mapping

from board.core import commands as c
from board.core import events as e
from board.core.events import Event
from board.core.job import OUTSIDE, Job, Place, Where
from board.core.refusals import Refused
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.limits import text_fault
from board.core.rules.moving import stopped_clocks
from board.core.shop import Shop
from board.core.workflow import Lane, State, Workflow
from board.core.workflow_faults import faults
from board.core.workflow_plans import MOST_SIGNS_OF_NAME, WorkflowPlan, planned

_READY = frozenset({State.ready, State.unclaimed})
_AT_THE_END = frozenset({Lane.wash, Lane.handover})


@shop_rule.register
def _choose_workflow(command: c.ChooseWorkflow, case: Case) -> Outcome:
    if wrong := faults(command.workflow):
        return Refused("workflow_wrong", {"detail": "; ".join(map(str, wrong))})
    same = command.workflow == case.shop.workflow
    chosen = chosen_workflow(command.workflow, command.moves, case)
    return (e.WorkflowChosen(command.workflow),) if same else chosen


def planned_workflow(command: c.ImportShop) -> Workflow | Refused:
    """The workflow that a set-up means."""
    plan = WorkflowPlan(
        left_out=command.left_out,
        order=command.order,
        states=command.states,
        ways=command.ways,
        state_names=command.state_names,
    )
    flow, wrong = planned(plan)
    if not wrong:
        return flow
    if wrong[0].code == "no_state":
        return Refused("unknown_state", dict(wrong[0].params), (str(wrong[0].where[0]),))
    return Refused("workflow_wrong", {"detail": "; ".join(map(str, wrong))})


def chosen_workflow(flow: Workflow, moves: Mapping[str, str], case: Case) -> Outcome:
    """The events of working by a sound `flow` from now on; none where it is the present one."""
    if flow == case.shop.workflow:
        return ()
    for step in flow.steps.values():
        refused = text_fault(step.name, MOST_SIGNS_OF_NAME, "state_names")
        if refused is not None:
            return refused
    stranded = tuple(_stranded(flow, case.shop))
    if refused := _asks_where(stranded, moves):
        return refused
    events: list[Event] = [e.WorkflowChosen(flow)]
    for job, gone in stranded:
        refused = _landing_fault(job, gone, moves[gone], flow, case.shop)
        if refused is not None:
            return refused
        events += _landed(job, gone, moves[gone])
    return tuple(events)


def _stranded(flow: Workflow, shop: Shop) -> Iterator[tuple[Job, str]]:
    """Every job with the state it would be left in, or, held, would return to."""
    for job in shop.jobs.values():
        state = job.hold.from_state if job.hold else job.state
        if state not in flow.steps:
            yield job, state


def stranded_in(flow: Workflow, shop: Shop) -> Mapping[str, int]:
    """How many jobs each state holds that `flow` lacks, those that are held from there too."""
    return Counter(state for _, state in _stranded(flow, shop))


def _asks_where(stranded: tuple[tuple[Job, str], ...], moves: Mapping[str, str]) -> Refused | None:
    homeless = Counter(state for _, state in stranded if state not in moves)
    if not homeless:
        return None
    told = ", ".join(f"{state} ({count})" for state, count in homeless.items())
    return Refused("workflow_strands", {"jobs": told}, tuple(f"moves.{s}" for s in homeless))


def landings(gone: str, before: Workflow, after: Workflow) -> tuple[str, ...]:
    """Where jobs of a removed state may go: what was not checked gets no further by this."""
    return tuple(to for to in after.steps if _is_landing(gone, to, before, after))


def _is_landing(gone: str, to: str, before: Workflow, after: Workflow) -> bool:
    if to == State.cancelled:
        return True
    old, new = before.steps[gone].lane, after.steps[to].lane
    if new in {Lane.hold, Lane.gone} or (old == Lane.arrivals) != (new == Lane.arrivals):
        return False
    is_later = to in _READY or new in _AT_THE_END
    return old in _AT_THE_END or not is_later


def _landing_fault(job: Job, gone: str, to: str, flow: Workflow, shop: Shop) -> Refused | None:
    if to not in flow.steps:
        return Refused("unknown_state", {"state": to}, (f"moves.{gone}",))
    if to not in landings(gone, shop.workflow, flow):
        return Refused("move_wrong", {"source": gone, "to": to}, (f"moves.{gone}",), job.id)
    if flow.lane_of(to) in {Lane.work, Lane.check} and not job.bay:
        return Refused("needs_dispatch", fields=(f"moves.{gone}",), job=job.id)
    if job.running_lines and to != State.cancelled and flow.lane_of(to) != Lane.work:
        return Refused("lines_open", {"count": len(job.open_lines)}, job=job.id)
    return None


def _landed(job: Job, gone: str, to: str) -> Iterator[Event]:
    """What brings a job to its new state; a held one stays held and returns there."""
    if gone == State.road_test and job.road_tests and job.road_tests[-1].in_at is None:
        yield e.RoadTestEnded(job.id)
        yield e.CarPlaced(job.id, Place(Where.parking))
    if job.hold is not None and to != State.cancelled:
        yield e.ReturnChanged(job.id, gone, to)
        return
    if to == State.cancelled:
        yield from stopped_clocks(job)
    if job.hold is not None:
        yield e.HoldEnded(job.id)
    yield e.JobMoved(job.id, gone, to, rearranged=True)
    if to == State.cancelled and job.place != OUTSIDE:
        yield e.CarPlaced(job.id, OUTSIDE)
