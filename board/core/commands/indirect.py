"""Commands about indirect time: clocks of technicians that run on no line."""

from dataclasses import dataclass
from datetime import datetime

from board.core.commands.asked import Command


@dataclass(frozen=True, kw_only=True)
class StartIndirect(Command):
    """Clock a technician on indirect time, e.g. `training`; ends the clock that runs.

    Empty `technician`: me.
    """

    code: str
    technician: str = ""


@dataclass(frozen=True, kw_only=True)
class StopIndirect(Command):
    """Stop the indirect clock that runs. Empty `technician`: me."""

    technician: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectIndirect(Command):
    """Set an indirect clock right, with the reason; `started_at` names the clock.

    `begins_at` and `ended_at` are its ends from now on; None keeps an end.
    """

    technician: str
    started_at: datetime
    begins_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CloseIndirect(Command):
    """Shift end: stop a forgotten indirect clock and mark it as corrected."""

    technician: str
    at: datetime
