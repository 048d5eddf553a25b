"""The first page of an order: what is known of it, its lines and what happened, for anybody."""

from collections.abc import Mapping
from dataclasses import dataclass

from displays.desk_pages import Looks
from displays.dialog_asks import GONE, Ask, Sheet
from displays.dialog_detail import job_sheet
from displays.dialog_history import told_history
from displays.dialog_order import by_name
from displays.views.moments import Moment, moment


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note from the car: who, when, about which line (its text), words and names of photos."""

    at: Moment
    by: str
    line: str
    note: str
    photos: tuple[str, ...]


def overview(ask: Ask) -> Sheet:
    """What the detail dialog says, as a page."""
    sheet = job_sheet(ask)
    if sheet is GONE:
        return sheet
    # `facts` is what a live page tells its script.
    context = {**sheet.context, "facts_of": sheet.context["facts"], "notes": _notes(ask)}
    del context["facts"]
    return Sheet("order/overview.html", context)


def _notes(ask: Ask) -> tuple[NoteRow, ...]:
    """What was written down or photographed at the car, the newest first."""
    job, settings = ask.job, ask.shop.settings
    if job is None:
        return ()
    return tuple(
        NoteRow(
            at=moment(one.at, ask.now, settings),
            by=by_name(ask.shop, one.by),
            line=line.text if (line := job.line(one.line)) else "",
            note=one.note,
            photos=one.photos,
        )
        for one in reversed(job.notes)
    )


async def read_history(looks: Looks, ask: Ask) -> Mapping[str, object]:
    """What happened to the order, the newest first."""
    facts = await looks.history(ask.shop.id, ask.given.get("job", ""))
    return {"history": told_history(ask, facts)}
