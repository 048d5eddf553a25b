"""What a wall says, in words: the sentence of a call, its clips, and where its sound is found.

Knows no engine and no sound.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from gettext import NullTranslations

from board.core.job import Where
from displays.views.parts import N_
from displays.views.speech import Announcement

_TEXTS: dict[str, str] = {
    "ready": N_("Ticket {of}, please come to the front desk."),
    "turn": N_("Ticket {of}, it is your turn. Please come to reception."),
    "call-parts": N_("Bay {of} calls for parts."),
    "call-technical": N_("Bay {of} calls for technical help."),
    "call-quality": N_("Bay {of} calls for the inspector."),
    "call-controller": N_("Bay {of} calls for the controller."),
    "call-safety": N_("Safety stop at bay {of}. Please help at once."),
}
_AWAY: dict[str, str] = {
    "call-parts": N_("The car {of} needs parts."),
    "call-technical": N_("The car {of} needs technical help."),
    "call-quality": N_("The car {of} needs the inspector."),
    "call-controller": N_("The car {of} needs the controller."),
    "call-safety": N_("Safety stop at the car {of}. Please help at once."),
}
"""Of a car that stands in no bay; {of}: one of _WHERE."""

_WHERE: dict[str, str] = {
    Where.parking: N_("parked outside the bays"),
    Where.road: N_("out on the road"),
    Where.outside: N_("not parked yet"),
}
_SPOT = N_("parked at {spot}")
_SPELLED = frozenset({"ready", "turn"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in one language; `clips`: the recorded pieces it can be put together from."""

    language: str
    text: str
    clips: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What stands for it in an address: nothing can be read from it."""
        told = "\0".join((self.language, self.text, *self.clips))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def sentence(call: Announcement, language: str, translations: NullTranslations) -> Sentence:
    """What is said of a call; a ticket digit by digit, a bay by its name.

    A car in no bay is told by words for its place, for which there are no recordings.
    """
    if call.where:
        place = translations.gettext(_SPOT if call.of else _WHERE[call.where])
        told = translations.gettext(_AWAY[call.what])
        return Sentence(language, told.replace("{of}", place.replace("{spot}", call.of)), ())
    of = " ".join(call.of) if call.what in _SPELLED else call.of
    text = translations.gettext(_TEXTS[call.what])
    return Sentence(language, text.replace("{of}", of), tuple(_clips(call, text)))


def _clips(call: Announcement, text: str) -> Iterator[str]:
    """Its pieces in order: the words before, each letter and digit, the words after."""
    before, _, after = text.partition("{of}")
    if before.strip():
        yield f"{call.what}-1"
    yield from (sign for sign in call.of if not sign.isspace())
    if after.strip():
        yield f"{call.what}-2"
