"""Help calls on somebody's tablet: the button to call, the state of one's own calls, and the calls
of others that are theirs to answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import ClassVar

from board.core.call_places import may_answer, place_of
from board.core.calls import Call, CallStep, urgency
from board.core.job import Job
from board.core.roles import Actor
from board.core.rules.undoing import WINDOW
from board.core.shop import Person, Shop
from displays.views.calls import OpenCall, open_call
from displays.views.tablet_views import TabletView, UndoView

_DID: dict[CallStep, str] = {
    CallStep.open: "called",
    CallStep.answered: "coming",
    CallStep.reached: "arrived",
    CallStep.closed: "call_closed",
}


@dataclass(frozen=True, slots=True)
class CallButtonView:
    """The button that calls for help to `bay`, '' when nobody knows where the holder is.

    `mine`: the holder's most urgent open call; `more`: how many others there are.
    """

    template: ClassVar[str] = "tablet/call.html"
    bay: str = ""
    bay_name: str = ""
    job: str = ""
    mine: OpenCall | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class CallCardView:
    """A call that concerns the holder: their own, or one that is theirs to answer."""

    template: ClassVar[str] = "tablet/call_card.html"
    call: OpenCall
    mine: bool
    answers: bool


TabletRegion = TabletView | CallButtonView | CallCardView


def call_button(shop: Shop, person: Person, job: Job | None) -> CallButtonView:
    """The button, for the car at hand or else where the holder works."""
    bay, car = place_of(shop, person.id, job=job.id if job is not None else "")
    own = _own(shop, f"person:{person.id}")
    known = shop.bays.get(bay)
    return CallButtonView(
        bay=bay,
        bay_name=known.name if known else "",
        job=car,
        mine=open_call(shop, own[0]) if own else None,
        more=max(0, len(own) - 1),
    )


def _own(shop: Shop, label: str) -> list[Call]:
    mine = (call for call in shop.calls.values() if call.called.by == label)
    return sorted(mine, key=urgency)


def call_cards(shop: Shop, actor: Actor) -> dict[str, CallCardView]:
    """A card by region id for every call that concerns the holder, the most urgent first."""
    calls = sorted(shop.calls.values(), key=urgency)
    return {
        f"call-{call.id}": CallCardView(
            open_call(shop, call), call.called.by == actor.label, may_answer(actor, call)
        )
        for call in calls
        if call.called.by == actor.label or may_answer(actor, call)
    }


def waits_for_answer(cards: dict[str, CallCardView]) -> int:
    """How many calls nobody has answered that the holder may."""
    return sum(one.answers and one.call.step == CallStep.open for one in cards.values())


def _steps_of(shop: Shop, label: str, now: datetime) -> Iterator[Call]:
    calls = chain(shop.calls.values(), shop.past_calls)
    return (
        call
        for call in calls
        if call.last.by == label and call.over is None and call.last.at + WINDOW > now
    )


def undo_of_call(shop: Shop, label: str, now: datetime) -> UndoView:
    """The holder's last step of a call, empty when it can no longer be taken back."""
    newest = max(_steps_of(shop, label, now), key=lambda call: call.last.at, default=None)
    if newest is None:
        return UndoView()
    shown = open_call(shop, newest)
    until = int((newest.last.at + WINDOW).timestamp())
    return UndoView("", shown.plate, _DID[newest.step], newest.kind.value, until, newest.id)


def call_undo_ends_at(shop: Shop, label: str, now: datetime) -> datetime | None:
    """When the first of the holder's steps that can be taken back no longer can."""
    ends = (call.last.at + WINDOW for call in _steps_of(shop, label, now))
    return min(ends, default=None)
