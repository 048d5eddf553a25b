"""Somebody's own tablet: the car at hand, its lines, what can be done, what comes next.

Pure. One projection per holder; what concerns the holder alone is shown to nobody else.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from itertools import chain

from board.core import washing
from board.core.holds import HoldReason
from board.core.indirect import known_codes, running_indirect
from board.core.job import Job
from board.core.promises import tone_changes_at
from board.core.roles import Actor, Role
from board.core.shop import Person, Shop
from board.core.workflow import CheckLevel, Lane, Through, Workflow
from displays.views import tablet_views as v
from displays.views.crew import Crew, is_look
from displays.views.parts import Made, Memory, soonest
from displays.views.tablet_calls import (
    CallButtonView,
    TabletRegion,
    call_button,
    call_cards,
    call_undo_ends_at,
    undo_of_call,
    waits_for_answer,
)
from displays.views.tablet_cards import check_view, next_view, queued_view
from displays.views.tablet_deeds import deed_sets
from displays.views.tablet_job import job_view, line_views
from displays.views.tablet_undo import undo_ends_at, undo_view
from displays.views.tablet_wash import only_washes, wash_states, wash_view, washes

Regions = dict[str, TabletRegion]
OfCar = Callable[[str, Job, Callable[[], Regions]], Regions]
"""Makes the regions of one car under a name, or has them from before."""
CardOf = Callable[[Shop, Job, Actor, datetime], TabletRegion]
NO_JOB: Regions = {"job": v.JobView(), "order-lines": v.LinesView(), "deeds": v.DeedsView()}


class TabletProjection:
    """The regions of one holder's tablet. Tablets of one shop may share a `crew`."""

    def __init__(self, holder: str, crew: Crew | None = None) -> None:
        self._holder = holder
        self._crew = crew or Crew()
        self._last: Regions = {}
        self._ground: tuple[object, ...] = ()
        self._concerns: tuple[str, ...] = ()
        self._turns = 0
        self._states: tuple[list[str], list[str]] = ([], [])
        self._looked: datetime | None = None
        self._until: datetime | None = None
        self._cars: Memory[Regions] = Memory()

    def project(self, shop: Shop, now: datetime) -> Regions:
        """Every region by id. While nothing concerns the holder the same dictionary comes back."""
        self._crew.look(shop, now)
        if self._is_concerned(shop) or not self._is_fresh(now):
            person = shop.people.get(self._holder)
            known = person is not None and not person.removed
            views = self._views(shop, now, person) if known and person else _nobody()
            last = self._last
            self._last = {
                key: last[key] if last.get(key) == new else new for key, new in views.items()
            }
            self._until = self._changes_at(shop, now)
        self._looked = now
        return self._last

    def _views(self, shop: Shop, now: datetime, person: Person) -> Regions:
        """There may be many cars: one that did not change is not looked at again."""
        ground, shown = self._crew.work_ground, set[str]()

        def of_car(name: str, job: Job, make: Callable[[], Regions]) -> Regions:
            def made() -> Made[Regions]:
                tones = tone_changes_at(job, now), washing.tone_changes_at(job, shop.settings, now)
                return make(), soonest(*tones)

            shown.add(name)
            return self._cars.recall(name, (job, ground), now, made)

        views = _views(shop, now, person, self._crew, of_car)
        self._cars.keep_only(shown)
        return views

    def _is_fresh(self, now: datetime) -> bool:
        is_over = self._until is not None and self._until <= now
        return not is_over and self._looked is not None and self._looked <= now

    def _changes_at(self, shop: Shop, now: datetime) -> datetime | None:
        """When time alone may change something: a tone, or an undo that is over."""
        (looks, washed), settings = self._states, shop.settings
        to_wash = [job for state in washed for job in self._crew.washes(state)]
        shown = chain(self._crew.own(self._holder), *map(self._crew.waiting, looks), to_wash)
        done = self._crew.changed_by(f"person:{self._holder}")
        tones = (tone_changes_at(job, now) for job in shown)
        washes = (washing.tone_changes_at(job, settings, now) for job in to_wash)
        label = f"person:{self._holder}"
        undone = call_undo_ends_at(shop, label, now), undo_ends_at(done, now)
        return soonest(*undone, *tones, *washes)

    def _is_concerned(self, shop: Shop) -> bool:
        """Whether anything changed since the last look that the holder's regions are made of."""
        before, self._ground = self._ground, self._crew.ground
        if self._ground is not before:
            self._states = _states(shop.workflow, shop.people.get(self._holder))
            label = f"person:{self._holder}"
            self._concerns = self._crew.concerns(self._holder, label, *self._states)
        turns_before, self._turns = self._turns, self._crew.turns(self._concerns)
        return self._turns != turns_before or self._ground is not before


