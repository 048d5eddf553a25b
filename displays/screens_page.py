"""The pages of the shop's screens: how each is doing, one to approve, one to set.

Builders and what they read; nothing here is live by itself, the page asks every few seconds.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from board.core.roles import Role
from board.core.shop import Shop
from board.screen_look import FOR_CUSTOMERS, PLATES, THEMES, VIEWS, ScreenLook
from displays.desk_pages import DeskPage, Looks, page_of
from displays.dialog_asks import Ask, Sheet
from displays.fleet import KeptScreen, KnownScreen, Standing, is_open, read_kept, standing, troubles
from displays.legibility import Writing, steps, told_m
from displays.tablets_listed import heard_at, tablet_rows
from displays.views.moments import Moment
from displays.views.parts import N_
from displays.wall_dress import reach_of, writing_of

KEEPERS = frozenset({Role.controller})


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """One screen: `heard`: when its last report came; `doing`: how it does; `troubles`: by name."""

    id: str
    name: str
    audience: str
    look: ScreenLook
    bays: str
    doing: Standing
    heard: Moment | None
    kept: KeptScreen | None
    troubles: tuple[str, ...]
    farthest_m: float | None


def fleet_page(_ask: Ask) -> Sheet:
    """Every screen of the shop."""
    return page_of("screens/page.html")


async def read_fleet(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """The screens by name, and the build that they should run."""
    if looks.screens is None:
        return None
    known = await looks.screens.of_shop(ask.shop.id)
    reports = await looks.screens.reports(ask.shop.id)
    build, rate = looks.screens.build, looks.screens.rate()
    rows = [screen_row(ask, each, reports.get(each.id), build, rate) for each in known]
    rows.sort(key=lambda row: row.name)
    tablets = tablet_rows(ask, reports, build, rate)
    is_broken = await asyncio.to_thread(looks.screens.is_https_broken)
    found = {"rows": rows, "tablets": tablets, "build_now": build}
    return {**found, "is_https_broken": is_broken}


def screen_row(
    ask: Ask,
    screen: KnownScreen,
    report: tuple[timedelta, str] | None,
    build: str,
    rate: float = 1.0,
) -> ScreenRow:
    """How a screen does, by its last report: how old that is in real time, and what it says.

    `rate`: how fast the shop's clock runs, on which it is said when the report came.
    """
    age, body = report or (None, "")
    kept = read_kept(body) if body else None
    doing = standing(age, is_open(screen.look, ask.shop.settings, ask.now))
    wrong = troubles(kept, build) if kept and doing in (Standing.live, Standing.late) else ()
    reach = reach_of(ask.shop, screen.audience, screen.look)
    heard = heard_at(ask, age, rate) if age is not None else None
    return ScreenRow(
        id=screen.id,
        name=screen.name,
        audience=screen.audience,
        look=screen.look,
        bays=bay_names(ask.shop, screen.look.group),
        doing=doing,
        heard=heard,
        kept=kept,
        troubles=wrong + _too_far(ask.shop, screen, reach),
        farthest_m=None if reach is None else told_m(reach),
    )


def _too_far(shop: Shop, screen: KnownScreen, reach: float | None) -> tuple[str, ...]:
    """The trouble of a screen that is read from farther than its size carries: whether showing
    only the tails of plates would help.
    """
    distance = screen.look.distance_m
    if distance is None or reach is None or distance <= reach:
        return ()
    tails = reach_of(shop, screen.audience, replace(screen.look, plates="tail"))
    return ("far_whole",) if tails is not None and distance <= tails else ("far",)


def bay_names(shop: Shop, group: str) -> str:
    """The names of a group's bays; '' for all."""
    keys = [key for key in group.split(",") if key]
    return ", ".join(shop.bays[key].name if key in shop.bays else key for key in keys)


def choices_of(languages: Sequence[str], shop: Shop) -> dict[str, object]:
    """What the form offers."""
    return {
        "views": VIEWS,
        "themes": THEMES,
        "languages": languages,
        "bays": [bay for bay in shop.bays.values() if not bay.removed],
        "hours": shop.settings.hours,
        "plates": PLATES,
        "for_customers": FOR_CUSTOMERS,
        "reach": _reaches(shop),
    }


def _reaches(shop: Shop) -> str:
    """Rows and metres per inch by kind of wall, words and plates, as the form's script reads it."""
    broad = writing_of(shop, ScreenLook(), "").broad
    found = {}
    for kind in ("tv", "overview", "lounge"):
        for latin, words in enumerate(("han", "latin")):
            for tails, plates in enumerate(("", "tail")):
                ways = steps(kind, Writing(bool(latin), bool(tails), broad))
                found[f"{kind} {words} {plates}"] = [(rows, round(way, 5)) for rows, way in ways]
    return json.dumps(found)


def approve_page(_ask: Ask) -> Sheet:
    """The form with which a waiting screen becomes one of the shop."""
    return page_of("screens/approve.html")


async def read_waiting(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """What the screen that shows the given code was opened for, and what it can be."""
    if looks.screens is None:
        return None
    code, found, wait = ask.given.get("code", ""), "", 0
    if code:
        found, wait = await looks.screens.waiting(code, ask.shop.id, ask.actor.id)
    look = ScreenLook(language=ask.shop.settings.language)
    choices = choices_of(looks.screens.languages(), ask.shop)
    return {**choices, "code": code, "audience": found, "wait_minutes": wait, "look": look}


def screen_page(_ask: Ask) -> Sheet:
    """The form with which a screen is set anew."""
    return page_of("screens/screen.html")


async def read_screen(looks: Looks, ask: Ask) -> Mapping[str, object] | None:
    """The screen as it is set now; None when there is no such screen."""
    if looks.screens is None:
        return None
    known = await looks.screens.of_shop(ask.shop.id)
    found = next((each for each in known if each.id == ask.given.get("screen")), None)
    if found is None:
        return None
    choices = choices_of(looks.screens.languages(), ask.shop)
    return {**choices, "screen": found, "audience": found.audience, "look": found.look}


SCREENS_PAGES: tuple[DeskPage, ...] = (
    DeskPage("/admin/screens", fleet_page, KEEPERS, N_("Screens"), read_fleet),
    DeskPage("/admin/screens/approve", approve_page, KEEPERS, "", read_waiting, comes_back=True),
    DeskPage("/admin/screens/{screen}", screen_page, KEEPERS, "", read_screen),
)
