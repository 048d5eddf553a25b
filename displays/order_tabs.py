"""The pages of one order, as tabs under one head. Each section has its own builder and template."""

from dataclasses import dataclass, replace

from board.core.promises import Tone, tone
from board.core.roles import PEOPLE_ROLES, Role
from board.core.who_sees import PRICED
from board.core.workflow import State
from displays.desk_pages import DeskPage, Read
from displays.dialog_asks import GONE, Ask, Builder, Sheet, head_of
from displays.dialog_earlier import read_earlier
from displays.dialog_order import told_promises
from displays.last_deed import own_last_deed
from displays.order_checks import checks_section
from displays.order_comeback import read_proposals
from displays.order_extra import PRICERS, extra_sheet, read_phone
from displays.order_handover import handover
from displays.order_lines import lines_section
from displays.order_overview import overview, read_history
from displays.order_reception import reception
from displays.order_story import read_story, story_sheet
from displays.parts_pages import order_parts
from displays.views.moments import moment
from displays.views.parts import N_

_WAITS_FOR_ITS_OWNER = frozenset({State.ready, State.unclaimed})
EVERYBODY = frozenset(PEOPLE_ROLES)


@dataclass(frozen=True, slots=True)
class Tab:
    """One section of an order: the last part of its address ('' for the first), name and roles."""

    section: str
    word: str
    build: Builder
    roles: frozenset[Role] = EVERYBODY
    read: Read | None = None

    @property
    def path(self) -> str:
        """Its address, with the job as a parameter."""
        return "/orders/{job}" + (f"/{self.section}" if self.section else "")


def _framed(tab: Tab) -> Builder:
    """The tab's builder with what the head of the order says."""

    def build(ask: Ask) -> Sheet:
        job = ask.job
        if job is None:
            return GONE
        sheet = tab.build(ask)
        if sheet is GONE:
            return sheet
        promise = moment(job.promise.at, ask.now, ask.shop.settings) if job.promise else None
        frame = {
            "head": head_of(ask.shop, job),
            "promise": promise,
            "is_late": tone(job, ask.now) == Tone.late,
            "runs": not job.is_closed and job.state not in _WAITS_FOR_ITS_OWNER,
            "told": told_promises(ask, job),
            "tabs": _tabs(ask),
            "section": tab.section,
            "undo": own_last_deed(ask, lambda one: one.id == job.id),
        }
        return replace(sheet, context={**frame, **sheet.context})

    return build


def _tabs(ask: Ask) -> tuple[tuple[str, str, str], ...]:
    """Section, address and name of what the person may open of this order."""
    job = ask.given.get("job", "")
    return tuple(
        (tab.section, tab.path.replace("{job}", job), tab.word)
        for tab in TABS
        if ask.actor.has(*tab.roles, Role.manager)
    )


_AT_HANDOVER = frozenset({Role.advisor, Role.cashier, Role.controller})

TABS: tuple[Tab, ...] = (
    Tab("", N_("Overview"), overview, read=read_history),
    Tab("reception", N_("Reception sheet"), reception, read=read_earlier),
    Tab("lines", N_("Lines and estimate"), lines_section, PRICED),
    Tab("extra", N_("Extra work"), extra_sheet, PRICERS, read_phone),
    Tab("parts", N_("Parts"), order_parts),
    Tab("checks", N_("Checks"), checks_section, read=read_proposals),
    Tab("handover", N_("Handing over"), handover, _AT_HANDOVER),
    Tab("history", N_("History"), story_sheet, read=read_story),
)

ORDER_PAGES: tuple[DeskPage, ...] = tuple(
    DeskPage(tab.path, _framed(tab), tab.roles, read=tab.read) for tab in TABS
)
