"""What happened to an order, entry by entry, with the values each one brought. Codes, no words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from board.core import events as e
from board.core.events import Fact
from board.core.extra import Means
from board.core.job import Where
from board.core.money import yuan
from displays.defect_words import told_defect
from displays.dialog_asks import Ask
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment

_HISTORY_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Said:
    """One value of an entry: what it is, its code or text, and a time where it is one."""

    what: str
    text: str = ""
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the history: what (the event's name), who, when, where to, and its values.

    `to_name`: the shop's own name of the state it led to. `device`: from where it was asked, a
    word of DEVICE, '' where that is not known.
    """

    kind: str
    by: str
    at: Moment
    to: str
    says: tuple[Said, ...]
    by_customer: bool = False
    to_name: str = ""
    device: str = ""


def told_history(ask: Ask, facts: Sequence[Fact]) -> tuple[Deed, ...]:
    """What happened to a job, the newest first."""
    newest = list(reversed(facts))[:_HISTORY_SHOWN]
    return tuple(told(ask, fact) for fact in newest)


def told(ask: Ask, fact: Fact) -> Deed:
    """One fact of an order as an entry of its history."""
    to = str(getattr(fact.event, "to", ""))
    step = ask.shop.workflow.steps.get(to)
    return Deed(
        kind=type(fact.event).__name__,
        by=by_name(ask.shop, fact.by),
        at=moment(fact.at, ask.now, ask.shop.settings),
        to=to,
        says=tuple(one for one in _says(fact.event, ask) if one.text or one.at),
        by_customer=fact.by.startswith("customer:"),
        to_name=step.name if step else "",
        device=_DEVICES.get(fact.via.partition(" ")[0], ""),
    )


_DEVICES = {
    "pin": "tablet",
    "password": "desk",
    "link": "desk",
    "phone": "phone",
    "api": "program",
    "mqtt": "sensor",
    "timekeeper": "time",
    "command": "command_line",
    "first": "first_start",
    "claim": "screen",
    "screen": "screen",
}
"""What the first word of a door says of the device: a PIN is typed on a shared tablet."""


@singledispatch
def _says(event: object, ask: Ask) -> Iterable[Said]:
    """An entry without values of its own may still say why."""
    return [Said("text", str(getattr(event, key, ""))) for key in ("reason", "note")]


@_says.register
def _opened(event: e.JobOpened, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.number), _time("booked", event.booked_for, ask)]


@_says.register
def _dispatched(event: e.JobDispatched, ask: Ask) -> Iterable[Said]:
    names = ", ".join(ask.shop.name_of(who) for who in event.technicians)
    return [_bay(event.bay, ask), Said("text", names), _time("start", event.start_at, ask)]


@_says.register
def _placed(event: e.CarPlaced, ask: Ask) -> Iterable[Said]:
    if event.place.where == Where.bay:
        return [_bay(event.place.spot, ask)]
    return [Said("where", event.place.where.value), Said("text", event.place.spot)]


@_says.register
def _promised(event: e.PromiseMade, ask: Ask) -> Iterable[Said]:
    return [_time("time", event.promised, ask), Said("text", event.reason)]


@_says.register
def _flagged(event: e.FlagsChanged, ask: Ask) -> Iterable[Said]:
    added = [Said("flag", flag.value) for flag in sorted(event.added)]
    return [*added, *(Said("unflag", flag.value) for flag in sorted(event.removed))]


@_says.register
def _held(event: e.JobHeld, ask: Ask) -> Iterable[Said]:
    hold = event.hold
    expected = _time("expected", hold.expected, ask)
    return [Said("hold", hold.reason.value), expected, Said("text", hold.note)]


@_says.register
def _supplied(event: e.LineSupplied, ask: Ask) -> Iterable[Said]:
    expected = _time("expected", event.expected, ask)
    return [_line(event.line, ask), Said("parts", event.parts.value), expected]


@_says.register
def _added(event: e.LineAdded, ask: Ask) -> Iterable[Said]:
    return [] if event.implicit else [Said("text", event.text)]


@_says.register
def _decided(event: e.LineDecided, ask: Ask) -> Iterable[Said]:
    answer = Said("agreed" if event.approved else "declined", "yes" if event.approved else "no")
    how = Said("how", event.how.value if event.how else "")
    said_at = _time("said", None if event.how == Means.phone_page else event.said_at, ask)
    return [_line(event.line, ask), answer, how, Said("text", event.said_by), said_at, _note(event)]


@_says.register
def _found(event: e.LineProposed, ask: Ask) -> Iterable[Said]:
    stops = Said("stops", "yes" if event.stops_work else "")
    return [Said("text", event.text), stops, _note(event)]


