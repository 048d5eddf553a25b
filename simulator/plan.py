"""What a day is made of: visits with their troubles, and sensors that misbehave. Values only."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from simulator.words import Errand


class Trouble(StrEnum):
    """A cause that makes a visit more than plain work; each leads to its effect on the board."""

    late_part = "late_part"
    wrong_part = "wrong_part"
    extra_work = "extra_work"
    technical_help = "technical_help"
    slow_counter = "slow_counter"
    unpriced_work = "unpriced_work"
    under_warranty = "under_warranty"
    insured_damage = "insured_damage"
    broken_lift = "broken_lift"
    missing_tool = "missing_tool"
    called_away = "called_away"
    sent_out = "sent_out"
    other_trade = "other_trade"
    faint_noise = "faint_noise"
    lunch = "lunch"
    high_voltage = "high_voltage"
    lost_key = "lost_key"
    own_mistake = "own_mistake"
    failed_check = "failed_check"
    bad_repair = "bad_repair"
    noise_remains = "noise_remains"
    forgotten_car = "forgotten_car"
    forgotten_clock = "forgotten_clock"
    promise_moved = "promise_moved"
    undone_dispatch = "undone_dispatch"
    late_pickup = "late_pickup"
    cancelled = "cancelled"
    no_show = "no_show"
    tight_promise = "tight_promise"


@dataclass(frozen=True, slots=True)
class Delay:
    """A late part: expected after so many minutes, and there after so many."""

    expected_minutes: int
    arrives_minutes: int


class Why(StrEnum):
    """Why a car is here for the second time: it was not mended, or it got a new plate."""

    not_mended = "not_mended"
    new_plate = "new_plate"


@dataclass(frozen=True, slots=True)
class Back:
    """The same car was here before, on that visit of the day."""

    why: Why
    visit: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One customer's day. Times are aware UTC; `booked_at` None for a walk-in.

    `pace`: real labour over standard hours. `pickup_minutes`: from ready to the customer.
    `answers_on_phone`: the customer decides on the phone page; `steps_out`: is not there when
    called; `back`: comes again when the earlier visit is over.
    """

    id: str
    plate: str
    model: str
    colour: str
    mileage: int
    customer: str
    errand: Errand
    arrives: datetime
    promise: datetime
    advisor: int
    booked_at: datetime | None = None
    booked_for: datetime | None = None
    flags: frozenset[str] = frozenset()
    trouble: Trouble | None = None
    delay: Delay = Delay(60, 45)
    note: str = ""
    parking: str = ""
    pace: float = 1.0
    pickup_minutes: int = 30
    needs_road_test: bool = False
    answers_on_phone: bool = False
    steps_out: bool = False
    back: Back | None = None


class Oddity(StrEnum):
    """How a bay's sensor misleads: it is silent, sees a car that is none, or misses one."""

    silent = "silent"
    ghost = "ghost"
    missed = "missed"


@dataclass(frozen=True, slots=True)
class Misreading:
    """A bay's sensor is wrong from `at` to `until`."""

    bay: str
    oddity: Oddity
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Leave:
    """A technician is away from the cars from about `at`: absent, or clocked on `code`.

    `number` picks the technician, whatever the shop's size.
    """

    number: int
    at: datetime
    minutes: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """The plan of one business day."""

    date: date
    visits: tuple[Visit, ...]
    misreadings: tuple[Misreading, ...] = ()
    minutes_to_answer: int = 12
    troubles: frozenset[Trouble] = field(default_factory=frozenset)
    leaves: tuple[Leave, ...] = ()
