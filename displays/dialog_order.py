"""Small dialogs about an order: promise, flags, cancelling, placing, checks."""

from dataclasses import dataclass

from board.core import commands as c
from board.core.job import Flag, Job, Where
from board.core.plates import split_plate
from board.core.roles import Role
from board.core.shop import Shop
from board.core.workflow import State
from displays.defect_words import defect_word
from displays.dialog_asks import GONE, Ask, Sheet, head_of, is_here, may, needs_why
from displays.picks import picks
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class Told:
    """One promise of an order: for when, told when, by whom, and why it was changed."""

    at: Moment
    told: Moment
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A bay the car may be put in; with a plate when another car stands there."""

    id: str
    name: str
    region: str
    tail: str
    chosen: bool


def by_name(shop: Shop, label: str) -> str:
    """The name of the person who did it, '' for a program; `label` e.g. `person:wang`."""
    kind, _, name = label.partition(":")
    return shop.name_of(name) if kind == "person" else ""


def told_promises(ask: Ask, job: Job) -> tuple[Told, ...]:
    """Every promise of the job, the newest first."""
    settings, now = ask.shop.settings, ask.now
    return tuple(
        Told(
            moment(one.at, now, settings),
            moment(one.told_at, now, settings),
            by_name(ask.shop, one.by),
            one.why,
        )
        for one in reversed(job.promises)
    )


def promise_sheet(ask: Ask) -> Sheet:
    """Tell the customer a time, or another one with the reason; all promises so far."""
    job = ask.job
    if job is None or not may(ask.actor, c.PromiseJob):
        return GONE
    context = {
        "head": head_of(ask.shop, job),
        "picks": picks(ask.now, ask.shop.settings, count=5, first=1),
        "told": told_promises(ask, job),
        "why": bool(job.promises) or needs_why(ask.actor, c.PromiseJob),
    }
    return Sheet("board/promise.html", context)


def rebook_sheet(ask: Ask) -> Sheet:
    """Book whoever did not come again, for a time to come."""
    job = ask.job
    way = ask.shop.workflow.way(job.state, State.booked) if job else None
    if job is None or way is None or not ask.actor.has(*way.by, Role.manager):
        return GONE
    context = {
        "head": head_of(ask.shop, job),
        "picks": picks(ask.now, ask.shop.settings, count=5, first=1),
        "why": not ask.actor.has(*way.by),
    }
    return Sheet("board/rebook.html", context)


def flags_sheet(ask: Ask) -> Sheet:
    """What marks the car, to switch on and off."""
    job = ask.job
    if job is None or not may(ask.actor, c.FlagJob):
        return GONE
    flags = tuple((flag.value, flag in job.flags) for flag in Flag)
    why = needs_why(ask.actor, c.FlagJob)
    context = {"head": head_of(ask.shop, job), "flags": flags, "why": why}
    return Sheet("board/flags_sheet.html", context)


def cancel_sheet(ask: Ask) -> Sheet:
    """Give an order up, with the reason."""
    job = ask.job
    if job is None or not may(ask.actor, c.CancelJob):
        return GONE
    return Sheet("board/cancel.html", {"head": head_of(ask.shop, job)})


def place_sheet(ask: Ask) -> Sheet:
    """Where the car stands: a bay, a parking place, on the road or outside."""
    job = ask.job
    if job is None:
        return GONE
    wanted = ask.given.get("bay") or job.in_bay
    where = Where.bay if ask.given.get("bay") else job.place.where
    context = {
        "head": head_of(ask.shop, job),
        "where": where.value,
        "wheres": tuple(one.value for one in Where),
        "here": is_here(ask.shop, job),
        "parked": job.place.spot if job.place.where == Where.parking else "",
        "spots": tuple(_spots(ask.shop, job, wanted)),
    }
    return Sheet("board/place.html", context)


def _spots(shop: Shop, job: Job, wanted: str) -> list[Spot]:
    found = []
    for bay in shop.bays.values():
        other = shop.car_in(bay.id)
        taken = other is not None and other.id != job.id
        plate = split_plate(other.car.plate) if other and taken else ("", "")
        if not bay.removed:
            found.append(Spot(bay.id, bay.name, *plate, bay.id == wanted))
    return found


def fail_sheet(ask: Ask) -> Sheet:
    """Turn a check down: the defect, a note and which lines. (A pass needs no dialog.)"""
    job = ask.job
    if job is None or not may(ask.actor, c.FailCheck):
        return GONE
    step = ask.shop.workflow.steps[job.state]
    lines = tuple(
        (line.id, "" if line.implicit else line.text) for line in job.lines if not line.is_open
    )
    why = needs_why(ask.actor, c.FailCheck)
    level = step.check.value if step.check else ""
    failed = [mark.answered for mark in job.marks if mark.answered.defect]
    context = {
        "head": head_of(ask.shop, job),
        "level": level,
        "lines": lines,
        "why": why,
        "defects": defect_word(ask.shop),
        "chosen": failed[0].defect if failed else "",
        "found": failed[0].note if failed else "",
    }
    return Sheet("board/fail.html", context)
