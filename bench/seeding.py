"""A shop with many open jobs, written straight through the desk's own batches.

Also lets in whoever watches: sessions are opened without the slow hashing of a sign-in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from board.batches import Pending, write_batch
from board.clock import real_now
from board.core import commands as c
from board.core.bays import BayKind
from board.core.holds import HoldReason
from board.core.job import Car, Customer, Where
from board.core.refusals import Refused
from board.core.roles import PEOPLE_ROLES, Actor, Role
from board.core.shop import Settings as ShopSettings
from board.core.shop import Shop
from board.journal import Journal
from board.recall import keep_snapshot
from board.web.cookies import SCREENS, SESSION
from settings import read_settings
from workshop import Workshop

BAYS = 24
TECHNICIANS = 40
KEYS = 16
FIRST = Actor("set_up", "bench", "", frozenset({Role.manager}), "bench")
EVERYBODY = Actor("person", "anna", "Anna", frozenset(PEOPLE_ROLES), "bench")
_AT_ONCE = 400
_MODELS = ("E3", "Model Y", "Passat", "Camry", "Han EV", "RAV4")
_COLOURS = ("white", "black", "silver", "red")
_ASKED = ("40,000 km service", "brakes squeal when cold", "no cold air", "oil and filters")
_LANGUAGES = ("zh-Hans",) * 9 + ("en",)


@dataclass(frozen=True, slots=True)
class Seat:
    """One screen's way in: where it listens and with which cookie; its language and holder."""

    audience: str
    path: str
    cookie: str
    language: str = "zh-Hans"
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made. `movable` wait for dispatch, so nothing else happens to them by itself."""

    shop: str
    keys: tuple[str, ...]
    seats: tuple[Seat, ...]
    jobs: tuple[str, ...]
    movable: tuple[str, ...]


def set_up() -> c.ImportShop:
    """Bays, the people of the board and so many technicians."""
    bays = [c.BayPlan(id=f"b{n}", name=str(n)) for n in range(1, BAYS)]
    bays.append(c.BayPlan(id="wash", name="W1", kind=BayKind.wash))
    crew = [
        c.PersonPlan(id=technician(n), name=f"Tech {n}", roles=(Role.technician,))
        for n in range(TECHNICIANS)
    ]
    anna = c.PersonPlan(id="anna", name="Anna", roles=(Role.advisor, Role.manager))
    settings = ShopSettings(name="Bench Motors")
    return c.ImportShop(settings=settings, bays=tuple(bays), people=(anna, *crew))


def technician(number: int) -> str:
    """The id of a technician."""
    return f"t{number % TECHNICIANS}"


def bay(number: int) -> str:
    """The id of a bay."""
    return f"b{number % (BAYS - 1) + 1}"


def receiving(number: int, job: str, now: datetime) -> c.ReceiveJob:
    """A car comes in."""
    return c.ReceiveJob(
        job=job,
        car=Car(
            plate=f"京A{10_000 + number % 90_000:05d}",
            model=_MODELS[number % len(_MODELS)],
            colour=_COLOURS[number % len(_COLOURS)],
            mileage=40_000 + number,
        ),
        customer=Customer(name=f"Customer {number}", phone=f"138{number % 100_000_000:08d}"),
        asked=_ASKED[number % len(_ASKED)],
        promise=now + timedelta(hours=2, minutes=number % 300),
        advisor="anna",
    )


def way_in(number: int, job: str, now: datetime) -> Iterator[c.Command]:
    """What brings a job to its place: of ten one is received, four wait, two are allocated,
    one is held, one waits for the wash and one is ready.
    """
    yield receiving(number, job, now)
    kind = number % 10
    if kind == 0:
        return
    yield c.MoveJob(job=job, to="awaiting_dispatch")
    if kind <= 4:
        return
    crew = (technician(number),)
    yield c.DispatchJob(job=job, bay=bay(number), technicians=crew)
    if kind == 7:
        yield c.HoldJob(job=job, hold=HoldReason.approval)
    if kind >= 8:
        yield c.StartLine(job=job, technician=crew[0])
        yield c.FinishLine(job=job, technician=crew[0])
        yield from (c.PassCheck(job=job) for _ in range(3))
        yield c.PlaceCar(job=job, where=Where.parking, spot=f"P{number}")
    if kind == 9:
        yield c.MoveJob(job=job, to="awaiting_settlement")
        yield c.MoveJob(job=job, to="ready")


def seed(environment: dict[str, str], jobs: int) -> Seeded:
    """Fill the shop of a server that will run with this environment; seconds for 2,000 jobs.

    ValueError if the rules refuse a command of it.
    """
    workshop = Workshop(read_settings(environment))
    try:
        shop, ids = _filled(workshop.journal, workshop.first_desk.shop, jobs)
        keep_snapshot(workshop.journal, shop, workshop.journal.epoch)
        movable = tuple(job for job in ids if shop.jobs[job].state == "awaiting_dispatch")
        return Seeded(shop.id, _keys(workshop), seats(workshop), ids, movable)
    finally:
        workshop.close()


def _filled(journal: Journal, shop: Shop, jobs: int) -> tuple[Shop, tuple[str, ...]]:
    now = real_now() - timedelta(hours=1)
    ids = tuple(f"j{number:06d}" for number in range(jobs))
    shop = written(journal, shop, [set_up()], FIRST, now)
    asked = [each for number, job in enumerate(ids) for each in way_in(number, job, now)]
    for start in range(0, len(asked), _AT_ONCE):
        now += timedelta(milliseconds=100)
        shop = written(journal, shop, asked[start : start + _AT_ONCE], EVERYBODY, now)
    return shop, ids


def written(
    journal: Journal, shop: Shop, asked: Sequence[c.Command], by: Actor, now: datetime
) -> Shop:
    """The shop after these commands, in one batch; ValueError if one is refused."""
    pending = [Pending(each, by, f"seed-{shop.seq}-{n}") for n, each in enumerate(asked)]
    batch = write_batch(journal, journal.epoch, shop, pending, now)
    for command, decided in zip(asked, batch.decided, strict=True):
        if isinstance(decided, Refused | Exception):
            raise ValueError(f"{command} was refused: {decided}")
    return batch.shop


def _keys(workshop: Workshop) -> tuple[str, ...]:
    shop, roles = workshop.first_desk.shop.id, tuple(PEOPLE_ROLES)
    create = workshop.accounts.tokens.create
    return tuple(create(shop, f"bench {n}", roles).secret for n in range(KEYS))


def seats(workshop: Workshop) -> tuple[Seat, ...]:
    """120 boards (every tenth in English), 40 tablets of as many people, 30 TVs, 10 lounges."""
    shop = workshop.first_desk.shop.id
    person = workshop.accounts.sessions.open_person
    boards = [
        _seat("board", SESSION, person(shop, "anna", "password", language), language)
        for language in _LANGUAGES * 12
    ]
    tablets = [
        _seat(
            "tablet", SESSION, person(shop, technician(n), "pin", "zh-Hans"), holder=technician(n)
        )
        for n in range(TECHNICIANS)
    ]
    walls = [_wall(workshop, audience) for audience in ("tv",) * 30 + ("lounge",) * 10]
    return (*boards, *tablets, *walls)


def _wall(workshop: Workshop, audience: str) -> Seat:
    shop, accounts = workshop.first_desk.shop.id, workshop.accounts
    code = accounts.screens.make_code(shop, audience, "", "zh-Hans")
    screen = accounts.screens.claim(code, "")
    assert screen is not None
    token = accounts.sessions.open_screen(shop, screen.id, audience, "zh-Hans")
    return _seat(audience, SCREENS[audience], token)


def _seat(
    audience: str, cookie: str, token: str, language: str = "zh-Hans", holder: str = ""
) -> Seat:
    return Seat(audience, f"/live/{audience}", f"{cookie}={token}", language, holder)
