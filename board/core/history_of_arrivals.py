"""What events mean for appointments, arrivals and the line before reception."""

from dataclasses import replace

from board.core import events as e
from board.core.appointments import PROPOSAL_LASTS, Prepared, Proposal
from board.core.events import Fact
from board.core.history_of_lines import line_meaning
from board.core.history_of_shop import shop_meaning
from board.core.job import Job
from board.core.shop import Shop


@line_meaning.register
def _booking_changed(event: e.BookingChanged, job: Job, fact: Fact) -> Job:
    return replace(job, booked_for=event.booked_for, kind=event.kind, appointment=event.appointment)


@line_meaning.register
def _ticked(event: e.PreparationTicked, job: Job, fact: Fact) -> Job:
    others = tuple(one for one in job.prepared if one.task != event.task)
    ticked = (Prepared(event.task, fact.by, fact.at),) if event.done else ()
    return replace(job, prepared=(*others, *ticked))


@line_meaning.register
def _proposed(event: e.ArrivalProposed, job: Job, fact: Fact) -> Job:
    told = Proposal(event.seen, event.device, False, event.gate, event.track, event.sure)
    return replace(job, proposal=told)


@line_meaning.register
def _withdrawn(event: e.ProposalWithdrawn, job: Job, fact: Fact) -> Job:
    return replace(job, proposal=None)


@line_meaning.register
def _answered(event: e.ArrivalAnswered, job: Job, fact: Fact) -> Job:
    return replace(job, proposal=job.proposal and replace(job.proposal, answered=True))


@line_meaning.register
def _called(event: e.TicketCalled, job: Job, fact: Fact) -> Job:
    return replace(
        job,
        called_at=fact.at,
        called_by=event.advisor,
        passed_at=None,
        advisor=job.advisor or event.advisor,
    )


@line_meaning.register
def _passed(event: e.TicketPassed, job: Job, fact: Fact) -> Job:
    return replace(job, called_at=None, called_by="", passed_at=fact.at)


@line_meaning.register
def _returned(event: e.TicketReturned, job: Job, fact: Fact) -> Job:
    return replace(job, passed_at=None)


@shop_meaning.register
def _passed_gate(event: e.GatePassed, shop: Shop, fact: Fact) -> Shop:
    recent = {gate: at for gate, at in shop.gates.items() if fact.at - at < PROPOSAL_LASTS}
    return replace(shop, gates={**recent, event.gate: event.at})


@shop_meaning.register
def _peak(event: e.PeakSwitched, shop: Shop, fact: Fact) -> Shop:
    return replace(shop, peak_since=fact.at if event.on else None)
