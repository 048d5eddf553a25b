"""The other cars of a tablet: those that wait for a look, and the holder's queue."""

from datetime import datetime

from board.core.job import Job
from board.core.plates import split_plate
from board.core.promises import tone
from board.core.roles import Actor
from board.core.shop import Shop
from board.core.workflow import Lane
from displays.views import tablet_views as v
from displays.views.moments import Moment, moment
from displays.views.tablet_deeds import asking, look_deeds, resume, start
from displays.views.tablet_job import hold_note, promised


def check_view(shop: Shop, job: Job, actor: Actor, now: datetime) -> v.CheckView:
    """A car that waits for the actor's look."""
    return v.CheckView(
        id=job.id,
        plate=split_plate(job.car.plate),
        model=job.car.model,
        colour=job.car.colour,
        state=job.state,
        step=shop.workflow.steps[job.state].name,
        since=int(job.state_since.timestamp()),
        asked=job.asked,
        lines=tuple(line.text for line in job.lines if line.is_agreed),
        deeds=look_deeds(shop, job, asking(shop, actor, now)),
        promise=promised(shop, job, now),
        tone=tone(job, now),
    )


def queued_view(shop: Shop, job: Job, actor: Actor, now: datetime) -> v.QueuedView:
    """A car in the actor's queue."""
    ask = asking(shop, actor, now)
    held = shop.workflow.lane_of(job.state) == Lane.hold
    return v.QueuedView(
        id=job.id,
        plate=split_plate(job.car.plate),
        bay=_bay_name(shop, job),
        state=job.state,
        step=shop.workflow.steps[job.state].name,
        text=_what(job),
        deed=resume(job, ask) if held else start(job, None, ask),
        start=_planned(shop, job, now),
        hold=hold_note(job.hold, now, shop.settings),
    )


def next_view(shop: Shop, queue: list[Job], now: datetime) -> v.NextView:
    """The first car of the queue that can be worked on."""
    job = next((job for job in queue if shop.workflow.lane_of(job.state) != Lane.hold), None)
    if job is None:
        return v.NextView()
    return v.NextView(
        split_plate(job.car.plate), _bay_name(shop, job), _planned(shop, job, now), _what(job)
    )


def _planned(shop: Shop, job: Job, now: datetime) -> Moment | None:
    return moment(job.start_at, now, shop.settings) if job.start_at else None


def _bay_name(shop: Shop, job: Job) -> str:
    bay = shop.bays.get(job.bay)
    return bay.name if bay else ""


def _what(job: Job) -> str:
    return job.asked or next((line.text for line in job.lines), "")
