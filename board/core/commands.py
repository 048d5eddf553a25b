"""What may be asked of the shop: one frozen value per command.

The docstrings are the public documentation; doors build these from forms, JSON and readings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from board.core.bays import BayKind, BayState, Presence
from board.core.holds import HoldReason
from board.core.job import Car, Customer, Flag, Where
from board.core.lines import Parts
from board.core.roles import Role
from board.core.shop import Settings
from board.core.workflow import Workflow


@dataclass(frozen=True, kw_only=True)
class Command:
    """Common to all: `reason` says why, where the rules ask for it."""

    reason: str = ""


# --- setting up the shop -----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BayPlan:
    """A bay as set up: id in `[a-z0-9-]`, the name painted on the floor, its kind."""

    id: str
    name: str
    kind: BayKind = BayKind.general


@dataclass(frozen=True, kw_only=True)
class PersonPlan:
    """A person as set up: id in `[a-z0-9-]`, name, roles, home bays, skills, language."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()
    bays: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class SetUpShop(Command):
    """Set name, language, time zone, hours and switches of the shop."""

    settings: Settings


@dataclass(frozen=True, kw_only=True)
class ImportShop(Command):
    """Take a whole set-up at once: settings, bays, people and, if given, the workflow."""

    settings: Settings
    bays: tuple[BayPlan, ...] = ()
    people: tuple[PersonPlan, ...] = ()
    left_out: tuple[str, ...] = ()
    state_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SetUpBay(Command):
    """Add a bay or change its name and kind."""

    bay: BayPlan


@dataclass(frozen=True, kw_only=True)
class RemoveBay(Command):
    """Take a bay out of the shop; refused while a job or car is there."""

    bay: str


@dataclass(frozen=True, kw_only=True)
class SetUpPerson(Command):
    """Add a person or change name, roles, bays, skills and language."""

    person: PersonPlan


@dataclass(frozen=True, kw_only=True)
class RemovePerson(Command):
    """Somebody leaves; refused while they are clocked on a line."""

    person: str


@dataclass(frozen=True, kw_only=True)
class ChooseWorkflow(Command):
    """Use another workflow; refused when it cannot reach delivery or strands a job."""

    workflow: Workflow


@dataclass(frozen=True, kw_only=True)
class NoteAccess(Command):
    """Write into the journal that PINs, passwords, tokens, sessions or screens changed.

    `what`: e.g. `pin_set`, `session_revoked`, `screen_code_made`; `subject`: whose.
    """

    what: str
    subject: str


# --- receiving, moving, promising --------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OpenJob(Command):
    """Shared by booking and receiving: the car, the customer and what they ask for.

    `overrides` holds `plate` or `vin` where the typed value is kept though a check fails.
    """

    job: str
    car: Car
    customer: Customer = Customer()
    asked: str = ""
    kind: str = "repair"
    keys: str = ""
    flags: frozenset[Flag] = frozenset()
    advisor: str = ""
    promise: datetime | None = None
    overrides: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class BookJob(OpenJob):
    """Make an appointment: the job waits on the arrivals list until the car comes."""

    booked_for: datetime


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
    """Take a job along a plain way of the workflow (sign, wash, settle, hand over)."""

    job: str
    to: str
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


# --- holds -------------------------------------------------------------------------------


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


# --- lines and labour --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class AddLine(Command):
    """Add a line to an order; `proposed` waits for the customer's yes."""

    job: str
    text: str
    standard_hours: float = 0.0
    technicians: tuple[str, ...] = ()
    proposed: bool = False


@dataclass(frozen=True, kw_only=True)
class DecideLine(Command):
    """Record the customer's answer to a proposed line."""

    job: str
    line: str
    approved: bool


@dataclass(frozen=True, kw_only=True)
class SupplyLine(Command):
    """Say where the parts of a line are; ordered parts need an expected time."""

    job: str
    line: str
    parts: Parts
    expected: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class StartLine(Command):
    """Clock a technician on a line. Empty `line`: the next open one; empty `technician`: me."""

    job: str
    line: str = ""
    technician: str = ""


@dataclass(frozen=True, kw_only=True)
class PauseLine(Command):
    """Stop one's clock on a line; with a hold reason on the last one the job is held."""

    job: str
    line: str = ""
    technician: str = ""
    hold: HoldReason | None = None
    note: str = ""
    expected: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class FinishLine(Command):
    """A line is done; the last one sends the job to the self-check."""

    job: str
    line: str = ""
    technician: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectClock(Command):
    """Set the end of a clock that was forgotten; `started_at` names the clock."""

    job: str
    line: str
    technician: str
    started_at: datetime
    ended_at: datetime


# --- checks ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PassCheck(Command):
    """Pass the check the job waits for."""

    job: str
    note: str = ""
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class FailCheck(Command):
    """Send the job to rework with a defect code; `lines`: which ones, else all finished."""

    job: str
    defect: str
    note: str = ""
    lines: tuple[str, ...] = ()
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class StartRoadTest(Command):
    """Drive out for a road test; `km` is the odometer."""

    job: str
    km: int | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class EndRoadTest(Command):
    """Back from the road test; the final check goes on."""

    job: str
    km: int | None = None
    version: int | None = None


# --- bays and sensors --------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ChangeBay(Command):
    """Open a bay, or set it to cleaning, maintenance or closed, perhaps until a time."""

    bay: str
    state: BayState
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReportBay(Command):
    """What a bay's sensors say, since when; `reason` in words ("sonar 54 cm")."""

    bay: str
    presence: Presence
    since: datetime
    device: str = ""


@dataclass(frozen=True, kw_only=True)
class AskAboutBay(Command):
    """Put a lasting disagreement between sensors and board to the controller."""

    bay: str


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Command):
    """Answer it: `agreed` takes the sensors' word (with `job`: that car is here)."""

    bay: str
    agreed: bool
    job: str = ""


# --- what time does ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class MarkNoShow(Command):
    """The booked time and its grace have passed."""

    job: str


@dataclass(frozen=True, kw_only=True)
class MarkUnclaimed(Command):
    """A ready car has waited longer than the shop's limit."""

    job: str


@dataclass(frozen=True, kw_only=True)
class RemindHold(Command):
    """A hold's expected time has passed: remind its owner."""

    job: str


@dataclass(frozen=True, kw_only=True)
class CloseClock(Command):
    """Shift end: stop a forgotten clock and mark it as corrected."""

    job: str
    line: str
    technician: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ForgetJob(Command):
    """72 hours after closing, a job leaves live state (the journal keeps it)."""

    job: str
