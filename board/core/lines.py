"""Lines of an order and the labour clocks on them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from board.core.extra import Extra
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
class Clock:
    """One stretch of labour: who, from, to (None while it runs).

    `corrected` marks an end that was not pressed by the technician.
    """

    technician: str
    started_at: datetime
    ended_at: datetime | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do on the car. `standard_hours` is the catalogue's time, 0 if unknown.

    `technicians`: the lead first, helpers after. `price`: labour, `parts_price`: its parts, both
    in fen. `extra`: what is known of work found on the way, None for what was ordered.
    `technicians`: the lead first, helpers after. `parts` and `parts_expected` follow from
    `requests` where there are any; `parts_late_at`: when it was noted that, without any, they are
    late.
    in fen.
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
    price: int = 0
    parts_price: int = 0
    extra: Extra | None = None
    requests: tuple[PartRequest, ...] = ()
    parts_late_at: datetime | None = None

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
