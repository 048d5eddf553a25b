"""What each output of a shop should be doing, from what its bays' rows say. Pure.

Calm when all is well: a lamp that takes colours is dark unless somebody has to act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from devices.lamps import BUZZER, COLOURED, TAG, VOICE, Lamp
from devices.shades import Colour
from devices.shown import GRAVITY, BayShown, ShopShown, Tone


@dataclass(frozen=True, slots=True)
class Look:
    """On or off, in which colour and whether it blinks; of a tag its whole text; of a buzzer for
    how many seconds at most.
    """

    on: bool = False
    colour: Colour | None = None
    blinks: bool = False
    text: str = ""
    seconds: float = 0


DARK = Look()
COLOURS: Mapping[Tone, Colour | None] = {
    Tone.neutral: None,
    Tone.attention: Colour.amber,
    Tone.late: Colour.red,
    Tone.help: Colour.blue,
    Tone.safety: Colour.red,
}
FLASHES = frozenset({Tone.help, Tone.safety})
"""Until somebody comes."""


def looks(lamps: Iterable[Lamp], shop: ShopShown) -> Mapping[Lamp, Look]:
    """What each of these should be doing now; announcers speak by themselves."""
    bays = {one.bay: one for one in shop.bays}
    found: dict[Lamp, Look] = {}
    for lamp in lamps:
        if lamp.kind == VOICE:
            continue
        seen = [bays[lamp.bay]] if lamp.bay in bays else [] if lamp.bay else list(shop.bays)
        found[lamp] = _look(lamp, seen, shop.now)
    return found


def _look(lamp: Lamp, bays: list[BayShown], now: float) -> Look:
    if lamp.kind == TAG:
        return Look(on=True, text=content(bays[0])) if bays else DARK
    if lamp.kind == BUZZER:
        rings = any(_rings(one, lamp, now) for one in bays)
        return Look(on=True, seconds=lamp.seconds) if rings else DARK
    shown = [one for one in bays if not lamp.lit or one.tone in lamp.lit]
    if lamp.word not in COLOURED:
        return Look(on=bool(shown))
    gravest = max(shown, key=_gravity, default=None)
    colour = COLOURS[gravest.tone] if gravest else None
    if gravest is None or colour is None:
        return DARK
    blinks = gravest.tone in FLASHES and not gravest.coming
    return Look(on=True, colour=colour, blinks=blinks)


def _gravity(bay: BayShown) -> tuple[int, bool]:
    return GRAVITY[bay.tone], not bay.coming


def _rings(bay: BayShown, lamp: Lamp, now: float) -> bool:
    if bay.rang is None or bay.coming or (lamp.lit and bay.tone not in lamp.lit):
        return False
    return 0 <= now - bay.rang < lamp.seconds


def content(bay: BayShown) -> str:
    """All that a tag shows of a bay; of the car what a room of customers may see."""
    return " · ".join(part for part in (bay.name, bay.word, bay.ticket, bay.plate) if part)
