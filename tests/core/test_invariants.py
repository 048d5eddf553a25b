"""Whatever anybody asks in whatever order, the shop stays a shop."""

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from board.codec import (
    SHOP_VERSION,
    event_from_entry,
    event_to_entry,
    shop_from_bytes,
    shop_to_bytes,
)
from board.core import commands as c
from board.core.events import MoveUndone
from board.core.history import replay
from board.core.job import Job
from board.core.offers import offers
from board.core.promises import tone, tone_changes_at
from board.core.roles import Actor
from board.core.shop import Shop, indexed
from board.core.workflow import Lane
from tests.builders import ANNA, CARL, CAST, PLATES, Trial, receive
from tests.core.nonsense import JOBS, STEPS

Step = tuple[int, tuple[c.Command, Actor], int]


def usual_step(trial: Trial, number: int) -> tuple[c.Command, Actor]:
    """What would usually come next for one of three cars."""
    job = trial.shop.jobs.get(JOBS[number % 3])
    if job is None:
        return receive(JOBS[number % 3], PLATES[number % 3]), ANNA
    if job.state in {"awaiting_dispatch", "rework"}:
        return c.DispatchJob(job=job.id, bay="1", technicians=("tom", "tina")), CARL
    for actor in CAST:
        for offer in offers(trial.shop, job, actor, trial.now)[:1]:
            if offer.refused is None:
                return _taking(job, offer.to), actor
    return c.ResumeJob(job=job.id), CARL


def _taking(job: Job, to: str) -> c.Command:
    match job.state:
        case "dispatched":
            return c.StartLine(job=job.id)
        case "working":
            return c.FinishLine(job=job.id)
        case "self_check" | "team_check" | "final_check":
            return c.PassCheck(job=job.id)
    return c.MoveJob(job=job.id, to=to)


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
    for line in job.lines:
        assert (line.state == "running") == bool(line.running_clocks)


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
    placed = Counter(job.in_bay for job in shop.jobs.values() if job.in_bay)
    assert all(count == 1 for count in placed.values())
    closed = {job.id for job in shop.jobs.values() if job.is_closed}
    shown = {*shop.placed.values(), *(what.job for what in shop.running.values())}
    assert not closed & {*shown, *(job for jobs in shop.allocated.values() for job in jobs)}
    check_indexes(shop)


def check_indexes(shop: Shop) -> None:
    """The indexes are what a fresh count over the jobs gives."""
    fresh = indexed(shop)
    assert (fresh.placed, fresh.running) == (shop.placed, shop.running)
    kept = {bay: jobs for bay, jobs in shop.allocated.items() if jobs}
    assert {bay: jobs for bay, jobs in fresh.allocated.items() if jobs} == kept


def check_change(before: Shop, trial: Trial) -> None:
    """What one command may and may not do to a job's past."""
    undone = any(isinstance(event, MoveUndone) for event in trial.events)
    for key, job in trial.shop.jobs.items():
        old = before.jobs.get(key)
        if old is not None and old.number == job.number:
            assert job.version >= old.version
            assert undone or job.promises[: len(old.promises)] == old.promises
    assert trial.refused is None or trial.shop is before


def check_time(trial: Trial) -> None:
    """Tones are known at any time, and their next change is later."""
    for job in trial.shop.jobs.values():
        tone(job, trial.now)
        following = tone_changes_at(job, trial.now)
        assert following is None or following > trial.now


def in_order(shop: Shop) -> list[list[str]]:
    """Bays, people, jobs and states in the order in which a board shows them."""
    return [list(shop.bays), list(shop.people), list(shop.jobs), list(shop.workflow.steps)]


def run(steps: list[Step]) -> Trial:
    """Take every step: by chance a usual one, else whatever came up."""
    trial = Trial()
    for usual, sent, pause in steps:
        command, actor = usual_step(trial, usual) if usual < 3 else sent
        before = trial.shop
        trial.when(command, actor)
        check_change(before, trial)
        check_shop(trial.shop)
        check_time(trial)
        trial.later(seconds=pause)
    return trial


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_the_shop_stays_sound_whatever_is_asked(steps: list[Step]) -> None:
    trial = run(steps)
    live = trial.shop
    assert replay(Shop(id="test"), trial.facts) == live
    kept = [
        replace(fact, event=event_from_entry(*event_to_entry(fact.event))) for fact in trial.facts
    ]
    assert kept == trial.facts
    restored = shop_from_bytes(shop_to_bytes(live), SHOP_VERSION)
    for shop in (replay(Shop(id="test"), kept), restored):
        assert replace(shop, allocated={}) == replace(live, allocated={})
        assert in_order(shop) == in_order(live)
        assert [job.last for job in shop.jobs.values()] == [job.last for job in live.jobs.values()]
