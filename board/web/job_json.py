"""Jobs, bays, people and help calls as programs read them: the shapes of the state API."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from board.codec import plain
from board.core.bays import Bay
from board.core.call_places import told_at
from board.core.calls import LADDER, Call
from board.core.check_templates import points_of, wants_road_test
from board.core.check_templates_shipped import template_for
from board.core.conditions import condition
from board.core.indirect import IndirectClock, running_indirect
from board.core.job import Job
from board.core.promises import tone
from board.core.roles import Actor
from board.core.rules.road_testing import has_road_test
from board.core.shop import Person, Shop
from board.core.who_sees import kept_from
from board.marked import shape_of, without

_INSIDE = frozenset({"last"})


def job_json(job: Job, shop: Shop, now: datetime, actor: Actor) -> dict[str, object]:
    """Return a job: its fields (docs/api.md) as far as `actor` is told them, with lane, tone and
    the promise that holds.
    """
    # A drawing is for looking at, and long: the history of the job has it.
    bare = replace(job, signature=job.signature and replace(job.signature, strokes=""))
    fields = told(Job, _fields(bare), actor)
    known = {key: value for key, value in fields.items() if key not in _INSIDE}
    promise = job.promise
    return {
        **known,
        "lane": shop.workflow.lane_of(job.state) if job.state in shop.workflow.steps else "",
        "tone": tone(job, now),
        "promise": plain(promise.at) if promise else None,
        "check_due": _check_due(job, shop),
    }


def _check_due(job: Job, shop: Shop) -> dict[str, object] | None:
    """The check the job waits for: its points; those already answered stand in `marks`."""
    step = shop.workflow.steps.get(job.state)
    if step is None or step.check is None:
        return None
    template = template_for(shop.check_book, job, step.check)
    return {
        "level": step.check.value,
        "points": [plain(point) for point in points_of(template, job)],
        "road_test": wants_road_test(template, job) and not has_road_test(job),
    }


def told(kind: type | None, value: Mapping[str, object], actor: Actor) -> Mapping[str, object]:
    """Return the plain value of a `kind` without the fields that the actor is not told.

    Of a kind that nobody knows here only those hear who are told everything.
    """
    marks = kept_from(actor)
    if not marks:
        return value
    return cast(Mapping[str, object], without(value, shape_of(kind, marks))) if kind else {}


def bay_json(bay: Bay, shop: Shop) -> dict[str, object]:
    """Return a bay: its fields, what the board says of it, and the job whose car is in it."""
    car = shop.car_in(bay.id)
    return {
        **_fields(bay),
        "condition": condition(shop, bay),
        "job": car.id if car else None,
    }


def person_json(person: Person, shop: Shop) -> dict[str, object]:
    """Return a person: id, name, roles, bays, skills, and what they are clocked on."""
    running = shop.running.get(person.id)
    indirect = running_indirect(shop.indirect, person.id)
    return {
        "id": person.id,
        "name": person.name,
        "roles": sorted(person.roles),
        "bays": list(person.bays),
        "skills": list(person.skills),
        "running": plain(running) if running else None,
        "indirect": _indirect_json(indirect) if indirect else None,
    }


def _indirect_json(one: IndirectClock) -> dict[str, object]:
    return {"code": one.code, "started_at": plain(one.clock.started_at)}


def call_json(call: Call, shop: Shop) -> dict[str, object]:
    """Return a help call: what is wanted where, how far it is, each step's who and when.

    `bay`: where it was called; `told_at`: the bay it is told at now, none while its car is away.
    `escalated`: who was told that nobody answered, and when.
    """
    told = zip(LADDER[call.kind], call.escalated, strict=False)
    return {
        "id": call.id,
        "kind": call.kind,
        "bay": call.bay,
        "told_at": told_at(shop, call) or None,
        "job": call.job or None,
        "step": call.step,
        "called": plain(call.called),
        "answered": plain(call.answered),
        "reached": plain(call.reached),
        "escalated": [{"to": role, "at": plain(at)} for role, at in told],
    }


def _fields(value: object) -> Mapping[str, object]:
    found: Mapping[str, object] = plain(value)
    return found
