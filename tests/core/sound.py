"""What is true of a shop at any time, whatever was asked in whatever order."""

from collections import Counter
from datetime import datetime

from board.core.call_places import told_at
from board.core.calls import CallStep
from board.core.check_templates import wants_road_test
from board.core.check_templates_shipped import template_for
from board.core.clocks import clocks_of, overlap
from board.core.day_book import DayNumbers
from board.core.extra_work import is_priced
from board.core.holds import CALENDAR, NEEDS_EXPECTED, NEEDS_NOTE
from board.core.indirect import running_indirect
from board.core.job import Job
from board.core.lines import LineState
from board.core.promises import tone, tone_changes_at
from board.core.reckoning import is_settled
from board.core.roles import Role
from board.core.rules.delivering import unticked
from board.core.rules.road_testing import has_road_test
from board.core.shop import Shop, indexed
from board.core.supply import MISSING, lines_short
from board.core.workflow import CheckLevel, Lane


def check_job(shop: Shop, job: Job) -> None:
    """What is true of every job at any time."""
    assert job.state in shop.workflow.steps
    assert (job.state == "held") == (job.hold is not None)
    assert job.is_closed == (shop.workflow.lane_of(job.state) == Lane.gone)
    if job.is_closed:
        assert job.running_lines == ()
        assert job.hold is None
        assert job.in_bay == ""
    if job.state == "delivered":
        assert job.open_lines == ()
    check_holds(job)
    check_parts(job)
    check_agreed(job)
    for line in job.lines:
        assert (line.state == "running") == bool(line.running_clocks)


def check_holds(job: Job) -> None:
    """Every hold has an owner, and no two of them overlap."""
    spells = [(ended.hold, ended.ended_at) for ended in job.past_holds]
    holds = [hold for hold, _ in spells] + ([job.hold] if job.hold else [])
    assert all(hold.owner in {*Role, CALENDAR} for hold in holds)
    assert all(hold.expected is not None for hold in holds if hold.reason in NEEDS_EXPECTED)
    assert all(hold.note for hold in holds if hold.reason in NEEDS_NOTE)
    assert all(hold.at <= ended_at for hold, ended_at in spells)
    assert all(ended_at <= hold.at for (_, ended_at), hold in zip(spells, holds[1:], strict=False))


def check_parts(job: Job) -> None:
    """A line with requests is short of parts exactly while one of them is wanted."""
    for line in job.lines:
        if line.requests:
            wanted = any(request.is_wanted for request in line.requests)
            assert wanted == (line.parts in MISSING)
    ids = [request.id for line in job.lines for request in line.requests]
    assert len(ids) == len(set(ids))


def check_shop(shop: Shop) -> None:
    """What is true of the whole shop at any time."""
    for job in shop.jobs.values():
        check_job(shop, job)
    clocked = Counter(
        clock.technician
        for job in shop.jobs.values()
        for line in job.lines
        for clock in line.running_clocks
    )
    assert all(count == 1 for count in clocked.values())
    assert set(clocked) == set(shop.running)
    assert not any(running_indirect(shop.indirect, who) for who in shop.running)
    placed = Counter(job.in_bay for job in shop.jobs.values() if job.in_bay)
    assert all(count == 1 for count in placed.values())
    closed = {job.id for job in shop.jobs.values() if job.is_closed}
    shown = {*shop.placed.values(), *(what.job for what in shop.running.values())}
    assert not closed & {*shown, *(job for jobs in shop.allocated.values() for job in jobs)}
    check_indexes(shop)
    check_calls(shop)


def check_calls(shop: Shop) -> None:
    """An open call is told at a bay that is there, about no car that has gone; one car or empty
    bay calls once for help of a kind.
    """
    calls = list(shop.calls.values())
    assert all(call.step != CallStep.closed for call in calls)
    told = filter(None, (told_at(shop, call) for call in calls))
    assert all(bay in shop.bays and not shop.bays[bay].removed for bay in told)
    assert not any(call.job and shop.jobs[call.job].is_closed for call in calls)
    assert len({(call.kind, call.job or call.bay) for call in calls}) == len(calls)
    assert all(call.closed is not None for call in shop.past_calls)
    ids = [call.id for call in (*calls, *shop.past_calls)]
    assert len(ids) == len(set(ids))


def check_indexes(shop: Shop) -> None:
    """The indexes are what a fresh count over the jobs gives."""
    fresh = indexed(shop)
    assert (fresh.placed, fresh.running) == (shop.placed, shop.running)
    kept = {bay: jobs for bay, jobs in shop.allocated.items() if jobs}
    assert {bay: jobs for bay, jobs in fresh.allocated.items() if jobs} == kept


def check_agreed(job: Job) -> None:
    """Nobody worked on what the customer did not agree to, nor on what had no price."""
    for line in job.lines:
        if line.state in {LineState.proposed, LineState.declined} or not is_priced(line):
            assert line.clocks == (), line


def check_clocks(shop: Shop, now: datetime) -> None:
    """Of one technician no two clocks share a moment, on lines or off the cars; none runs back."""
    for who in shop.people:
        clocks = list(clocks_of(who, shop))
        assert all((clock.ended_at or now) >= clock.started_at for clock in clocks), clocks
        for number, one in enumerate(clocks):
            assert not any(overlap(one, other) for other in clocks[number + 1 :]), clocks


def check_delivered(shop: Shop, job: Job) -> None:
    """A delivered car passed every gate: its checks after the last rework, parts, statement."""
    failed = [number for number, check in enumerate(job.checks) if not check.passed]
    passed = [check.level for check in job.checks[failed[-1] + 1 if failed else 0 :]]
    assert set(passed) == set(CheckLevel), job.checks
    assert job.open_lines == ()
    assert lines_short(job) == ()
    if wants_road_test(template_for(shop.check_book, job, CheckLevel.final), job):
        assert has_road_test(job)
    wanted = shop.settings.wanted
    assert not wanted.settlement or is_settled(job)
    assert not wanted.checklist or unticked(job, shop) == []
    assert not wanted.gate_pass or job.gate_pass is not None


def check_time(shop: Shop, now: datetime) -> None:
    """Tones are known at any time, and their next change is later."""
    for job in shop.jobs.values():
        tone(job, now)
        following = tone_changes_at(job, now)
        assert following is None or following > now


def check_day(numbers: DayNumbers) -> None:
    """Every car that was here is accounted for."""
    kept = numbers.delivered + numbers.cancelled + numbers.carried_over
    assert numbers.carried_in + numbers.arrived == kept
