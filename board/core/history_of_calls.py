"""What events mean for help calls: open ones by id, and those that are over for a while."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from board.core import events as e
from board.core.calls import Call, CallStep, Done
from board.core.events import Fact
from board.core.history_of_shop import shop_meaning
from board.core.shop import Shop

KEPT = timedelta(hours=72)
"""How long a call that is over stays in live state, as long as a closed order does."""

OF_CALLS = (
    e.HelpCalled,
    e.CallAnswered,
    e.CallReached,
    e.CallClosed,
    e.CallEscalated,
    e.CallUndone,
)
"""They name the car that is concerned, and change nothing about it."""

_FAMILY = "call:"


def _done(fact: Fact) -> Done:
    return Done(fact.by, fact.at)


@shop_meaning.register
def _called(event: e.HelpCalled, shop: Shop, fact: Fact) -> Shop:
    call = Call(event.call, event.kind, event.bay, _done(fact), event.job)
    counters = {**shop.counters, _FAMILY: shop.counters.get(_FAMILY, 0) + 1}
    recent = tuple(one for one in shop.past_calls if _is_recent(one, fact))
    calls = {**shop.calls, call.id: call}
    return replace(shop, calls=calls, counters=counters, past_calls=recent)


def _is_recent(call: Call, fact: Fact) -> bool:
    return call.closed is not None and call.closed.at >= fact.at - KEPT


def _with(shop: Shop, call: Call) -> Shop:
    return replace(shop, calls={**shop.calls, call.id: replace(call, version=call.version + 1)})


@shop_meaning.register
def _answered(event: e.CallAnswered, shop: Shop, fact: Fact) -> Shop:
    call = shop.calls.get(event.call)
    return shop if call is None else _with(shop, replace(call, answered=_done(fact)))


@shop_meaning.register
def _reached(event: e.CallReached, shop: Shop, fact: Fact) -> Shop:
    call = shop.calls.get(event.call)
    return shop if call is None else _with(shop, replace(call, reached=_done(fact)))


@shop_meaning.register
def _escalated(event: e.CallEscalated, shop: Shop, fact: Fact) -> Shop:
    call = shop.calls.get(event.call)
    if call is None:
        return shop
    return _with(shop, replace(call, escalated=(*call.escalated, fact.at)))


def _without(calls: Mapping[str, Call], call_id: str) -> dict[str, Call]:
    return {key: call for key, call in calls.items() if key != call_id}


@shop_meaning.register
def _closed(event: e.CallClosed, shop: Shop, fact: Fact) -> Shop:
    call = shop.calls.get(event.call)
    if call is None:
        return shop
    over = replace(call, closed=_done(fact), over=event.over, version=call.version + 1)
    past = (*shop.past_calls, over)
    return replace(shop, calls=_without(shop.calls, call.id), past_calls=past)


@shop_meaning.register
def _undone(event: e.CallUndone, shop: Shop, fact: Fact) -> Shop:
    if event.step == CallStep.open:
        return replace(shop, calls=_without(shop.calls, event.call))
    if event.step == CallStep.closed:
        return _reopened(event.call, shop)
    call = shop.calls.get(event.call)
    if call is None:
        return shop
    kept = call.answered if event.step == CallStep.reached else None
    return _with(shop, replace(call, answered=kept, reached=None))


def _reopened(call_id: str, shop: Shop) -> Shop:
    call = next((one for one in shop.past_calls if one.id == call_id), None)
    if call is None:
        return shop
    left = tuple(one for one in shop.past_calls if one.id != call_id)
    return _with(replace(shop, past_calls=left), replace(call, closed=None, over=None))