def _actor(person: Person) -> Actor:
    return Actor("person", person.id, person.name, person.roles, "tablet")


def _states(flow: Workflow, person: Person | None) -> tuple[list[str], list[str]]:
    """The states in which cars wait for this person's look, and for their wash."""
    if person is None:
        return [], []
    actor = _actor(person)
    return _look_states(flow, actor), wash_states(flow, actor)


def _nobody() -> Regions:
    return {
        "bar": v.BarView(""),
        "indirect": v.IndirectView(),
        "call": CallButtonView(),
        **NO_JOB,
        "next": v.NextView(),
        "undo": v.UndoView(),
        "others": v.OthersView(),
        "order-checks": v.CardsView(),
    }


def _views(shop: Shop, now: datetime, person: Person, crew: Crew, of_car: OfCar) -> Regions:
    actor = _actor(person)
    mine = _in_turn(shop, person.id, crew.own(person.id))
    job, queue = (mine[0], mine[1:]) if mine else (None, [])
    calls = call_cards(shop, actor)

    def cards(name: str, jobs: Iterable[Job], view: CardOf) -> Regions:
        found: Regions = {}
        for one in jobs:
            key = f"{name}-{one.id}"
            found |= of_car(key, one, partial(_card, key, view, shop, one, actor, now))
        return found

    checks = cards("check", _looks(shop, actor, crew), check_view)
    wash = cards("wash", washes(shop, actor, crew), wash_view)
    queued = cards("queue", queue, queued_view)
    views = of_car("job", job, partial(_job_views, shop, job, actor, now)) if job else NO_JOB
    if job is None and only_washes(actor):
        views = {**views, "job": v.JobView(washes=len(wash))}
    return {
        "bar": _bar(shop, person, job),
        "indirect": _indirect(shop, person),
        **views,
        "next": next_view(shop, queue, now),
        "call": call_button(shop, person, job),
        "undo": _undo(shop, actor, crew, now),
        "others": v.OthersView(
            len(checks), len(queued), len(wash), waits_for_answer(calls), len(calls)
        ),
        "order-checks": v.CardsView((*calls, *checks, *wash, *queued)),
        **calls,
        **checks,
        **wash,
        **queued,
    }


def _undo(shop: Shop, actor: Actor, crew: Crew, now: datetime) -> v.UndoView:
    """What was done last, on a car or about a call."""
    of_car = undo_view(crew.changed_by(actor.label), now)
    return max(undo_of_call(shop, actor.label, now), of_car, key=lambda one: one.until)


def _in_turn(shop: Shop, person: str, jobs: Iterable[Job]) -> list[Job]:
    """The holder's jobs, the one at hand first: running, then waiting for them, then planned."""
    running = shop.running.get(person)
    # The customer may agree to something more while others look: that waits for the holder again.
    others_look = (job for job in jobs if job.open_lines or not is_look(shop.workflow, job.state))

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
    found = [job for state in _look_states(shop.workflow, actor) for job in crew.waiting(state)]
    return sorted(found, key=lambda job: (job.state_since, job.id))


def _look_states(flow: Workflow, actor: Actor) -> list[str]:
    ways = ((state, flow.through(state, Through.failed)) for state in flow.steps)
    return [state for state, way in ways if way and is_look(flow, state) and actor.has(*way.by)]


def _bar(shop: Shop, person: Person, job: Job | None) -> v.BarView:
    ids = (job.bay,) if job is not None and job.bay else person.bays
    return v.BarView(person.name, tuple(shop.bays[key].name for key in ids if key in shop.bays))


def _indirect(shop: Shop, person: Person) -> v.IndirectView:
    if Role.technician not in person.roles:
        return v.IndirectView()
    one = running_indirect(shop.indirect, person.id)
    if one is None:
        return v.IndirectView(offered=True)
    name = known_codes(shop.settings.indirect_codes).get(one.code, "")
    return v.IndirectView(True, one.code, name, int(one.clock.started_at.timestamp()))


def _card(key: str, view: CardOf, shop: Shop, job: Job, actor: Actor, now: datetime) -> Regions:
    return {key: view(shop, job, actor, now)}


def _job_views(shop: Shop, job: Job, actor: Actor, now: datetime) -> Regions:
    lines = line_views(shop, job, actor.id)
    return {
        "job": job_view(shop, job, now),
        "order-lines": v.LinesView(tuple(lines)),
        **lines,
        "deeds": v.DeedsView(deed_sets(shop, job, actor, now)),
    }
