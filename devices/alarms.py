"""What goes wrong with lamps, announcers and badges: values that pages put in their own words.

For logs, for /readyz and for the list in a file each is a sentence of English, too. Pure.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
    Trouble.badge_unknown: "A badge that nobody holds was shown at bay {bay} at {time}; its mark "
    "is {mark}.",
    Trouble.badge_refused: "The badge of {person} was refused at bay {bay} at {time}: {why}",
}


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
        return SENTENCES[self.trouble].format(
            kind=self.kind,
            where=f"at {self.bay}" if self.bay else "of the shop",
            device=self.device,
            channel=self.channel,
            bay=self.bay,
            time=f"{self.at.astimezone():%H:%M:%S}" if self.at else "",
            mark=self.mark,
            person=self.person,
            why=self.why,
        )
