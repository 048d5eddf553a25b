"""The plan of a whole shop day, the same for the same seed. Pure: reads no clock, sends nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

from simulator import cars
from simulator.plan import Day, Delay, Leave, Misreading, Oddity, Trouble, Visit
from simulator.returns import with_returns
from simulator.words import (
    ALIGNMENT,
    COLOURS,
    EXPRESS,
    GENERAL,
    HELP,
    MODELS,
    NEW_ENERGY,
    PARKING,
    PARTS,
    Errand,
)

USUAL_VISITS = 36
_FIRST = time(8, 20)
# (minutes after the first arrival, spread in minutes, weight): morning, after lunch, after school.
_PEAKS = ((50, 45, 6), (140, 40, 2), (320, 40, 3), (440, 35, 1))
_LATEST = 490
_ERRANDS: tuple[tuple[Sequence[Errand], int], ...] = (
    (EXPRESS, 10),
    (GENERAL, 14),
    (ALIGNMENT, 3),
    (NEW_ENERGY, 4),
)
_HOLDS = (Trouble.late_part, Trouble.extra_work, Trouble.technical_help, Trouble.wrong_part)
_AGAIN = (*_HOLDS, Trouble.late_part, Trouble.extra_work)
"""What comes about more often than once on a day with enough visits."""
_SENSED = ("bay-2", "bay-4", "bay-6")


def plan_day(seed: int, day: date, zone: tzinfo, visits: int = USUAL_VISITS) -> Day:
    """Plan `visits` visits of a business day. The same arguments give the same plan."""
    random = Random(f"{seed}:{day}")
    first = datetime.combine(day, _FIRST, zone)
    arrivals = sorted(first + timedelta(minutes=_minute(random)) for _ in range(visits))
    plates: set[str] = set()
    planned = [
        _visit(random, f"{day:%m%d}-{n:02d}", at, plates, errand)
        for n, (at, errand) in enumerate(zip(arrivals, _errands(random, visits), strict=True))
    ]
    troubled = _with_troubles(random, planned)
    settled = [_settled(random, visit) for visit in troubled]
    return Day(
        day,
        tuple(with_returns(random, settled)),
        _misreadings(random, first),
        random.randint(8, 14),
        frozenset(visit.trouble for visit in troubled if visit.trouble),
        _leaves(random, first),
    )


def _minute(random: Random) -> float:
    middle, spread, _weight = random.choices(_PEAKS, [peak[2] for peak in _PEAKS])[0]
    return min(max(random.gauss(middle, spread), 0), _LATEST)


def _errands(random: Random, visits: int) -> list[Errand]:
    """Dealt, not diced: a day with twice the usual share of one trade would only be late."""
    deck = [kind for kind, weight in _ERRANDS for _ in range(weight)]
    kinds: list[Sequence[Errand]] = []
    while len(kinds) < visits:
        kinds += random.sample(deck, len(deck))
    return [random.choice(kind) for kind in kinds[:visits]]


def _fresh_plate(random: Random, is_new_energy: bool, plates: set[str]) -> str:
    while (found := cars.plate(random, is_new_energy)) in plates:
        continue
    plates.add(found)
    return found


def _visit(
    random: Random, visit_id: str, arrives: datetime, plates: set[str], errand: Errand
) -> Visit:
    is_new_energy = errand in NEW_ENERGY
    return Visit(
        id=visit_id,
        plate=_fresh_plate(random, is_new_energy, plates),
        model="E3" if is_new_energy else random.choice(MODELS[1:]),
        colour=random.choice(COLOURS),
        mileage=random.randrange(3_000, 120_000),
        customer=cars.customer(random),
        errand=errand,
        arrives=arrives,
        promise=_promise(random, errand, arrives),
        advisor=random.randrange(1000),
        flags=_flags(random, errand),
        note=random.choice(HELP),
        parking=random.choice(PARKING),
        pace=random.uniform(0.7, 1.15),
        pickup_minutes=random.randint(5, 45),
        needs_road_test=errand in GENERAL and random.random() < 0.3,
        steps_out=random.random() < 0.2,
    )


def hours_of(errand: Errand) -> float:
    """Standard hours of all lines."""
    return sum(hours for _text, hours in errand.lines)


def _promise(random: Random, errand: Errand, arrives: datetime) -> datetime:
    minutes = hours_of(errand) * 80 + random.randint(100, 180)
    return rounded(arrives + timedelta(minutes=minutes))


def rounded(at: datetime) -> datetime:
    """The next full half hour: what advisors tell customers."""
    past = timedelta(minutes=at.minute % 30, seconds=at.second, microseconds=at.microsecond)
    return at - past + timedelta(minutes=30)


def _flags(random: Random, errand: Errand) -> frozenset[str]:
    chances = (("waiting", 0.35), ("vip", 0.08), ("no_wash", 0.1))
    found = {flag for flag, chance in chances if random.random() < chance}
    return frozenset(found | ({"express"} if errand.is_express else set()))


def _with_troubles(random: Random, visits: list[Visit]) -> list[Visit]:
    """One visit for each trouble if there are enough; who is spared stays plain."""
    troubles = [*random.sample(list(Trouble), len(Trouble)), *random.sample(_AGAIN, len(_AGAIN))]
    count = min(len(visits) * 5 // 6, len(troubles))
    chosen = random.sample(range(len(visits)), count)
    given = dict(zip(chosen, troubles[:count], strict=True))
    troubled = [replace(visit, trouble=given.get(n)) for n, visit in enumerate(visits)]
    # Every other customer who is asked looks at the phone page.
    asked = [visit.id for visit in troubled if visit.trouble == Trouble.extra_work][::2]
    return [replace(visit, answers_on_phone=visit.id in asked) for visit in troubled]


def _settled(random: Random, visit: Visit) -> Visit:
    """The visit with what follows from its trouble, and an appointment for some."""
    expected = random.randint(45, 90)
    delay = Delay(expected, expected + random.choice((-15, 25, 40)))
    visit = replace(visit, delay=delay)
    match visit.trouble:
        case Trouble.late_part | Trouble.wrong_part:
            visit = replace(visit, note=random.choice(PARTS[visit.errand.skill]))
        case Trouble.tight_promise:
            tight = hours_of(visit.errand) * 60 + 20
            visit = replace(visit, promise=visit.arrives + timedelta(minutes=tight))
        case Trouble.noise_remains:
            visit = replace(visit, needs_road_test=True)
        case Trouble.late_pickup:
            visit = replace(visit, pickup_minutes=random.randint(130, 160))
    booked = visit.trouble == Trouble.no_show or random.random() < 0.4
    return _booked(random, visit) if booked else visit


def _booked(random: Random, visit: Visit) -> Visit:
    early = timedelta(minutes=random.randint(-10, 15))
    booked_for = visit.arrives + early
    if visit.trouble != Trouble.no_show:
        booked_for = max(booked_for, visit.arrives - timedelta(minutes=10))
    opening = datetime.combine(visit.arrives.date(), time(8, 0), visit.arrives.tzinfo)
    # Who forgets an appointment made it for later in the day.
    notice = 180 if visit.trouble == Trouble.no_show else 40
    booked_for = max(booked_for, opening + timedelta(minutes=notice))
    spread = timedelta(seconds=random.randint(0, 900))
    return replace(visit, booked_for=booked_for, booked_at=opening + spread)


def _misreadings(random: Random, first: datetime) -> tuple[Misreading, ...]:
    """One of each kind, in bays of their own, spread over the day."""
    bays = random.sample(_SENSED, 3)
    minutes = (random.randint(270, 290), random.randint(325, 335), random.randint(120, 240))
    lasts = (100, 40, 30)
    kinds = (Oddity.silent, Oddity.ghost, Oddity.missed)
    return tuple(
        Misreading(bay, kind, begin, begin + timedelta(minutes=long))
        for bay, kind, begin, long in zip(
            bays, kinds, (first + timedelta(minutes=m) for m in minutes), lasts, strict=True
        )
    )


def _leaves(random: Random, first: datetime) -> tuple[Leave, ...]:
    """Somebody is absent for a part of the day, others learn, clean or sit together."""
    minutes = (random.randint(90, 150), random.randint(30, 45), random.randint(10, 20))
    begins = (random.randint(60, 180), random.randint(200, 300), random.randint(5, 30))
    codes = ("", "training", "meeting")
    numbers = random.sample(range(1000), len(codes))
    return tuple(
        Leave(number, first + timedelta(minutes=begin), long, code)
        for number, begin, long, code in zip(numbers, begins, minutes, codes, strict=True)
    )
