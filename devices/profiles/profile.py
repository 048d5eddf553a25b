"""What is known of a device model: values only. Knows no files and no messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from board.core.languages import told_in

KINDS: Mapping[str, str] = {
    "native": "native",
    "zigbee2mqtt": "z2m",
    "tasmota": "tasmota",
    "esphome": "esphome",
    "shelly-gen1": "shelly",
    "shelly-gen2": "shelly",
    "homie": "homie",
    "ha-discovery": "ha",
    "sparkplug-b": "spb",
    "chirpstack-v4": "lora",
    "tts-v3": "lora",
    "frigate": "frigate",
    "theengs": "ble",
    "esp-rfid": "esprfid",
    "nuki": "nuki",
}
"""The word before the colon of a device's id, by the family that reads it."""


class Means(StrEnum):
    """What a channel is about. True is: a car (car), open (door), on (input), wet (leak)."""

    car = "car"
    door = "door"
    lift = "lift"
    input = "input"
    motion = "motion"
    vibration = "vibration"
    leak = "leak"
    tag = "tag"
    output = "output"
    button = "button"
    badge = "badge"
    plate = "plate"


class Dedupe(StrEnum):
    """What tells a copy of a press: the device's own number, or the same word soon after."""

    number = "number"
    word = "word"


@dataclass(frozen=True, slots=True)
class Sense:
    """How one channel is read. None: as a sensor without a profile is read.

    The names are those of a bay's sensor (`bindings.Sensor`), and so are their meanings.
    """

    invert: bool | None = None
    enter_seconds: float | None = None
    leave_seconds: float | None = None
    enter_below_mm: float | None = None
    leave_above_mm: float | None = None
    nearest_mm: float | None = None
    farthest_mm: float | None = None
    expected_interval_seconds: float | None = None

    @property
    def said(self) -> Mapping[str, float | bool]:
        """What the profile says, by name."""
        return {
            one.name: value
            for one in fields(self)
            if (value := getattr(self, one.name)) is not None
        }


@dataclass(frozen=True, slots=True)
class ProfileChannel:
    """One channel; `distance` stands for `distance-left` too, unless that has its own."""

    channel: str
    means: Means
    sense: Sense = Sense()


@dataclass(frozen=True, slots=True)
class Word:
    """A device's own word for a press. Without a `press` it is none; `button` renames."""

    word: str
    press: str
    button: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """When a battery is low, and from where on it is fine again: percent and mV."""

    low_below_percent: float = 20
    fine_above_percent: float = 30
    low_below_mv: float | None = None


@dataclass(frozen=True)
class Profile:
    """One device model. `models` and `names` are patterns with `*`; without both of them any
    device of its families with all its channels may be one. `own`: the shop wrote it. `called`: its
    name by language, where that is another than `name`.
    """

    id: str
    name: str
    families: tuple[str, ...]
    channels: tuple[ProfileChannel, ...]
    models: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    cell: Cell = Cell()
    dedupe: Dedupe = Dedupe.number
    dedupe_seconds: float = 2
    own: bool = False
    called: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of device ids it may have."""
        return frozenset(KINDS[one] for one in self.families)

    def called_in(self, language: str) -> str:
        """What people of a language call it."""
        return told_in(language, self.called, self.name)

    def channel(self, name: str) -> ProfileChannel | None:
        """The channel of that name, or the one it is a place of."""
        known = {one.channel: one for one in self.channels}
        return known.get(name) or known.get(name.partition("-")[0])

    def says(self, channel: str, value: object) -> tuple[Means, object] | None:
        """What a value of a channel is about, and the value the right way round; None stays None.

        None for a channel that the profile does not know.
        """
        found = self.channel(channel)
        if found is None:
            return None
        turned = isinstance(value, bool) and bool(found.sense.invert)
        return found.means, (not value if turned else value)
