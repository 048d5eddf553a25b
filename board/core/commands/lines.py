"""Commands about the lines of an order: adding, changing and withdrawing them."""

from dataclasses import dataclass

from board.core.bays import BayKind
from board.core.commands.asked import Command
from board.core.money import Fen


@dataclass(frozen=True, kw_only=True)
class AddLine(Command):
    """Add a line to an order; `proposed` waits for the customer's yes.

    Once the order is signed every new line waits so. With a `code` of the catalogue, what is left
    out (an empty text, None) comes from there. `price` is for labour, `parts_price` for the parts,
    both in fen; who only repairs names none.
    """

    job: str
    text: str = ""
    standard_hours: float | None = None
    technicians: tuple[str, ...] = ()
    proposed: bool = False
    code: str = ""
    price: Fen | None = None
    parts_price: Fen | None = None
    kind: str | None = None
    skill: str | None = None
    bay_kind: BayKind | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeLine(Command):
    """Change a line that nobody has worked on; None keeps a value.

    What the customer signed for is changed only with a reason, and waits for their answer when it
    gets dearer.
    """

    job: str
    line: str
    text: str | None = None
    standard_hours: float | None = None
    technicians: tuple[str, ...] | None = None
    price: Fen | None = None
    parts_price: Fen | None = None
    kind: str | None = None
    skill: str | None = None
    bay_kind: BayKind | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawLine(Command):
    """Take a line off the order again; refused once somebody worked on it.

    A line that the customer declined stays: it belongs to the car's file.
    """

    job: str
    line: str
