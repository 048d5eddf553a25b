"""Years of a shop in minutes: the life of one car, repeated under other names, as journal entries.

Every entry is one that the rules made; all are written by the journal's own turn, sealed as ever.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bench.askers import day_of
from bench.seeding import EVERYBODY, Seeded, seed, technician, written
from board.clock import real_now
from board.codec import command_from, event_to_entry
from board.core import commands as c
from board.core.events import Fact
from board.core.history import evolve
from board.core.job import Car
from board.core.refusals import Refused
from board.core.roles import TIMEKEEPER
from board.core.rules import decide
from board.core.shop import Shop
from board.journal import Answer, Entry
from board.recall import keep_snapshot
from settings import read_settings
from workshop import Workshop
from workshop_showing import SNAPSHOT_EVERY

OPEN_JOBS = 300
TAIL = SNAPSHOT_EVERY - 1
_CARS_AT_ONCE = 500
_YEARS = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class _Step:
    """One event of the car's life, without its name."""

    command: int
    kind: str
    version: int
    body: Mapping[str, object]
    after: timedelta


def write_history(environment: dict[str, str], events: int) -> Seeded:
    """A journal of so many events with OPEN_JOBS open, the snapshot where a server killed at the
    worst moment would have left it: TAIL events before the end.
    """
    seeded = seed(environment, OPEN_JOBS)
    workshop = Workshop(read_settings(environment))
    try:
        shop = workshop.first_desk.shop
        life, after = _life(shop)
        cars = (events - TAIL - shop.seq) // len(life)
        _write_cars(workshop, shop, life, cars)
        shop = replace(after, seq=shop.seq + cars * len(life))
        keep_snapshot(workshop.journal, shop, workshop.journal.epoch)
        _write_tail(workshop, shop, seeded, events)
    finally:
        workshop.close()
    return seeded


def _life(shop: Shop) -> tuple[list[_Step], Shop]:
    """A car comes, is repaired, delivered and forgotten; and the shop after it."""
    began = now = real_now() - _YEARS
    steps: list[_Step] = []
    for number, (command, wait) in enumerate(_deeds()):
        now += wait
        by = TIMEKEEPER if isinstance(command, c.ForgetJob) else EVERYBODY
        outcome = decide(shop, command, by, now)
        if isinstance(outcome, Refused):
            raise ValueError(f"{command} was refused: {outcome}")
        for event in outcome:
            kind, version, body = event_to_entry(event)
            steps.append(_Step(number, kind, version, body, now - began))
            shop = evolve(shop, Fact(shop.seq + 1, now, by.label, f"life-{number}", event))
    return steps, shop


def _deeds() -> Iterator[tuple[c.Command, timedelta]]:
    hour, who = timedelta(hours=1), technician(0)
    promise = real_now() + timedelta(hours=5)
    car = Car(plate="沪B8K321", model="E3", colour="white", mileage=40_000)
    yield c.ReceiveJob(job="life", car=car, asked="40,000 km service", promise=promise), hour
    yield c.MoveJob(job="life", to="awaiting_dispatch"), hour
    yield c.DispatchJob(job="life", bay="wash", technicians=(who,)), hour
    yield c.StartLine(job="life", technician=who), hour
    yield c.FinishLine(job="life", technician=who), hour
    yield from ((c.PassCheck(job="life"), hour) for _ in range(3))
    yield c.MoveJob(job="life", to="awaiting_settlement"), hour
    yield c.MoveJob(job="life", to="ready"), hour
    yield c.MoveJob(job="life", to="delivered"), hour
    yield c.ForgetJob(job="life"), timedelta(hours=73)


def _write_cars(workshop: Workshop, shop: Shop, life: list[_Step], cars: int) -> None:
    began, every = real_now() - _YEARS, _YEARS / max(cars, 1)
    for first in range(0, cars, _CARS_AT_ONCE):
        entries: list[Entry] = []
        answers: dict[str, Answer] = {}
        for car in range(first, min(first + _CARS_AT_ONCE, cars)):
            seq = shop.seq + car * len(life)
            for entry in _entries(life, car, seq, began + car * every):
                entries.append(entry)
                answers[entry.command_id] = Answer(entry.seq)
        with workshop.journal.turn(shop.id) as turn:
            turn.append(entries, answers)


def _entries(life: list[_Step], car: int, seq: int, began: datetime) -> Iterator[Entry]:
    job = f"h{car:09d}"
    for step in life:
        seq += 1
        own = {"job": job, "number": f"{began:%Y}-{car:06d}"}
        yield Entry(
            seq=seq,
            at=began + step.after,
            actor=EVERYBODY.label,
            command_id=f"{job}-{step.command}",
            job_id=job,
            kind=step.kind,
            version=step.version,
            body={key: own.get(key, value) for key, value in step.body.items()},
            via="bench",
        )


def _write_tail(workshop: Workshop, shop: Shop, seeded: Seeded, events: int) -> None:
    """What was done since the snapshot, through the rules like everything today."""
    asked = (command_from(name, body) for name, body in day_of(seeded.movable, 0))
    while shop.seq < events:
        # A command makes one event at least: the last batches are small, so that none is too many.
        few = max(1, min(100, (events - shop.seq) // 3))
        shop = written(workshop.journal, shop, list(islice(asked, few)), EVERYBODY, real_now())
