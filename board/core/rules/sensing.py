"""Bays and their sensors: reports, proposals, questions after a lasting disagreement, answers."""

from datetime import timedelta

from board.core import commands as c
from board.core import events as e
from board.core.bays import NO_SENSOR, Bay, BayState, Question, QuestionKind
from board.core.conditions import disagreement, disagrees_since, is_open_still
from board.core.events import Event, Fact
from board.core.history import replay
from board.core.job import Place, Where
from board.core.likely_cars import likely_car, likely_cars
from board.core.refusals import Refused
from board.core.roles import Role
from board.core.rules.appointing import came_by_hand
from board.core.rules.case import Case, Outcome, shop_rule
from board.core.rules.dispatching import is_awaited
from board.core.rules.washing_seen import wash_begun, washed_by_itself
from board.core.shop import Shop

_MAY_SETTLE = (
    e.CarPlaced,
    e.BayReported,
    e.BayChanged,
    e.BayRemoved,
    e.MoveUndone,
    e.JobMoved,
    e.CarErased,
)


def _bay(bay_id: str, case: Case) -> Bay | Refused:
    bay = case.shop.bays.get(bay_id)
    if bay is None or bay.removed:
        return Refused("unknown_bay", {"bay": bay_id}, ("bay",))
    return bay


@shop_rule.register
def _change(command: c.ChangeBay, case: Case) -> Outcome:
    bay = _bay(command.bay, case)
    if isinstance(bay, Refused):
        return bay
    if case.actor.roles == {Role.timekeeper} and not _is_due_to_open(bay, command, case):
        return Refused("not_due")
    if command.until is not None and command.until <= case.now:
        return Refused("time_past", fields=("until",))
    until = None if command.state == BayState.open else command.until
    if (bay.state, bay.until) == (command.state, until):
        return ()
    return (e.BayChanged(bay.id, command.state, until),)


def _is_due_to_open(bay: Bay, command: c.ChangeBay, case: Case) -> bool:
    """Time opens a bay whose own time has come, and does nothing else to it."""
    due = bay.until is not None and case.now >= bay.until
    return due and command.state == BayState.open


@shop_rule.register
def _report(command: c.ReportBay, case: Case) -> Outcome:
    bay = _bay(command.bay, case)
    if isinstance(bay, Refused):
        return bay
    since, reason = min(command.since, case.now), command.reason[:200]
    told, is_last = bay.sensed, reason == NO_SENSOR
    if told and told.presence == command.presence and is_last is (told.reason == NO_SENSOR):
        return ()
    reported = e.BayReported(bay.id, command.presence, since, command.device, reason)
    if not command.live:
        return (reported,)
    return (reported, *(washed_by_itself(bay, command.presence, case) or _proposed(reported, case)))


def _proposed(reported: e.BayReported, case: Case) -> tuple[Event, ...]:
    """A car just came: where one is likely it is asked about at once, while people remember."""
    after = _imagined((reported,), case)
    bay = after.bays[reported.bay]
    if disagreement(after, bay) != QuestionKind.car_seen or bay.question is not None:
        return ()
    since, car = disagrees_since(bay), likely_car(after, bay, case.now)
    if car is None or since is None:
        return ()
    return (e.QuestionAsked(bay.id, QuestionKind.car_seen, since, car.id),)


@shop_rule.register
def _ask(command: c.AskAboutBay, case: Case) -> Outcome:
    bay = _bay(command.bay, case)
    if isinstance(bay, Refused):
        return bay
    kind, since = disagreement(case.shop, bay), disagrees_since(bay)
    if kind is None or since is None or bay.question or bay.settled_since == since:
        return ()
    if case.now - since < timedelta(seconds=case.shop.settings.question_seconds):
        return Refused("not_due")
    car = likely_car(case.shop, bay, case.now) if kind == QuestionKind.car_seen else None
    return (e.QuestionAsked(bay.id, kind, since, car.id if car else ""),)


@shop_rule.register
def _lapse(command: c.LapseQuestion, case: Case) -> Outcome:
    bay = _bay(command.bay, case)
    if isinstance(bay, Refused):
        return bay
    if bay.question is None:
        return ()
    stands = timedelta(seconds=case.shop.settings.sensor_rules.lapse_seconds)
    if case.now - bay.question.asked_at < stands:
        return Refused("not_due")
    return (e.QuestionLapsed(bay.id),)


@shop_rule.register
def _answer(command: c.AnswerQuestion, case: Case) -> Outcome:
    bay = _bay(command.bay, case)
    if isinstance(bay, Refused):
        return bay
    if bay.question is None:
        return Refused("no_question")
    answered = e.QuestionAnswered(bay.id, command.agreed)
    if not command.agreed:
        return (answered,)
    if bay.question.kind == QuestionKind.car_seen:
        return _car_seen(bay, command, answered, case)
    car = case.shop.car_in(bay.id)
    gone = (e.CarPlaced(car.id, Place(Where.parking)),) if car else ()
    return (*gone, answered)


def _car_seen(bay: Bay, command: c.AnswerQuestion, answered: Event, case: Case) -> Outcome:
    if not command.job:
        return (answered,)
    job = case.shop.jobs.get(command.job)
    if job is None or job.is_closed:
        return Refused("unknown_job", job=command.job)
    placed = e.CarPlaced(job.id, Place(Where.bay, bay.id))
    if not is_awaited(job, case):
        return (placed, *wash_begun(job, bay, case), answered)
    if bay.question is None or bay.question.job != job.id:
        return Refused("not_here", job=job.id)
    came = came_by_hand(job, command.reason, case)
    return came if isinstance(came, Refused) else (*came, placed, answered)


def questions_fallen_away(events: tuple[Event, ...], case: Case) -> tuple[Event, ...]:
    """Ends of questions whose disagreement is over once `events` have happened."""
    asked = [bay.id for bay in case.shop.bays.values() if bay.question is not None]
    if not asked or not any(isinstance(event, _MAY_SETTLE) for event in events):
        return ()
    after = _imagined(events, case)
    found = ((after.bays[bay_id], after.bays[bay_id].question) for bay_id in asked)
    return tuple(
        event for bay, its in found if its is not None for event in _turned(after, bay, its, case)
    )


def _turned(after: Shop, bay: Bay, question: Question, case: Case) -> tuple[Event, ...]:
    """What becomes of an open question: over, or of another car, or nothing."""
    if not is_open_still(after, bay, question.kind):
        return (e.QuestionAnswered(bay.id),)
    if not question.job:
        return ()
    likely = [car.id for car in likely_cars(after, bay, case.now)]
    if question.job in likely:
        return ()
    return (e.QuestionAsked(bay.id, question.kind, question.since, next(iter(likely), "")),)


def _imagined(events: tuple[Event, ...], case: Case) -> Shop:
    seq = case.shop.seq
    by = case.actor.label
    facts = [Fact(seq + n, case.now, by, "", event) for n, event in enumerate(events, 1)]
    return replay(case.shop, facts)
