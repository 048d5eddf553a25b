"""An event with its place in the journal."""

from dataclasses import dataclass
from datetime import datetime

from board.core.events import (
    arrivals,
    calls,
    car_file,
    catalogue,
    checks,
    day,
    delivery,
    extra,
    holding,
    indirect,
    lines,
    noting,
    order,
    parts,
    sheet,
    shop,
    work,
)

Event = (
    shop.ShopSetUp
    | shop.BaySetUp
    | shop.BayRemoved
    | shop.PersonSetUp
    | shop.PersonRemoved
    | shop.WorkflowChosen
    | shop.AccessChanged
    | shop.BayChanged
    | shop.BayReported
    | shop.QuestionAsked
    | shop.QuestionAnswered
    | shop.QuestionLapsed
    | order.JobOpened
    | order.TicketGiven
    | order.JobDescribed
    | order.JobMoved
    | order.JobDispatched
    | order.JobRecalled
    | order.CarPlaced
    | order.PromiseMade
    | order.FlagsChanged
    | order.JobHeld
    | order.HoldEnded
    | order.HoldReminded
    | holding.HoldEscalated
    | order.MoveUndone
    | order.JobForgotten
    | order.CarErased
    | parts.PartRequested
    | parts.PartPicked
    | parts.PartOrdered
    | parts.PartIssued
    | parts.PartWrong
    | parts.PartReturned
    | parts.PartCancelled
    | parts.PartsLate
    | noting.JobNoted
    | extra.LineProposed
    | extra.LinePriced
    | extra.CustomerAsked
    | extra.LineDecided
    | extra.PromiseAsked
    | extra.PromiseKept
    | extra.CodeRenewed
    | extra.LinkRenewed
    | catalogue.CatalogueImported
    | indirect.IndirectStarted
    | indirect.IndirectStopped
    | indirect.IndirectCorrected
    | indirect.IndirectUndone
    | lines.LineAdded
    | lines.LineChanged
    | lines.LineWithdrawn
    | work.LineSupplied
    | work.LineStarted
    | work.LinePaused
    | work.LineFinished
    | work.LineRejected
    | work.ClockClosed
    | work.ClockCorrected
    | work.CheckPassed
    | work.CheckFailed
    | work.RoadTestStarted
    | work.RoadTestEnded
    | sheet.SheetSaved
    | sheet.OrderSigned
    | arrivals.BookingChanged
    | arrivals.PreparationTicked
    | arrivals.ArrivalProposed
    | arrivals.ProposalWithdrawn
    | arrivals.GatePassed
    | arrivals.ArrivalAnswered
    | arrivals.TicketCalled
    | arrivals.TicketPassed
    | arrivals.TicketReturned
    | arrivals.PeakSwitched
    | delivery.JobSettled
    | delivery.JobPaid
    | delivery.HandoverTicked
    | delivery.GatePassIssued
    | delivery.GatePassUsed
    | day.DayOpened
    | day.CarryDecided
    | day.DayClosed
    | day.DayReopened
    | day.AbsenceMarked
    | day.AbsenceEnded
    | checks.PointMarked
    | checks.ChecksSetUp
    | checks.ComebackLinked
    | car_file.ReturnChanged
    | car_file.CarsMerged
    | car_file.CarsParted
    | calls.HelpCalled
    | calls.CallAnswered
    | calls.CallReached
    | calls.CallClosed
    | calls.CallEscalated
    | calls.CallUndone
)


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place in the journal: who, when, by which command, through which door.

    `via` is '' where that is not told.
    """

    seq: int
    at: datetime
    by: str
    command_id: str
    event: Event
    via: str = ""
