"""What a technician's tablet shows, region by region: codes, ids and epoch seconds only.

Holds no words of a language and nothing that changes merely because time passes.
"""

from dataclasses import dataclass
from typing import ClassVar

from board.core.promises import Tone
from board.core.refusals import Refused
from board.core.rules.undoing import WINDOW
from displays.views.moments import Moment
from displays.views.tablet_notes import Failure, HoldNote, Labour, Plate


@dataclass(frozen=True, slots=True)
class BarView:
    """Who holds the tablet, and the bay of the moment or else the home bays."""

    template: ClassVar[str] = "tablet/bar.html"
    name: str
    bays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndirectView:
    """Clocking oneself off the cars: offered to technicians only; `code` and `since` (epoch
    seconds) while one is, `name` if the shop has a word of its own for it.
    """

    template: ClassVar[str] = "tablet/indirect.html"
    offered: bool = False
    code: str = ""
    name: str = ""
    since: int = 0


@dataclass(frozen=True, slots=True)
class JobView:
    """The car at hand; an empty `id` means there is none.

    `washes`: how many cars wait for a holder who only washes, None for anybody else.
    """

    template: ClassVar[str] = "tablet/job.html"
    id: str = ""
    plate: Plate = ("", "")
    model: str = ""
    colour: str = ""
    state: str = ""
    step: str = ""
    asked: str = ""
    flags: tuple[str, ...] = ()
    keys: str = ""
    promise: Moment | None = None
    tone: Tone = Tone.none
    labour: Labour | None = None
    hold: HoldNote | None = None
    failure: Failure | None = None
    washes: int | None = None


@dataclass(frozen=True, slots=True)
class LinesView:
    """The order of the line tiles."""

    template: ClassVar[str] = "tablet/lines.html"
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineView:
    """One line: `mine_since` (epoch seconds) while the holder is clocked on it.

    An empty `text` is the line that stands for the whole order. `defect`: why it is to be redone.
    """

    template: ClassVar[str] = "tablet/line.html"
    id: str
    number: int
    text: str
    state: str
    parts: str
    chosen: bool
    mine_since: int = 0
    others: tuple[str, ...] = ()
    defect: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One big button. `door`: the command's name; `fields`: what it posts.

    `whole`: it is about the line that stands for the whole order. `href`: it leads to a page.
    """

    kind: str
    door: str
    fields: tuple[tuple[str, str], ...]
    text: str = ""
    refused: Refused | None = None
    whole: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class LineDeeds:
    """The buttons for one chosen line."""

    line: str
    state: str
    chosen: bool
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class DeedsView:
    """The row of big buttons, one set per line; the page shows the chosen one's."""

    template: ClassVar[str] = "tablet/deeds.html"
    sets: tuple[LineDeeds, ...] = ()


@dataclass(frozen=True, slots=True)
class NextView:
    """The next car in the holder's queue; an empty plate means there is none."""

    template: ClassVar[str] = "tablet/next.html"
    plate: Plate = ("", "")
    bay: str = ""
    start: Moment | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class UndoView:
    """What can be taken back until `until` (epoch seconds); the slot stays when empty.

    Of a step of a help call, `call` names it and `text` its kind. `seconds`: so long anything can.
    """

    template: ClassVar[str] = "tablet/undo.html"
    job: str = ""
    plate: Plate = ("", "")
    did: str = ""
    text: str = ""
    until: int = 0
    call: str = ""
    seconds: int = int(WINDOW.total_seconds())


@dataclass(frozen=True, slots=True)
class OthersView:
    """How many other cars there are: to be looked at, to be washed, and queued; and how many help
    calls wait for the holder's answer (`called`), of those that concern them (`calls`).
    """

    template: ClassVar[str] = "tablet/others.html"
    checks: int = 0
    queued: int = 0
    washes: int = 0
    called: int = 0
    calls: int = 0


@dataclass(frozen=True, slots=True)
class CardsView:
    """The order of the other cars: those to be looked at, to be washed, then the queue."""

    template: ClassVar[str] = "tablet/cards.html"
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckView:
    """A car that waits for the holder's look. `since`: epoch seconds."""

    template: ClassVar[str] = "tablet/check.html"
    id: str
    plate: Plate
    model: str
    colour: str
    state: str
    step: str
    since: int
    asked: str
    lines: tuple[str, ...]
    deeds: tuple[Deed, ...]
    promise: Moment | None = None
    tone: Tone = Tone.none


@dataclass(frozen=True, slots=True)
class QueuedView:
    """A car in the holder's queue with the one deed that brings it to hand."""

    template: ClassVar[str] = "tablet/queued.html"
    id: str
    plate: Plate
    bay: str
    state: str
    step: str
    text: str
    deed: Deed
    start: Moment | None = None
    hold: HoldNote | None = None


@dataclass(frozen=True, slots=True)
class WashView:
    """A car that waits for the wash or is being washed. `since`: epoch seconds.

    The first of `deeds` is the usual one. `bay` or `parked`: where the car stands. `target`: by
    when the wash should begin or, once `begun`, be done.
    """

    template: ClassVar[str] = "tablet/wash.html"
    id: str
    plate: Plate
    model: str
    colour: str
    state: str
    step: str
    since: int
    deeds: tuple[Deed, ...]
    bay: str = ""
    parked: str = ""
    keys: str = ""
    promise: Moment | None = None
    tone: Tone = Tone.none
    target: Moment | None = None
    target_tone: Tone = Tone.none
    begun: bool = False


TabletView = (
    BarView
    | IndirectView
    | JobView
    | LinesView
    | LineView
    | DeedsView
    | NextView
    | UndoView
    | OthersView
    | CardsView
    | CheckView
    | QueuedView
    | WashView
)
