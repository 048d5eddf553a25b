"""What the pages of the devices are told of them: values only, read from JSON.

Whoever listens to the devices may be another process; that side has its own shapes.
"""

from datetime import date, datetime

import msgspec

from board.core.languages import told_in
from board.core.refusals import Refused
from board.core.slips import FileSlip, Slip
from displays.rehearsal_facts import Level, Rehearsed, Said


class Battery(msgspec.Struct, frozen=True):
    """What a battery has left; None: not told. `low`: it must be changed soon."""

    percent: float | None = None
    millivolts: float | None = None
    low: bool | None = None


class Hook(msgspec.Struct, frozen=True):
    """Where one channel of a device hangs, and what that says now; `cause` says why.

    `coming`: another level, since `coming_since`, that counts after `after_seconds`.
    """

    kind: str
    channel: str
    bay: str = ""
    technician: str = ""
    level: bool | None = None
    since: datetime | None = None
    cause: str = ""
    coming: bool | None = None
    coming_since: datetime | None = None
    after_seconds: float = 0
    profile: str = ""
    priority: int = 0
    shadow: bool = False
    gate: str = ""


class Last(msgspec.Struct, frozen=True):
    """What a channel said last."""

    channel: str
    value: Level
    at: datetime


class Voice(msgspec.Struct, frozen=True):
    """A sensor of a bay and what it said last."""

    device: str
    name: str = ""
    channel: str = ""
    value: Level = None


class BaySaid(msgspec.Struct, frozen=True):
    """What a bay's sensors say together, by which of them, which others agree, which of a lower
    rank have said otherwise for a while, and why.
    """

    bay: str
    present: bool | None
    since: datetime
    devices: tuple[Voice, ...]
    cause: str
    agree: tuple[Voice, ...] = ()
    against: tuple[Voice, ...] = ()


class Message(msgspec.Struct, frozen=True):
    """One message as it came, without what is personal. `is_sure`: QoS 1 or more."""

    at: datetime
    topic: str
    text: str
    size: int
    retained: bool
    is_sure: bool
    said: tuple[Said, ...]
    is_copy: bool


class Day(msgspec.Struct, frozen=True):
    """A battery on one day."""

    day: date
    percent: float | None = None
    millivolts: float | None = None
    low: bool | None = None


class Finding(msgspec.Struct, frozen=True):
    """What a device said of itself."""

    finding: str
    text: str
    at: datetime


class Alarm(msgspec.Struct, frozen=True):
    """What goes wrong with a lamp, an announcer or a badge: `trouble` says what."""

    trouble: str
    device: str
    channel: str = ""
    kind: str = ""
    bay: str = ""
    at: datetime | None = None
    mark: str = ""
    person: str = ""
    refused: str = ""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def refusal(self) -> Refused | None:
        """Why a badge was refused."""
        return Refused(self.refused, dict(self.params)) if self.refused else None


class Device(msgspec.Struct, frozen=True):
    """One device. Bound ones have a `standing` and hooks; unbound ones a `confidence` in percent
    with which the profile was guessed.
    """

    id: str
    name: str = ""
    model: str = ""
    profile: str = ""
    profile_name: str = ""
    confidence: int = 0
    channels: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    can_bind: bool = False
    is_bound: bool = False
    standing: str = ""
    hooks: tuple[Hook, ...] = ()
    bridge: str = ""
    heard: datetime | None = None
    battery: Battery | None = None
    last: tuple[Last, ...] = ()
    count: int = 0
    bays: tuple[BaySaid, ...] = ()
    told: tuple[Alarm, ...] = ()
    counts: dict[str, int] = {}
    counted_since: datetime | None = None
    alive: str = "unknown"
    alive_since: datetime | None = None
    skew_seconds: float | None = None
    battery_days: tuple[Day, ...] = ()
    findings: tuple[Finding, ...] = ()
    messages: tuple[Message, ...] = ()
    profile_called: dict[str, str] = {}

    def profile_in(self, language: str) -> str:
        """What people of a language call its model; '' where that is not known."""
        return told_in(language, self.profile_called, self.profile_name)


class Suspect(msgspec.Struct, frozen=True):
    """A message that could not be read."""

    device: str
    topic: str
    reason: str
    text: str
    size: int
    at: datetime
    why: Slip | None = None


class Link(msgspec.Struct, frozen=True):
    """How it stands with the broker and the file of bindings. `address`: '' for one of our own."""

    address: str
    fault: str
    refused: tuple[str, ...]
    families: tuple[str, ...]
    mistakes: tuple[FileSlip, ...]
    why: Slip | None = None


class Listed(msgspec.Struct, frozen=True):
    """All devices: the bound ones with their bays, those unbound that were heard last."""

    bays: tuple[BaySaid, ...]
    bound: tuple[Device, ...]
    unbound: tuple[Device, ...]
    unbound_total: int
    malformed: int
    suspects: tuple[Suspect, ...]
    told: tuple[Alarm, ...]
    told_total: int = 0


class Answer(msgspec.Struct, frozen=True):
    """`state`: listening, or why nobody does: off (no sensors are wanted), silent (not yet)."""

    state: str = "listening"
    link: Link | None = None
    list: Listed | None = None
    device: Device | None = None
    rehearsal: Rehearsed | None = None


SILENT = Answer("silent")


def read_answer(body: bytes | None) -> Answer:
    """An answer as it came; nobody's is as good as none."""
    try:
        return msgspec.json.decode(body, type=Answer) if body else SILENT
    except msgspec.DecodeError:
        return SILENT
