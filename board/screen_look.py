"""How one screen looks and sounds: what the manager sets when it is paired, and may set later.

Pure: neither tables nor pages are known here.
"""

from dataclasses import dataclass
from datetime import time

import msgspec

VIEWS: dict[str, tuple[str, ...]] = {"tv": ("rows", "overview")}
"""The views of an audience, the usual one first; an audience that is not here has one."""

THEMES: dict[str, tuple[str, ...]] = {"tv": ("", "andon")}
"""The themes of an audience, the usual one first."""

PLATES: dict[str, tuple[str, ...]] = {"tv": ("", "tail")}
"""How plates are shown by an audience, the usual way first: whole, or only what follows the dot."""


FOR_CUSTOMERS = frozenset({"lounge", "queue"})
"""The audiences that customers read: nothing private, no whole plate."""


@dataclass(frozen=True, slots=True)
class ScreenLook:
    """What is set for a screen; everything has a default that suits a screen nobody asked about.

    `view`: '' is the audience's usual one. `group`: keys of bays with commas between, '' for all.
    `diagonal_inches` and `distance_m` (from which it is read): None where nobody measured.
    `second_language`: a lounge alternates with it, '' for none. `opens` and `closes`: on the
    shop's clock, None for the shop's own hours. `zone`: an IANA name for the times that are shown,
    '' for the shop's. `plates`: '' whole, 'tail' without province and letter.
    """

    view: str = ""
    group: str = ""
    diagonal_inches: float | None = None
    distance_m: float | None = None
    language: str = ""
    second_language: str = ""
    sound: bool = False
    opens: time | None = None
    closes: time | None = None
    theme: str = ""
    zone: str = ""
    plates: str = ""


def watched(wall: str, look: ScreenLook) -> str:
    """The audience of a wall that is set so: a workshop TV can show the whole shop instead."""
    return "overview" if wall == "tv" and look.view == "overview" else wall


def look_text(look: ScreenLook) -> str:
    """The look as the screens' table keeps it: JSON."""
    return msgspec.json.encode(look).decode()


def read_look(text: str | None, group: str, language: str) -> ScreenLook:
    """The look as it was kept; of a screen paired before there were looks, its group and language.

    Raises msgspec.DecodeError for what `look_text` never wrote.
    """
    if not text:
        return ScreenLook(group=group, language=language)
    return msgspec.json.decode(text, type=ScreenLook)
