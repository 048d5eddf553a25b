"""Commands about bays and what their sensors say."""

from dataclasses import dataclass
from datetime import datetime

from board.core.bays import BayState, Presence
from board.core.commands.asked import Command


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
