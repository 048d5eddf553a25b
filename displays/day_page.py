"""The shop's day: what the morning begins with, and the closing with one row per car."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from board.core import closing
from board.core import commands as c
from board.core.day_book import CarryDecision
from board.core.days import business_day, local, nights_kept
from board.core.job import Job
from board.core.permissions import ASKERS
from board.core.plates import split_plate
from board.core.promises import Tone, tone
from board.core.question_figures import question_figures
from board.core.roles import PEOPLE_ROLES, Role
from board.core.shop import Shop
from displays.dialog_asks import Ask, Sheet
from displays.dialog_order import by_name
from displays.picks import pick
from displays.views.moments import Moment, moment

_MORNING_SECONDS = 5400


@dataclass(frozen=True, slots=True)
class Row:
    """A car of the day. `choice` is '' while nothing is decided; `suggested`: a promise to tell.

    `mine`: whether whoever looks may decide for it; `finished`: whether that may be said of it.
    """

    job: str
    region: str
    tail: str
    number: str
    model: str
    state: str
    state_name: str
    advisor: str
    nights: int
    place: str
    where: str
    promise: Moment | None = None
    booked: Moment | None = None
    tone: Tone = Tone.none
    choice: str = ""
    note: str = ""
    by: str = ""
    suggested: str = ""
    mine: bool = False
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is absent today."""

    person: str
    name: str
    start: Moment
    end: Moment


def day_page(ask: Ask) -> Sheet:
    """The morning, or with `view=closing` the closing."""
    shop, now = ask.shop, ask.now
    today, day = business_day(now, shop.settings), closing.day_of(shop, now)
    is_closed = not shop.day.is_open and shop.day.day == day
    context = {
        "day": day,
        "is_today": day == today,
        "is_open": shop.day.is_open,
        "is_closed": is_closed,
        "runs": ask.actor.has(*ASKERS[c.CloseDay]),
        "numbers": shop.day.numbers if is_closed else closing.numbers(shop, day),
        "closed_at": _at(shop.day.closed_at, ask) if is_closed else None,
        "questions": question_figures(shop, day),
    }
    if ask.given.get("view") == "closing":
        return Sheet("day/closing.html", {**context, **_evening(ask, is_closed)})
    return Sheet("day/morning.html", {**context, **_morning(ask)})


def _morning(ask: Ask) -> dict[str, object]:
    begins = closing.morning(ask.shop, ask.now)
    return {
        "carried": rows(begins.carried, ask),
        "appointments": rows(begins.appointments, ask),
        "at_risk": rows(begins.at_risk, ask),
        "absent": absent(ask),
        "people": _people(ask.shop),
        "hours": _opening_hours(ask),
    }


def _evening(ask: Ask, is_closed: bool) -> dict[str, object]:
    if is_closed:
        return _night(ask)
    every = rows(closing.on_the_board(ask.shop), ask)
    clocked = [(clock.technician, job) for job, _, clock in closing.running_clocks(ask.shop)]
    return {
        "cars": every,
        "left": sum(not row.choice for row in every),
        "came": (),
        "clocked": tuple((ask.shop.name_of(who), job.car.plate) for who, job in clocked),
    }


def _night(ask: Ask) -> dict[str, object]:
    """A closed day: what was decided, and what came since."""
    came = rows(closing.came_since_closing(ask.shop), ask)
    return {"cars": _staying(ask), "came": came, "left": 0, "clocked": ()}


def rows(jobs: Iterable[Job], ask: Ask) -> tuple[Row, ...]:
    """The cars as rows of the day."""
    day = closing.day_of(ask.shop, ask.now)
    return tuple(_row(job, ask, closing.decision_on(ask.shop, job, day)) for job in jobs)


def _row(job: Job, ask: Ask, decision: CarryDecision | None) -> Row:
    shop = ask.shop
    region, tail = split_plate(job.car.plate)
    return Row(
        job=job.id,
        region=region,
        tail=tail,
        number=job.number,
        model=job.car.model,
        state=job.state,
        state_name=shop.workflow.steps[job.state].name,
        advisor=shop.name_of(job.advisor) if job.advisor else "",
        nights=nights_kept(job, ask.now, shop.settings),
        place=_place(shop, job),
        where=job.place.where.value,
        promise=_at(job.promise.at, ask) if job.promise else None,
        booked=_at(job.booked_for, ask),
        tone=tone(job, ask.now),
        choice=decision.choice.value if decision else "",
        note=decision.note if decision else "",
        by=by_name(shop, decision.by) if decision else "",
        suggested=_suggested(job, ask),
        mine=_may_decide(job, ask),
        finished=closing.is_finished(shop, job),
    )


