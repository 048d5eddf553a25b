"""Open holds by whose move they are, and what the day's cars waited for, as a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from board.core import commands as c
from board.core.days import business_day
from board.core.hold_times import Stretch, Waited, stretch_of
from board.core.job import Job
from board.core.offers import hold_refused, resume_refused
from board.core.plates import split_plate
from board.core.roles import Actor, Role
from board.core.shop import Settings
from board.core.who_sees import sees_waiting_times
from displays.desk_pages import page_of
from displays.dialog_asks import Ask, Sheet, needs_why
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment, seconds


class Waits(Protocol):
    """Where the day's waiting is read."""

    async def waits(self, shop_id: str, within: Stretch) -> Sequence[Waited]:
        """What cars waited for in a stretch of time, the longest wait first."""
        ...


def owners(settings: Settings) -> frozenset[Role]:
    """Who has a page of holds: every role that owns some."""
    return settings.hold_rules.owner_roles


@dataclass(frozen=True, slots=True)
class HeldCar:
    """A car that stands still. `since`: epoch seconds; `overdue`: its expected time has passed.

    `may_end`, `may_change`: whether the one who looks may end the hold, or say another reason.
    """

    job: str
    number: str
    region: str
    tail: str
    model: str
    reason: str
    since: int | None
    by: str
    note: str
    expected: Moment | None
    overdue: bool
    escalated: bool
    promise: Moment | None
    may_end: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One reason of the day: minutes, holds, cars, and its part of the longest in percent."""

    reason: str
    owner: str
    minutes: int
    holds: int
    jobs: int
    percent: int


def holds_page(ask: Ask) -> Sheet:
    """Open holds, grouped by owner, the oldest first; those told to the controller before all.

    Who owns holds without watching over all of them sees their own first.
    """
    day = day_of(ask)
    today = business_day(ask.now, ask.shop.settings)
    held = sorted(
        (job for job in ask.shop.jobs.values() if job.hold is not None),
        key=lambda job: (job.hold.at if job.hold else ask.now, job.id),
    )
    groups: dict[str, list[HeldCar]] = {}
    for job in held:
        groups.setdefault(job.hold.owner if job.hold else "", []).append(held_car(ask, job))
    return page_of(
        "holds/page.html",
        groups=tuple(sorted(groups.items(), key=lambda group: _rank(ask.actor, *group))),
        own=frozenset(ask.actor.roles),
        watches=sees_waiting_times(ask.actor),
        held=len(held),
        escalated=sum(car.escalated for cars in groups.values() for car in cars),
        day=day.isoformat(),
        is_today=day == today,
        today=today.isoformat(),
        one_tap=not needs_why(ask.actor, c.ResumeJob),
    )


def _rank(actor: Actor, owner: str, cars: Sequence[HeldCar]) -> tuple[bool, bool, int]:
    """Owners with a hold that was escalated come first, then whose oldest hold is oldest."""
    is_others = not sees_waiting_times(actor) and owner not in actor.roles
    return (is_others, not any(car.escalated for car in cars), cars[0].since or 0)


def held_car(ask: Ask, job: Job) -> HeldCar:
    """One car of the list."""
    hold = job.hold
    assert hold is not None
    settings, now = ask.shop.settings, ask.now
    region, tail = split_plate(job.car.plate)
    return HeldCar(
        job=job.id,
        number=job.number,
        region=region,
        tail=tail,
        model=job.car.model,
        reason=hold.reason.value,
        since=seconds(hold.at),
        by=by_name(ask.shop, hold.by),
        note=hold.note,
        expected=moment(hold.expected, now, settings) if hold.expected else None,
        overdue=hold.expected is not None and hold.expected <= now,
        escalated=hold.escalated_at is not None,
        promise=moment(job.promise.at, now, settings) if job.promise else None,
        may_end=resume_refused(ask.shop, job, ask.actor, now) is None,
        may_change=hold_refused(ask.shop, job, ask.actor, now, hold.reason) is None,
    )


def day_of(ask: Ask) -> date:
    """The business day that is asked for, else the present one."""
    try:
        return date.fromisoformat(ask.given.get("day", ""))
    except ValueError:
        return business_day(ask.now, ask.shop.settings)


async def read_waits(looks: Waits, ask: Ask) -> Mapping[str, object]:
    """What the day's cars waited for, the longest first; for those who watch over all holds."""
    if not sees_waiting_times(ask.actor):
        return {}
    within = stretch_of(day_of(ask), ask.shop.settings, ask.now)
    found = await looks.waits(ask.shop.id, within)
    waits = [one for one in found if not one.is_break]
    longest = max((one.seconds // 60 for one in waits), default=0)
    bars = tuple(_bar(one, longest) for one in waits)
    return {
        "bars": bars,
        "minutes": sum(bar.minutes for bar in bars),
        "breaks": sum(one.seconds for one in found if one.is_break) // 60,
    }


def _bar(one: Waited, longest: int) -> Bar:
    minutes = one.seconds // 60
    percent = round(100 * minutes / longest) if longest else 0
    return Bar(one.reason, one.owner, minutes, one.holds, one.jobs, percent)
