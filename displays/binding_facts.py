"""What the pages that bind devices are told: values only, read from JSON.

Whoever listens to the devices may be another process; that side has its own shapes.
"""

from datetime import datetime

import msgspec

from board.core.languages import told_in
from board.core.refusals import Refused
from board.core.slips import FileSlip
from displays.device_facts import BaySaid, Device, Hook, Link, Listed
from displays.gate_facts import GatesTold
from displays.rehearsal_facts import Level


class Reacted(msgspec.Struct, frozen=True):
    """A channel that changed while somebody looked: how often, from what to what, when last."""

    device: str
    channel: str
    times: int
    before: Level
    after: Level
    at: datetime


class Listening(msgspec.Struct, frozen=True):
    """What reacted, the latest first, and every device."""

    now: datetime
    rows: tuple[Reacted, ...]
    list: Listed


class Choice(msgspec.Struct, frozen=True):
    """A channel that can be bound as a sensor, button, badge or lamp; `fits`: it may well be meant.

    `output`: what kind of lamp it may be. `profile`: what may be written of it as a sensor.
    `means`: what it is about by that.
    """

    kind: str
    channel: str
    fits: bool
    output: str = ""
    means: str = ""
    profile: str = ""
    profile_name: str = ""
    profile_called: dict[str, str] = {}

    def profile_in(self, language: str) -> str:
        """What people of a language call its profile."""
        return told_in(language, self.profile_called, self.profile_name) or self.profile

    @property
    def is_relay(self) -> bool:
        """Whether anything at all may hang behind it."""
        return self.channel.partition("-")[0] == "output"


class Trial(msgspec.Struct, frozen=True):
    """An output that was tried: whether it is just now, whether it proved it; `is_dark`: it goes
    out for that, because it is lit.
    """

    is_on: bool
    is_proved: bool
    is_dark: bool
    seconds_ago: int


class Output(msgspec.Struct, frozen=True):
    """What a bound output should do now. `state`: proved, waiting, unheard, mute or ''."""

    channel: str
    output: str
    on: bool = False
    colour: str = ""
    blinks: bool = False
    text: str = ""
    state: str = ""
    trial: Trial | None = None


class WouldBe(msgspec.Struct, frozen=True):
    """What a device in shadow would have done."""

    at: datetime
    deed: str
    place: str
    value: str
    detail: str


class Other(msgspec.Struct, frozen=True):
    """A device that hangs nowhere."""

    id: str
    name: str
    model: str
    profile_name: str = ""
    profile_called: dict[str, str] = {}

    def model_in(self, language: str) -> str:
        """What people of a language call it, or its own word for its model."""
        return told_in(language, self.profile_called, self.profile_name) or self.model


class Bindable(msgspec.Struct, frozen=True):
    """A device with the names it may be bound under, `bind_as` for a new table; what its bays
    would say if it counted, what it would have done (`count`: how often), who could replace it.
    """

    device: Device
    names: tuple[str, ...]
    bind_as: str
    choices: tuple[Choice, ...]
    would: tuple[BaySaid, ...]
    count: int
    deeds: tuple[WouldBe, ...]
    others: tuple[Other, ...]
    outputs: tuple[Output, ...] = ()


class Capture(msgspec.Struct, frozen=True):
    """Captured distances in mm: four of five lie within `spread_mm` of the middle."""

    count: int
    middle_mm: float
    spread_mm: float


class Calibration(msgspec.Struct, frozen=True):
    """What a sonar measures now, what was captured, and what follows; `unfit`: why nothing."""

    readings: tuple[float, ...]
    now: Capture | None
    empty: Capture | None
    car: Capture | None
    thresholds: dict[str, int] | None
    unfit: str


class Hung(msgspec.Struct, frozen=True):
    """One table of the file, with the distances of a sonar, what a lamp shows when, or what each
    press of a button calls for.

    `output`: what kind of lamp it is.
    """

    kind: str
    device: str
    channel: str
    bay: str
    technician: str
    shadow: bool
    gate: str = ""
    profile: str = ""
    nearest_mm: float = 0
    enter_below_mm: float = 0
    leave_above_mm: float = 0
    farthest_mm: float = 0
    output: str = ""
    lit: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    quiet: str = ""
    seconds: float = 0
    single: str = ""
    double: str = ""
    triple: str = ""
    long: str = ""
    camera: str = ""
    invert: bool = False


class Family(msgspec.Struct, frozen=True):
    """A family of devices that is heard, under a base topic; '' for its usual one. `is_written`:
    it stands in the file, and so can be closed.
    """

    name: str
    base: str = ""
    is_written: bool = True


class Silenced(msgspec.Struct, frozen=True):
    """A bound device that would be heard no more; `is_sure`: it was heard this way and no other."""

    id: str
    name: str
    hooks: tuple[Hook, ...]
    is_sure: bool


class Closing(msgspec.Struct, frozen=True):
    """What closing a family would silence; of what hangs nowhere only how many."""

    devices: tuple[Silenced, ...]
    unbound: int


class Holder(msgspec.Struct, frozen=True):
    """Whose badge it is, by its mark."""

    mark: str
    person: str


class File(msgspec.Struct, frozen=True):
    """The file of bindings as it is: a form carries its `stamp`. `refused`: why pages cannot
    change it, and `detail` what is wrong there.
    """

    stamp: str
    refused: str | None
    detail: FileSlip | None = None
    tables: tuple[Hung, ...] = ()
    opened: tuple[Family, ...] = ()
    families: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()

    @property
    def refusal(self) -> Refused | None:
        """Why pages cannot change it."""
        return Refused(self.refused, {"detail": self.detail}) if self.refused else None


class BindAnswer(msgspec.Struct, frozen=True):
    """`state`: listening, or why nobody does: off (no sensors are wanted), silent (not yet)."""

    state: str = "listening"
    link: Link | None = None
    listen: Listening | None = None
    bind: Bindable | None = None
    calibration: Calibration | None = None
    gates: GatesTold | None = None
    closing: Closing | None = None
    file: File | None = None


def read_bind_answer(body: bytes | None) -> BindAnswer:
    """An answer as it came; nobody's is as good as none."""
    try:
        return msgspec.json.decode(body, type=BindAnswer) if body else BindAnswer("silent")
    except msgspec.DecodeError:
        return BindAnswer("silent")
