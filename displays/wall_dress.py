"""How a wall's page is dressed: the classes of its style sheets and the rows on one page.

What decides is how the screen is set and which bays it shows; sizes come from legibility.py.
"""

from dataclasses import dataclass

from board.core.shop import Shop
from board.screen_look import ScreenLook, watched
from displays.audiences import languages_for
from displays.legibility import LOUNGE, Writing, farthest_m, fitting, fitting_lounge, is_latin
from displays.render import breadth

THEMES: dict[str, dict[str, str]] = {
    "tv": {"": "", "andon": "theme-andon"},
    "overview": {"": "", "andon": "theme-andon"},
    "lounge": {"": "theme-lounge"},
    "queue": {"": "theme-lounge"},
    "arrivals": {"": ""},
}
"""Style classes of a wall by audience and the `theme` of its look or address."""

NARROW_EM = 1.25
"""As broad as the number of a bay is that needs no column of its own: "12"."""

OVERVIEW_ROWS = 14
"""Bays on a page of the overview, in two columns; in one, if half a page holds them."""


@dataclass(frozen=True, slots=True)
class Dress:
    """`classes` of the page's root. `rows` on one page; 0 or less: so many fewer than its regions
    say.
    """

    classes: str
    rows: int = 0


def theme_of(audience: str, theme: str) -> str:
    """The style class of a theme; that of the usual one for a theme the audience lacks."""
    themes = THEMES[audience]
    return themes.get(theme, themes[""])


def writing_of(shop: Shop, look: ScreenLook, language: str) -> Writing:
    """How broad the rows of a wall are that is set so; `language`: two with a plus between."""
    names = [bay.name for bay in shop.bays.values() if not bay.removed and _is_shown(bay.id, look)]
    broad = any(breadth(name) > NARROW_EM for name in names)
    latin = any(map(is_latin, language.split("+")))
    return Writing(latin, look.plates == "tail", broad)


def reach_of(shop: Shop, audience: str, look: ScreenLook) -> float | None:
    """From how far a screen that is set so can be read at most; None where that is not known."""
    first = look.language or shop.settings.language
    writing = writing_of(shop, look, languages_for(audience, first, look.second_language))
    return farthest_m(watched(audience, look), writing, look.diagonal_inches)


def dressed(shop: Shop, audience: str, look: ScreenLook, language: str) -> Dress:
    """The dress of the wall of an audience that is set so."""
    theme = theme_of(audience, look.theme)
    writing = writing_of(shop, look, language)
    if audience == "lounge":
        return _lounge(theme, writing.latin, look)
    if audience not in ("tv", "overview"):
        return Dress(theme)
    bays = sum(not bay.removed and _is_shown(bay.id, look) for bay in shop.bays.values())
    if audience == "overview":
        classes, rows = (
            [theme, *(["is-narrow"] if bays <= OVERVIEW_ROWS // 2 else [])],
            OVERVIEW_ROWS,
        )
    else:
        size = fitting(writing, look.diagonal_inches, look.distance_m, bays)
        classes, rows = [theme, f"rows-{size.rows}", f"type-{round(size.fact_vh * 10)}"], size.rows
    marks = {"is-latin": writing.latin, "has-tails": writing.tails, "has-names": writing.broad}
    classes += [mark for mark, is_so in marks.items() if is_so]
    return Dress(" ".join(filter(None, classes)), rows)


def _lounge(theme: str, latin: bool, look: ScreenLook) -> Dress:
    usual = LOUNGE[latin][0]
    size = fitting_lounge(latin, look.diagonal_inches, look.distance_m)
    return Dress(theme if size == usual else f"{theme} is-far", size.rows - usual.rows)


def _is_shown(bay: str, look: ScreenLook) -> bool:
    return not look.group or bay in look.group.split(",")
