"""What taking back means: the job as it was, but what was told to people stays told."""

from dataclasses import replace

from board.core.appointments import Proposal
from board.core.events import Fact, MoveUndone
from board.core.history_of_shop import bays_touched
from board.core.holds import Hold
from board.core.job import Job, LastChange
from board.core.lines import Line
from board.core.shop import LastDeed, Shop


def undone(shop: Shop, event: MoveUndone, fact: Fact) -> Shop:
    """The shop with the jobs as they were before their last command."""
    for job_id in event.jobs:
        job = shop.jobs.get(job_id)
        if job is None or job.last is None or job.last.before is None:
            continue
        restored = replace(
            job.last.before,
            hold=_still_reminded(job.last.before.hold, job.hold),
            lines=tuple(_still_late(line, job.line(line.id)) for line in job.last.before.lines),
            version=job.version + 1,
            proposal=_still_answered(job.last.before, job, job.last.by),
            last=LastChange(fact.command_id, fact.by, fact.at),
        )
        shop = bays_touched(shop.with_job(restored), {job.in_bay} ^ {restored.in_bay}, fact)
        shop = replace(
            shop, last_deed=LastDeed("MoveUndone", fact.by, fact.at, job_id, fact.command_id)
        )
    return shop


def _still_answered(before: Job, now: Job, by: str) -> Proposal | None:
    """What a device did by itself and a person took back it does not do again at its next look."""
    if not by.startswith("device:") or now.proposal is None:
        return before.proposal
    return replace(now.proposal, answered=True)


def _still_reminded(before: Hold | None, now: Hold | None) -> Hold | None:
    """The hold as it was, but what people were told of it in the meantime stays told."""
    if before is None or now is None:
        return before
    bare = replace(now, reminded_at=before.reminded_at, escalated_at=before.escalated_at)
    return now if bare == before else before


def _still_late(before: Line, now: Line | None) -> Line:
    """The line as it was, but that its parts are late stays noted."""
    if now is None or not (before.requests or before.parts_expected):
        return before
    noted = {(each.id, each.moves): each.late_at for each in now.requests}
    requests = tuple(
        replace(each, late_at=noted.get((each.id, each.moves), each.late_at))
        for each in before.requests
    )
    same = before.parts_expected == now.parts_expected
    late_at = now.parts_late_at if same else before.parts_late_at
    return replace(before, requests=requests, parts_late_at=late_at)
