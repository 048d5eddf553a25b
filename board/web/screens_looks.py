"""What a form says about a screen: its kind, its name and its look, each checked.

Knows no requests.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from zoneinfo import available_timezones

from board.accounts_screen_codes import AUDIENCES
from board.core.shop import Shop
from board.screen_look import FOR_CUSTOMERS, PLATES, THEMES, VIEWS, ScreenLook
from board.web.body import Fields
from board.web.checks import one
from board.web.errors import Stopped
from board.web.screens_door import name_of

DIAGONALS = (10.0, 150.0)
DISTANCES = (0.5, 50.0)


@dataclass(frozen=True, slots=True)
class AskedScreen:
    """A screen as somebody wants it; '' for a name lets it have the next number."""

    name: str
    audience: str
    look: ScreenLook


def asked_screen(fields: Fields, shop: Shop, languages: Collection[str]) -> AskedScreen:
    """What the fields say; Stopped (422) with the name of the field that cannot be."""
    audience = one(fields, "audience")
    if audience not in AUDIENCES:
        raise Stopped(422, "audience_wrong", fields=("audience",))
    opens, closes = _hours(fields)
    language = one(fields, "language") or shop.settings.language
    look = ScreenLook(
        view=_among(fields, "view", VIEWS.get(audience, ("",)), "view_wrong"),
        group=_group(fields, shop) if audience == "tv" else "",
        diagonal_inches=_number(fields, "diagonal_inches", DIAGONALS, "diagonal_wrong"),
        distance_m=_number(fields, "distance_m", DISTANCES, "distance_wrong"),
        language=_language(language, "language", languages),
        second_language=_language(one(fields, "second_language"), "second_language", languages),
        sound=one(fields, "sound") in ("on", "true"),
        opens=opens,
        closes=closes,
        theme=_among(fields, "theme", THEMES.get(audience, ("",)), "view_wrong"),
        zone=_zone(one(fields, "zone").strip()),
        plates=_among(fields, "plates", PLATES.get(audience, ("",)), "view_wrong"),
    )
    return AskedScreen(name_of(one(fields, "name")), audience, look)


def require_for_staff(fields: Fields, before: str, audience: str) -> None:
    """Stopped (422) where a screen of customers would show whole plates and nobody said so."""
    is_said = one(fields, "for_staff") in ("on", "true")
    if before in FOR_CUSTOMERS and audience not in FOR_CUSTOMERS and not is_said:
        raise Stopped(422, "for_staff_unsaid", fields=("for_staff",))


def _among(fields: Fields, name: str, possible: tuple[str, ...], code: str) -> str:
    """One of what is possible; the first where nothing is said, or only another kind has it."""
    said = one(fields, name)
    if not said or len(possible) == 1:
        return possible[0]
    if said not in possible:
        raise Stopped(422, code, fields=(name,))
    return said


def _group(fields: Fields, shop: Shop) -> str:
    """The chosen bays as the one text that stands for them; '' for all."""
    said = {key for value in fields.get("group", ()) for key in value.split(",") if key}
    here = {key for key, bay in shop.bays.items() if not bay.removed}
    if not said <= here:
        raise Stopped(422, "bay_wrong", fields=("group",))
    return "" if said == here else ",".join(sorted(said))


def _number(fields: Fields, name: str, bounds: tuple[float, float], code: str) -> float | None:
    said = one(fields, name).strip().replace(",", ".")
    if not said:
        return None
    try:
        number = float(said)
    except ValueError:
        raise Stopped(422, code, fields=(name,)) from None
    if not bounds[0] <= number <= bounds[1]:
        raise Stopped(422, code, fields=(name,))
    return number


def _language(said: str, name: str, languages: Collection[str]) -> str:
    if said and said not in languages:
        raise Stopped(422, "language_wrong", fields=(name,))
    return said


def _hours(fields: Fields) -> tuple[time, time] | tuple[None, None]:
    said = one(fields, "opens").strip(), one(fields, "closes").strip()
    if said == ("", ""):
        return None, None
    try:
        opens, closes = map(time.fromisoformat, said)
    except ValueError:
        raise Stopped(422, "hours_wrong", fields=("opens",)) from None
    if opens.tzinfo or closes.tzinfo or opens == closes:
        raise Stopped(422, "hours_wrong", fields=("opens",))
    return opens, closes


def _zone(said: str) -> str:
    if said and said not in available_timezones():
        raise Stopped(422, "zone_wrong", fields=("zone",))
    return said
