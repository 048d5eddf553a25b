"""What a line asks of the parts store: one request per part, with every step it took.

Values only; what follows for a line and its job is in `supply.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.core.personal import Personal


class PartStep(StrEnum):
    """Where one requested part is."""

    requested = "requested"
    picked = "picked"
    ordered = "ordered"
    issued = "issued"
    wrong = "wrong"
    returned = "returned"
    cancelled = "cancelled"


WANTED = frozenset({PartStep.requested, PartStep.picked, PartStep.ordered, PartStep.wrong})
"""The part is not in the technician's hands: work may have to wait for it."""

STEPS: dict[PartStep, frozenset[PartStep]] = {
    PartStep.picked: frozenset({PartStep.requested, PartStep.ordered, PartStep.wrong}),
    PartStep.ordered: frozenset({PartStep.requested, PartStep.ordered, PartStep.wrong}),
    PartStep.issued: WANTED,
    PartStep.wrong: frozenset({PartStep.picked, PartStep.ordered, PartStep.issued}),
    PartStep.returned: frozenset({PartStep.issued, PartStep.wrong}),
    PartStep.cancelled: WANTED,
}
"""From where a part may come to each step. A wrong part is wanted again, until another is there."""


@dataclass(frozen=True, slots=True)
class PartMove:
    """One step of a part: who, when, and what belongs to it.

    `expected`: when an ordered part is to come. `why`: what is wrong with it. `receiver`: who
    took it, and `signed` that they said so themselves.
    """

    step: PartStep
    by: str
    at: datetime
    expected: datetime | None = None
    why: Personal = ""
    receiver: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class PartRequest:
    """A part that somebody asked for. `number` is the maker's, if known; `quantity` in its unit.

    `moves` keeps every step, so also every expected time; the first is the request itself.
    `late_at`: when it was noted that the last expected time had passed.
    """

    id: str
    text: Personal
    moves: tuple[PartMove, ...]
    number: Personal = ""
    quantity: float = 1.0
    late_at: datetime | None = None

    @property
    def asked(self) -> PartMove:
        """Who asked for it, and when."""
        return self.moves[0]

    @property
    def last(self) -> PartMove:
        """Its newest step."""
        return self.moves[-1]

    @property
    def step(self) -> PartStep:
        """Where it is now."""
        return self.last.step

    def is_unsigned_by(self, person: str) -> bool:
        """Whether it was handed out to this person, who has not said so."""
        last = self.last
        return self.step == PartStep.issued and last.receiver == person and not last.signed

    @property
    def is_wanted(self) -> bool:
        """Whether it is still to come to the car."""
        return self.step in WANTED
