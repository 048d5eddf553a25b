"""An event with its place in the journal."""

from dataclasses import dataclass
from datetime import datetime

from board.core.events.order import (
    CarPlaced,
    FlagsChanged,
    HoldEnded,
    HoldReminded,
    JobDescribed,
    JobDispatched,
    JobForgotten,
    JobHeld,
    JobMoved,
    JobOpened,
    JobRecalled,
    MoveUndone,
    PromiseMade,
    TicketGiven,
)
from board.core.events.shop import (
    AccessChanged,
    BayChanged,
    BayRemoved,
    BayReported,
    BaySetUp,
    PersonRemoved,
    PersonSetUp,
    QuestionAnswered,
    QuestionAsked,
    ShopSetUp,
    WorkflowChosen,
)
from board.core.events.work import (
    CheckFailed,
    CheckPassed,
    ClockClosed,
    LineAdded,
    LineDecided,
    LineFinished,
    LinePaused,
    LineRejected,
    LineStarted,
    LineSupplied,
    RoadTestEnded,
    RoadTestStarted,
)

Event = (
    ShopSetUp
    | BaySetUp
    | BayRemoved
    | PersonSetUp
    | PersonRemoved
    | WorkflowChosen
    | AccessChanged
    | BayChanged
    | BayReported
    | QuestionAsked
    | QuestionAnswered
    | JobOpened
    | TicketGiven
    | JobDescribed
    | JobMoved
    | JobDispatched
    | JobRecalled
    | CarPlaced
    | PromiseMade
    | FlagsChanged
    | JobHeld
    | HoldEnded
    | HoldReminded
    | MoveUndone
    | JobForgotten
    | LineAdded
    | LineDecided
    | LineSupplied
    | LineStarted
    | LinePaused
    | LineFinished
    | LineRejected
    | ClockClosed
    | CheckPassed
    | CheckFailed
    | RoadTestStarted
    | RoadTestEnded
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place in the journal: who, when, by which command."""

    seq: int
    at: datetime
    by: str
    command_id: str
    event: Event
