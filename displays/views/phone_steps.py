"""When a customer's car came through each step, and why a time told to them has changed.

Only moments and a closed list of plain reasons: nothing that somebody wrote comes this far.
"""

from collections.abc import Iterator
from datetime import datetime

from board.core.holds import PARTS_REASONS, Hold, HoldReason
from board.core.job import Job, Promise
from board.core.shop import Shop
from board.core.workflow import State
from displays.views.moments import moment
from displays.views.parts import N_
from displays.views.phone_views import PhoneStep

_STEPS = 5
_ANSWERS = frozenset({HoldReason.approval, HoldReason.quote})


def steps_of(shop: Shop, job: Job, step: int, now: datetime) -> tuple[PhoneStep, ...]:
    """The five steps of a job that is at `step`."""
    ends = tuple(_in_order(job))
    past = [_step("done", shop, ends[at], now) for at in range(min(step, _STEPS))]
    here = [_step("now", shop, _since(job, step, ends), now)] if 0 <= step < _STEPS else []
    return (*past, *here, *[PhoneStep("later")] * (_STEPS - len(past) - len(here)))


def _step(stands: str, shop: Shop, at: datetime | None, now: datetime) -> PhoneStep:
    return PhoneStep(stands, moment(at, now, shop.settings) if at else None)


def _since(job: Job, step: int, ends: tuple[datetime | None, ...]) -> datetime | None:
    if job.state in (State.ready, State.unclaimed):
        return job.state_since
    return ends[step - 1] if step else _came(job)


def _came(job: Job) -> datetime | None:
    return job.reception_at or job.arrived_at


def _in_order(job: Job) -> Iterator[datetime | None]:
    """When each step ended; None where nobody knows, or where it would run backwards."""
    latest = _came(job)
    for end in _ends(job):
        if end is not None and latest is not None and end < latest:
            yield None
            continue
        latest = end or latest
        yield end


def _ends(job: Job) -> tuple[datetime | None, ...]:
    begun = (clock.started_at for line in job.lines for clock in line.clocks)
    passed = [check.at for check in job.checks if check.passed]
    return (
        job.signed_at,
        min(begun, default=None),
        job.checks[0].at if job.checks else None,
        passed[-1] if passed else None,
        job.closed_at,
    )


def updated_at(job: Job) -> datetime:
    """When something changed last that a customer is shown."""
    told = [job.promise.told_at] if job.promise else []
    return max(job.opened_at, job.state_since, *told)


def told_before(job: Job) -> Promise | None:
    """The time told before the one that holds; None when it was never changed."""
    return job.promises[-2] if len(job.promises) > 1 else None


def why_changed(job: Job) -> str:
    """Why the time told to the customer was changed last, as a message id."""
    before, promise = job.promises[-2:]
    if promise.at < before.at:
        return N_("It goes faster than planned.")
    if _agreed_between(job, before.told_at, promise.told_at):
        return N_("You agreed to more work.")
    reason = _held_at(job, promise.told_at)
    if reason in PARTS_REASONS:
        return N_("We are waiting for a part.")
    if reason in _ANSWERS:
        return N_("We were waiting for your answer.")
    return N_("The work takes longer than planned.")


def _agreed_between(job: Job, start: datetime, end: datetime) -> bool:
    extras = (line.extra.decision for line in job.lines if line.extra)
    return any(one is not None and one.approved and start <= one.at <= end for one in extras)


def _held_at(job: Job, at: datetime) -> HoldReason | None:
    """Why the job stood still at a moment, None when it did not."""
    ended: list[tuple[Hold, datetime | None]] = [(one.hold, one.ended_at) for one in job.past_holds]
    every = [*ended, *([(job.hold, None)] if job.hold else ())]
    at_the_time = (hold for hold, end in every if hold.at <= at and (end is None or at <= end))
    return next((hold.reason for hold in at_the_time), None)
