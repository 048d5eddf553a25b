"""Open help calls as staff see them: what is wanted where, how far it is, whose it is to answer.

The page shows its buttons only to the roles a call names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from board.core.call_places import told_at
from board.core.calls import ANSWERERS, Call, CallStep, urgency
from board.core.job import Where
from board.core.plates import split_plate
from board.core.rules.undoing import WINDOW
from board.core.shop import Shop
from displays.views.moments import seconds

REGION = "calls"
_MOST_JUST_CLOSED = 8


@dataclass(frozen=True, slots=True)
class OpenCall:
    """One call. `since`: when its present step began, epoch seconds; `who` comes or is there.

    `answerers`: the roles that may answer it; `told`: those who were told that nobody did.
    `bay`: where it is told; `away`: where its car stands (`Where`) if that is in no bay, else '',
    and `spot` on which parking place.
    `last_by` is the id of who made the last step, and may take it back until `undo_until`.
    """

    id: str
    kind: str
    bay: str
    step: str
    since: int | None
    caller: str
    caller_id: str
    who: str = ""
    job: str = ""
    plate: tuple[str, str] = ("", "")
    answerers: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    last_by: str = ""
    undo_until: int = 0
    away: str = ""
    spot: str = ""


@dataclass(frozen=True, slots=True)
class CallsView:
    """The strip of all open calls, the most urgent first, and those that can be opened again."""

    template: ClassVar[str] = "board/calls.html"
    calls: tuple[OpenCall, ...] = ()


def open_call(shop: Shop, call: Call) -> OpenCall:
    """What is shown of a call."""
    job = shop.jobs.get(call.job)
    at = call.bay if call.step == CallStep.closed else told_at(shop, call)
    bay = shop.bays.get(at or call.bay)
    comes = call.reached or call.answered
    return OpenCall(
        id=call.id,
        kind=call.kind.value,
        bay=bay.name if bay else call.bay,
        step=call.step.value,
        since=seconds((call.called if call.step == CallStep.open else call.last).at),
        caller=name_of(shop, call.called.by),
        caller_id=call.called.by.removeprefix("person:"),
        who=name_of(shop, comes.by) if comes else "",
        job=job.id if job else "",
        plate=split_plate(job.car.plate) if job else ("", ""),
        answerers=tuple(sorted(ANSWERERS[call.kind])),
        told=call.told,
        last_by=call.last.by.removeprefix("person:"),
        undo_until=int((call.last.at + WINDOW).timestamp()),
        away=job.place.where.value if job and not at else "",
        spot=job.place.spot if job and not at and job.place.where == Where.parking else "",
    )


def name_of(shop: Shop, label: str) -> str:
    """The name of a person whom the journal names; '' for programs and time."""
    kind, _, person = label.partition(":")
    return shop.name_of(person) if kind == "person" else ""


def just_closed(shop: Shop, now: datetime) -> tuple[Call, ...]:
    """Calls whose closing can be taken back."""
    return tuple(
        call
        for call in shop.past_calls[-_MOST_JUST_CLOSED:]
        if call.over is None and call.last.at + WINDOW > now
    )


class CallsMemory:
    """The strip from change to change: the same view while no call and no plate changed."""

    def __init__(self) -> None:
        self._calls: Mapping[str, Call] | None = None
        self._view = CallsView()
        self._looked: datetime | None = None

    def look(self, shop: Shop, now: datetime) -> CallsView:
        """The view now. With nothing to show, which is nearly always, it costs one comparison."""
        went_back = self._looked is not None and now < self._looked
        self._looked = now
        if shop.calls is self._calls and not self._view.calls and not went_back:
            return self._view
        self._calls = shop.calls
        shown = (*sorted(shop.calls.values(), key=urgency), *just_closed(shop, now))
        calls = tuple(open_call(shop, one) for one in shown)
        if self._view.calls != calls:
            self._view = CallsView(calls)
        return self._view
