"""Deeds that arrive later than they were tapped: when that was, and who changed the car since.

A tablet without connection keeps its taps; the journal's time stays that of the arrival.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from board.core.days import local
from board.core.job import Job
from board.core.roles import Actor
from board.core.shop import Shop

LATE = timedelta(seconds=30)
"""A tap that came sooner is as good as at once."""

OLDEST = timedelta(days=7)
_WORD = "tapped"


def as_tapped(actor: Actor, said: str, now: datetime) -> Actor:
    """The actor whose `via` names the moment of the tap, if that was some time ago.

    `said` is ISO 8601 with zone, the page's own word: what is no time of the last week is left out.
    """
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return actor
    if at.tzinfo is None or not LATE <= now - at <= OLDEST:
        return actor
    return replace(actor, via=f"{actor.via} {_WORD} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")


def changed_by(shop: Shop, job: Job | None, actor: Actor) -> dict[str, str]:
    """Who else changed the job last, and the time of day; empty when nobody else did."""
    last = job.last if job is not None else None
    if last is None or last.by == actor.label:
        return {}
    kind, _, person = last.by.partition(":")
    name = shop.name_of(person) if kind == "person" else ""
    return {"who": name, "time": f"{local(last.at, shop.settings):%H:%M}"}
