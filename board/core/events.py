"""What has happened: one frozen value per event; the docstrings are the public documentation.

Names and meanings never change; an older shape is upgraded in the codec.
"""

from dataclasses import dataclass
from datetime import datetime

from board.core.bays import BayKind, BayState, Presence, QuestionKind
from board.core.holds import Hold
from board.core.job import Car, Customer, Flag, Place
from board.core.lines import Parts
from board.core.shop import Person, Settings
from board.core.workflow import CheckLevel, Workflow


@dataclass(frozen=True)
class ShopSetUp:
    """The shop's settings were set."""

    settings: Settings


@dataclass(frozen=True)
class BaySetUp:
    """A bay was added, or its name or kind changed."""

    bay: str
    name: str
    kind: BayKind


@dataclass(frozen=True)
class BayRemoved:
    """A bay was taken out of the shop."""

    bay: str


@dataclass(frozen=True)
class PersonSetUp:
    """A person was added or changed."""

    person: Person


@dataclass(frozen=True)
class PersonRemoved:
    """A person left the shop."""

    person: str


@dataclass(frozen=True)
class WorkflowChosen:
    """The shop works by this workflow from now on."""

    workflow: Workflow


@dataclass(frozen=True)
class AccessChanged:
    """A PIN, password, token, session or screen changed (never its secret)."""

    what: str
    subject: str


@dataclass(frozen=True)
class JobOpened:
    """A job was opened, by booking or reception."""

    job: str
    number: str
    car: Car
    customer: Customer
    state: str
    advisor: str
    asked: str = ""
    kind: str = "repair"
    keys: str = ""
    flags: frozenset[Flag] = frozenset()
    booked_for: datetime | None = None
    overrides: frozenset[str] = frozenset()


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
    asked: str
    kind: str
    keys: str
    advisor: str


@dataclass(frozen=True)
class JobMoved:
    """A job went from one state to another."""

    job: str
    source: str
    to: str
    reason: str = ""


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
    reason: str = ""


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
    """The open hold is over."""

    job: str
    note: str = ""


@dataclass(frozen=True)
class HoldReminded:
    """The owner of an overdue hold was reminded."""

    job: str


@dataclass(frozen=True)
class LineAdded:
    """A line joined the order; `proposed` ones wait for the customer."""

    job: str
    line: str
    text: str
    standard_hours: float = 0.0
    technicians: tuple[str, ...] = ()
    proposed: bool = False
    implicit: bool = False


@dataclass(frozen=True)
class LineDecided:
    """The customer said yes or no to a proposed line."""

    job: str
    line: str
    approved: bool


@dataclass(frozen=True)
class LineSupplied:
    """The parts of a line are somewhere else now."""

    job: str
    line: str
    parts: Parts
    expected: datetime | None = None


@dataclass(frozen=True)
class LineStarted:
    """A technician's clock on a line began."""

    job: str
    line: str
    technician: str


@dataclass(frozen=True)
class LinePaused:
    """A technician's clock on a line stopped; the line is not finished."""

    job: str
    line: str
    technician: str
    reason: str = ""


@dataclass(frozen=True)
class LineFinished:
    """A line is done; every clock on it stopped."""

    job: str
    line: str


@dataclass(frozen=True)
class LineRejected:
    """A finished line must be worked on again."""

    job: str
    line: str


@dataclass(frozen=True)
class ClockClosed:
    """A clock was given another end than the technician's; marked as corrected."""

    job: str
    line: str
    technician: str
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class CheckPassed:
    """A check was passed."""

    job: str
    level: CheckLevel
    note: str = ""


@dataclass(frozen=True)
class CheckFailed:
    """A check was failed with a defect code (no level: on the road test)."""

    job: str
    level: CheckLevel | None
    defect: str
    note: str = ""


@dataclass(frozen=True)
class RoadTestStarted:
    """The car left for a road test."""

    job: str
    km: int | None = None


@dataclass(frozen=True)
class RoadTestEnded:
    """The car came back from a road test."""

    job: str
    km: int | None = None


@dataclass(frozen=True)
class MoveUndone:
    """Somebody took back their last command; the jobs are again as before it."""

    jobs: tuple[str, ...]


@dataclass(frozen=True)
class JobForgotten:
    """A long-closed job left live state."""

    job: str


@dataclass(frozen=True)
class BayChanged:
    """People opened a bay or set it to cleaning, maintenance or closed."""

    bay: str
    state: BayState
    until: datetime | None = None


@dataclass(frozen=True)
class BayReported:
    """The sensors of a bay say something else than before."""

    bay: str
    presence: Presence
    since: datetime
    device: str = ""
    reason: str = ""


@dataclass(frozen=True)
class QuestionAsked:
    """Sensors and board disagreed for long; the controller is asked."""

    bay: str
    kind: QuestionKind
    since: datetime


@dataclass(frozen=True)
class QuestionAnswered:
    """The question was answered, or fell away by itself (`agreed` None)."""

    bay: str
    agreed: bool | None = None


Event = (
    ShopSetUp
    | BaySetUp
    | BayRemoved
    | PersonSetUp
    | PersonRemoved
    | WorkflowChosen
    | AccessChanged
    | JobOpened
    | TicketGiven
    | JobDescribed
    | JobMoved
    | JobDispatched
    | JobRecalled
    | CarPlaced
    | PromiseMade
    | FlagsChanged
    | JobHeld
    | HoldEnded
    | HoldReminded
    | LineAdded
    | LineDecided
    | LineSupplied
    | LineStarted
    | LinePaused
    | LineFinished
    | LineRejected
    | ClockClosed
    | CheckPassed
    | CheckFailed
    | RoadTestStarted
    | RoadTestEnded
    | MoveUndone
    | JobForgotten
    | BayChanged
    | BayReported
    | QuestionAsked
    | QuestionAnswered
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place in the journal: who, when, by which command."""

    seq: int
    at: datetime
    by: str
    command_id: str
    event: Event
