"""What happened to an order, entry by entry, with the values each one brought. Codes, no words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from board.core.events import Fact
from board.core.who_sees import sees_prices
from displays import history_says, history_says_calls, history_says_work
from displays.dialog_asks import Ask
from displays.dialog_order import by_name
from displays.history_says import Said, says
from displays.tapped import tapped_at
from displays.views.moments import Moment, moment

_HISTORY_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the history: what (the event's name), who, when, where to, and its values.

    `to_name`: the shop's own name of the state it led to. `device`: from where it was asked, a
    word of DEVICE, '' where that is not known. `tapped`: when it was done, if it came in later.
    """

    kind: str
    by: str
    at: Moment
    to: str
    says: tuple[Said, ...]
    by_customer: bool = False
    to_name: str = ""
    device: str = ""
    tapped: Moment | None = None


def told_history(ask: Ask, facts: Sequence[Fact]) -> tuple[Deed, ...]:
    """What happened to a job, the newest first."""
    newest = list(reversed(facts))[:_HISTORY_SHOWN]
    return tuple(told(ask, fact) for fact in newest)


def told(ask: Ask, fact: Fact) -> Deed:
    """One fact of an order as an entry of its history."""
    # A booking says that it was booked: its car comes later, or never.
    to = str(getattr(fact.event, "to", getattr(fact.event, "state", "")))
    step = ask.shop.workflow.steps.get(to)
    tapped = tapped_at(fact.via)
    return Deed(
        kind=type(fact.event).__name__,
        by=by_name(ask.shop, fact.by),
        at=moment(fact.at, ask.now, ask.shop.settings),
        to=to,
        says=tuple(_shown(ask, fact)),
        by_customer=fact.by.startswith("customer:"),
        to_name=step.name if step else "",
        device=_DEVICES.get(fact.via.partition(" ")[0], ""),
        tapped=moment(tapped, ask.now, ask.shop.settings) if tapped else None,
    )


def _shown(ask: Ask, fact: Fact) -> Iterator[Said]:
    for one in says(fact.event, ask):
        if (one.text or one.at) and (one.what != "fen" or sees_prices(ask.actor)):
            yield one


_DEVICES = {
    "pin": "tablet",
    "badge": "tablet",
    "password": "desk",
    "link": "desk",
    "phone": "phone",
    "api": "program",
    "mqtt": "sensor",
    "http": "sensor",
    "timekeeper": "time",
    "command": "command_line",
    "first": "first_start",
    "claim": "screen",
    "screen": "screen",
}
"""What the first word of a door says of the device: a PIN is typed on a shared tablet."""

_REGISTERED = (history_says, history_says_work, history_says_calls)
"""The files whose import makes the events say what they bring."""
