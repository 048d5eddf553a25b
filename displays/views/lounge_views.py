"""What the lounge screen shows, region by region.

No view has a field for a plate, a name or anything else private: only masks come this far.
"""

from dataclasses import dataclass
from typing import ClassVar

from displays.views.moments import Moment
from displays.views.reception_line import Wait


@dataclass(frozen=True, slots=True)
class Mask:
    """A plate as the room may see it: 京A, ** and 345."""

    region: str
    hidden: str
    shown: str


@dataclass(frozen=True, slots=True)
class Span:
    """When a car may be fetched, roughly. `weekday`: a message id, '' today and far ahead."""

    start: Moment
    end: Moment
    weekday: str = ""


@dataclass(frozen=True, slots=True)
class CarView:
    """One row. `step` 0 to 4 is where the car is, 5 past the last; `word` a message id.

    `alike`: another tail looks the same, so there are `colour` and `model`. `asked_back`: the time
    has changed and the advisor will call. `wait`: its place before reception, while it waits there.
    `ready`: it can be fetched; `flagged`: and could not for long.
    """

    template: ClassVar[str] = "lounge/car.html"
    ticket: str
    mask: Mask
    step: int
    word: str
    span: Span | None = None
    asked_back: bool = False
    wait: Wait | None = None
    alike: bool = False
    colour: str = ""
    model: str = ""
    ready: bool = False
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class ReadyView:
    """Cars that can be fetched, the newest first; one is called, the others stand beside it."""

    template: ClassVar[str] = "lounge/ready.html"
    cars: tuple[CarView, ...]


@dataclass(frozen=True, slots=True)
class CarsView:
    """The order of the rows: region ids, in order of arrival, and how many fit on a page."""

    template: ClassVar[str] = "lounge/cars.html"
    ids: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class LoungeFootView:
    """The name of the shop, and of its network for guests; '' for none."""

    template: ClassVar[str] = "lounge/foot.html"
    shop: str
    wifi: str = ""
