"""Events about the lines of an order that are no work yet: added, changed, withdrawn."""

from dataclasses import dataclass

from board.core.bays import BayKind
from board.core.money import Fen
from board.core.personal import Personal


@dataclass(frozen=True)
class LineAdded:
    """A line joined the order; `proposed` ones wait for the customer. Prices in fen."""

    job: str
    line: str
    text: Personal
    standard_hours: float = 0.0
    technicians: tuple[str, ...] = ()
    proposed: bool = False
    implicit: bool = False
    code: Personal = ""
    kind: Personal = ""
    price: Fen = 0
    parts_price: Fen = 0
    skill: Personal = ""
    bay_kind: BayKind | None = None


@dataclass(frozen=True)
class LineChanged:
    """What is to be done on a line, or what it costs, is another from now on. Prices in fen.

    `asks_again`: it is dearer than what the customer signed for, and waits for their answer;
    `agreed_again`: it was, and is not any more.
    """

    job: str
    line: str
    text: Personal
    standard_hours: float
    technicians: tuple[str, ...]
    kind: Personal
    price: Fen
    parts_price: Fen
    skill: Personal
    bay_kind: BayKind | None = None
    reason: Personal = ""
    asks_again: bool = False
    agreed_again: bool = False


@dataclass(frozen=True)
class LineWithdrawn:
    """A line that nobody had worked on left the order."""

    job: str
    line: str
    text: Personal
    reason: Personal = ""
