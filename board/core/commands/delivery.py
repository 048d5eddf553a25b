"""Commands about the statement, payment, the handover list and the gate pass. Money is in fen."""

from dataclasses import dataclass

from board.core.commands.asked import Command
from board.core.handover import Means, NextService
from board.core.money import Fen


@dataclass(frozen=True, kw_only=True)
class SettleJob(Command):
    """Make the statement: labour and parts of the order's lines, less a discount, plus charges.

    Amounts in fen, each with its reason. Made again it replaces the former, with `reason`.
    """

    job: str
    discount: Fen = 0
    discount_reason: str = ""
    charges: Fen = 0
    charges_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class PayJob(Command):
    """Record a payment in fen; several may share the sum. `back`: given back, with `reason`."""

    job: str
    means: Means
    amount: Fen
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class TickHandover(Command):
    """Tick a point of the handover list, or take the tick away (`done` false).

    The point `next_service` needs the day and the mileage that the customer was told.
    """

    job: str
    point: str
    done: bool = True
    note: str = ""
    next_service: NextService | None = None


@dataclass(frozen=True, kw_only=True)
class IssueGatePass(Command):
    """Let the car out: a pass whose `code` the door makes; one issued before is void."""

    job: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class UseGatePass(Command):
    """The gate keeper lets a car out by its code; each code opens once."""

    code: str