@_says.register
def _priced(event: e.LinePriced, ask: Ask) -> Iterable[Said]:
    known = event.labour_priced and event.parts_priced
    return [_line(event.line, ask), Said("fen", str(event.price + event.parts_price) * known)]


@_says.register
def _ticketed(event: e.TicketGiven, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.ticket)]


@_says.register
def _corrected(event: e.ClockClosed, ask: Ask) -> Iterable[Said]:
    who = Said("text", ask.shop.name_of(event.technician))
    span = [_time("time", event.started_at, ask), _time("until", event.ended_at, ask)]
    return [_line(event.line, ask), who, *span]


@_says.register
def _returns(event: e.ReturnChanged, ask: Ask) -> Iterable[Said]:
    step = ask.shop.workflow.steps.get(event.to)
    return [Said("text", step.name) if step and step.name else Said("state", event.to)]


@_says.register
def _asked(event: e.CustomerAsked, ask: Ask) -> Iterable[Said]:
    return [_line(line_id, ask) for line_id in event.lines]


@_says.register
def _promise_asked(event: e.PromiseAsked, ask: Ask) -> Iterable[Said]:
    return [_time("finish", event.finish, ask)]


@_says.register(e.LineStarted)
@_says.register(e.LinePaused)
@_says.register(e.LineFinished)
@_says.register(e.LineRejected)
def _worked(event: e.LineStarted | e.LinePaused, ask: Ask) -> Iterable[Said]:
    return [_line(event.line, ask), Said("hold", str(getattr(event, "reason", "")))]


@_says.register(e.CheckPassed)
@_says.register(e.CheckFailed)
def _checked(event: e.CheckPassed | e.CheckFailed, ask: Ask) -> Iterable[Said]:
    level = event.level.value if event.level else ""
    defect = str(getattr(event, "defect", ""))
    told = Said("defect", told_defect(ask.shop, defect) if defect else "")
    return [Said("level", level), told, Said("text", event.note)]


@_says.register(e.RoadTestStarted)
@_says.register(e.RoadTestEnded)
def _driven(event: e.RoadTestStarted | e.RoadTestEnded, ask: Ask) -> Iterable[Said]:
    return [] if event.km is None else [Said("text", f"{event.km} km")]


@_says.register
def _signed(event: e.OrderSigned, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.signer), Said("text", event.paper)]


@_says.register
def _settled(event: e.JobSettled, ask: Ask) -> Iterable[Said]:
    texts = (f"¥{yuan(event.total)}", event.discount_reason, event.charges_reason, event.reason)
    return [Said("text", text) for text in texts]


@_says.register
def _paid(event: e.JobPaid, ask: Ask) -> Iterable[Said]:
    amount = Said("text", f"¥{yuan(event.amount)}")
    return [Said("means", event.means.value), amount, Said("text", event.reason)]


@_says.register
def _ticked(event: e.HandoverTicked, ask: Ask) -> Iterable[Said]:
    gone = [] if event.done else [Said("not_done", "no")]
    return [Said("point", event.point), *gone, Said("text", event.note)]


@_says.register
def _kept(event: e.CarryDecided, ask: Ask) -> Iterable[Said]:
    return [Said("carry", event.choice.value), Said("text", event.note)]


@_says.register(e.PartRequested)
@_says.register(e.PartPicked)
@_says.register(e.PartOrdered)
@_says.register(e.PartIssued)
@_says.register(e.PartWrong)
@_says.register(e.PartReturned)
@_says.register(e.PartCancelled)
@_says.register(e.PartsLate)
def _part(event: e.PartPicked | e.PartsLate, ask: Ask) -> Iterable[Said]:
    lines = ask.job.lines if ask.job else ()
    asked = (one.text for line in lines for one in line.requests if one.id == event.part)
    receiver = getattr(event, "receiver", "")
    texts = (next(asked, ""), ask.shop.name_of(receiver) if receiver else "")
    expected = _time("expected", getattr(event, "expected", None), ask)
    return [*(Said("text", one) for one in (*texts, getattr(event, "why", ""))), expected]


def _time(what: str, at: datetime | None, ask: Ask) -> Said:
    return Said(what, at=moment(at, ask.now, ask.shop.settings) if at else None)


def _note(event: e.LineDecided | e.LineProposed) -> Said:
    return Said("text", event.note)


def _bay(bay_id: str, ask: Ask) -> Said:
    bay = ask.shop.bays.get(bay_id)
    return Said("bay", bay.name if bay else bay_id)


def _line(line_id: str, ask: Ask) -> Said:
    """The text of a line; nothing for an order that is its own only line."""
    line = ask.job.line(line_id) if ask.job else None
    return Said("text", "" if line is None or line.implicit else line.text)
