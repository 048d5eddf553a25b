"""What goes wrong with lamps, announcers and badges: values that pages put in their own words.

For logs, for /readyz and for the list in a file each is a sentence of English, too. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from board.core import refusals
from board.core.slips import Speak
from devices.called import NOBODY, Called


class Trouble(StrEnum):
    """What is wrong."""

    unproved = "unproved"
    fought_over = "fought_over"
    unheard = "unheard"
    mute = "mute"
    badge_unknown = "badge_unknown"
    badge_refused = "badge_refused"


SENTENCES = {
    Trouble.unproved: "The {kind} {where} ({device} {channel}) does not confirm what it is told.",
    Trouble.fought_over: "The {kind} {where} ({device} {channel}) is switched by something else, "
    "too.",
    Trouble.unheard: "The {kind} {where} ({device} {channel}) has not been heard of yet.",
    Trouble.mute: "The announcer {where} ({device}) does not confirm that it has spoken.",
    Trouble.badge_unknown: "A badge that nobody holds was shown at {place} at {time}; its mark "
    "is {mark}.",
    Trouble.badge_refused: "The badge of {person} was refused at {place} at {time}: {why}",
}


AND_MORE = "And {n} more of them."
MOST_TOLD = 5
WORDS = {"at": "at {place}", "shop": "of the shop"}


@dataclass(frozen=True, slots=True)
class Alarm:
    """`bay` is '' for what is of the whole shop, `kind` that of an output. Of badges: `at`, when
    it was shown, its `mark`, or whose it is; `why` in English, as `refused` and `params` say it.
    """

    trouble: Trouble
    device: str
    channel: str = ""
    kind: str = ""
    bay: str = ""
    at: datetime | None = None
    mark: str = ""
    person: str = ""
    why: str = ""
    refused: str = ""
    params: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The English sentence."""
        return self.told(str)

    def told(self, speak: Speak, called: Called = NOBODY) -> str:
        """The sentence in a language; `speak` translates."""
        place = called.place(self.bay, speak)
        where = speak(WORDS["at"]).format(place=place) if self.bay else speak(WORDS["shop"])
        return speak(SENTENCES[self.trouble]).format(
            kind=speak(self.kind) if self.kind else "",
            where=where,
            device=self.device,
            channel=self.channel,
            place=place,
            time=f"{self.at.astimezone():%H:%M:%S}" if self.at else "",
            mark=self.mark,
            person=called.name(self.person),
            why=self._why(speak),
        )

    def _why(self, speak: Speak) -> str:
        """Why a badge was refused; in English as it was told then."""
        sentence = refusals.SENTENCES.get(self.refused, "")
        said = speak(sentence)
        if said == sentence:
            return self.why
        try:
            return said.format(**dict(self.params))
        except (KeyError, IndexError):
            return self.why


def first_told(alarms: Sequence[Alarm], speak: Speak, called: Called = NOBODY) -> tuple[str, ...]:
    """Their sentences; of many the first ones, and how many more there are."""
    told = tuple(one.told(speak, called) for one in alarms[:MOST_TOLD])
    rest = len(alarms) - len(told)
    return (*told, speak(AND_MORE).format(n=rest)) if rest else told
