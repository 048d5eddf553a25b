"""Events about an order on its way."""

from dataclasses import dataclass
from datetime import datetime

from board.core.appointments import NO_WISHES, Appointment
from board.core.holds import Hold
from board.core.job import Car, Customer, Flag, Place
from board.core.personal import Personal


@dataclass(frozen=True)
class JobOpened:
    """A job was opened, by booking or reception."""

    job: str
    number: str
    car: Car
    customer: Customer
    state: str
    advisor: str
    asked: Personal = ""
    kind: str = "repair"
    keys: Personal = ""
    flags: frozenset[Flag] = frozenset()
    booked_for: datetime | None = None
    overrides: frozenset[str] = frozenset()
    appointment: Appointment = NO_WISHES


@dataclass(frozen=True)
class TicketGiven:
    """The car arrived and got its ticket of the day."""

    job: str
    ticket: str


@dataclass(frozen=True)
class JobDescribed:
    """Car, customer or request were corrected."""

    job: str
    car: Car
    customer: Customer
    asked: Personal
    kind: str
    keys: Personal
    advisor: str


@dataclass(frozen=True)
class JobMoved:
    """A job went from one state to another; `booked_for`: the time it was booked again for.

    `rearranged`: another workflow, which has no such state, took it on.
    """

    job: str
    source: str
    to: str
    reason: Personal = ""
    booked_for: datetime | None = None
    rearranged: bool = False


@dataclass(frozen=True)
class JobDispatched:
    """A job was allocated to a bay and technicians (lead first)."""

    job: str
    bay: str
    technicians: tuple[str, ...]
    start_at: datetime | None = None


@dataclass(frozen=True)
class JobRecalled:
    """A dispatched job lost its bay and technicians and waits for dispatch again."""

    job: str


@dataclass(frozen=True)
class CarPlaced:
    """The car stands somewhere else."""

    job: str
    place: Place


@dataclass(frozen=True)
class PromiseMade:
    """A delivery time was told to the customer."""

    job: str
    promised: datetime
    reason: Personal = ""


@dataclass(frozen=True)
class FlagsChanged:
    """Flags were set or taken away."""

    job: str
    added: frozenset[Flag]
    removed: frozenset[Flag]


@dataclass(frozen=True)
class JobHeld:
    """A hold was opened."""

    job: str
    hold: Hold


@dataclass(frozen=True)
class HoldEnded:
    """The open hold is over. `at`: when, if nobody ended it then: a break that was forgotten."""

    job: str
    note: Personal = ""
    at: datetime | None = None


@dataclass(frozen=True)
class HoldReminded:
    """The owner of an overdue hold was reminded."""

    job: str


@dataclass(frozen=True)
class MoveUndone:
    """Somebody took back their last command; the jobs are again as before it."""

    jobs: tuple[str, ...]


@dataclass(frozen=True)
class JobForgotten:
    """A long-closed job left live state."""

    job: str


@dataclass(frozen=True)
class CarErased:
    """What is personal in a job was destroyed for good, in every job of its car alike."""

    job: str
