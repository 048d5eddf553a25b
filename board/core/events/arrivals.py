"""Events about appointments, arrivals and the line before reception."""

from dataclasses import dataclass
from datetime import datetime

from board.core.appointments import Appointment, Task


@dataclass(frozen=True)
class BookingChanged:
    """An appointment has another time, kind or expectation."""

    job: str
    booked_for: datetime
    kind: str
    appointment: Appointment


@dataclass(frozen=True)
class PreparationTicked:
    """A task of the preparation is done, or after all is not."""

    job: str
    task: Task
    done: bool = True


@dataclass(frozen=True)
class ArrivalProposed:
    """A device read the plate of an awaited car, or saw something come when only it was due.

    `sure`: a read at that `gate` that needs nobody's look; `track`: which car before the camera.
    """

    job: str
    seen: datetime
    device: str = ""
    gate: str = ""
    track: str = ""
    sure: bool = False


@dataclass(frozen=True)
class ProposalWithdrawn:
    """A surer read of the same track named another car."""

    job: str


@dataclass(frozen=True)
class GatePassed:
    """Something went through a gate, by its sensor."""

    gate: str
    at: datetime


@dataclass(frozen=True)
class ArrivalAnswered:
    """A person said whether the proposed arrival is one."""

    job: str
    agreed: bool


@dataclass(frozen=True)
class TicketCalled:
    """The ticket was called to reception, by this advisor."""

    job: str
    advisor: str


@dataclass(frozen=True)
class TicketPassed:
    """Nobody came to the called ticket: the line goes on without it."""

    job: str


@dataclass(frozen=True)
class TicketReturned:
    """A ticket that was passed over is in line again."""

    job: str


@dataclass(frozen=True)
class PeakSwitched:
    """The peak mode of reception was switched on or off."""

    on: bool
