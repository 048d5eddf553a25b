"""What events mean for the shop itself: settings, people, bays and their sensors."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import singledispatch

from board.core import events as e
from board.core.bays import NO_SENSOR, Bay, BayState, Presence, Question, Sensed
from board.core.conditions import disagrees_since
from board.core.counting import counted
from board.core.days import business_day
from board.core.events import Fact
from board.core.question_figures import Figure, family_of
from board.core.shop import Merger, Shop

_TAKEN_BACK = timedelta(seconds=60)


@singledispatch
def shop_meaning(event: object, shop: Shop, fact: Fact) -> Shop:
    """The shop after `event`; an event that means nothing here changes nothing."""
    return shop


@shop_meaning.register
def _set_up(event: e.ShopSetUp, shop: Shop, fact: Fact) -> Shop:
    return replace(shop, settings=event.settings)


@shop_meaning.register
def _bay_set_up(event: e.BaySetUp, shop: Shop, fact: Fact) -> Shop:
    known = shop.bays.get(event.bay, Bay(event.bay, event.name))
    return shop.with_bay(replace(known, name=event.name, kind=event.kind, removed=False))


@shop_meaning.register
def _bay_removed(event: e.BayRemoved, shop: Shop, fact: Fact) -> Shop:
    bay = shop.bays.get(event.bay)
    if bay is None:
        return shop
    return shop.with_bay(replace(bay, removed=True, question=None, sensed=None))


@shop_meaning.register
def _person_set_up(event: e.PersonSetUp, shop: Shop, fact: Fact) -> Shop:
    return shop.with_person(event.person)


@shop_meaning.register
def _person_removed(event: e.PersonRemoved, shop: Shop, fact: Fact) -> Shop:
    person = shop.people.get(event.person)
    return shop if person is None else shop.with_person(replace(person, removed=True))


@shop_meaning.register
def _workflow_chosen(event: e.WorkflowChosen, shop: Shop, fact: Fact) -> Shop:
    return replace(shop, workflow=event.workflow)


@shop_meaning.register
def _checks_set_up(event: e.ChecksSetUp, shop: Shop, fact: Fact) -> Shop:
    return replace(shop, check_book=event.book)


@shop_meaning.register
def _access_changed(event: e.AccessChanged, shop: Shop, fact: Fact) -> Shop:
    return shop


@shop_meaning.register
def _merged(event: e.CarsMerged, shop: Shop, fact: Fact) -> Shop:
    merger = Merger(event.job, event.kept, event.merged, event.moved, fact.by, fact.at)
    recent = (one for one in shop.mergers if fact.at - one.at <= _TAKEN_BACK)
    return replace(shop, mergers=(*recent, merger))


@shop_meaning.register
def _parted(event: e.CarsParted, shop: Shop, fact: Fact) -> Shop:
    pair = (event.kept, event.merged)
    left = tuple(one for one in shop.mergers if (one.kept, one.merged) != pair)
    return replace(shop, mergers=left)


def bays_touched(shop: Shop, bay_ids: Collection[str], fact: Fact) -> Shop:
    """The shop after cars came to or left `bay_ids` by the board's word."""
    for bay_id in bay_ids:
        bay = shop.bays.get(bay_id)
        if bay is not None:
            shop = shop.with_bay(replace(bay, placed_since=fact.at))
    return shop


def _on_bay(shop: Shop, bay_id: str, change: Callable[[Bay], Bay]) -> Shop:
    bay = shop.bays.get(bay_id)
    return shop if bay is None else shop.with_bay(change(bay))


@shop_meaning.register
def _bay_changed(event: e.BayChanged, shop: Shop, fact: Fact) -> Shop:
    def change(bay: Bay) -> Bay:
        opened = fact.at if event.state == BayState.open else bay.opened_since
        return replace(bay, state=event.state, until=event.until, opened_since=opened)

    return _on_bay(shop, event.bay, change)


@shop_meaning.register
def _bay_reported(event: e.BayReported, shop: Shop, fact: Fact) -> Shop:
    bay = shop.bays.get(event.bay)
    is_silent = event.presence == Presence.unknown and event.reason != NO_SENSOR
    before = _car_before(bay) if bay and is_silent else None
    sensed = Sensed(event.presence, event.since, event.device, event.reason, before)
    return _on_bay(shop, event.bay, lambda bay: replace(bay, sensed=sensed))


def _car_before(bay: Bay) -> datetime | None:
    """Since when its sensors had a car there, before they could tell no more."""
    told = bay.sensed
    if told is None or told.presence == Presence.present:
        return told.since if told else None
    return told.car_since


@shop_meaning.register
def _question_asked(event: e.QuestionAsked, shop: Shop, fact: Fact) -> Shop:
    bay = shop.bays.get(event.bay)
    asked = bay.question if bay else None
    if asked is None:
        shop = _counted_question(shop, Figure.asked, fact)
    # Of another car now, it is still the question that was asked.
    at = asked.asked_at if asked else fact.at
    question = Question(event.kind, event.since, at, event.job)
    return _on_bay(shop, event.bay, lambda bay: replace(bay, question=question))


@shop_meaning.register
def _question_answered(event: e.QuestionAnswered, shop: Shop, fact: Fact) -> Shop:
    def settle(bay: Bay) -> Bay:
        settled = bay.settled_since if event.agreed is None else disagrees_since(bay)
        return replace(bay, question=None, settled_since=settled)

    figure = Figure.fell_away if event.agreed is None else Figure.answered
    return _on_bay(_counted_question(shop, figure, fact), event.bay, settle)


@shop_meaning.register
def _question_lapsed(event: e.QuestionLapsed, shop: Shop, fact: Fact) -> Shop:
    def settle(bay: Bay) -> Bay:
        return replace(bay, question=None, settled_since=disagrees_since(bay))

    return _on_bay(_counted_question(shop, Figure.lapsed, fact), event.bay, settle)


def _counted_question(shop: Shop, figure: Figure, fact: Fact) -> Shop:
    return counted(shop, family_of(figure), str(business_day(fact.at, shop.settings)))
