"""Jobs, bays and people as programs read them: the shapes of the state API."""

from collections.abc import Mapping
from datetime import datetime

from board.codec import plain
from board.core.bays import Bay
from board.core.conditions import condition
from board.core.job import Job
from board.core.promises import tone
from board.core.shop import Person, Shop

_INSIDE = frozenset({"last"})


def job_json(job: Job, shop: Shop, now: datetime) -> dict[str, object]:
    """Return a job: its fields (docs/api.md), with lane, tone and the promise that holds."""
    known = {key: value for key, value in _fields(job).items() if key not in _INSIDE}
    promise = job.promise
    return {
        **known,
        "lane": shop.workflow.lane_of(job.state) if job.state in shop.workflow.steps else "",
        "tone": tone(job, now),
        "promise": plain(promise.at) if promise else None,
    }


def bay_json(bay: Bay, shop: Shop) -> dict[str, object]:
    """Return a bay: its fields, what the board says of it, and the job whose car is in it."""
    car = shop.car_in(bay.id)
    return {
        **_fields(bay),
        "condition": condition(shop, bay),
        "job": car.id if car else None,
    }


def person_json(person: Person, shop: Shop) -> dict[str, object]:
    """Return a person: id, name, roles, bays, skills, and the line they are clocked on."""
    running = shop.running.get(person.id)
    return {
        "id": person.id,
        "name": person.name,
        "roles": sorted(person.roles),
        "bays": list(person.bays),
        "skills": list(person.skills),
        "running": plain(running) if running else None,
    }


def _fields(value: object) -> Mapping[str, object]:
    found: Mapping[str, object] = plain(value)
    return found
