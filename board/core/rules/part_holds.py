"""A hold that waits for parts goes by them: it ends with the last one, or changes its reason."""

from board.core import events as e
from board.core.events import Event, Fact
from board.core.history_of_orders import job_meaning
from board.core.holds import PARTS_REASONS, HoldReason
from board.core.job import Job
from board.core.lines import Line, Parts
from board.core.part_requests import PartStep
from board.core.rules.case import Case
from board.core.rules.holding import opened
from board.core.supply import lines_short


def with_hold(events: tuple[Event, ...], step: PartStep, job: Job, case: Case) -> tuple[Event, ...]:
    """The events of a step of parts, and of the hold that follows it.

    Whoever may take the step need not own the hold: it is the parts that end it.
    """
    if job.hold is None or job.hold.reason not in PARTS_REASONS or not events:
        return events
    after = job
    for event in events:
        after = job_meaning(event, after, Fact(0, case.now, case.actor.label, "", event))
    return (*events, *_followed(job, after, step, case))


def _followed(job: Job, after: Job, step: PartStep, case: Case) -> tuple[Event, ...]:
    short = lines_short(after)
    if short:
        return _turned(job, short, step, case)
    # A hold nobody asked a part for ends with parts that are issued, not with others given up.
    fell_away = step == PartStep.cancelled and lines_short(job)
    return (e.HoldEnded(job.id),) if step == PartStep.issued or fell_away else ()


def _turned(job: Job, short: tuple[Line, ...], step: PartStep, case: Case) -> tuple[Event, ...]:
    if job.hold is None:
        return ()
    hold, expected = job.hold, None
    reason: HoldReason | None = None
    if step == PartStep.ordered:
        reason = HoldReason.parts_order
        expected = max((line.parts_expected for line in short if line.parts_expected), default=None)
    elif step == PartStep.wrong:
        reason = HoldReason.parts_wrong
    elif step == PartStep.picked and all(line.parts == Parts.picked for line in short):
        reason = HoldReason.parts_issue
    if reason is None or (reason, expected) == (hold.reason, hold.expected):
        return ()
    if reason == hold.reason and expected is None:
        return ()
    return (e.HoldEnded(job.id), opened(job, reason, hold.note, expected, case))
