"""Commands about an order: receiving, moving, promising, holding."""

from dataclasses import dataclass, field
from datetime import datetime

from board.core.appointments import NO_WISHES, Appointment
from board.core.commands.asked import Command
from board.core.holds import HoldReason
from board.core.job import Car, Customer, Flag, Where


@dataclass(frozen=True, kw_only=True)
class OpenJob(Command):
    """Shared by booking and receiving: the car, the customer and what they ask for.

    `overrides` holds `plate` or `vin` where the typed value is kept though a check fails;
    `comeback_of` is the id or number of the earlier order that the car comes back to.
    """

    job: str
    car: Car
    customer: Customer = field(default_factory=Customer)
    asked: str = ""
    kind: str = "repair"
    keys: str = ""
    flags: frozenset[Flag] = frozenset()
    advisor: str = ""
    promise: datetime | None = None
    overrides: frozenset[str] = frozenset()
    comeback_of: str = ""


@dataclass(frozen=True, kw_only=True)
class BookJob(OpenJob):
    """Make an appointment: the job waits on the arrivals list until the car comes."""

    booked_for: datetime
    appointment: Appointment = NO_WISHES


@dataclass(frozen=True, kw_only=True)
class ReceiveJob(OpenJob):
    """A car is here: open its job. `checked_in` False leaves it waiting for reception."""

    checked_in: bool = True
    parked_at: str = ""


@dataclass(frozen=True, kw_only=True)
class DescribeJob(Command):
    """Correct the car, the customer, what they ask for, keys or kind; None keeps a value."""

    job: str
    car: Car | None = None
    customer: Customer | None = None
    asked: str | None = None
    kind: str | None = None
    keys: str | None = None
    advisor: str | None = None
    overrides: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class MoveJob(Command):
    """Take a job along a plain way of the workflow (sign, wash, settle, hand over).

    `booked_for`: the new time for who did not come and is booked again.
    """

    job: str
    to: str
    booked_for: datetime | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class DispatchJob(Command):
    """Allocate a job to a bay and technicians (lead first), with a planned start."""

    job: str
    bay: str
    technicians: tuple[str, ...] = ()
    start_at: datetime | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceCar(Command):
    """Say where the car stands: in a bay (spot = bay id), parked, on the road or outside."""

    job: str
    where: Where
    spot: str = ""
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseJob(Command):
    """Tell the customer a delivery time, or another one with the reason why."""

    job: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FlagJob(Command):
    """Set or take away flags of a job."""

    job: str
    add: frozenset[Flag] = frozenset()
    remove: frozenset[Flag] = frozenset()


@dataclass(frozen=True, kw_only=True)
class CancelJob(Command):
    """Give the order up, with a reason."""

    job: str
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class UndoMove(Command):
    """Take back one's own last command on a job, within 30 seconds."""

    job: str


@dataclass(frozen=True, kw_only=True)
class HoldJob(Command):
    """Stop a job, or change why it stands: closes one hold and opens the next."""

    job: str
    hold: HoldReason
    note: str = ""
    expected: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ResumeJob(Command):
    """End the hold; the job returns to the state it came from."""

    job: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class EraseCar(Command):
    """Destroy what is known of the cars and customers of `jobs`, in every job of these cars.

    Plate, VIN, name, phone and every free word go for good; what was done and when stays.
    """

    jobs: tuple[str, ...]
