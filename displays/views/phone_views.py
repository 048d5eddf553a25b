"""What a customer's phone shows of their own car, region by region.

No view before the code has a field for a plate, a name, a price or what is wrong with the car.
"""

from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from displays.views.lounge_views import Mask, Span
from displays.views.moments import Moment
from displays.views.reception_line import Wait

MOST_AT_ONCE = 5
MOST_PHOTOS_AT_ONCE = 12
"""Questions on one page, and photos of all of them: the most of what a phone has to load."""


@dataclass(frozen=True, slots=True)
class PhoneHeadView:
    """Whose page it is, and the shop's clock when it was made."""

    template: ClassVar[str] = "phone/head.html"
    shop: str
    at: Moment


@dataclass(frozen=True, slots=True)
class PhoneCarView:
    """Where the car is and when it can be fetched. `step` 0 to 4, -1 before, 5 past the last.

    `word` and `why` are message ids. `before`: the range told before this one, and `why` it
    changed. `asked_back`: the time has changed and the advisor will call. `queues`: the car stands
    in the line before reception, at the place `wait`; without one it was called and nobody came.
    `updated`: when any of it changed last.
    """

    template: ClassVar[str] = "phone/car.html"
    ticket: str
    mask: Mask
    step: int
    word: str
    updated: Moment
    span: Span | None = None
    before: Span | None = None
    why: str = ""
    asked_back: bool = False
    can_be_fetched: bool = False
    queues: bool = False
    wait: Wait | None = None


@dataclass(frozen=True, slots=True)
class PhoneStep:
    """One of the five steps: `done`, `now` or `later`; `at` when it ended or, now, began."""

    stands: str
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class PhoneStepsView:
    """The five steps, in their order; none when the order was given up."""

    template: ClassVar[str] = "phone/steps.html"
    steps: tuple[PhoneStep, ...]


@dataclass(frozen=True, slots=True)
class PhoneWaitingView:
    """How many questions wait, before the code was typed."""

    template: ClassVar[str] = "phone/waiting.html"
    waits: int


@dataclass(frozen=True, slots=True)
class PhoneReachView:
    """The number of the shop, '' for none."""

    template: ClassVar[str] = "phone/reach.html"
    phone: str

    @property
    def dialled(self) -> str:
        """The number as an address for phones: digits, perhaps with a plus."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")


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
class PhoneQuestionsView:
    """What is asked, after the code; `later`: about when the car is ready if all is agreed to.

    None where the promise stays as it is.
    """

    template: ClassVar[str] = "phone/questions.html"
    questions: tuple[ToDecide, ...]
    """All of them; a page shows those `at_once`."""
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


@dataclass(frozen=True, slots=True)
class Answered:
    """What was decided: the price in fen it was given at (None: not known), and when."""

    line: str
    text: str
    approved: bool
    total: int | None
    at: Moment


@dataclass(frozen=True, slots=True)
class PhoneAnswersView:
    """What was decided; `asks_code`: there is something, and the code was not typed yet."""

    template: ClassVar[str] = "phone/answers.html"
    answers: tuple[Answered, ...]
    asks_code: bool = False
