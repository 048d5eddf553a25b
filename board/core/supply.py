"""What the requests for parts mean for their line and job: missing, expected, late."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from board.core.job import Job
from board.core.lines import Line, Parts
from board.core.part_requests import PartMove, PartRequest, PartStep

MISSING = frozenset({Parts.requested, Parts.picked, Parts.ordered})


@dataclass(frozen=True, slots=True)
class LatePart:
    """Ordered parts whose expected time has passed; without `part` those of the whole line.

    `noted` says whether the journal has it already.
    """

    line: str
    part: str
    expected: datetime
    noted: bool


def asked(line: Line, request: PartRequest) -> Line:
    """The line with one request more."""
    return _following(line, (*line.requests, request))


def moved(line: Line, part_id: str, move: PartMove) -> Line:
    """The line after a step of one of its parts; a part it does not have changes nothing."""

    def step(request: PartRequest) -> PartRequest:
        if request.id != part_id:
            return request
        return replace(request, moves=(*request.moves, move), late_at=None)

    return _following(line, tuple(step(request) for request in line.requests))


def noted_late(line: Line, part_id: str, at: datetime) -> Line:
    """The line after it was noted that a part, or '' all its parts, did not come in time."""
    if not part_id:
        return replace(line, parts_late_at=at)
    requests = (replace(r, late_at=at) if r.id == part_id else r for r in line.requests)
    return replace(line, requests=tuple(requests))


def _following(line: Line, requests: tuple[PartRequest, ...]) -> Line:
    parts = _overall(requests)
    expected = latest_expected(requests) if parts == Parts.ordered else None
    return replace(
        line, requests=requests, parts=parts, parts_expected=expected, parts_late_at=None
    )


def _overall(requests: tuple[PartRequest, ...]) -> Parts:
    """The parts of a line are only as near as the farthest of them."""
    steps = {request.step for request in requests}
    if PartStep.ordered in steps:
        return Parts.ordered
    if steps & {PartStep.requested, PartStep.wrong}:
        return Parts.requested
    if PartStep.picked in steps:
        return Parts.picked
    return Parts.issued if PartStep.issued in steps else Parts.none


def latest_expected(requests: tuple[PartRequest, ...]) -> datetime | None:
    """When the last of the ordered parts is to come."""
    times = (request.last.expected for request in requests if request.step == PartStep.ordered)
    return max((at for at in times if at is not None), default=None)


def lines_short(job: Job) -> tuple[Line, ...]:
    """Lines of the order whose parts are not all issued; what nobody approved needs none."""
    return tuple(line for line in job.lines if line.parts in MISSING and line.is_agreed)


def late_parts(job: Job, now: datetime) -> Iterator[LatePart]:
    """Every part of the order that should have come by now and did not."""
    for line in lines_short(job):
        for request in line.requests:
            at = request.last.expected
            if request.step == PartStep.ordered and at is not None and at <= now:
                yield LatePart(line.id, request.id, at, request.late_at is not None)
        at = line.parts_expected
        if not line.requests and line.parts == Parts.ordered and at is not None and at <= now:
            yield LatePart(line.id, "", at, line.parts_late_at is not None)


def next_late_at(job: Job, now: datetime) -> datetime | None:
    """The next moment at which a part may become late if nothing else happens."""
    times = [line.parts_expected for line in job.lines if line.parts == Parts.ordered]
    times += [request.last.expected for line in job.lines for request in line.requests]
    return min((at for at in times if at is not None and at > now), default=None)
