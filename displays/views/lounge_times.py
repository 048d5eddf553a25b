"""When a customer is told that a car can be fetched: half hours in round tens, never a minute."""

from dataclasses import replace
from datetime import datetime, timedelta

from board.core.days import local
from board.core.job import Job
from board.core.shop import Settings
from displays.views.lounge_views import CarView, Span
from displays.views.moments import moment
from displays.views.parts import N_, Made, soonest

ADVISOR_CALLS_WITHIN = timedelta(minutes=60)
"""So long after a promise was put off the row says that the advisor will call."""

_RANGE = timedelta(minutes=30)
_STEP_SECONDS = 600
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def with_time(view: CarView, job: Job, now: datetime, settings: Settings) -> Made[CarView]:
    """A row with what is said of its time, and until when."""
    promise = job.promise
    if promise is None:
        return view, None
    if promise.at <= now:
        return replace(view, asked_back=True), None
    told_until = _told_of_delay(job)
    is_news = told_until is not None and now < told_until
    span = span_to(promise.at, now, settings)
    view = replace(view, span=span, asked_back=is_news or job.promise_ask is not None)
    return view, soonest(promise.at, told_until if is_news else None)


def _told_of_delay(job: Job) -> datetime | None:
    """Until when the row says so that the promise was put off; None if it was not."""
    later = len(job.promises) > 1 and job.promises[-1].at > job.promises[-2].at
    return job.promises[-1].told_at + ADVISOR_CALLS_WITHIN if later else None


def span_to(at: datetime, now: datetime, settings: Settings) -> Span:
    """The half hour that a customer is told instead of a time."""
    end = datetime.fromtimestamp(_rounded_up(at.timestamp()), at.tzinfo)
    start = moment(end - _RANGE, now, settings)
    weekday = _WEEKDAYS[local(end - _RANGE, settings).weekday()] if 0 < start.days < 7 else ""
    return Span(start, moment(end, now, settings), weekday)


def _rounded_up(seconds: float) -> int:
    return int(-(-seconds // _STEP_SECONDS) * _STEP_SECONDS)
