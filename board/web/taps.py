"""Deeds that arrive later than they were tapped: when that was, and who changed the car since.

A tablet without connection keeps its taps; the journal's time stays that of the arrival, labour
counts from the tap.
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


def tapped_at(said: str, ago: str, now: datetime) -> datetime | None:
    """The moment of a tap, if that was some time ago; None if it is as good as at once.

    `ago`: seconds by the tablet's own clock, however wrong that is; believed before `said`, the
    time as the page reckoned it (ISO 8601 with zone). What is no time of the last week is left out.
    """
    at = _before(ago, now) or _time_of(said)
    return at if at is not None and LATE <= now - at <= OLDEST else None


def _before(ago: str, now: datetime) -> datetime | None:
    try:
        return now - timedelta(seconds=float(ago))
    except (ValueError, OverflowError):
        return None


def _time_of(said: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def as_tapped(actor: Actor, at: datetime | None) -> Actor:
    """The actor whose `via` names the moment of a late tap."""
    if at is None:
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
