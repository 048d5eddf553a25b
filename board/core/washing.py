"""The wash: by when a car has to be in it, whose turn it is, and whether it is late."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from board.core.job import Flag, Job
from board.core.promises import Tone
from board.core.shop import Settings
from board.core.workflow import Lane, State, Workflow

_FAR = datetime.max.replace(tzinfo=UTC)


def running_wash(job: Job) -> datetime | None:
    """Since when the car is being washed, None when it is not."""
    last = job.washes[-1] if job.washes else None
    return last.started_at if last and last.ended_at is None else None


def start_by(job: Job, settings: Settings) -> datetime | None:
    """The latest moment to begin so that the promise holds; None without a promise."""
    wash = timedelta(seconds=settings.wash_seconds)
    return job.promise.at - wash if job.promise else None


def target(job: Job, settings: Settings) -> datetime | None:
    """By when the wash should begin, or, once begun, be done; None where nothing says so."""
    begun = running_wash(job)
    if begun is None:
        return start_by(job, settings)
    return begun + timedelta(seconds=settings.wash_seconds)


def wash_tone(job: Job, settings: Settings, now: datetime) -> Tone:
    """Calm until the target; then late, which is `soon` while the promise still holds."""
    due = target(job, settings)
    if due is None:
        return Tone.none
    if now <= due:
        return Tone.calm
    breaks = job.promise is not None and now > job.promise.at
    return Tone.late if breaks else Tone.soon


def tone_changes_at(job: Job, settings: Settings, now: datetime) -> datetime | None:
    """The next moment at which `wash_tone` may differ if nothing else happens."""
    promise = job.promise.at if job.promise else None
    moments = (target(job, settings), promise)
    later = [at + timedelta(microseconds=1) for at in moments if at is not None and at >= now]
    return min(later, default=None)


def wash_queue(jobs: Iterable[Job], flow: Workflow, settings: Settings) -> list[Job]:
    """The cars of the wash in their turn: those being washed, then by the promise that breaks
    first (of equal ones the customer who waits here), then those without a promise: waiting
    customers first, then the longest waiting.
    """

    def turn(job: Job) -> tuple[bool, datetime, bool, datetime, str]:
        begun = not _leads_to_wash(flow, job.state)
        promise = start_by(job, settings) or _FAR
        return not begun, promise, Flag.waiting not in job.flags, job.state_since, job.id

    washed = (job for job in jobs if flow.lane_of(job.state) == Lane.wash)
    return sorted(washed, key=turn)


def _leads_to_wash(flow: Workflow, state: str) -> bool:
    return flow.way(state, State.washing) is not None
