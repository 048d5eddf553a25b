"""Events about extra work and the customer's answer to it."""

from dataclasses import dataclass
from datetime import datetime

from board.core.extra import AnswerMeans
from board.core.money import Fen
from board.core.personal import Personal


@dataclass(frozen=True)
class LineProposed:
    """Extra work was found; `photos` are SHA-256 in hex."""

    job: str
    line: str
    text: Personal
    note: Personal = ""
    photos: tuple[str, ...] = ()
    stops_work: bool = False
    standard_hours: float = 0.0
    technicians: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinePriced:
    """A proposed line got a price, in fen; it has to be asked (again).

    `labour_priced`, `parts_priced`: which of the two are known now. `keeps_yes`: it is not dearer
    than what the customer said yes to, and nobody has to ask.
    """

    job: str
    line: str
    price: Fen
    parts_price: Fen
    standard_hours: float
    labour_priced: bool
    parts_priced: bool
    keeps_yes: bool = False


@dataclass(frozen=True)
class CustomerAsked:
    """The customer was asked about lines, at the prices they have."""

    job: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class LineDecided:
    """The customer said yes or no to a proposed line.

    How it came, who said it and when; prices in fen as they were told. None: not known.
    """

    job: str
    line: str
    approved: bool
    how: AnswerMeans | None = None
    said_by: Personal = ""
    said_at: datetime | None = None
    note: Personal = ""
    price: Fen | None = None
    parts_price: Fen | None = None


@dataclass(frozen=True)
class PromiseAsked:
    """Approved work moves the estimated finish beyond the promise: the advisor is asked."""

    job: str
    finish: datetime


@dataclass(frozen=True)
class PromiseKept:
    """The advisor says that the promise stays."""

    job: str


@dataclass(frozen=True)
class CodeRenewed:
    """The phone page of the job has another code from here on."""

    job: str


@dataclass(frozen=True)
class LinkRenewed:
    """The phone page of the job has another address from here on."""

    job: str
