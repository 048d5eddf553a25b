"""The wash on a tablet: which cars wait for it, and the one big button of each.

Where a car goes from the wash lane is the workflow's; whether it may, the rules'.
"""

from collections.abc import Iterator
from datetime import datetime

from board.core import commands as c
from board.core.job import Job, Where
from board.core.plates import split_plate
from board.core.promises import tone
from board.core.roles import PEOPLE_ROLES, Actor, Role
from board.core.shop import Shop
from board.core.washing import running_wash, target, wash_queue, wash_tone
from board.core.workflow import Lane, Through, Workflow
from displays.views import tablet_views as v
from displays.views.crew import Crew
from displays.views.moments import moment
from displays.views.tablet_deeds import asking, version
from displays.views.tablet_job import promised


def only_washes(actor: Actor) -> bool:
    """Whether washing is all the work there is for this person."""
    return actor.roles & frozenset(PEOPLE_ROLES) == {Role.washer}


def washes(shop: Shop, actor: Actor, crew: Crew) -> list[Job]:
    """The cars of a washer in their turn; nobody else's."""
    states = wash_states(shop.workflow, actor)
    found = (job for state in states for job in crew.washes(state))
    return wash_queue(found, shop.workflow, shop.settings)


def wash_states(flow: Workflow, actor: Actor) -> list[str]:
    """The states in which cars are on this person's list: those of the wash lane, or none."""
    if not actor.has(Role.washer):
        return []
    return [state for state, step in flow.steps.items() if step.lane == Lane.wash]


def wash_view(shop: Shop, job: Job, actor: Actor, now: datetime) -> v.WashView:
    """A car on the washer's list."""
    bay, due = shop.bays.get(job.in_bay), target(job, shop.settings)
    return v.WashView(
        id=job.id,
        plate=split_plate(job.car.plate),
        model=job.car.model,
        colour=job.car.colour,
        state=job.state,
        step=shop.workflow.steps[job.state].name,
        since=int(job.state_since.timestamp()),
        deeds=tuple(_deeds(shop, job, actor, now)),
        bay=bay.name if bay else "",
        parked=job.place.spot if job.place.where == Where.parking else "",
        keys=job.keys,
        promise=promised(shop, job, now),
        tone=tone(job, now),
        target=moment(due, now, shop.settings) if due else None,
        target_tone=wash_tone(job, shop.settings, now),
        begun=running_wash(job) is not None,
    )


def _onward(flow: Workflow, state: str) -> list[str]:
    return [way.to for way in flow.ways_from(state) if way.through == Through.move]


def _leads_to_wash(flow: Workflow, state: str) -> bool:
    return any(flow.lane_of(to) == Lane.wash for to in _onward(flow, state))


def _deeds(shop: Shop, job: Job, actor: Actor, now: datetime) -> Iterator[v.Deed]:
    ask, flow = asking(shop, actor, now), shop.workflow
    begins = _leads_to_wash(flow, job.state)
    for to in _onward(flow, job.state):
        into = flow.lane_of(to) == Lane.wash
        kind = "wash" if into else "skip" if begins else "washed"
        fields = (("job", job.id), ("to", to), version(job))
        yield v.Deed(kind, "move_job", fields, "", ask(c.MoveJob(job=job.id, to=to)))
