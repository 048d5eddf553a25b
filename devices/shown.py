"""What lamps, voices and other programs are shown of a shop: values only.

Made by the wiring from what the board's own screens say. Nothing here may hold more than a room
of customers may see: no name, no telephone number, of a plate its mask.
"""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How grave it is, the gravest last."""

    neutral = "neutral"
    attention = "attention"
    late = "late"
    help = "help"
    safety = "safety"


GRAVITY = {tone: rank for rank, tone in enumerate(Tone)}


@dataclass(frozen=True, slots=True)
class BayShown:
    """One bay. `word` is what its row on the workshop TV says, in the shop's language; `coming`:
    help was called for and somebody comes; `rang`: when it was called for, or last told on, epoch
    seconds. `occupied` None: its sensors cannot tell; `sensed`: they have ever told. `ticket` and
    `plate` are '' where no car is shown, or may be.
    """

    bay: str
    name: str
    tone: Tone = Tone.neutral
    word: str = ""
    coming: bool = False
    rang: float | None = None
    occupied: bool | None = None
    sensed: bool = True
    condition: str = "free"
    late: bool = False
    ticket: str = ""
    plate: str = ""


@dataclass(frozen=True, slots=True)
class JobShown:
    """One open repair order whose car has come. `bay`: where it stands, '' for elsewhere."""

    job: str
    state: str
    lane: str
    bay: str = ""
    held: bool = False
    late: bool = False
    ticket: str = ""
    plate: str = ""


class Says(StrEnum):
    """What an announcer speaks of."""

    help = "help"
    ready = "ready"
    turn = "turn"


@dataclass(frozen=True, slots=True)
class Announced:
    """One sentence that is due. `key` is another in each round; `due`: since when, epoch seconds.
    `bay`: from where help is called.
    """

    key: str
    says: Says
    text: str
    language: str
    due: float
    bay: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ShopShown:
    """The shop at a moment: `now` in epoch seconds, `minute` of the day on its own clock."""

    name: str = ""
    now: float = 0.0
    minute: int = 0
    bays: tuple[BayShown, ...] = ()
    jobs: tuple[JobShown, ...] = ()
    announced: tuple[Announced, ...] = ()
