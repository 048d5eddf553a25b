"""Commands about appointments, arrivals and the line before reception."""

from dataclasses import dataclass
from datetime import datetime

from board.core.appointments import Appointment, Task
from board.core.commands.asked import Command
from board.core.commands.order import OpenJob


@dataclass(frozen=True, kw_only=True)
class ChangeBooking(Command):
    """Change an appointment while its car is awaited; None keeps a value."""

    job: str
    booked_for: datetime | None = None
    kind: str | None = None
    appointment: Appointment | None = None
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class TickPreparation(Command):
    """Tick a task of the preparation, or take the tick away; the first one begins it."""

    job: str
    task: Task
    done: bool = True


@dataclass(frozen=True, kw_only=True)
class ProposeArrival(Command):
    """A device read a plate: if its car is awaited today, ask whether it has come.

    The job stays where it is until a person answers, unless the shop lets a sure read at a `gate`
    count by itself; `watched`: a sensor at that gate must tell, too, that something goes through.
    `score` from 0 to 1, None where the camera gives none; `others`: its less likely readings;
    `track`: which car before this camera. A plate nobody awaits leaves no trace.
    """

    plate: str
    seen: datetime
    device: str = ""
    score: float | None = None
    others: tuple[str, ...] = ()
    track: str = ""
    gate: str = ""
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class PassGate(Command):
    """A sensor tells that something goes through a gate: a car whose plate was read there has come.

    `blind`: nothing reads plates at that gate, so the only car that is due may have come.
    """

    gate: str
    at: datetime
    device: str = ""
    blind: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerArrival(Command):
    """Say of a proposed arrival: the car is here, or this is not the one."""

    job: str
    agreed: bool


@dataclass(frozen=True, kw_only=True)
class ArriveJob(Command):
    """The car of an appointment is here, even after it counted as a no-show."""

    job: str
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class SwitchPeak(Command):
    """Switch the peak mode of reception on or off."""

    on: bool


@dataclass(frozen=True, kw_only=True)
class TakeTicket(OpenJob):
    """In peak mode: a ticket for a car of which only the plate is known yet.

    A car with an appointment for today arrives by it; any other gets a job that waits.
    """


@dataclass(frozen=True, kw_only=True)
class CallNext(Command):
    """Call the next ticket of the line before reception."""


@dataclass(frozen=True, kw_only=True)
class CallTicket(Command):
    """Call this car's ticket: out of turn, or once more."""

    job: str


@dataclass(frozen=True, kw_only=True)
class PassTicket(Command):
    """Nobody came when the ticket was called: go on without it until they come back."""

    job: str


@dataclass(frozen=True, kw_only=True)
class ReturnTicket(Command):
    """Who was passed over has come back: the ticket is in line again, where it was."""

    job: str
