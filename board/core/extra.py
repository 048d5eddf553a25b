"""What is known of extra work beside its line: who found it, what was asked, what was said.

Values only. Prices are those of the line; a decision keeps the ones it was given at.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.core.money import Fen
from board.core.personal import Personal


class AnswerMeans(StrEnum):
    """How a customer's answer reached the shop."""

    phone_page = "phone_page"
    phone_call = "phone_call"
    in_person = "in_person"
    message = "message"


@dataclass(frozen=True, slots=True)
class Decision:
    """The customer's answer, recorded by `by`; `said_at` is when it was given.

    `price` and `parts_price` in fen are what the answer was given for; None where nobody knows,
    as in old journals. `how` is None there too.
    """

    approved: bool
    by: str
    at: datetime
    how: AnswerMeans | None = None
    said_by: Personal = ""
    said_at: datetime | None = None
    note: Personal = ""
    price: Fen | None = None
    parts_price: Fen | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """Extra work: found by `by` at `at`, with a note and photos (SHA-256 in hex).

    `asked_at`: when the customer was asked at the present price, None while nobody has asked.
    `decisions`: every answer, the newest last.
    """

    by: str
    at: datetime
    note: Personal = ""
    photos: tuple[str, ...] = ()
    stops_work: bool = False
    labour_priced: bool = False
    parts_priced: bool = False
    asked_at: datetime | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The newest answer."""
        return self.decisions[-1] if self.decisions else None


@dataclass(frozen=True, slots=True)
class PromiseAsk:
    """An open question: work approved at `at` may end at `finish`, which is past the promise."""

    at: datetime
    finish: datetime
