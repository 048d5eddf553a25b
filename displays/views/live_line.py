"""The board's live line: the newest thing somebody did, and who may take it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.job import Job
from board.core.plates import split_plate
from board.core.shop import LastDeed, Shop
from board.core.workflow import Lane
from displays.views.moments import Moment, moment

REGION = "liveline"
DEVICE = "device"


@dataclass(frozen=True, slots=True)
class LiveLineView:
    """`kind` is the state gone to or the event's name; `by_id` who may take it back, or '';
    `device`: whether a device did it.
    """

    template: ClassVar[str] = "board/live_line.html"
    id: str
    kind: str = ""
    by: str = ""
    by_id: str = ""
    at: Moment | None = None
    job: str = ""
    plate_region: str = ""
    plate_tail: str = ""
    state: str = ""
    state_name: str = ""
    bay: str = ""
    lead: str = ""
    hold: str = ""
    promise: Moment | None = None
    device: bool = False


def live_line(shop: Shop, now: datetime) -> LiveLineView:
    """What the live line says now."""
    deed = shop.last_deed
    if deed is None:
        return LiveLineView(REGION)
    kind, _, name = deed.by.partition(":")
    by = shop.name_of(name) if kind == "person" else ""
    at = moment(deed.at, now, shop.settings)
    job = shop.jobs.get(deed.job)
    if job is None:
        return LiveLineView(REGION, deed.kind, by, at=at)
    region, tail = split_plate(job.car.plate)
    at_work = shop.workflow.lane_of(job.state) in {Lane.work, Lane.hold}
    bay = shop.bays.get(job.in_bay or job.bay) if at_work else None
    return LiveLineView(
        id=REGION,
        kind=deed.kind,
        by=by,
        by_id=_may_undo(job, deed),
        at=at,
        job=job.id,
        plate_region=region,
        plate_tail=tail,
        state=job.state,
        state_name=shop.workflow.steps[job.state].name,
        bay=bay.name if bay else "",
        lead=shop.name_of(job.technicians[0]) if job.technicians else "",
        hold=job.hold.reason.value if job.hold else "",
        promise=moment(job.promise.at, now, shop.settings) if job.promise else None,
        device=kind == DEVICE,
    )


def _may_undo(job: Job, deed: LastDeed) -> str:
    """The person who may take the deed back, or of a device's `device`: whoever may do it by hand;
    '' when it opened the order or was an undo.
    """
    kind, _, name = deed.by.partition(":")
    last = job.last
    if (
        kind not in ("person", "device")
        or deed.kind == "MoveUndone"
        or last is None
        or last.before is None
    ):
        return ""
    if last.by != deed.by or last.command_id != deed.command_id:
        return ""
    return DEVICE if kind == "device" else name
