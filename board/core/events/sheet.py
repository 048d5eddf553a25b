"""Events about the reception sheet and the customer's signature."""

from dataclasses import dataclass

from board.core.personal import Drawn, Personal
from board.core.sheet import Sheet


@dataclass(frozen=True)
class SheetSaved:
    """The reception sheet was saved, for the `edition`th time."""

    job: str
    sheet: Sheet
    edition: int
    reason: Personal = ""


@dataclass(frozen=True)
class OrderSigned:
    """The customer signed; `signed` tells which sheet and lines, without saying what they say.

    `approves`: lines that had got dearer since the signature before, and are agreed to now.
    """

    job: str
    signed: Personal
    signer: Personal = ""
    strokes: Drawn = ""
    paper: Personal = ""
    approves: tuple[str, ...] = ()
