"""Appointments: what is expected of a booked car, its preparation, and arrivals that are proposed.

Values only; what may be done with them is written in the rules.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from board.core.bays import BayKind
from board.core.personal import Personal

PROPOSAL_LASTS = timedelta(minutes=20)
"""How long a plate read may be answered; a car that drove by is not asked about all day."""


class Task(StrEnum):
    """What is made ready before a booked car comes."""

    parts_picked = "parts_picked"
    bay_kept = "bay_kept"
    technician_told = "technician_told"
    loaner_ready = "loaner_ready"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A task of the preparation that is done: by whom and when."""

    task: Task
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the customer and the shop expect: work in words and by codes of lines, in how many
    hours, by which technician (id) and in what kind of bay; '' and None: no wish.
    """

    work: Personal = ""
    codes: tuple[Personal, ...] = ()
    hours: float | None = None
    technician: str = ""
    bay_kind: BayKind | None = None


NO_WISHES = Appointment()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A device read the plate of a car that is awaited. `answered`: a person has said of it
    whether this is the car. `sure`: a read at the `gate` that needs nobody's look.
    """

    seen: datetime
    device: str = ""
    answered: bool = False
    gate: str = ""
    track: str = ""
    sure: bool = False

    @property
    def until(self) -> datetime:
        """When it can no longer be answered."""
        return self.seen + PROPOSAL_LASTS

    def is_open(self, now: datetime) -> bool:
        """Whether somebody should say now if the car is here."""
        return not self.answered and now < self.until
