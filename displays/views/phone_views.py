"""What a customer's phone shows of their own car, before and after the code from the shop.

`PhoneView` has no field for a plate, a name, a price or what is wrong with the car.
"""

from dataclasses import dataclass
from itertools import accumulate

from displays.views.lounge_views import Mask, Span
from displays.views.moments import Moment
from displays.views.reception_line import Wait

MOST_AT_ONCE = 5
MOST_PHOTOS_AT_ONCE = 12
"""Questions on one page, and photos of all of them: the most of what a phone has to load."""


@dataclass(frozen=True, slots=True)
class PhoneView:
    """What anybody with the link may see. `step` 0 to 4 is where the car is, 5 past the last.

    `word` is a message id. `asked_back`: the time has changed and the advisor will call.
    `queues`: the car stands in the line before reception, at the place `wait`; without a place it
    was called and nobody came. `waits`: how many questions wait for the customer. `at`: the shop's
    clock.
    """

    shop: str
    ticket: str
    mask: Mask
    step: int
    word: str
    at: Moment
    span: Span | None = None
    asked_back: bool = False
    can_be_fetched: bool = False
    waits: int = 0
    queues: bool = False
    wait: Wait | None = None


@dataclass(frozen=True, slots=True)
class ToDecide:
    """Extra work that waits for yes or no, prices in fen; `photos` by their names.

    `round` tells this question from an earlier one about the same line.
    """

    line: str
    text: str
    note: str
    photos: tuple[str, ...]
    price: int
    parts_price: int
    round: int

    @property
    def total(self) -> int:
        """Labour and parts together."""
        return self.price + self.parts_price


@dataclass(frozen=True, slots=True)
class Answered:
    """What was decided: the price in fen it was given at (None: not known), and when."""

    line: str
    text: str
    approved: bool
    total: int | None
    at: Moment


@dataclass(frozen=True, slots=True)
class PhoneMore:
    """What is shown after the code; `later`: about when the car is ready if all is agreed to.

    None where the promise stays as it is.
    """

    questions: tuple[ToDecide, ...]
    """All of them; a page shows those `at_once`."""
    answers: tuple[Answered, ...]
    later: Span | None

    @property
    def at_once(self) -> tuple[ToDecide, ...]:
        """The questions that a page shows; the others follow as these are answered."""
        photos = accumulate(len(each.photos) for each in self.questions[:MOST_AT_ONCE])
        fitting = sum(count <= MOST_PHOTOS_AT_ONCE for count in photos)
        return self.questions[: max(1, fitting)]

    @property
    def total(self) -> int:
        """What all open questions cost together, in fen."""
        return sum(each.total for each in self.questions)

    def question(self, line: str) -> ToDecide | None:
        """The open question about a line."""
        return next((each for each in self.questions if each.line == line), None)
