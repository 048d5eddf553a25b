"""The move menu, and where a dropped card may go: both ask the same offers as the rules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from board.core import commands as c
from board.core.job import Job
from board.core.offers import Offer, offers, reasons_to_hold
from board.core.refusals import Refused
from board.core.workflow import Lane, State, Through
from displays.dialog_asks import GONE, Ask, Builder, Sheet, head_of, may, turned_down
from displays.dialog_dispatch import dispatch_sheet, may_dispatch
from displays.dialog_hold import hold_sheet, resume_sheet
from displays.dialog_order import cancel_sheet, fail_sheet, place_sheet, rebook_sheet
from displays.dialog_unsigned import lacks, unsigned_sheet

_DEEDS: dict[Through, str] = {
    Through.move: "move_job",
    Through.start: "start_line",
    Through.finish: "finish_line",
    Through.passed: "pass_check",
}
_SHEETS: dict[Through, tuple[str, Builder]] = {
    Through.dispatch: ("dispatch", dispatch_sheet),
    Through.hold: ("hold", hold_sheet),
    Through.resume: ("resume", resume_sheet),
    Through.cancel: ("cancel", cancel_sheet),
    Through.failed: ("fail", fail_sheet),
}
_GIVEN_REASONS = frozenset({*_DEEDS.values(), "tick_handover", "issue_gate_pass", "mark_point"})
_VERSIONED = frozenset({Through.move, Through.passed})
_KEYS = 9


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu: how it is worded, and either a deed, a dialog or why not.

    `given` is what the deed is sent with; `dialog` is a dialog's name and its query; `href` a page.
    `name`: the shop's own for the state it leads to.
    """

    through: str
    to: str
    key: str = ""
    deed: str = ""
    given: str = ""
    dialog: str = ""
    href: str = ""
    name: str = ""
    refused: Refused | None = None


def menu_sheet(ask: Ask) -> Sheet:
    """What may become of a job, in words of outcomes, and one refusal with its reason."""
    job = ask.job
    if job is None:
        return GONE
    found = offers(ask.shop, job, ask.actor, ask.now)
    closed = [offer for offer in found if offer.refused and offer.refused.code != "not_allowed"]
    context = {
        "head": head_of(ask.shop, job),
        "items": items_of(ask, job),
        "others": tuple(_others(ask, job)),
        "refused": [_named(ask, _refused(offer)) for offer in closed[:1]],
    }
    return Sheet("board/menu.html", context)


def items_of(ask: Ask, job: Job) -> list[Item]:
    """What the asker may do next with a job, the usual thing first."""
    found = offers(ask.shop, job, ask.actor, ask.now)
    usable = [offer for offer in found if offer.refused is None]
    return [_named(ask, _item(ask, job, offer, key)) for key, offer in enumerate(usable, 1)]


def _named(ask: Ask, item: Item) -> Item:
    return replace(item, name=ask.shop.workflow.steps[item.to].name)


def _is_rebooked(offer: Offer) -> bool:
    """Who did not come is booked again for another time, which has to be asked for."""
    return offer.through == Through.move and offer.to == State.booked


def _query(job: Job, **more: str) -> str:
    return urlencode({"job": job.id, "version": str(job.version), **more})


def _must_say_why(ask: Ask, job: Job, offer: Offer) -> bool:
    way = ask.shop.workflow.way(job.state, offer.to)
    return way is not None and not ask.actor.has(*way.by)


def _item(ask: Ask, job: Job, offer: Offer, key: int) -> Item:
    shown = str(key) if key <= _KEYS else ""
    deed = _DEEDS.get(offer.through)
    if deed is None:
        dialog = f"{_SHEETS[offer.through][0]}?{_query(job)}"
        return Item(offer.through, offer.to, shown, dialog=dialog)
    if _is_rebooked(offer):
        return Item(offer.through, offer.to, shown, dialog=f"rebook?{_query(job)}")
    if offer.to == State.awaiting_dispatch and lacks(job):
        return Item(offer.through, offer.to, shown, dialog=f"unsigned?{_query(job, to=offer.to)}")
    if State.road_test in (job.state, offer.to) and offer.through == Through.move:
        # Kilometres and driver are asked for on the page of the checks.
        return Item(offer.through, offer.to, shown, href=f"/orders/{job.id}/checks")
    given = _given(job, offer)
    if _must_say_why(ask, job, offer):
        return Item(offer.through, offer.to, shown, dialog=f"why?do={deed}&{given}")
    return Item(offer.through, offer.to, shown, deed, given)


