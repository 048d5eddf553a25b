"""Whatever anybody asks in whatever order, the shop stays a shop."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from board.codec import (
    SHOP_VERSION,
    event_from_entry,
    event_to_entry,
    shop_from_bytes,
    shop_to_bytes,
)
from board.core import commands as c
from board.core.bays import Presence
from board.core.events import MoveUndone
from board.core.history import replay
from board.core.holds import HoldReason
from board.core.job import Job, Where
from board.core.offers import Offer, offers
from board.core.roles import Actor
from board.core.sensor_rules import SensorRules
from board.core.shop import Shop
from board.core.workflow import Through
from tests.builders import (
    ANNA,
    CARL,
    CAST,
    CLOCK,
    LEE,
    MONA,
    PIA,
    PLATES,
    SENSOR,
    TOM,
    WILLY,
    Trial,
    answered,
    receive,
)
from tests.core.nonsense import JOBS, STEPS
from tests.core.sound import check_clocks, check_shop, check_time
from tests.core.test_ways import taking

Step = tuple[int, tuple[c.Command, Actor], int]


def usual_step(trial: Trial, number: int) -> tuple[c.Command, Actor]:
    """Something that may come next for one of three cars, as a menu would send it."""
    job_id = JOBS[number % 3]
    job = trial.shop.jobs.get(job_id)
    if job is None:
        return receive(job_id, PLATES[number % 3]), ANNA
    menu = [
        (_taking(job, offer), actor)
        for actor in CAST[:-1]
        for offer in offers(trial.shop, job, actor, trial.now)
        if offer.refused is None
    ]
    beside = _beside(trial, job)
    return [*menu, *menu, *beside][number // 3 % (2 * len(menu) + len(beside))]


def _taking(job: Job, offer: Offer) -> c.Command:
    if offer.through == Through.start:
        return c.StartLine(job=job.id)
    if offer.through == Through.finish:
        return c.FinishLine(job=job.id, line=job.open_lines[0].id)
    if offer.through == Through.resume:
        return c.ResumeJob(job=job.id)
    command = taking(offer.to, offer.through)
    return replace(command, job=job.id)  # type: ignore[call-arg]


def _beside(trial: Trial, job: Job) -> list[tuple[c.Command, Actor]]:
    """Deeds that are on no menu of ways."""
    by = job.last.by.removeprefix("person:") if job.last else ""
    whose = next((actor for actor in CAST if actor.id == by), ANNA)
    due = trial.now + timedelta(hours=1)
    return [
        (c.UndoMove(job=job.id), whose),
        (c.UndoMove(job=job.id), whose),
        (c.AddLine(job=job.id, text="Tyres", proposed=True), TOM),
        (c.PriceLine(job=job.id, line="2", price=260_00, parts_price=0), PIA),
        (answered(job_id=job.id), ANNA),
        (c.PauseLine(job=job.id, hold=HoldReason.parts_order, expected=due), TOM),
        (c.StartLine(job=job.id, technician="tina"), CARL),
        (c.RequestPart(job=job.id, line="1", text="Seal"), LEE),
        (c.OrderPart(job=job.id, line="1", expected=due), PIA),
        (c.PickPart(job=job.id, line="1"), PIA),
        (c.IssuePart(job=job.id, line="1", receiver="tom"), PIA),
        (c.HoldJob(job=job.id, hold=HoldReason.parts_issue), PIA),
        (c.EscalateHold(job=job.id), CLOCK),
        (c.PromiseJob(job=job.id, at=due, reason="told again"), ANNA),
        (c.PlaceCar(job=job.id, where=Where.bay, spot="1"), WILLY),
        (c.ReportBay(bay="1", presence=Presence.absent, since=trial.now), SENSOR),
        (c.AskAboutBay(bay="1"), CLOCK),
        (c.AnswerQuestion(bay="1", agreed=True), CARL),
        *_by_devices(trial, job),
        (c.RemindHold(job=job.id), CLOCK),
        (c.ForgetJob(job=job.id), CLOCK),
        (c.ProposeArrival(plate=job.car.plate, seen=trial.now), SENSOR),
        (c.AnswerArrival(job=job.id, agreed=True), ANNA),
        (c.CallNext(), ANNA),
    ]


def _by_devices(trial: Trial, job: Job) -> list[tuple[c.Command, Actor]]:
    """What devices say where the shop lets them do all they may, and what people say to it."""
    settings = replace(trial.shop.settings, sensing=SensorRules(True, True))
    seen = {"plate": job.car.plate, "seen": trial.now, "score": 0.9, "gate": "north"}
    return [
        (c.SetUpShop(settings=settings), MONA),
        (c.ProposeArrival(**seen, watched=job.id == "j1"), SENSOR),  # type: ignore[arg-type]
        (c.PassGate(gate="north", at=trial.now, blind=job.id == "j2"), SENSOR),
        *(
            (c.ReportBay(bay=bay, presence=presence, since=trial.now, live=True), SENSOR)
            for bay in ("1", "wash", "wash")
            for presence in (Presence.present, Presence.absent)
        ),
        (c.AnswerQuestion(bay="1", agreed=True, job=job.id), CARL),
        (c.LapseQuestion(bay="1"), CLOCK),
        (c.UndoMove(job=job.id), CARL),
    ]


def check_change(before: Shop, trial: Trial) -> None:
    """What one command may and may not do to a job's past."""
    undone = any(isinstance(event, MoveUndone) for event in trial.events)
    for key, job in trial.shop.jobs.items():
        old = before.jobs.get(key)
        if old is not None and old.number == job.number:
            assert job.version >= old.version
            assert undone or job.promises[: len(old.promises)] == old.promises
    assert trial.refused is None or trial.shop is before


def in_order(shop: Shop) -> list[list[str]]:
    """Bays, people, jobs and states in the order in which a board shows them."""
    return [list(shop.bays), list(shop.people), list(shop.jobs), list(shop.workflow.steps)]


def run(steps: list[Step]) -> Trial:
    """Take every step: by chance a usual one, else whatever came up."""
    trial = Trial()
    for usual, sent, pause in steps:
        command, actor = usual_step(trial, usual) if usual < 500 else sent
        before = trial.shop
        trial.when(command, actor)
        check_change(before, trial)
        check_shop(trial.shop)
        check_clocks(trial.shop, trial.now)
        check_time(trial.shop, trial.now)
        trial.later(seconds=pause)
    return trial


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
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
