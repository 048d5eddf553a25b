"""What time does to a shop: the commands that are due now, each with its deterministic id."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from board.core import commands as c
from board.core.bays import Bay, BayState
from board.core.calls import Call
from board.core.calls import escalates_at as call_escalates_at
from board.core.conditions import disagreement, disagrees_since
from board.core.days import credited_until, shift_end
from board.core.escalation import escalates_at, may_escalate
from board.core.holds import Hold, HoldReason
from board.core.indirect import running_indirect
from board.core.job import Job
from board.core.rules.timekeeping import KEPT_AFTER_CLOSING
from board.core.shop import Settings, Shop
from board.core.supply import late_parts
from board.core.workflow import State

Due = tuple[c.Command, str]


def due(shop: Shop, now: datetime) -> Iterator[Due]:
    """Every command the timekeeper has to send now, with an id that names what it is about.

    A second process, or the same one after a restart, sends the same ids: nothing happens twice.
    What was undone since has another version, and so another id: it happens again.
    """
    for job in shop.jobs.values():
        yield from _of_job(job, shop, now)
    for who in shop.indirect:
        yield from _forgotten_indirect(who, shop, now)
    for bay in shop.bays.values():
        yield from _of_bay(bay, shop, now)
    for call in shop.calls.values():
        yield from _of_call(call, shop.settings, now)


def _of_job(job: Job, shop: Shop, now: datetime) -> Iterator[Due]:
    settings, about = shop.settings, f"{job.id}:{job.version}"
    if job.closed_at is not None:
        if now >= job.closed_at + KEPT_AFTER_CLOSING:
            yield c.ForgetJob(job=job.id), _id("forget", job.id, job.closed_at)
        return
    if job.booked_for is not None and shop.workflow.by_time(job.state, State.no_show):
        deadline = job.booked_for + timedelta(seconds=settings.no_show_seconds)
        if now >= deadline:
            yield c.MarkNoShow(job=job.id), _id("no_show", about, deadline)
    if shop.workflow.by_time(job.state, State.unclaimed):
        deadline = job.state_since + timedelta(seconds=settings.unclaimed_seconds)
        if now >= deadline:
            yield c.MarkUnclaimed(job=job.id), _id("unclaimed", about, deadline)
    if job.hold is not None:
        yield from _of_hold(job, job.hold, settings, now)
    yield from _late_parts(job, now)
    yield from _forgotten_clocks(job, settings, now)


def _of_hold(job: Job, hold: Hold, settings: Settings, now: datetime) -> Iterator[Due]:
    about = f"{job.id}:{job.version}"
    if hold.expected and hold.reminded_at is None and now >= hold.expected:
        yield c.RemindHold(job=job.id), _id("remind", about, hold.expected)
    if hold.reason == HoldReason.pause:
        end = shift_end(hold.at, settings)
        if now >= end:
            closing = credited_until(hold.at, settings)
            yield c.CloseBreak(job=job.id, at=closing), _id("close_break", about, end)
    if hold.escalated_at is None and may_escalate(hold, settings, now):
        at = escalates_at(hold, settings)
        if at is not None and now >= at:
            yield c.EscalateHold(job=job.id), _id("escalate", about, at)


def _late_parts(job: Job, now: datetime) -> Iterator[Due]:
    for late in late_parts(job, now):
        if not late.noted:
            about = f"{job.id}:{job.version}:{late.line}:{late.part}"
            command = c.NoteLateParts(job=job.id, line=late.line, part=late.part)
            yield command, _id("parts_late", about, late.expected)


def _forgotten_clocks(job: Job, settings: Settings, now: datetime) -> Iterator[Due]:
    for line in job.running_lines:
        for clock in line.running_clocks:
            end = shift_end(clock.started_at, settings)
            if now >= end:
                who = clock.technician
                closing = credited_until(clock.started_at, settings)
                command = c.CloseClock(job=job.id, line=line.id, technician=who, at=closing)
                yield command, _id("close_clock", f"{job.id}:{job.version}:{line.id}:{who}", end)


def _forgotten_indirect(who: str, shop: Shop, now: datetime) -> Iterator[Due]:
    one = running_indirect(shop.indirect, who)
    if one is None:
        return
    end = shift_end(one.clock.started_at, shop.settings)
    if now >= end:
        # A start that was undone may be pressed anew at another moment, with the same shift end.
        began = int(one.clock.started_at.timestamp() * 1000)
        about, closing = f"{who}:{began}", credited_until(one.clock.started_at, shop.settings)
        yield c.CloseIndirect(technician=who, at=closing), _id("close_indirect", about, end)


def _of_call(call: Call, settings: Settings, now: datetime) -> Iterator[Due]:
    # An answer that was taken back has another version, so that it is told on after all.
    about, end = f"{call.id}:{call.version}", shift_end(call.called.at, settings)
    if now >= end:
        yield c.EndCall(call=call.id), _id("end_call", about, end)
        return
    at = call_escalates_at(call, settings.call_rules)
    if at is not None and now >= at:
        yield c.EscalateCall(call=call.id), _id("escalate_call", about, at)


def _of_bay(bay: Bay, shop: Shop, now: datetime) -> Iterator[Due]:
    if bay.removed:
        return
    if bay.until is not None and now >= bay.until:
        yield c.ChangeBay(bay=bay.id, state=BayState.open), _id("open", bay.id, bay.until)
    if bay.question is not None:
        lapse = timedelta(seconds=shop.settings.sensor_rules.lapse_seconds)
        at = bay.question.asked_at + lapse
        if now >= at:
            yield c.LapseQuestion(bay=bay.id), _id("lapse", bay.id, at)
    kind, since = disagreement(shop, bay), disagrees_since(bay)
    if kind is None or since is None or bay.question or bay.settled_since == since:
        return
    if now >= since + timedelta(seconds=shop.settings.question_seconds):
        yield c.AskAboutBay(bay=bay.id), _id("ask", bay.id, since)


def _id(what: str, about: str, deadline: datetime) -> str:
    return f"{what}:{about}:{int(deadline.timestamp() * 1000)}"
