"""Commands about the reception sheet and the customer's signature."""

from dataclasses import dataclass, field

from board.core.commands.asked import Command
from board.core.sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class SaveSheet(Command):
    """Keep what was seen and agreed on the walk round the car; after the signature with a reason.

    `mileage` and `asked` go into the order itself, None keeps them. `edition`: how often the
    sheet had been saved when it was opened; somebody else's later sheet is not written over.
    """

    job: str
    sheet: Sheet = field(default_factory=Sheet)
    mileage: int | None = None
    asked: str | None = None
    edition: int | None = None


@dataclass(frozen=True, kw_only=True)
class SignOrder(Command):
    """The customer signs the order: drawn as `strokes`, or on paper (`on_paper`, its number).

    In reception the order then waits for dispatch; later it is signed anew, as it is by then.
    `seen` is the mark of what was shown to them (`what_is_signed`), '' when nobody can tell.
    """

    job: str
    strokes: str = ""
    on_paper: bool = False
    paper: str = ""
    signer: str = ""
    seen: str = ""
    version: int | None = None
