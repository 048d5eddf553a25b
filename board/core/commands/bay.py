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
    """What a bay's sensors say, since when; `reason` in words ("sonar 54 cm").

    `live`: they were heard to change, no replay and no silence before says so.
    """

    bay: str
    presence: Presence
    since: datetime
    device: str = ""
    live: bool = False


@dataclass(frozen=True, kw_only=True)
class AskAboutBay(Command):
    """Put a lasting disagreement between sensors and board to the controller."""

    bay: str


@dataclass(frozen=True, kw_only=True)
class LapseQuestion(Command):
    """Nobody has answered a question for as long as the shop lets it stand."""

    bay: str


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Command):
    """Answer it: `agreed` takes the sensors' word (with `job`: that car is here)."""

    bay: str
    agreed: bool
    job: str = ""
