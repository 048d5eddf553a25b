"""The first page of an order: what is known of it, its lines and what happened, for anybody."""

from collections.abc import Mapping

from displays.desk_pages import Looks
from displays.dialog_asks import GONE, Ask, Sheet
from displays.dialog_detail import job_sheet
from displays.dialog_history import told_history


def overview(ask: Ask) -> Sheet:
    """What the detail dialog says, as a page."""
    sheet = job_sheet(ask)
    if sheet is GONE:
        return sheet
    # `facts` is what a live page tells its script.
    context = {**sheet.context, "facts_of": sheet.context["facts"]}
    del context["facts"]
    return Sheet("order/overview.html", context)


async def read_history(looks: Looks, ask: Ask) -> Mapping[str, object]:
    """What happened to the order, the newest first."""
    facts = await looks.history(ask.shop.id, ask.given.get("job", ""))
    return {"history": told_history(ask, facts)}
