"""The gallery's screens: one for each way in which a screen can do, and a tablet of each level."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import msgspec

from board.core.languages import NAMES
from board.core.roles import PEOPLE_ROLES, Actor
from board.screen_look import ScreenLook
from displays.dialog_asks import Ask
from displays.fleet import KeptScreen
from displays.gallery_shop import NOW
from displays.gallery_story import STORY
from displays.screens_page import choices_of, screen_row
from displays.tablets_listed import TABLET, KeptTablet, tablet_rows

BUILD = "1f3a9c"
CODE = "BCDF-GHJK"
_ASK = Ask(STORY, Actor("person", "zhou", "周强", frozenset(PEOPLE_ROLES), "gallery"), NOW, {})
_FAR = ScreenLook(diagonal_inches=43, distance_m=9.0)


@dataclass(frozen=True, slots=True)
class PairedScreen:
    """A screen as accounts know it."""

    id: str
    name: str
    audience: str
    look: ScreenLook
    created_at: datetime = NOW


def _kept(**more: object) -> KeptScreen:
    told: dict[str, object] = {
        "rev": 44, "seq": 412, "build": BUILD, "digest": "5d1c08aa", "agrees": True,
        "engine": "Chrome/76", "width": 1920, "height": 1080, "rows": 6, "painted": 2,
        "visible": True, "offset_ms": 400, "process": "gallery", **more,
    }  # fmt: skip
    return msgspec.convert(told, KeptScreen)


_SCREENS: tuple[tuple[str, ScreenLook, int | None, KeptScreen], ...] = (
    ("tv", ScreenLook(diagonal_inches=65, distance_m=8.0, theme="andon"), 5, _kept()),
    ("tv", ScreenLook(group="b1,b2,b3", view="overview"), 90, _kept(visible=False)),
    ("lounge", ScreenLook(language="zh-Hans", second_language="en"), 2000, _kept()),
    ("lounge", ScreenLook(sound=True), 5, _kept(muted=True)),
    ("queue", ScreenLook(opens=time(8), closes=time(12)), 9000, _kept()),
    ("arrivals", ScreenLook(), None, _kept()),
    ("tv", ScreenLook(), 5, _kept(agrees=False, build="0e2b", offset_ms=259_200_000)),
    ("tv", _FAR, 5, _kept(painted=2400)),
)
"""Kind and look of each, seconds since it was heard (None: never), and what it said."""

_TABLETS = {
    f"{TABLET}{level}": (timedelta(seconds=age), msgspec.json.encode(kept).decode())
    for level, age, kept in (
        ("a1f0", 20, KeptTablet("installed", BUILD, 120, 1280, 800, 0, "li")),
        ("b2e1", 40, KeptTablet("https", "0e2b", 99, 1280, 800, 3, "chen")),
        ("c3d2", 7200, KeptTablet("plain", BUILD, 85, 1024, 600, 0, "sun")),
    )
}


def fleet(is_empty: bool = False) -> Mapping[str, object]:
    """What the page of the screens is given; without any, https does not work either."""
    given: dict[str, object] = {"build_now": BUILD, "is_https_broken": is_empty}
    if is_empty:
        return {"rows": [], "tablets": [], **given}
    rows = []
    for at, (audience, look, age, kept) in enumerate(_SCREENS):
        report = (
            None if age is None else (timedelta(seconds=age), msgspec.json.encode(kept).decode())
        )
        known = PairedScreen(f"s{at}", f"TV-{at + 1:02}", audience, look)
        rows.append(screen_row(_ASK, known, report, BUILD))
    return {"rows": rows, "tablets": tablet_rows(_ASK, _TABLETS, BUILD), **given}


def form(code: str = "", found: str = "tv", wait: int = 0) -> Mapping[str, object]:
    """What the forms of one screen are given; `found`: '' for a code that no screen shows.

    `wait`: minutes until somebody who typed too many wrong codes may type the next.
    """
    look = ScreenLook(group="b1,b2", diagonal_inches=65, distance_m=8.0, language="zh-Hans")
    screen = PairedScreen("s0", "TV-01", found or "tv", look)
    return {
        **choices_of(tuple(NAMES), STORY),
        "code": code,
        "audience": found,
        "wait_minutes": wait,
        "look": look,
        "screen": screen,
    }
