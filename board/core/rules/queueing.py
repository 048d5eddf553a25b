"""The line before reception: peak mode, tickets by the plate alone, calling, passing over."""

from dataclasses import replace

from board.core import commands as c
from board.core import events as e
from board.core.job import Job
from board.core.reception import line, waits
from board.core.refusals import Refused
from board.core.rules.appointing import arrival, awaited
from board.core.rules.case import Case, Outcome, job_rule, shop_rule
from board.core.rules.receiving import opened, opening_fault, promised, ticket_event
from board.core.workflow import State


@shop_rule.register
def _switch(command: c.SwitchPeak, case: Case) -> Outcome:
    is_on = case.shop.peak_since is not None
    return () if is_on == command.on else (e.PeakSwitched(command.on),)


@shop_rule.register
def _take(command: c.TakeTicket, case: Case) -> Outcome:
    if case.shop.peak_since is None:
        return Refused("peak_off")
    expected = awaited(command.car.plate, case)
    if expected is not None:
        return arrival(expected, case)
    refused = opening_fault(command, case)
    if refused is not None:
        return refused
    # Whoever greets is not yet the advisor: that is who calls the ticket.
    taken = replace(opened(command, State.arrived, case), advisor=command.advisor)
    return (taken, ticket_event(command.job, case), *promised(command))


@shop_rule.register
def _call_next(command: c.CallNext, case: Case) -> Outcome:
    waiting = (job for job in line(case.shop.jobs.values()) if job.called_at is None)
    job = next(waiting, None)
    return Refused("nobody_waits") if job is None else (_called(job, case),)


def _called(job: Job, case: Case) -> e.TicketCalled:
    by = case.actor.id if case.actor.kind == "person" else ""
    return e.TicketCalled(job.id, by)


def _not_waiting(job: Job) -> Refused | None:
    return None if waits(job) else Refused("not_waiting", job=job.id)


@job_rule.register
def _call(command: c.CallTicket, job: Job, case: Case) -> Outcome:
    return _not_waiting(job) or (_called(job, case),)


@job_rule.register
def _pass(command: c.PassTicket, job: Job, case: Case) -> Outcome:
    passed = () if job.passed_at is not None else (e.TicketPassed(job.id),)
    return _not_waiting(job) or passed


@job_rule.register
def _return(command: c.ReturnTicket, job: Job, case: Case) -> Outcome:
    returned = () if job.passed_at is None else (e.TicketReturned(job.id),)
    return _not_waiting(job) or returned
