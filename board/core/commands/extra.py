"""Commands about extra work: found, priced, asked, answered; and the promise it may break."""

from dataclasses import dataclass
from datetime import datetime

from board.core.commands.asked import Command
from board.core.extra import AnswerMeans
from board.core.money import Fen


@dataclass(frozen=True, kw_only=True)
class ProposeLine(Command):
    """Report work found on the way; nobody works on it before the customer agrees.

    `photos`: SHA-256 of each in hex. `stops_work`: the rest of the order cannot go on either, so
    the job is held until the answer is there.
    """

    job: str
    text: str
    note: str = ""
    photos: tuple[str, ...] = ()
    stops_work: bool = False
    standard_hours: float = 0.0
    technicians: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PriceLine(Command):
    """Price a proposed line in fen, labour and parts; None keeps a price, 0 is one.

    Another price than the customer was asked at has to be asked again.
    """

    job: str
    line: str
    price: Fen | None = None
    parts_price: Fen | None = None
    standard_hours: float | None = None


@dataclass(frozen=True, kw_only=True)
class AskCustomer(Command):
    """Put priced lines before the customer, on the phone page; no `lines`: all that wait for it.

    A declined line that is named is asked again.
    """

    job: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecideLine(Command):
    """Record the customer's answer to a proposed line.

    Staff say how it came, who said it (nobody: the customer of the order) and when (None: now).
    `price` and `parts_price`: what was told, in fen; refused when the line costs something else.
    """

    job: str
    line: str
    approved: bool
    how: AnswerMeans | None = None
    said_by: str = ""
    said_at: datetime | None = None
    note: str = ""
    price: Fen | None = None
    parts_price: Fen | None = None


@dataclass(frozen=True, kw_only=True)
class KeepPromise(Command):
    """The promise stays although work was added: ends the question of a new one."""

    job: str


@dataclass(frozen=True, kw_only=True)
class RenewCode(Command):
    """Give the customer's phone page a new code; the old one and what it opened end."""

    job: str


@dataclass(frozen=True, kw_only=True)
class RenewLink(Command):
    """Give the customer's phone page another address; the old one ends at once, wherever it is."""

    job: str
