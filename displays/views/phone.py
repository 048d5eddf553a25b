"""A customer's own car on their phone: the lounge's steps and range, and what they have to decide.

What stands behind the code is made apart, so that it cannot slip into what is shown before.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from board.core.extra_work import awaits_answer, finish_estimate
from board.core.job import Job
from board.core.lines import Line
from board.core.offers import may_agree
from board.core.reception import waits
from board.core.shop import Shop
from board.core.workflow import Lane, State
from displays.views.lounge import plate_mask, progress
from displays.views.lounge_times import span_to
from displays.views.lounge_views import Span
from displays.views.moments import moment
from displays.views.parts import N_, View
from displays.views.phone_steps import steps_of, told_before, updated_at, why_changed
from displays.views.phone_views import (
    Answered,
    PhoneAnswersView,
    PhoneCarView,
    PhoneHeadView,
    PhoneQuestionsView,
    PhoneReachView,
    PhoneStep,
    PhoneStepsView,
    PhoneWaitingView,
    ToDecide,
)
from displays.views.phone_words import Told
from displays.views.reception_line import ReceptionLine

_MOST_ANSWERS = 10
_FETCHED = frozenset({State.ready, State.unclaimed})


def phone_page(shop: Shop, job: Job, now: datetime, opened: bool) -> Mapping[str, View]:
    """Every region of the page by its id; `opened`: the code was typed on this phone."""
    step, _word = _progress(shop, job)
    behind = _questions_and_answers(shop, job, now) if opened else _closed(shop, job, now)
    ask, answers = behind
    return {
        "phone-head": PhoneHeadView(shop.settings.name, moment(now, now, shop.settings)),
        "phone-car": car_view(shop, job, now),
        "phone-ask": ask,
        "phone-steps": PhoneStepsView(_steps(shop, job, step, now)),
        "phone-answers": answers,
        "phone-reach": PhoneReachView(shop.settings.phone),
    }


def _steps(shop: Shop, job: Job, step: int, now: datetime) -> tuple[PhoneStep, ...]:
    """The steps; none of an order that was given up, which has not come through them."""
    return () if job.state == State.cancelled else steps_of(shop, job, step, now)


def car_view(shop: Shop, job: Job, now: datetime) -> PhoneCarView:
    """Where the car is, by what the link alone shows."""
    step, word = _progress(shop, job)
    # Once the car can be fetched, or is gone, no time is told or asked about any more.
    is_awaited = step < 5 and job.state not in _FETCHED
    promise = job.promise if is_awaited else None
    queues = waits(job)
    is_over = promise is not None and promise.at <= now
    span = span_to(promise.at, now, shop.settings) if promise and not is_over else None
    before = _before(shop, job, now, span)
    return PhoneCarView(
        ticket=job.ticket,
        mask=plate_mask(job.car.plate),
        step=step,
        word=word,
        updated=moment(updated_at(job), now, shop.settings),
        span=span,
        before=before,
        why=why_changed(job) if before else "",
        asked_back=is_over or (is_awaited and job.promise_ask is not None),
        can_be_fetched=job.state in _FETCHED,
        queues=queues,
        wait=ReceptionLine().look(shop, now).get(job.id) if queues else None,
    )


def _before(shop: Shop, job: Job, now: datetime, span: Span | None) -> Span | None:
    """The range told before, where it reads otherwise than the one that holds."""
    told = told_before(job)
    before = span_to(told.at, now, shop.settings) if told and span else None
    return before if before != span else None


def _progress(shop: Shop, job: Job) -> tuple[int, str]:
    if job.state == State.cancelled:
        return 5, N_("Order closed")
    if shop.workflow.lane_of(job.state) == Lane.arrivals:
        return -1, N_("We are expecting you")
    return progress(shop, job)


def _closed(shop: Shop, job: Job, now: datetime) -> tuple[PhoneWaitingView, PhoneAnswersView]:
    """What is said of questions and answers before the code: only that there are some."""
    count = len(_questions(shop, job, now))
    decided = any(line.extra and line.extra.decision for line in job.lines)
    return PhoneWaitingView(count), PhoneAnswersView((), asks_code=decided and not count)


def _questions_and_answers(
    shop: Shop, job: Job, now: datetime
) -> tuple[PhoneQuestionsView, PhoneAnswersView]:
    """What the code opens: each question with its price and photos, and what was answered."""
    questions = _questions(shop, job, now)
    decided = [line for line in job.lines if line.extra and line.extra.decision]
    closed = [line for line in decided if line not in questions]
    told = Told(shop, job)
    to_decide = tuple(_to_decide(line, told) for line in questions)
    answers = tuple(_answered(shop, line, told, now) for line in _newest(closed))
    asked = PhoneQuestionsView(to_decide, _later(shop, job, questions, now))
    return asked, PhoneAnswersView(answers)


def _questions(shop: Shop, job: Job, now: datetime) -> tuple[Line, ...]:
    """What the customer can still agree to: nothing once the work is over or the order closed."""
    asked = filter(awaits_answer, job.lines)
    return tuple(line for line in asked if may_agree(shop, job, line, now))


def _to_decide(line: Line, told: Told) -> ToDecide:
    extra = line.extra
    return ToDecide(
        line.id,
        told.of(line.text),
        told.of(extra.note) if extra else "",
        extra.photos if extra else (),
        line.price,
        line.parts_price,
        len(extra.decisions) if extra else 0,
    )


def _answered(shop: Shop, line: Line, told: Told, now: datetime) -> Answered:
    decision = line.extra.decision if line.extra else None
    assert decision is not None
    known = decision.price is not None and decision.parts_price is not None
    total = (decision.price or 0) + (decision.parts_price or 0) if known else None
    at = moment(decision.said_at or decision.at, now, shop.settings)
    return Answered(line.id, told.of(line.text), decision.approved, total, at)


def _newest(lines: list[Line]) -> list[Line]:
    """Those answered last, in the order of the lines: the page stays small."""
    by_time = sorted(lines, key=lambda line: line.extra.decision.at)  # type: ignore[union-attr]
    newest = {line.id for line in by_time[-_MOST_ANSWERS:]}
    return [line for line in lines if line.id in newest]


def _later(shop: Shop, job: Job, questions: tuple[Line, ...], now: datetime) -> Span | None:
    if job.promise is None or not any(line.standard_hours for line in questions):
        return None
    asked = sum((timedelta(hours=line.standard_hours) for line in questions), timedelta())
    finish = finish_estimate(job, now) + asked
    return span_to(finish, now, shop.settings) if finish > job.promise.at else None
