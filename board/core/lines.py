"""Lines of an order and the labour clocks on them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from board.core.bays import BayKind
from board.core.extra import Extra
from board.core.money import Fen
from board.core.part_requests import PartRequest
from board.core.personal import Personal


class LineState(StrEnum):
    """Where one line stands."""

    proposed = "proposed"
    approved = "approved"
    declined = "declined"
    running = "running"
    paused = "paused"
    done = "done"
    checked = "checked"
    rework = "rework"


class Parts(StrEnum):
    """Where the parts of a line are."""

    none = "none"
    requested = "requested"
    picked = "picked"
    ordered = "ordered"
    issued = "issued"


_OPEN = frozenset({LineState.approved, LineState.running, LineState.paused, LineState.rework})


@dataclass(frozen=True, slots=True)
class Original:
    """What a clock said before it was first corrected; who corrected it last, when and why."""

    started_at: datetime
    ended_at: datetime | None
    by: str
    at: datetime
    why: Personal = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One stretch of labour: who, from, to (None while it runs).

    `corrected` marks a clock that does not say what the technician pressed; `original` what was.
    """

    technician: str
    started_at: datetime
    ended_at: datetime | None = None
    corrected: bool = False
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do on the car. `standard_hours` is the catalogue's time, 0 if unknown.

    `technicians`: the lead first, helpers after. `code`: the catalogue's, '' for a line of its own.
    `price`: labour, `parts_price`: its parts, both in fen. `extra`: what is known of work found on
    the way, None for what was ordered. `parts` and `parts_expected` follow from `requests` where
    there are any; `parts_late_at`: when it was noted that, without any, they are late.
    `agreed_price`: labour and parts that were signed for, while a dearer price waits for an answer.
    """

    id: str
    text: Personal
    standard_hours: float = 0.0
    state: LineState = LineState.approved
    technicians: tuple[str, ...] = ()
    parts: Parts = Parts.none
    parts_expected: datetime | None = None
    clocks: tuple[Clock, ...] = ()
    implicit: bool = False
    price: Fen = 0
    parts_price: Fen = 0
    extra: Extra | None = None
    requests: tuple[PartRequest, ...] = ()
    parts_late_at: datetime | None = None
    code: Personal = ""
    kind: Personal = ""
    skill: Personal = ""
    bay_kind: BayKind | None = None
    agreed_price: Fen | None = None

    @property
    def whole_price(self) -> Fen:
        """Labour and parts."""
        return self.price + self.parts_price

    @property
    def is_agreed(self) -> bool:
        """Part of the order: neither waiting for the customer's answer nor declined."""
        return self.state not in {LineState.proposed, LineState.declined}

    @property
    def is_open(self) -> bool:
        """Approved and not finished."""
        return self.state in _OPEN

    @property
    def running_clocks(self) -> tuple[Clock, ...]:
        """The clocks that run now."""
        return tuple(clock for clock in self.clocks if clock.ended_at is None)

    def worked(self, now: datetime) -> timedelta:
        """Labour clocked on this line until `now`, all technicians together."""
        spans = ((clock.ended_at or now) - clock.started_at for clock in self.clocks)
        return sum(spans, timedelta())


def find_clock(line: Line, technician: str, started_at: datetime) -> Clock | None:
    """The technician's clock that began at that moment; of several the one that counts."""
    mine = (clock for clock in reversed(line.clocks) if clock.technician == technician)
    return next((clock for clock in mine if clock.started_at == started_at), None)
