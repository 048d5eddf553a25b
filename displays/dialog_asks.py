"""What a dialog is asked for and what it answers with. Pure: no request, no html."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from board.core.commands import Command
from board.core.job import Job
from board.core.permissions import ASKERS
from board.core.plates import split_plate
from board.core.refusals import Refused
from board.core.roles import Actor, Role
from board.core.shop import Shop
from board.core.workflow import BOARD_LANES


@dataclass(frozen=True, slots=True)
class Ask:
    """Who opens a dialog, in which shop, when, about what (`given`: the query's values)."""

    shop: Shop
    actor: Actor
    now: datetime
    given: Mapping[str, str]

    @property
    def job(self) -> Job | None:
        """The open job the dialog is about."""
        return self.shop.jobs.get(self.given.get("job", ""))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A dialog: its template and what the template is given."""

    template: str
    context: Mapping[str, object] = field(default_factory=dict)


Builder = Callable[[Ask], Sheet]
GONE = Sheet("board/gone.html")


def turned_down(refused: Refused) -> Sheet:
    """Instead of a dialog: why it would be of no use. The page shows it beside the card."""
    return Sheet("board/drop.html", {"item": None, "refused": refused})


@dataclass(frozen=True, slots=True)
class JobHead:
    """What the head of every dialog about a job says. `signed`: the work is ordered."""

    id: str
    version: int
    number: str
    ticket: str
    region: str
    tail: str
    state: str
    state_name: str
    hold: str
    signed: bool


def head_of(shop: Shop, job: Job) -> JobHead:
    """The head of a dialog about `job`."""
    return JobHead(
        id=job.id,
        version=job.version,
        number=job.number,
        ticket=job.ticket,
        region=split_plate(job.car.plate)[0],
        tail=split_plate(job.car.plate)[1],
        state=job.state,
        state_name=shop.workflow.steps[job.state].name,
        hold=job.hold.reason.value if job.hold else "",
        signed=job.signed_at is not None,
    )


def is_here(shop: Shop, job: Job) -> bool:
    """Whether the car counts as in the shop, wherever it stands."""
    return shop.workflow.lane_of(job.state) in BOARD_LANES


def may(actor: Actor, command: type[Command]) -> bool:
    """Whether a dialog for `command` is offered to the actor at all."""
    return actor.has(*ASKERS[command], Role.manager)


def needs_why(actor: Actor, command: type[Command]) -> bool:
    """Whether the actor may ask it as a manager only, and so has to say why."""
    return not actor.has(*ASKERS[command])