def _may_decide(job: Job, ask: Ask) -> bool:
    over_all = ask.actor.has(Role.controller, Role.manager)
    return over_all or (ask.actor.has(Role.advisor) and job.advisor == ask.actor.id)


def _place(shop: Shop, job: Job) -> str:
    bay = shop.bays.get(job.in_bay)
    return bay.name if bay else job.place.spot


def _suggested(job: Job, ask: Ask) -> str:
    """The promise that holds if it is for a later day, else the next morning, for a form."""
    settings, day = ask.shop.settings, closing.day_of(ask.shop, ask.now)
    held = job.promise.at if job.promise else None
    if held is None or held <= ask.now or business_day(held, settings) <= day:
        opens = local(ask.now, settings).replace(
            hour=settings.hours.opens.hour, minute=settings.hours.opens.minute, second=0
        )
        # As long after opening as a promise for tomorrow is usually told.
        held = opens + timedelta(days=1, seconds=_MORNING_SECONDS)
    return pick(held, ask.now, settings).value


def _at(at: datetime | None, ask: Ask) -> Moment | None:
    return moment(at, ask.now, ask.shop.settings) if at else None


def absent(ask: Ask) -> tuple[Away, ...]:
    """Who is away for some of today."""
    return tuple(
        Away(
            each.person,
            ask.shop.name_of(each.person),
            moment(each.start, ask.now, ask.shop.settings),
            moment(each.end, ask.now, ask.shop.settings),
        )
        for each in ask.shop.absences
        if closing.is_today(each, ask.shop, ask.now)
    )


def _people(shop: Shop) -> tuple[tuple[str, str], ...]:
    working = (one for one in shop.people.values() if not one.removed)
    at_work = [one for one in working if not one.roles.isdisjoint(PEOPLE_ROLES)]
    return tuple((one.id, one.name) for one in sorted(at_work, key=lambda one: one.name))


def _opening_hours(ask: Ask) -> tuple[str, str]:
    """Today's opening and closing as values of a form."""
    hours, here = ask.shop.settings.hours, local(ask.now, ask.shop.settings)
    return f"{here:%Y-%m-%d}T{hours.opens:%H:%M}", f"{here:%Y-%m-%d}T{hours.closes:%H:%M}"


def day_print(ask: Ask) -> Sheet:
    """The evening on paper: the numbers of the day and every car that stays."""
    shop, day = ask.shop, closing.day_of(ask.shop, ask.now)
    is_closed = not shop.day.is_open and shop.day.day is not None
    shown = shop.day.day if is_closed and shop.day.day else day
    context = {
        "day": shown,
        "questions": question_figures(shop, shown),
        "is_closed": is_closed,
        "closed_at": _at(shop.day.closed_at, ask),
        "numbers": shop.day.numbers if is_closed else closing.numbers(shop, day),
        "staying": _staying(ask) if is_closed else _would_stay(ask),
        "absent": absent(ask),
    }
    return Sheet("day/print.html", context)


def _staying(ask: Ask) -> tuple[Row, ...]:
    """The cars as they were decided at the closing, as far as they are still known."""
    book = ask.shop.day
    kept = [(each, ask.shop.jobs.get(each.job)) for each in book.carried]
    found = [(each, job) for each, job in kept if job is not None]
    decisions = [next((d for d in job.decisions if d.day == book.day), None) for _, job in found]
    # What a closed day decided is told; it is decided anew when the day is opened again.
    return tuple(
        replace(_row(job, ask, decision), nights=each.nights, mine=False)
        for (each, job), decision in zip(found, decisions, strict=True)
    )


def _would_stay(ask: Ask) -> tuple[Row, ...]:
    """The cars that are here, with their nights by the next morning."""
    shop, day = ask.shop, closing.day_of(ask.shop, ask.now)
    nights = {each.job: each.nights for each in closing.carried(shop, day)}
    every = rows(closing.on_the_board(shop), ask)
    return tuple(replace(row, nights=nights[row.job]) for row in every)
