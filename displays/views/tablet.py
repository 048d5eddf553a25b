"""Somebody's own tablet: the car at hand, its lines, what can be done, what comes next.

Pure. One projection per holder; what concerns the holder alone is shown to nobody else.
"""

from collections.abc import Iterable
from datetime import datetime

from board.core.holds import HoldReason
from board.core.job import Job
from board.core.roles import Actor
from board.core.shop import Person, Shop
from board.core.workflow import CheckLevel, Lane, Through
from displays.views import tablet_views as v
from displays.views.crew import Crew, is_look
from displays.views.tablet_cards import check_view, next_view, queued_view
from displays.views.tablet_deeds import deed_sets
from displays.views.tablet_job import job_view, line_views
from displays.views.tablet_undo import undo_view
from displays.views.tablet_wash import only_washes, wash_view, washes


class TabletProjection:
    """The regions of one holder's tablet. Tablets of one shop may share a `crew`."""

    def __init__(self, holder: str, crew: Crew | None = None) -> None:
        self._holder = holder
        self._crew = crew or Crew()
        self._last: dict[str, v.TabletView] = {}

    def project(self, shop: Shop, now: datetime) -> dict[str, v.TabletView]:
        """Every region by id. A view that stays equal stays the same object."""
        self._crew.look(shop)
        person = shop.people.get(self._holder)
        known = person is not None and not person.removed
        views = _views(shop, now, person, self._crew) if known and person else _nobody()
        last = self._last
        kept = {key: last[key] if last.get(key) == new else new for key, new in views.items()}
        self._last = kept
        return kept


def _nobody() -> dict[str, v.TabletView]:
    return {
        "bar": v.BarView(""),
        **_job_views(None, None, None, None),
        "undo": v.UndoView(),
        "others": v.OthersView(),
        "order-checks": v.CardsView(),
    }


def _views(shop: Shop, now: datetime, person: Person, crew: Crew) -> dict[str, v.TabletView]:
    actor = Actor("person", person.id, person.name, person.roles, "tablet")
    mine = _in_turn(shop, person.id, crew.own(person.id))
    job, queue = (mine[0], mine[1:]) if mine else (None, [])
    looks = _looks(shop, actor, crew)
    checks = {f"check-{job.id}": check_view(shop, job, actor, now) for job in looks}
    wash = {f"wash-{job.id}": wash_view(shop, job, actor, now) for job in washes(shop, actor, crew)}
    queued = {f"queue-{job.id}": queued_view(shop, job, actor, now) for job in queue}
    views = _job_views(shop, job, actor, now)
    if job is None and only_washes(actor):
        views["job"] = v.JobView(washes=len(wash))
    return {
        "bar": _bar(shop, person, job),
        **views,
        "next": next_view(shop, queue, now),
        "undo": undo_view(crew.changed_by(actor.label), now),
        "others": v.OthersView(len(checks), len(queued), len(wash)),
        "order-checks": v.CardsView((*checks, *wash, *queued)),
        **checks,
        **wash,
        **queued,
    }


def _in_turn(shop: Shop, person: str, jobs: Iterable[Job]) -> list[Job]:
    """The holder's jobs, the one at hand first: running, then waiting for them, then planned."""
    running = shop.running.get(person)
    others_look = (job for job in jobs if not is_look(shop.workflow, job.state))

    def turn(job: Job) -> tuple[bool, int, datetime, str]:
        at_hand = running is not None and running.job == job.id
        return (not at_hand, _rank(shop, job), job.start_at or job.opened_at, job.id)

    return sorted(others_look, key=turn)


def _rank(shop: Shop, job: Job) -> int:
    step = shop.workflow.steps[job.state]
    if step.lane == Lane.hold:
        # Back from a break, one goes on with the same car.
        return 1 if job.hold is not None and job.hold.reason == HoldReason.pause else 3
    if step.check == CheckLevel.self:
        return 1
    return 0 if shop.workflow.through(job.state, Through.finish) is not None else 2


def _looks(shop: Shop, actor: Actor, crew: Crew) -> list[Job]:
    """Jobs that wait for this person's look at finished work, the longest waiting first."""
    flow = shop.workflow
    found: list[Job] = []
    for state in flow.steps:
        way = flow.through(state, Through.failed)
        if way is not None and is_look(flow, state) and actor.has(*way.by):
            found += crew.waiting(state)
    return sorted(found, key=lambda job: (job.state_since, job.id))


def _bar(shop: Shop, person: Person, job: Job | None) -> v.BarView:
    ids = (job.bay,) if job is not None and job.bay else person.bays
    return v.BarView(person.name, tuple(shop.bays[key].name for key in ids if key in shop.bays))


def _job_views(
    shop: Shop | None, job: Job | None, actor: Actor | None, now: datetime | None
) -> dict[str, v.TabletView]:
    if shop is None or job is None or actor is None or now is None:
        return {
            "job": v.JobView(),
            "order-lines": v.LinesView(),
            "deeds": v.DeedsView(),
            "next": v.NextView(),
        }
    lines = line_views(shop, job, actor.id)
    return {
        "job": job_view(shop, job, now),
        "order-lines": v.LinesView(tuple(lines)),
        **lines,
        "deeds": v.DeedsView(deed_sets(shop, job, actor, now)),
    }
