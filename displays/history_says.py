"""What the entries of an order's history bring, by kind of event. Codes, no words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from board.core import events as e
from board.core.extra import AnswerMeans
from board.core.job import Where
from displays.dialog_asks import Ask
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class Said:
    """One value of an entry: what it is, its code or text, and a time where it is one."""

    what: str
    text: str = ""
    at: Moment | None = None


def at_time(what: str, at: datetime | None, ask: Ask) -> Said:
    """A time, or nothing."""
    return Said(what, at=moment(at, ask.now, ask.shop.settings) if at else None)


def of_bay(bay_id: str, ask: Ask) -> Said:
    """The name of a bay."""
    bay = ask.shop.bays.get(bay_id)
    return Said("bay", bay.name if bay else bay_id)


def of_line(line_id: str, ask: Ask) -> Said:
    """The text of a line; nothing for an order that is its own only line."""
    line = ask.job.line(line_id) if ask.job else None
    return Said("text", "" if line is None or line.implicit else line.text)


@singledispatch
def says(event: object, ask: Ask) -> Iterable[Said]:
    """An entry without values of its own may still say why."""
    return [Said("text", str(getattr(event, key, ""))) for key in ("reason", "note")]


@says.register
def _went(event: e.JobMoved, ask: Ask) -> Iterable[Said]:
    said = [Said("text", event.reason)]
    return [*said, Said("rearranged", "yes")] if event.rearranged else said


@says.register
def _opened(event: e.JobOpened, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.number), at_time("booked", event.booked_for, ask)]


@says.register
def _dispatched(event: e.JobDispatched, ask: Ask) -> Iterable[Said]:
    names = ", ".join(ask.shop.name_of(who) for who in event.technicians)
    return [of_bay(event.bay, ask), Said("text", names), at_time("start", event.start_at, ask)]


@says.register
def _placed(event: e.CarPlaced, ask: Ask) -> Iterable[Said]:
    if event.place.where == Where.bay:
        return [of_bay(event.place.spot, ask)]
    return [Said("where", event.place.where.value), Said("text", event.place.spot)]


@says.register
def _promised(event: e.PromiseMade, ask: Ask) -> Iterable[Said]:
    return [at_time("time", event.promised, ask), Said("text", event.reason)]


@says.register
def _flagged(event: e.FlagsChanged, ask: Ask) -> Iterable[Said]:
    added = [Said("flag", flag.value) for flag in sorted(event.added)]
    return [*added, *(Said("unflag", flag.value) for flag in sorted(event.removed))]


@says.register
def _held(event: e.JobHeld, ask: Ask) -> Iterable[Said]:
    hold = event.hold
    expected = at_time("expected", hold.expected, ask)
    return [Said("hold", hold.reason.value), expected, Said("text", hold.note)]


@says.register
def _supplied(event: e.LineSupplied, ask: Ask) -> Iterable[Said]:
    expected = at_time("expected", event.expected, ask)
    return [of_line(event.line, ask), Said("parts", event.parts.value), expected]


@says.register
def _added(event: e.LineAdded, ask: Ask) -> Iterable[Said]:
    return [] if event.implicit else [Said("text", event.text)]


@says.register
def _decided(event: e.LineDecided, ask: Ask) -> Iterable[Said]:
    answer = Said("agreed" if event.approved else "declined", "yes" if event.approved else "no")
    how = Said("how", event.how.value if event.how else "")
    said_at = at_time("said", None if event.how == AnswerMeans.phone_page else event.said_at, ask)
    return [
        of_line(event.line, ask),
        answer,
        how,
        Said("text", event.said_by),
        said_at,
        Said("text", event.note),
    ]


@says.register
def _found(event: e.LineProposed, ask: Ask) -> Iterable[Said]:
    stops = Said("stops", "yes" if event.stops_work else "")
    return [Said("text", event.text), stops, Said("text", event.note)]


@says.register
def _priced(event: e.LinePriced, ask: Ask) -> Iterable[Said]:
    known = event.labour_priced and event.parts_priced
    return [of_line(event.line, ask), Said("fen", str(event.price + event.parts_price) * known)]


@says.register
def _ticketed(event: e.TicketGiven, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.ticket)]


@says.register
def _corrected(event: e.ClockClosed, ask: Ask) -> Iterable[Said]:
    who = Said("text", ask.shop.name_of(event.technician))
    span = [at_time("time", event.started_at, ask), at_time("until", event.ended_at, ask)]
    return [of_line(event.line, ask), who, *span]


@says.register
def _hold_ended(event: e.HoldEnded, ask: Ask) -> Iterable[Said]:
    return [at_time("shift_end", event.at, ask), Said("text", event.note)]


@says.register
def _returns(event: e.ReturnChanged, ask: Ask) -> Iterable[Said]:
    step = ask.shop.workflow.steps.get(event.to)
    return [Said("text", step.name) if step and step.name else Said("state", event.to)]


@says.register
def _asked(event: e.CustomerAsked, ask: Ask) -> Iterable[Said]:
    return [of_line(line_id, ask) for line_id in event.lines]


@says.register
def _promise_asked(event: e.PromiseAsked, ask: Ask) -> Iterable[Said]:
    return [at_time("finish", event.finish, ask)]


@says.register
def _signed(event: e.OrderSigned, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.signer), Said("text", event.paper)]


@says.register
def _settled(event: e.JobSettled, ask: Ask) -> Iterable[Said]:
    texts = (event.discount_reason, event.charges_reason, event.reason)
    return [Said("fen", str(event.total)), *(Said("text", text) for text in texts)]


@says.register
def _paid(event: e.JobPaid, ask: Ask) -> Iterable[Said]:
    amount = Said("fen", str(event.amount))
    return [Said("means", event.means.value), amount, Said("text", event.reason)]


@says.register
def _ticked(event: e.HandoverTicked, ask: Ask) -> Iterable[Said]:
    gone = [] if event.done else [Said("not_done", "no")]
    told = event.next_service
    due = [Said("next_service", f"{told.on} {told.km}")] if told else []
    return [Said("point", event.point), *gone, *due, Said("text", event.note)]


@says.register
def _kept(event: e.CarryDecided, ask: Ask) -> Iterable[Said]:
    return [Said("carry", event.choice.value), Said("text", event.note)]


@says.register
def _linked(event: e.ComebackLinked, ask: Ask) -> Iterable[Said]:
    return [Said("text", event.comeback.number if event.comeback else "")]


@says.register
def _booking_changed(event: e.BookingChanged, ask: Ask) -> Iterable[Said]:
    return [at_time("time", event.booked_for, ask), Said("text", event.appointment.work)]


@says.register
def _prepared(event: e.PreparationTicked, ask: Ask) -> Iterable[Said]:
    return [Said("task" if event.done else "task_open", event.task.value)]


@says.register
def _car_seen(event: e.QuestionAsked, ask: Ask) -> Iterable[Said]:
    return [of_bay(event.bay, ask)]


@says.register
def _answered_arrival(event: e.ArrivalAnswered, ask: Ask) -> Iterable[Said]:
    return [Said("is_here" if event.agreed else "is_another", "yes" if event.agreed else "no")]
