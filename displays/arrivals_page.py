"""The arrivals page: the day's appointments, the line before reception, and their dialogs."""

from datetime import datetime

from board.core import commands as c
from board.core.bays import BayKind
from board.core.days import local
from board.core.job import Flag, Job
from board.core.permissions import ASKERS
from board.core.roles import Actor, Role
from board.core.shop import Settings, Shop
from board.core.workflow import Lane, State
from displays.appointment_words import KIND_WORDS
from displays.arrivals_line import line_view
from displays.arrivals_rows import bookings
from displays.desk_pages import DeskPage
from displays.dialog_asks import GONE, Ask, Sheet, head_of, may, needs_why
from displays.last_deed import own_last_deed
from displays.picks import picks
from displays.views.parts import N_

_FLAGS = (Flag.waiting, Flag.express, Flag.loaner, Flag.comeback, Flag.recall, Flag.tow_in)
_DIALOGS: dict[str, type[c.Command]] = {
    "book": c.BookJob,
    "change": c.ChangeBooking,
    "cancel": c.CancelJob,
}
_TAPS: dict[str, type[c.Command]] = {
    "tick": c.TickPreparation,
    "arrive": c.ArriveJob,
    "call": c.CallNext,
    "give_back": c.ReturnTicket,
    "peak": c.SwitchPeak,
    "take": c.TakeTicket,
}


def arrivals(ask: Ask) -> Sheet:
    """Today by time, the line before reception, and tomorrow. What one may not do is not there."""
    rebook = ask.shop.workflow.way(State.no_show, State.booked)
    context = {
        "bookings": bookings(ask.shop, ask.now, ask.actor),
        "line": line_view(ask),
        "can": _permitted(ask.actor),
        "can_rebook": rebook is not None and ask.actor.has(*rebook.by, Role.manager),
        "can_receive": _may_receive(ask),
        "undo": own_last_deed(ask, lambda job: _is_here(ask.shop, job)),
    }
    return Sheet("arrivals/page.html", context)


def _permitted(actor: Actor) -> dict[str, bool]:
    """What is offered. One tap has no room for the reason a manager owes; a dialog has."""
    dialogs = {name: may(actor, kind) for name, kind in _DIALOGS.items()}
    return dialogs | {name: actor.has(*ASKERS[kind]) for name, kind in _TAPS.items()}


def _may_receive(ask: Ask) -> bool:
    way = ask.shop.workflow.way(State.arrived, State.receiving)
    return way is not None and ask.actor.has(*way.by)


def _is_here(shop: Shop, job: Job) -> bool:
    """Whether the job is one that this page is about."""
    return shop.workflow.lane_of(job.state) in {Lane.arrivals, Lane.reception, Lane.gone}


def book_sheet(ask: Ask) -> Sheet:
    """The empty form of an appointment."""
    if not may(ask.actor, c.BookJob):
        return GONE
    context = {
        **_choices(ask.shop),
        "picks": picks(ask.now, ask.shop.settings, count=5, first=2),
        "flags": tuple(flag.value for flag in _FLAGS),
        "why": needs_why(ask.actor, c.BookJob),
    }
    return Sheet("arrivals/book.html", context)


def booking_sheet(ask: Ask) -> Sheet:
    """An appointment as it is, to be changed."""
    job = ask.job
    if job is None or job.booked_for is None or not may(ask.actor, c.ChangeBooking):
        return GONE
    context = {
        **_choices(ask.shop),
        "head": head_of(ask.shop, job),
        "booked_for": _typed(job.booked_for, ask.shop.settings),
        "kind": job.kind,
        "wishes": job.appointment,
        "why": needs_why(ask.actor, c.ChangeBooking),
    }
    return Sheet("arrivals/change.html", context)


def _typed(at: datetime, settings: Settings) -> str:
    """A time as a form's field has it."""
    return f"{local(at, settings):%Y-%m-%dT%H:%M}"


def _choices(shop: Shop) -> dict[str, object]:
    """What both forms offer: kinds of job, technicians, kinds of bay that the shop has."""
    people = (who for who in shop.people.values() if Role.technician in who.roles)
    have = {bay.kind for bay in shop.bays.values() if not bay.removed}
    return {
        "kinds": tuple(KIND_WORDS.items()),
        "technicians": tuple((who.id, who.name) for who in people if not who.removed),
        "bay_kinds": tuple(kind.value for kind in BayKind if kind in have),
    }


ARRIVALS_PAGE = DeskPage(
    "/arrivals",
    arrivals,
    frozenset({Role.advisor, Role.controller, Role.parts, Role.cashier}),
    N_("Arrivals"),
)