def _given(job: Job, offer: Offer) -> str:
    if offer.through == Through.finish:
        line = next(iter((*job.running_lines, *job.open_lines)), None)
        return urlencode({"job": job.id, "line": line.id if line else ""})
    if offer.through not in _VERSIONED:
        return urlencode({"job": job.id})
    return _query(job, to=offer.to) if offer.through == Through.move else _query(job)


def _refused(offer: Offer) -> Item:
    return Item(offer.through, offer.to, refused=offer.refused)


def _others(ask: Ask, job: Job) -> Iterable[Item]:
    given = _query(job)
    if job.hold is not None and reasons_to_hold(ask.shop, job, ask.actor, ask.now):
        yield Item("rehold", "", "R", dialog=f"hold?{given}")
    if may_dispatch(ask, job) and ask.shop.workflow.through(job.state, Through.dispatch) is None:
        yield Item("reassign", "", "A", dialog=f"dispatch?{given}")
    if may(ask.actor, c.PromiseJob):
        yield Item("promise", "", "P", dialog=f"promise?{given}")
    if ask.shop.workflow.lane_of(job.state) == Lane.check or job.checks:
        yield Item("checks", "", "C", href=f"/orders/{job.id}/checks")
    yield Item("place", "", "B", dialog=f"place?{given}")
    yield Item("details", "", "D", dialog=f"job?{given}")


def drop_sheet(ask: Ask) -> Sheet:
    """What a card dropped on a lane or a bay asks for: nothing, a dialog, or a refusal."""
    job = ask.job
    if job is None:
        return GONE
    if ask.given.get("version", str(job.version)) != str(job.version):
        return turned_down(Refused("stale", job=job.id))
    if ask.given.get("bay"):
        return _dropped_on_bay(ask, job)
    lane = ask.given.get("lane", "")
    found = offers(ask.shop, job, ask.actor, ask.now)
    there = [offer for offer in found if ask.shop.workflow.steps[offer.to].lane == lane]
    usable = [offer for offer in there if offer.refused is None]
    return _dropped(ask, job, usable[0]) if usable else _turned_down(ask, job, there, lane)


def _dropped(ask: Ask, job: Job, offer: Offer) -> Sheet:
    deed = _DEEDS.get(offer.through)
    if deed is None:
        return _SHEETS[offer.through][1](ask)
    if _is_rebooked(offer):
        return rebook_sheet(ask)
    item = _item(ask, job, offer, 0)
    if item.dialog.startswith("unsigned"):
        return unsigned_sheet(replace(ask, given={**ask.given, "to": offer.to}))
    if item.dialog:
        return why_sheet(replace(ask, given={**ask.given, "do": deed, "to": offer.to}))
    return Sheet("board/drop.html", {"item": item, "refused": None})


def _dropped_on_bay(ask: Ask, job: Job) -> Sheet:
    if may_dispatch(ask, job) and job.state in _TO_DISPATCH:
        return dispatch_sheet(ask)
    return place_sheet(ask)


_TO_DISPATCH = frozenset({State.awaiting_dispatch, State.dispatched, State.rework, State.held})


def _turned_down(ask: Ask, job: Job, there: list[Offer], lane: str) -> Sheet:
    steps = ask.shop.workflow.steps.values()
    to = next((step.state for step in steps if step.lane == lane), job.state)
    no_way = Refused("no_way", {"source": job.state, "to": to}, job=job.id)
    return turned_down((there[0].refused if there else None) or no_way)


def why_sheet(ask: Ask) -> Sheet:
    """Asks a manager for the reason of a deed outside their own roles."""
    job = ask.job
    deed = ask.given.get("do", "")
    if job is None or deed not in _GIVEN_REASONS:
        return GONE
    kept = {"job", "version", "to", "line", "point", "done", "verdict", "all_ok"}
    fields = {key: value for key, value in ask.given.items() if key in kept}
    return Sheet("board/why.html", {"head": head_of(ask.shop, job), "do": deed, "fields": fields})
