"""Values of the last stretch: wash, statement, payments, handover list and gate pass.

Money is in fen. Values only; what may be done with them is written in the rules.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from board.core.money import Fen
from board.core.personal import Personal


class Means(StrEnum):
    """How something is paid; `account`, `warranty` and `insurance` are paid by others later."""

    cash = "cash"
    card = "card"
    wechat = "wechat"
    alipay = "alipay"
    account = "account"
    warranty = "warranty"
    insurance = "insurance"


class Point(StrEnum):
    """The points of the handover list that ships; a shop may leave out some and add its own."""

    old_parts = "old_parts"
    advice = "advice"
    next_service = "next_service"
    belongings = "belongings"
    call_back = "call_back"


POINTS: tuple[str, ...] = tuple(point.value for point in Point)


@dataclass(frozen=True, slots=True)
class HandoverPlan:
    """What a shop wants before a car is delivered: the statement paid, the list, the gate pass.

    `points` are ids of `Point` or the shop's own words, in the order of the list.
    """

    settlement: bool = False
    checklist: bool = False
    gate_pass: bool = False
    points: tuple[str, ...] = POINTS


NOTHING_WANTED = HandoverPlan()
EVERYTHING_WANTED = HandoverPlan(settlement=True, checklist=True, gate_pass=True)
"""What a shop begins with that is set up anew."""


PASS_MARK = "gate pass"
PassCode = Annotated[str, PASS_MARK]
"""What lets a car out."""


@dataclass(frozen=True, slots=True)
class Wash:
    """One stay in the wash: who began it, from, to (None while it runs)."""

    by: str
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What the customer is charged, in fen; a later one replaces it, with `reason`."""

    labour: Fen
    parts: Fen
    discount: Fen
    charges: Fen
    by: str
    at: datetime
    discount_reason: Personal = ""
    charges_reason: Personal = ""
    reason: Personal = ""

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.labour + self.parts - self.discount + self.charges


@dataclass(frozen=True, slots=True)
class Payment:
    """Money taken, in fen; below 0 what was given back, with the reason why."""

    means: Means
    amount: Fen
    by: str
    at: datetime
    reason: Personal = ""


@dataclass(frozen=True, slots=True)
class NextService:
    """When the customer was told to come again: by that day or at so many km, what is sooner."""

    on: date
    km: int


@dataclass(frozen=True, slots=True)
class Ticked:
    """A point of the handover list that was done; `next_service` only of the point of that name."""

    point: str
    by: str
    at: datetime
    note: Personal = ""
    next_service: NextService | None = None


@dataclass(frozen=True, slots=True)
class GatePass:
    """The car may leave by this code, once."""

    code: PassCode
    by: str
    at: datetime
    used_at: datetime | None = None
    used_by: str = ""
