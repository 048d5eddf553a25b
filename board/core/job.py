"""A job: one repair order on the board, with its lines, holds, promises and checks.

Values only; what may be done with them is written in the rules.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from board.core.appointments import NO_WISHES, Appointment, Prepared, Proposal
from board.core.check_points import Check, Mark, RoadTest
from board.core.comebacks import Comeback
from board.core.day_book import CarryDecision
from board.core.extra import PromiseAsk
from board.core.handover import GatePass, NextService, Payment, Statement, Ticked, Wash
from board.core.holds import EndedHold, Hold
from board.core.lines import Line, LineState
from board.core.notes import Note
from board.core.personal import Personal, Phone, PlainWhere
from board.core.sheet import Reception, Signature


class Flag(StrEnum):
    """What marks a job without being a state."""

    waiting = "waiting"
    appointment = "appointment"
    express = "express"
    comeback = "comeback"
    vip = "vip"
    recall = "recall"
    tow_in = "tow_in"
    new_energy = "new_energy"
    loaner = "loaner"
    no_wash = "no_wash"
    lounge_opt_out = "lounge_opt_out"


class Where(StrEnum):
    """Where a car stands."""

    bay = "bay"
    parking = "parking"
    road = "road"
    outside = "outside"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a car stands: `spot` is the bay's id, or what somebody called the parking place."""

    where: Where
    spot: Annotated[Personal, PlainWhere("where", Where.bay)] = ""


OUTSIDE = Place(Where.outside)


@dataclass(frozen=True, slots=True)
class Car:
    """The car as the order names it. `mileage` in km, None when not read."""

    plate: Personal
    vin: Personal = ""
    model: Personal = ""
    colour: Personal = ""
    mileage: int | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Who brought the car."""

    name: Personal = ""
    phone: Phone = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A delivery time told to the customer, and why it was changed."""

    at: datetime
    told_at: datetime
    by: str
    why: Personal = ""


@dataclass(frozen=True, slots=True)
class LastChange:
    """The last command that touched a job, and the job before it (for undo)."""

    command_id: str
    by: str
    at: datetime
    before: "Job | None" = None


@dataclass(frozen=True, slots=True)
class Job:
    """One repair order. `version` moves only with state, placement and assignment.

    `promise_ask`: whether the promise must be told anew, while nobody has said. `code_round`: how
    often the code of its phone page was given anew, `link_round` its link. `marks`: the points
    answered so far of the check that is due. `lines_numbered`: the highest number of a line that
    was withdrawn; it is not given again. In the line before reception: `called_at` and by which
    advisor; `passed_at`: nobody came. `reception_at`: when receiving began.
    """

    id: str
    number: str
    car: Car
    customer: Customer
    state: str
    advisor: str
    opened_at: datetime
    state_since: datetime
    ticket: str = ""
    kind: str = "repair"
    asked: Personal = ""
    keys: Personal = ""
    flags: frozenset[Flag] = frozenset()
    booked_for: datetime | None = None
    arrived_at: datetime | None = None
    signed_at: datetime | None = None
    closed_at: datetime | None = None
    bay: str = ""
    technicians: tuple[str, ...] = ()
    start_at: datetime | None = None
    place: Place = OUTSIDE
    place_since: datetime | None = None
    lines: tuple[Line, ...] = ()
    hold: Hold | None = None
    past_holds: tuple[EndedHold, ...] = ()
    promises: tuple[Promise, ...] = ()
    checks: tuple[Check, ...] = ()
    road_tests: tuple[RoadTest, ...] = ()
    reception: Reception | None = None
    signature: Signature | None = None
    promise_ask: PromiseAsk | None = None
    code_round: int = 0
    appointment: Appointment = NO_WISHES
    prepared: tuple[Prepared, ...] = ()
    proposal: Proposal | None = None
    called_at: datetime | None = None
    called_by: str = ""
    passed_at: datetime | None = None
    reception_at: datetime | None = None
    washes: tuple[Wash, ...] = ()
    statements: tuple[Statement, ...] = ()
    payments: tuple[Payment, ...] = ()
    ticked: tuple[Ticked, ...] = ()
    gate_pass: GatePass | None = None
    decisions: tuple[CarryDecision, ...] = ()
    marks: tuple[Mark, ...] = ()
    comeback: Comeback | None = None
    notes: tuple[Note, ...] = ()
    lines_numbered: int = 0
    link_round: int = 0
    version: int = 0
    last: LastChange | None = field(default=None, compare=False)

    @property
    def promise(self) -> Promise | None:
        """The promise that holds now."""
        return self.promises[-1] if self.promises else None

    @property
    def statement(self) -> Statement | None:
        """The statement that holds now."""
        return self.statements[-1] if self.statements else None

    @property
    def next_service(self) -> NextService | None:
        """What the customer was told of the next service; None while nobody said."""
        told = (tick.next_service for tick in self.ticked if tick.next_service)
        return next(told, None)

    @property
    def left_by_pass(self) -> bool:
        """Whether the car went through the gate by the pass that was issued last."""
        return self.gate_pass is not None and self.gate_pass.used_at is not None

    @property
    def in_bay(self) -> str:
        """The bay the car stands in, or ''."""
        return self.place.spot if self.place.where == Where.bay else ""

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """Lines that must still be worked on before checks may pass."""
        return tuple(line for line in self.lines if line.is_open)

    @property
    def highest_line(self) -> int:
        """The highest number that a line of the order has or had; 0 before the first."""
        numbers = (int(line.id) for line in self.lines if line.id.isdecimal())
        return max(self.lines_numbered, len(self.lines), *numbers)

    @property
    def running_lines(self) -> tuple[Line, ...]:
        """Lines on which somebody is clocked now."""
        return tuple(line for line in self.lines if line.state == LineState.running)

    @property
    def times_back(self) -> int:
        """How often a check sent the job back."""
        return sum(not check.passed for check in self.checks)

    @property
    def is_closed(self) -> bool:
        """Delivered or cancelled: off the board."""
        return self.closed_at is not None

    def line(self, line_id: str) -> Line | None:
        """The line with that id, or None."""
        return next((line for line in self.lines if line.id == line_id), None)

    def with_line(self, changed: Line) -> "Job":
        """The job with `changed` in place of the line of the same id."""
        lines = tuple(changed if line.id == changed.id else line for line in self.lines)
        return replace(self, lines=lines)
