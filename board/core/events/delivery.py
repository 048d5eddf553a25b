"""Events about the statement, payment, the handover list and the gate pass. Money is in fen."""

from dataclasses import dataclass

from board.core.handover import Means, NextService, PassCode
from board.core.money import Fen
from board.core.personal import Personal


@dataclass(frozen=True)
class JobSettled:
    """The statement was made: labour and parts, less the discount, plus charges, is the total."""

    job: str
    labour: Fen
    parts: Fen
    total: Fen
    discount: Fen = 0
    discount_reason: Personal = ""
    charges: Fen = 0
    charges_reason: Personal = ""
    reason: Personal = ""


@dataclass(frozen=True)
class JobPaid:
    """A payment was taken, or given back (below 0)."""

    job: str
    means: Means
    amount: Fen
    reason: Personal = ""


@dataclass(frozen=True)
class HandoverTicked:
    """A point of the handover list was done, or its tick taken away.

    `next_service`: what the customer was told at the point of that name.
    """

    job: str
    point: str
    done: bool = True
    note: Personal = ""
    next_service: NextService | None = None


@dataclass(frozen=True)
class GatePassIssued:
    """The car may leave by this code; one issued before is void."""

    job: str
    code: PassCode
    reason: Personal = ""


@dataclass(frozen=True)
class GatePassUsed:
    """The gate keeper let the car out."""

    job: str
