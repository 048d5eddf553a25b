"""Today's help calls as a page: by kind with how fast they were answered, and one by one."""

from dataclasses import dataclass

from board.core.call_numbers import calls_on, numbers_of, seconds_to
from board.core.calls import Call, CallStep
from board.core.days import business_day
from displays.desk_pages import page_of
from displays.dialog_asks import Ask, Sheet
from displays.views.calls import OpenCall, name_of, open_call
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a call: after how many seconds, by whom ('' for programs)."""

    seconds: int | None
    who: str


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call of the list. `over`: why it ended though nobody closed it."""

    call: OpenCall
    at: Moment
    answered: Stage | None
    reached: Stage | None
    closed: Stage | None
    over: str


def calls_page(ask: Ask) -> Sheet:
    """The calls of the business day, the newest first."""
    calls = calls_on(ask.shop, business_day(ask.now, ask.shop.settings))
    return page_of(
        "calls/page.html",
        numbers=numbers_of(calls),
        lines=tuple(_line(ask, one) for one in calls),
        waiting=sum(one.step == CallStep.open for one in calls),
        told=sum(bool(one.escalated) for one in calls),
    )


def _line(ask: Ask, call: Call) -> CallLine:
    answered, reached, closed = (
        None if step is None else Stage(seconds_to(call, step), name_of(ask.shop, step.by))
        for step in (call.answered, call.reached, call.closed)
    )
    return CallLine(
        call=open_call(ask.shop, call),
        at=moment(call.called.at, ask.now, ask.shop.settings),
        answered=answered,
        reached=reached,
        closed=closed,
        over=call.over.value if call.over else "",
    )
